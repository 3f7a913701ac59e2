"""Read e-mails, and pages saved as one file (MHTML), which are built alike."""

from __future__ import annotations

import re
from datetime import datetime
from email import policy
from email.header import decode_header, make_header
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.utils import parseaddr, parsedate_to_datetime

from dossier.articles.article import Article, Note, Part, Unfit
from dossier.articles.kinds import pages

MAX_MAILS = 500
MAX_PARTS = 1_000  # of one mail, nested ones too
_BEGIN = re.compile(rb"(?:\A|\r?\n\r?\n|\n)From [^\r\n]+\r?\n(?=[A-Za-z-]+:)")
_SUBJECT_NOISE = re.compile(r"^(?:(?:re|fwd?|رد|إعادة توجيه)\s*:\s*)+", re.IGNORECASE)


def read(data: bytes) -> Article:
    """Return what a mail says: its plain text, or else its HTML; who sent it and when. What is attached is not read."""
    message = BytesParser(policy=policy.default.clone(max_line_length=None)).parsebytes(data)
    parts = _parts(message)
    body = next((part for part in parts if part.get_content_type() == "text/plain" and not _is_attached(part)), None)
    markup = next((part for part in parts if part.get_content_type() == "text/html" and not _is_attached(part)), None)
    if body is not None and _text(body).strip():
        text = _unwrapped(_text(body))
    elif markup is not None:
        text = pages.text_of_html(_text(markup))
    else:
        raise Unfit("it holds no text of its own", "take in what is attached to it")
    attached = [name for part in parts if _is_attached(part) and (name := _header(part.get_filename()))]
    return Article(
        text=text,
        headline=_SUBJECT_NOISE.sub("", _header(message["Subject"])).strip() or None,
        author=_sender(_header(message["From"])),
        published=_date(message["Date"]),
        notes=(Note("attachments", "، ".join(attached[:10])),) if attached else (),
    )


def read_page(data: bytes) -> Article:
    """Return the article of a page that was saved with all it needs as one file, with its address and the time of saving."""
    message = BytesParser(policy=policy.default.clone(max_line_length=None)).parsebytes(data)
    root = next(
        (part for part in _parts(message) if part.get_content_type() in ("text/html", "application/xhtml+xml")), None
    )
    if root is None:
        raise Unfit("no page is in it", "save the page as HTML only")
    article = pages.read(_text(root).encode("utf-8", "replace"))
    address = _header(message["Snapshot-Content-Location"] or root["Content-Location"])
    return _with(
        article,
        url=address if address.startswith("http") else article.url,
        captured=_date(message["Date"]),
        headline=article.headline or _header(message["Subject"]) or None,
    )


def _with(article: Article, **changes: str | None) -> Article:
    from msgspec.structs import replace

    return replace(article, **changes)  # the names are fields of strings


def unpack(data: bytes) -> Article:
    """Return the mails of a mailbox (mbox), each as its own bytes."""
    starts = list(_BEGIN.finditer(data))
    if len(starts) > MAX_MAILS:
        raise Unfit(f"it holds more than {MAX_MAILS} mails", "save those that matter into a mailbox of their own")
    ends = [match.start() for match in starts[1:]] + [len(data)]
    parts = tuple(
        Part(name=f"{number}.eml", data=re.sub(rb"(?m)^>(>*From )", rb"\1", data[match.end() : end]))
        for number, (match, end) in enumerate(zip(starts, ends, strict=True), 1)
    )
    return Article(text=None, parts=parts)


def _parts(message: Message) -> list[EmailMessage]:
    parts: list[EmailMessage] = []
    for part in message.walk():
        if len(parts) == MAX_PARTS:
            raise Unfit(f"it has more than {MAX_PARTS} parts", "save its text alone")
        assert isinstance(part, EmailMessage)
        parts.append(part)
    return parts


def _is_attached(part: EmailMessage) -> bool:
    return part.get_content_disposition() == "attachment"


def _text(part: EmailMessage) -> str:
    """Return a part's text; where its encoding is none, or not the bytes', UTF-8 or else Windows-1256."""
    payload = part.get_payload(decode=True)
    data = payload if isinstance(payload, bytes) else b""
    for encoding in (part.get_content_charset() or "utf-8", "utf-8", "cp1256"):
        try:
            return data.decode(encoding if encoding in _ENCODINGS else "utf-8").replace("\r\n", "\n")
        except (UnicodeDecodeError, LookupError):
            continue
    return data.decode("utf-8", "replace").replace("\r\n", "\n")


_ENCODINGS = (
    "utf-8",
    "us-ascii",
    "windows-1256",
    "cp1256",
    "iso-8859-6",
    "iso-8859-1",
    "windows-1252",
    "utf-16",
    "utf-16le",
    "utf-16be",
)


def _unwrapped(text: str) -> str:
    """Return a text with a paragraph a line: blank lines part them, or else line ends; signatures and what is quoted fall away."""
    kept: list[str] = []
    for line in text.splitlines():
        if line.rstrip("\r") in ("-- ", "--"):
            break
        if not line.startswith(">"):
            kept.append(line)
    blocks = re.split(r"\n\s*\n", "\n".join(kept).strip())
    if len(blocks) == 1:
        return "\n".join(line.strip() for line in kept if line.strip())
    return "\n".join(" ".join(block.split()) for block in blocks if block.strip())


def _header(value: object) -> str:
    try:
        text = str(make_header(decode_header(str(value or ""))))
    except (UnicodeError, LookupError, ValueError):
        text = str(value or "")
    return " ".join(text.split())[:500]


def _sender(value: str) -> str | None:
    name, address = parseaddr(value)
    return name or address or None


def _date(value: object) -> str | None:
    try:
        moment = parsedate_to_datetime(str(value))
    except (TypeError, ValueError, IndexError):
        return None
    return moment.isoformat() if isinstance(moment, datetime) else None
