"""Read Word documents (DOCX), and keep what is packed within bounds."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping

from dossier.articles.article import Article, Note, Unfit
from dossier.articles.kinds.pages import text_of_html

MAX_UNPACKED = 64 * 1024**2  # bytes of a whole archive
MAX_RATIO = 200  # of a member's size to its packed one; text packs ten to twenty times
MAX_MEMBERS = 5_000
_CORE = "docProps/core.xml"
_NAMES = {
    "title": "{http://purl.org/dc/elements/1.1/}title",
    "creator": "{http://purl.org/dc/elements/1.1/}creator",
    "created": "{http://purl.org/dc/terms/}created",
    "modified": "{http://purl.org/dc/terms/}modified",
}


def open_archive(data: bytes) -> zipfile.ZipFile:
    """Open a ZIP archive whose members, unpacked, stay within bounds. Raise Unfit for others."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        raise Unfit("its archive is broken", "save it again") from None
    members = archive.infolist()
    if len(members) > MAX_MEMBERS or sum(member.file_size for member in members) > MAX_UNPACKED:
        raise Unfit(f"unpacked it is larger than {MAX_UNPACKED // 1024**2} MB", "save its text alone")
    if any(member.file_size > MAX_RATIO * max(member.compress_size, 1_024) for member in members):
        raise Unfit("it is packed as no document is", "save its text alone")
    if any(member.flag_bits & 1 for member in members):
        raise Unfit("it is locked with a password", "save it without one")
    return archive


def read_member(archive: zipfile.ZipFile, name: str) -> bytes:
    """Return a member's bytes. Raise Unfit for one that is longer than it says, or broken."""
    try:
        with archive.open(name) as member:
            data = member.read(archive.getinfo(name).file_size + 1)
    except (KeyError, zipfile.BadZipFile, EOFError, OSError, NotImplementedError, ValueError, RuntimeError):
        raise Unfit("its archive is broken", "save it again") from None
    if len(data) > archive.getinfo(name).file_size:
        raise Unfit("its archive is broken", "save it again")
    return data


def read(data: bytes) -> Article:
    """Return the text of a Word document: paragraphs, items, rows of tables, footnotes at the end."""
    import mammoth

    archive = open_archive(data)
    for name in archive.namelist():
        if name.endswith((".xml", ".rels")):
            _refuse_entities(read_member(archive, name))
    nothing = {"src": ""}
    result = mammoth.convert_to_html(io.BytesIO(data), convert_image=mammoth.images.img_element(lambda image: nothing))
    said = _properties(archive)
    notes = (Note("hidden-text"),) if b"w:vanish" in read_member(archive, "word/document.xml") else ()
    return Article(
        text=text_of_html(f"<html><body>{result.value}</body></html>") or None,
        headline=said.get("title"), author=said.get("creator"), published=None, url=None, modified=said.get("modified"), notes=notes,
    )  # fmt: skip


def _refuse_entities(xml: bytes) -> None:
    """Raise Unfit for XML that declares entities, which grow when they are read; no office program writes any."""
    if b"<!DOCTYPE" in xml or b"<!ENTITY" in xml or xml[:2] in (b"\xff\xfe", b"\xfe\xff"):
        raise Unfit("its XML declares entities, as no office program does", "save its text alone")


def _properties(archive: zipfile.ZipFile) -> Mapping[str, str]:
    from lxml import etree

    if _CORE not in archive.namelist():
        return {}
    try:
        root = etree.fromstring(read_member(archive, _CORE), etree.XMLParser(resolve_entities=False, no_network=True))
    except etree.XMLSyntaxError:
        return {}
    found = {key: root.findtext(name) for key, name in _NAMES.items()}
    return {key: value.strip() for key, value in found.items() if value and value.strip()}
