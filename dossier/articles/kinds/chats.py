"""Read exports of chats: WhatsApp's text, Telegram's JSON and HTML. A message is a paragraph, with its time and who wrote it."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator
from typing import Any

from dossier.articles.article import Article, Note, Unfit
from dossier.articles.kinds.office import open_archive, read_member

MAX_MESSAGES = 5_000
LONGEST_NAME = 80
# «[12/6/2019, 10:05:33] فلان: …» on iPhones, «12/6/2019, 10:05 - فلان: …» elsewhere; with hidden marks of direction before.
_DAY = r"[\d٠-٩]{1,4}[/.\u200f-]+[\d٠-٩]{1,2}[/.\u200f-]+[\d٠-٩]{2,4}"
_HOUR = r"[\d٠-٩]{1,2}:[\d٠-٩]{2}(?::[\d٠-٩]{2})?(?:[ \u202f\u00a0]?(?:[AaPp]\.?[Mm]\.?|ص|م))?"
_HIDDEN = r"\u200e\u200f\u202a-\u202e"
WHATSAPP = re.compile(
    rf"^[{_HIDDEN}]*\[?(?P<time>{_DAY}[,،]? {_HOUR})\]? ?(?:- )?(?P<who>[^:\n]{{1,80}}): (?P<text>.*)$", re.MULTILINE
)
_OF_NOBODY = re.compile(rf"^[{_HIDDEN}]*\[?{_DAY}[,،]? {_HOUR}.* - ")
_SYSTEM = re.compile(r"<Media omitted>|image omitted|video omitted|audio omitted|sticker omitted|تم (?:حذف|استبعاد)")


def read_whatsapp(data: bytes) -> Article:
    """Return the messages of a chat that WhatsApp wrote down."""
    text = data.decode("utf-8", "replace").removeprefix("\ufeff").replace("\r\n", "\n")
    found = list(WHATSAPP.finditer(text))
    messages = []
    for match, following in zip(found, [*found[1:], None], strict=True):
        rest = text[match.end() : following.start() if following else len(text)]
        lines = [match["text"], *(line for line in rest.split("\n") if line.strip() and not _is_system_line(line))]
        body = " ".join(" ".join(lines).split())
        if body and not _SYSTEM.search(body):
            messages.append((_bare(match["time"]), _bare(match["who"]), body))
    return _chat(messages, None)


def _is_system_line(line: str) -> bool:
    """Tell whether a line is the program's own, with a time and nobody who wrote it."""
    return bool(_OF_NOBODY.match(line))


def read_whatsapp_archive(data: bytes) -> Article:
    """Return the chat of an archive as iPhones write it, without its pictures."""
    archive = open_archive(data)
    [name] = [name for name in archive.namelist() if is_chat(name)][:1]
    return read_whatsapp(read_member(archive, name))


def is_chat(name: str) -> bool:
    """Tell whether a member of an archive is WhatsApp's text."""
    return name == "_chat.txt" or bool(re.fullmatch(r"(?:WhatsApp Chat|دردشة واتساب|محادثة واتساب)[^/]*\.txt", name))


def read_telegram(data: bytes) -> Article:
    """Return the messages of a chat or channel that Telegram exported as JSON."""
    try:
        value = json.loads(data)
    except (ValueError, RecursionError):
        raise Unfit("its JSON is broken", "export the chat again") from None
    messages = []
    for message in value.get("messages", []) if isinstance(value, dict) else []:
        if isinstance(message, dict) and message.get("type", "message") == "message":
            body = " ".join(_said(message.get("text")).split())
            if body:
                messages.append(
                    (
                        str(message.get("date", ""))[:16].replace("T", " "),
                        str(message.get("from") or message.get("author") or ""),
                        body,
                    )
                )
    return _chat(messages, value.get("name") if isinstance(value, dict) else None)


def _said(text: object) -> str:
    if isinstance(text, list):
        return "".join(_said(piece) for piece in text)
    if isinstance(text, dict):
        return _said(text.get("text"))
    return text if isinstance(text, str) else ""


def read_telegram_page(data: bytes) -> Article:
    """Return the messages of a page that Telegram exported as HTML."""
    from lxml import html

    tree = html.document_fromstring(data, parser=html.HTMLParser(encoding="utf-8"))
    title = " ".join(
        tree.xpath("string((//div[contains(@class,'page_header')]//div[contains(@class,'text')])[1])").split()
    )
    return _chat(list(_page_messages(tree)), title or None)


def _page_messages(tree: Any) -> Iterator[tuple[str, str, str]]:
    who = ""
    for message in tree.xpath("//div[contains(concat(' ', @class, ' '), ' message ') and contains(@class, 'default')]"):
        who = " ".join(message.xpath("string(.//div[@class='from_name'][1])").split()) or who
        time = message.xpath("string(.//div[contains(@class,'date')]/@title)")
        body = " ".join(message.xpath("string(.//div[@class='text'][1])").split())
        if body:
            yield str(time)[:16], who, body


def _chat(messages: Iterable[tuple[str, str, str]], name: object) -> Article:
    messages = list(messages)
    if not messages:
        raise Unfit("it holds no messages", "export the chat again, as text")
    if len(messages) > MAX_MESSAGES:
        raise Unfit(f"it holds more than {MAX_MESSAGES:,} messages", "export the days that matter alone")
    lines = [" — ".join(filter(None, (time, who[:LONGEST_NAME]))) + f": {body}" for time, who, body in messages]
    writers = {who for _, who, _ in messages if who}
    title = name.strip() if isinstance(name, str) else ""
    return Article(
        text="\n".join(lines), headline=title or None, author=writers.pop() if len(writers) == 1 else None,
        notes=(Note("messages", f"{len(messages):,}"),),
    )  # fmt: skip


def _bare(text: str) -> str:
    return re.sub(f"[{_HIDDEN}]", "", text).strip()
