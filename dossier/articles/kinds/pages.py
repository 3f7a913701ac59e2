"""Read the article of a saved HTML page: its paragraphs, lists, tables, captions and quotations, and what the page says of itself."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from typing import Any

from msgspec.structs import replace

from dossier.articles.article import Article, Note, Unfit

MAX_CELLS = 1_000  # of one table: the library's time grows with their square
SHORTEST_ARTICLE = 200  # characters; with less the text that scripts would show is preferred
LONGEST_SCRIPT = 2_000_000
_ARTICLE_TYPES = (
    "Article",
    "NewsArticle",
    "ReportageNewsArticle",
    "BlogPosting",
    "OpinionNewsArticle",
    "AnalysisNewsArticle",
    "WebPage",
)
_PLAIN_DATE = {
    "extensive_search": False,
    "original_date": True,
}  # what the page says of itself, not years out of its footer


def read(data: bytes) -> Article:
    """Return the article of a page in UTF-8."""
    import logging

    from trafilatura import bare_extraction

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)  # what it cannot read is said by the caller
    text = data.decode("utf-8", "replace")
    tree = _tree(text)
    said = _linked_data(tree)
    notes, shown = list(_prepare(tree)), _shown(tree)
    found = bare_extraction(
        tree, with_metadata=True, include_comments=False, include_tables=True, date_extraction_params=_PLAIN_DATE
    )  # fmt: skip
    body = (
        "\n".join(_blocks(found.body))
        if found is not None and not isinstance(found, dict) and found.body is not None
        else ""
    )
    hidden = said.get("articleBody") or ""
    by_scripts = shown < SHORTEST_ARTICLE < len(hidden) or (
        len(body) < SHORTEST_ARTICLE and len(hidden) > 2 * len(body)
    )
    if by_scripts:
        body, notes = _plain(hidden), [*notes, Note("script-only")]
    meta = _metadata(found)
    return replace(
        _described({**said, **meta} if not by_scripts else {**meta, **said}),
        text=body or None,
        section=_meta(tree, "article:section") or said.get("articleSection"),
        modified=_meta(tree, "article:modified_time") or said.get("dateModified"),
        notes=tuple(notes),
    )


def _described(said: Mapping[str, str]) -> Article:
    """Return an article by its description, whose keys are names of schema.org."""
    return Article(
        text=None,
        headline=said.get("headline"),
        author=said.get("author"),
        published=said.get("datePublished"),
        url=said.get("url"),
        outlet=said.get("publisher"),
        section=said.get("articleSection"),
        modified=said.get("dateModified"),
    )


def _metadata(found: Any) -> dict[str, str]:
    """Return what the library found of the page's own description, by the names of schema.org."""
    if found is None or isinstance(found, dict):
        return {}
    values = {
        "headline": found.title,
        "author": found.author,
        "datePublished": found.date,
        "url": found.url,
        "publisher": found.sitename,
    }
    return {key: value for key, value in values.items() if value}


def _tree(text: str) -> Any:
    from lxml import html

    try:
        return html.document_fromstring(text.encode("utf-8", "replace"), parser=html.HTMLParser(encoding="utf-8"))
    except (ValueError, AssertionError, html.etree.ParserError):
        raise Unfit("its markup cannot be parsed", "save the article's text as UTF-8 instead") from None


def _prepare(tree: Any) -> Iterator[Note]:
    """Make text of what is shown without being text: marks of quotations, captions, tables that are too large for the library."""
    for quotation in tree.iter("q"):
        quotation.text = "«" + (quotation.text or "")
        if len(quotation):
            quotation[-1].tail = (quotation[-1].tail or "") + "»"
        else:
            quotation.text += "»"
        quotation.tag = "span"
    for caption in tree.xpath("//figcaption"):
        caption.tag = "p"
    for figure in tree.xpath("//figure"):  # the library leaves it out whole
        figure.drop_tag()
    for table in tree.xpath("//table"):
        cells = sum(1 for _ in table.iter("td", "th"))
        if cells > MAX_CELLS and table.getparent() is not None:
            table.drop_tree()
            yield Note("large-table", f"{cells:,}")


def _blocks(body: Any) -> Iterator[str]:
    """Yield paragraphs, items after a dash, and the rows of tables with a bar between their cells."""
    for element in body:
        if element.tag == "table":
            for row in element.iter("row"):
                cells = [" ".join("".join(cell.itertext()).split()) for cell in row.iter("cell")]
                if any(cells):
                    yield " | ".join(cells).rstrip(" |")
        elif element.tag == "list":
            for item in element.iter("item"):
                if line := _line(item):
                    yield line if line[0].isdigit() else f"- {line}"
        elif element.tag in ("quote", "div", "figure") and any(
            child.tag in ("p", "list", "table", "quote") for child in element
        ):
            if element.text and element.text.strip():
                yield " ".join(element.text.split())
            yield from _blocks(element)
        elif line := _line(element):
            yield line
        if element.tail and element.tail.strip():
            yield " ".join(element.tail.split())


def _line(element: Any) -> str:
    for stop in element.iter("lb"):
        stop.tail = " " + (stop.tail or "")
    return " ".join("".join(element.itertext()).split())


def _shown(tree: Any) -> int:
    """Return how many characters a page shows without its scripts."""
    pieces = tree.xpath(
        "//body//text()[not(ancestor::script or ancestor::style or ancestor::noscript or ancestor::template)]"
    )
    return sum(len(piece.strip()) for piece in pieces)


def _meta(tree: Any, name: str) -> str | None:
    values = tree.xpath("//meta[@property=$name or @name=$name]/@content", name=name)
    return str(values[0]).strip() or None if values else None


def _linked_data(tree: Any) -> dict[str, str]:
    """Return what JSON-LD says of the article: strings by the names of schema.org."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        text = script.text or ""
        if len(text) > LONGEST_SCRIPT:
            continue
        try:
            found = next(_articles(json.loads(text, strict=False)), None)
        except (ValueError, RecursionError):
            continue
        if found:
            return found
    return {}


def _articles(value: object, depth: int = 0) -> Iterator[dict[str, str]]:
    if isinstance(value, list):
        for item in value[:100]:
            yield from _articles(item, depth)
    elif isinstance(value, dict) and depth < 4:
        kinds = value.get("@type")
        if (
            any(kind in _ARTICLE_TYPES for kind in (kinds if isinstance(kinds, list) else [kinds]))
            and "articleBody" in value
        ):
            yield {key: text for key in value if (text := _string(value[key]))}
        yield from _articles(value.get("@graph") or value.get("mainEntity") or [], depth + 1)


def _string(value: object) -> str | None:
    if isinstance(value, list):
        return "، ".join(filter(None, map(_string, value[:10]))) or None
    if isinstance(value, dict):
        value = value.get("name") or value.get("@id")
    return value.strip() or None if isinstance(value, str) else None


def _plain(text: str) -> str:
    """Return a text that may hold tags as lines without them."""
    from lxml import html

    if "<" in text and ">" in text:
        broken = text.replace("<br", "\n<br").replace("</p>", "</p>\n").replace("</div>", "</div>\n")
        text = html.fragment_fromstring(broken, create_parent="div").text_content()
    return "\n".join(" ".join(line.split()) for line in text.splitlines() if line.strip())


def text_of_html(markup: str) -> str:
    """Return all that a piece of HTML says, a block a line, tables and lists too: for mails and office documents, which have no menus."""
    from lxml import html

    tree = _tree(markup)
    for unseen in tree.xpath("//script|//style|//head|//title"):
        unseen.drop_tree()
    list(_prepare(tree))
    for element in tree.iter("tr"):
        cells = [" ".join(cell.text_content().split()) for cell in element.xpath("./td|./th")]
        for child in list(element):
            element.remove(child)
        element.text, element.tag = "\n" + " | ".join(cells).rstrip(" |") + "\n", "div"
    for element in tree.iter(
        "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "br", "blockquote", "table", "ul", "ol"
    ):
        if element.tag == "li":
            element.text = "- " + (element.text or "")
        element.text = "\n" + (element.text or "")
        element.tail = "\n" + (element.tail or "")
    assert isinstance(tree, html.HtmlElement)
    return "\n".join(" ".join(line.split()) for line in tree.text_content().splitlines() if line.strip())


def read_linked_data(data: bytes) -> Article:
    """Return the article that a JSON-LD file holds."""
    try:
        said = next(_articles(json.loads(data, strict=False)), {})
    except (ValueError, RecursionError):
        said = {}
    return replace(_described(said), text=_plain(said.get("articleBody", "")) or None)
