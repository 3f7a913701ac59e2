"""Part feeds (RSS, Atom) into their items, and read one item."""

from __future__ import annotations

import re
from datetime import datetime
from email.utils import parsedate_to_datetime
from typing import Any

from dossier.articles.article import Article, Note, Part, Unfit
from dossier.articles.kinds.pages import text_of_html

MAX_ITEMS = 500
_ITEM = re.compile(rb"<(item|entry)[\s>].*?</\1\s*>", re.DOTALL)
_DECLARATION = re.compile(rb"\s*<\?xml[^>]*\?>")
_ENCODING = re.compile(rb"encoding=[\"']([\w-]+)[\"']")
# Fields by their names without a namespace's prefix, the fuller first.
_BODY = ("encoded", "content", "description", "summary")


def unpack(data: bytes) -> Article:
    """Return the items of a feed, each as its own bytes behind the feed's declaration of its encoding."""
    items = []
    for match in _ITEM.finditer(data):
        items.append(match.group())
        if len(items) > MAX_ITEMS:
            raise Unfit(f"it holds more than {MAX_ITEMS} items", "take those that matter into a file of their own")
    if not items:
        raise Unfit("it holds no items", "save the article's page instead")
    declared = _DECLARATION.match(data)
    encoded = declared and _ENCODING.search(declared.group())
    head = declared.group().strip() + b"\n" if declared and encoded and encoded[1].lower() != b"utf-8" else b""
    return Article(
        text=None,
        parts=tuple(Part(name=f"{number}.xml", data=head + item + b"\n") for number, item in enumerate(items, 1)),
    )


def read(data: bytes) -> Article:
    """Return what one item says: its text, title, address, author, date and section."""
    item = _tree(data)
    fields = _fields(item)
    body = next((fields[name] for name in _BODY if fields.get(name)), "")
    text = text_of_html(f"<html><body>{body}</body></html>") if "<" in body else body
    notes = (Note("cut"),) if "encoded" not in fields and "content" not in fields else ()
    return Article(
        text=text or None,
        headline=_plain(fields.get("title")),
        author=_plain(fields.get("creator") or fields.get("author") or fields.get("name")),
        published=_date(fields.get("pubdate") or fields.get("published") or fields.get("date")),
        modified=_date(fields.get("updated")),
        url=fields.get("link") or fields.get("guid"),
        section=_plain(fields.get("category")),
        outlet=_plain(fields.get("source") or fields.get("publisher")),
        notes=notes,
    )


def _tree(data: bytes) -> Any:
    from lxml import etree

    # One item alone does not declare the prefixes that it uses, so the parser must go on.
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    if re.search(rb"<!(?:DOCTYPE|ENTITY)", data):
        raise Unfit("its XML declares entities, as no feed does", "save the article's page instead")
    if not _DECLARATION.match(data) and not _is_utf8(data):
        data = data.decode("cp1256", "replace").encode()  # what an Arabic feed that names no encoding is in
    try:
        tree = etree.fromstring(data, parser)
    except etree.XMLSyntaxError:
        tree = None
    if tree is None:
        raise Unfit("its XML is broken", "save the article's page instead")
    return tree


def _is_utf8(data: bytes) -> bool:
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _fields(item: Any) -> dict[str, str]:
    """Return the first of each field by its name without prefix; of links the one that is the article's."""
    fields: dict[str, str] = {}
    for element in item.iter():
        if not isinstance(element.tag, str) or element is item:
            continue
        name = re.split("[:}]", element.tag)[-1].lower()
        value = "".join(element.itertext()).strip()
        if name == "link" and not value and element.get("rel", "alternate") == "alternate":
            value = element.get("href", "").strip()
        if name == "category" and not value:
            value = element.get("label") or element.get("term") or ""
        if name == "content" and element.get("type") == "xhtml":
            from lxml import etree

            value = etree.tostring(element, encoding="unicode")
        if value:
            fields.setdefault(name, value)
    return fields


def _plain(value: str | None) -> str | None:
    return (
        " ".join(text_of_html(f"<p>{value}</p>").split()) if value and "<" in value else " ".join((value or "").split())
    ) or None


def _date(value: str | None) -> str | None:
    if not value:
        return None
    try:
        return parsedate_to_datetime(value).isoformat()
    except (TypeError, ValueError, IndexError):
        pass
    try:
        return datetime.fromisoformat(value.strip()).isoformat()
    except ValueError:
        return None
