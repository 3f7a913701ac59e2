"""Read subtitles (SubRip, WebVTT): what is said, a paragraph for each stretch without a longer pause, with the time it begins at."""

from __future__ import annotations

import re

from dossier.articles.article import Article, Note, Unfit

PAUSE = 3.0  # seconds of silence that part two paragraphs
LONGEST = 600  # characters of a paragraph, after which the next end of a sentence parts
CUE = re.compile(r"^(?:(?P<h>\d{1,3}):)?(?P<m>\d{2}):(?P<s>\d{2}[.,]\d{3}) *--> *(?:(?P<h2>\d{1,3}):)?(?P<m2>\d{2}):(?P<s2>\d{2}[.,]\d{3})[^\n]*$", re.MULTILINE)  # fmt: skip
_TAG = re.compile(r"<[^>\n]{0,200}>|\{\\[^}\n]{0,100}\}")
_VOICE = re.compile(r"<v(?:\.[\w.]*)? ([^>\n]{1,80})>")


def read(data: bytes) -> Article:
    """Return what subtitles say."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    cues = list(CUE.finditer(text))
    paragraphs: list[str] = []
    ended, said = None, ""
    for cue, following in zip(cues, [*cues[1:], None], strict=True):
        words = _words(text[cue.end() : following.start() if following else len(text)])
        if not words or words == said:  # live ones repeat what stands
            continue
        begins = _seconds(cue["h"], cue["m"], cue["s"])
        full = paragraphs and len(paragraphs[-1]) > LONGEST and paragraphs[-1].endswith((".", "؟", "!", "…"))
        if ended is None or begins - ended > PAUSE or full:
            paragraphs.append(f"[{_clock(begins)}] {words}")
        else:
            paragraphs[-1] += f" {words}"
        ended, said = _seconds(cue["h2"], cue["m2"], cue["s2"]), words
    if not paragraphs:
        raise Unfit("nothing is said in it", "check the file")
    return Article(text="\n".join(paragraphs), notes=(Note("time-codes"),))


def _words(cue: str) -> str:
    """Return what one cue says, without its tags and the number of the next."""
    lines = [line for line in cue.strip("\n").split("\n\n")[0].split("\n") if line.strip()]
    spoken = _VOICE.sub(r"\1: ", "\n".join(lines))
    return " ".join(_TAG.sub("", spoken).split())


def _seconds(hours: str | None, minutes: str, seconds: str) -> float:
    return int(hours or 0) * 3600 + int(minutes) * 60 + float(seconds.replace(",", "."))


def _clock(seconds: float) -> str:
    whole = int(seconds)
    return f"{whole // 3600:02}:{whole // 60 % 60:02}:{whole % 60:02}"
