"""Take the pages out of web archives (WARC, WACZ), each with its address, the time of its capture and the check of its digest."""

from __future__ import annotations

import base64
import binascii
import io
import json
import zlib
from collections.abc import Iterator
from hashlib import new as new_hash
from typing import Any

from dossier.articles.article import Article, Note, Part, Unfit
from dossier.articles.kinds.office import MAX_RATIO, open_archive, read_member

MAX_RECORD = 16 * 1024**2  # bytes of one page, unpacked
MAX_ALL = 256 * 1024**2  # bytes of all records, unpacked
MAX_RECORDS = 50_000
MAX_PAGES = 200
_HTML = ("text/html", "application/xhtml+xml")


def unpack(data: bytes) -> Article:
    """Return the pages of a WARC file, packed or not."""
    return Article(text=None, parts=tuple(_pages(data, None)))


def unpack_collection(data: bytes) -> Article:
    """Return the pages of a WACZ file: those that its list names, or all where it has none."""
    archive = open_archive_of_archives(data)
    named = _named(archive)
    parts: list[Part] = []
    for name in archive.namelist():
        if name.startswith("archive/") and name.endswith((".warc", ".warc.gz")):
            parts += _pages(read_member(archive, name), named or None)
    return Article(text=None, parts=tuple(parts))


def open_archive_of_archives(data: bytes) -> Any:
    """Open a WACZ, whose members are packed themselves. Raise Unfit beyond the bounds of `office`."""
    return open_archive(data)


def _named(archive: Any) -> frozenset[str]:
    """Return the addresses of the pages that the collection lists."""
    if "pages/pages.jsonl" not in archive.namelist():
        return frozenset()
    found = set()
    for line in read_member(archive, "pages/pages.jsonl").decode("utf-8", "replace").splitlines()[: MAX_PAGES * 10]:
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict) and isinstance(value.get("url"), str):
            found.add(value["url"])
    return frozenset(found)


def _pages(data: bytes, named: frozenset[str] | None) -> Iterator[Part]:
    from warcio.archiveiterator import ArchiveIterator
    from warcio.exceptions import ArchiveLoadFailed

    _check_packing(data)
    number = total = 0
    try:
        for count, record in enumerate(ArchiveIterator(io.BytesIO(data))):
            if count == MAX_RECORDS:
                raise Unfit(
                    f"it holds more than {MAX_RECORDS:,} records",
                    "take the pages that matter into an archive of their own",
                )
            if not _is_page(record, named):
                continue
            raw, body = _payload(record)
            total += len(body)
            if total > MAX_ALL:
                raise Unfit(
                    f"unpacked it is larger than {MAX_ALL // 1024**2} MB",
                    "take the pages that matter into an archive of their own",
                )
            number += 1
            if number > MAX_PAGES:
                raise Unfit(
                    f"it holds more than {MAX_PAGES} pages", "take those that matter into an archive of their own"
                )
            yield Part(
                name=f"{number}.html", data=body, url=record.rec_headers.get_header("WARC-Target-URI"),
                captured=record.rec_headers.get_header("WARC-Date"), notes=(_checked(record, raw),),
            )  # fmt: skip
    except (ArchiveLoadFailed, zlib.error, EOFError, ValueError, UnicodeError) as error:
        raise Unfit("its records are broken", "capture the page again") from error


def _check_packing(data: bytes) -> None:
    """Raise Unfit for what would unpack beyond all bounds. Each record is packed by itself, one after the other."""
    if not data.startswith(b"\x1f\x8b"):
        return
    total, rest = 0, data
    while rest.startswith(b"\x1f\x8b"):
        stream = zlib.decompressobj(wbits=31)
        try:
            piece = stream.decompress(rest, 1 << 20)
            while piece:
                total += len(piece)
                if total > MAX_ALL or total > MAX_RATIO * max(len(data), 1 << 16):
                    raise Unfit("it is packed as no archive is", "capture the page again")
                piece = stream.decompress(stream.unconsumed_tail, 1 << 20)
        except zlib.error:
            return  # told with the records
        if not stream.eof:
            return
        rest = stream.unused_data


def _is_page(record: Any, named: frozenset[str] | None) -> bool:
    if record.rec_type not in ("response", "resource"):
        return False
    address = record.rec_headers.get_header("WARC-Target-URI") or ""
    if (named is not None and address not in named) or not address.startswith("http"):
        return False
    if record.rec_type == "resource":
        return (record.rec_headers.get_header("Content-Type") or "").split(";")[0].strip().lower() in _HTML
    headers = record.http_headers
    if headers is None or headers.get_statuscode() != "200":
        return False
    return (headers.get_header("Content-Type") or "").split(";")[0].strip().lower() in _HTML


def _payload(record: Any) -> tuple[bytes, bytes]:
    """Return a record's bytes as they were sent, and unpacked. Raise Unfit for more than a page has."""
    raw = record.raw_stream.read(MAX_RECORD + 1)
    if len(raw) > MAX_RECORD:
        raise Unfit(f"one of its pages is larger than {MAX_RECORD // 1024**2} MB", "capture the page again")
    body = raw
    if record.http_headers is not None:
        if (record.http_headers.get_header("Transfer-Encoding") or "").lower() == "chunked":
            body = _unchunked(body)
        body = _unpacked(body, (record.http_headers.get_header("Content-Encoding") or "").strip().lower())
    return raw, body


def _unchunked(data: bytes) -> bytes:
    """Return what was sent in pieces as one; as it is, where it was put together before it was archived."""
    out: list[bytes] = []
    at = 0
    while (end := data.find(b"\r\n", at)) >= 0:
        try:
            size = int(data[at:end].split(b";")[0], 16)
        except ValueError:
            return data
        if size == 0:
            return b"".join(out)
        out.append(data[end + 2 : end + 2 + size])
        at = end + 2 + size + 2
    return data


def _unpacked(data: bytes, encoding: str) -> bytes:
    if encoding == "br":
        return _unbrotlied(data)
    if encoding not in ("gzip", "x-gzip", "deflate") or (encoding != "deflate" and not data.startswith(b"\x1f\x8b")):
        return data
    stream = zlib.decompressobj(wbits=47 if encoding != "deflate" else 15)
    try:
        body = stream.decompress(data, MAX_RECORD)
    except zlib.error:
        return data
    if stream.unconsumed_tail:
        raise Unfit(f"one of its pages is larger than {MAX_RECORD // 1024**2} MB", "capture the page again")
    return body


def _unbrotlied(data: bytes) -> bytes:
    import brotli

    stream, size = brotli.Decompressor(), 0
    out: list[bytes] = []
    try:
        for at in range(0, len(data), 4096):
            piece = stream.process(data[at : at + 4096])
            out.append(piece)
            size += len(piece)
            if size > MAX_RECORD:
                raise Unfit(f"one of its pages is larger than {MAX_RECORD // 1024**2} MB", "capture the page again")
    except brotli.error:
        return data
    return b"".join(out)


def _checked(record: Any, raw: bytes) -> Note:
    """Compare the payload with the digest that the capture wrote down."""
    stated = record.rec_headers.get_header("WARC-Payload-Digest") or ""
    algorithm, _, value = stated.partition(":")
    if algorithm.lower() not in ("sha1", "sha256", "sha-256") or not value:
        return Note("no-digest")
    name = algorithm.lower().replace("-", "")
    ways = {new_hash(name, body).digest() for body in (raw, _unchunked(raw))}
    return Note("digest-right" if _bytes(value) in ways else "digest-wrong", stated[:100])


def _bytes(value: str) -> bytes:
    """Return a digest's bytes: Base32 as most write it, or hexadecimal."""
    try:
        return bytes.fromhex(value)
    except ValueError:
        pass
    try:
        return base64.b32decode(value.upper() + "=" * (-len(value) % 8))
    except (binascii.Error, ValueError):
        return b""
