"""Recognise Arabic text that was read in a wrong encoding before it was saved, and read it anew.

Bytes of Windows-1256 or UTF-8 that passed for Windows-1252, or UTF-8 that passed for Windows-1256: each letter still tells its byte.
"""

from __future__ import annotations

import re

# As which encoding the bytes were read, and which they are in.
WAYS = (("cp1252", "cp1256"), ("cp1252", "utf-8"), ("cp1256", "utf-8"), ("latin-1", "iso8859_6"))
NAMES = {
    "cp1252": "Windows-1252",
    "cp1256": "Windows-1256",
    "utf-8": "UTF-8",
    "latin-1": "ISO 8859-1",
    "iso8859_6": "ISO 8859-6",
}
FEWEST = 12  # strange letters that make it worth a try
MOST_OTHERS = 0.02  # of the strange letters that may be of no byte: what was typed in later
_LATIN = re.compile("[\u0080-\u00ff\u0152-\u0192\u02c6\u02dc\u2013-\u203a\u20ac\u2122]")
_TA = re.compile("[طظ]")
_ARABIC = re.compile("[\u0621-\u064a]")
# What half of all Arabic sentences hold.
_COMMON = re.compile(r"(?<!\w)(?:[وفبكل]?ال\w{2,}|في|من|على|أن|إلى|عن|التي|الذي|هذا|مع)(?!\w)")


def mend(text: str) -> tuple[str, str] | None:
    """Return the text as it was meant and how it had been read; None where nothing speaks for a wrong encoding."""
    arabic = len(_ARABIC.findall(text))
    latin = len(_LATIN.findall(text))
    if latin < max(FEWEST, arabic) and len(_TA.findall(text)) < max(FEWEST, arabic / 4):
        return None
    before = len(_COMMON.findall(text))
    for wrong, right in WAYS:
        meant = _read_anew(text, wrong, right)
        if meant is not None and len(_COMMON.findall(meant)) > 3 * before + len(_ARABIC.findall(meant)) / 60:
            return meant, f"{NAMES[right]}, {NAMES[wrong]}"
    return None


def _read_anew(text: str, wrong: str, right: str) -> str | None:
    out, others = bytearray(), 0
    for letter in text:
        try:
            out += letter.encode(wrong)
        except UnicodeEncodeError:
            if "\u0080" <= letter <= "\u009f":  # bytes that the encoding leaves open
                out.append(ord(letter))
                continue
            others += 1
            out += b"?" if right != "utf-8" else letter.encode()
    if others > MOST_OTHERS * len(text):
        return None
    try:
        return out.decode(right)
    except UnicodeDecodeError as error:
        meant = out.decode(right, "replace")
        return meant if meant.count("\ufffd") <= MOST_OTHERS * len(meant) and error.start else None
