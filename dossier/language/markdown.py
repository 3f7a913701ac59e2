"""Render CommonMark with tables and footnotes to HTML and to plain text, and find the links to the dossier's own pages in it.

Raw HTML is text here, and a picture is shown where it is a file of the dossier, else a link. `actor:`, `report:`, `event:` and `claim:` links are resolved by the caller; A paragraph
of a left-to-right language has its own direction; in others such runs are isolated, so that all keeps its order.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Callable, Iterator, MutableMapping, Sequence
from functools import cache
from typing import Any
from urllib.parse import unquote

from markdown_it import MarkdownIt
from markdown_it.renderer import RendererHTML
from markdown_it.token import Token
from markdown_it.utils import OptionsDict
from markupsafe import Markup, escape
from mdit_py_plugins.footnote import footnote_plugin

from dossier.language.direction import TaggedSpan, is_left_to_right, mark_up

SCHEMES = ("actor", "report", "event", "claim")
ELSEWHERE = ("http", "https", "mailto")  # all others (`javascript:`, `data:`, `intent:`, `view-source:` …) are text
split_scheme = re.compile(r"([A-Za-z][A-Za-z0-9+.-]*):(.*)", re.DOTALL).fullmatch

_HTML = re.compile(r"</?[A-Za-z][A-Za-z0-9]*(?:\s[^<>]*)?/?>").search
_NOTE_TEXT = re.compile(r"^ {0,3}\[\^([^\s\]]+)\]:", re.MULTILINE).finditer
_NOTE_MARK = re.compile(r"\[\^([^\s\]]+)\](?!:)").finditer
_OWN_FILE = re.compile(r"(?:\.\./|/)?files/([^/?#]+)").fullmatch

Resolve = Callable[[str, str], str | None]
LinkText = Callable[[str], Sequence[tuple[str, str | None]]]


def render_markdown(
    text: str, resolve: Resolve, *, link_text: LinkText | None = None, heading: int = 2, name: str = ""
) -> Markup:
    """Render a Markdown text as HTML.

    `resolve(scheme, target)` returns the address of a link with one of `SCHEMES`, or None, and then the link's text stands
    alone; it is also asked about paths (`""`, `/about/`), which stay as they are where it returns None. `link_text` cuts
    text outside of links and code into (text, address or None); each address is linked once a paragraph. `heading` is the
    level that `#` becomes; `name` tells the footnotes of this text from those of others on the same page.
    """
    parser = _parser()
    env: dict[str, object] = {"docId": name} if name else {}
    tokens = parser.parse(text, env)
    for number, token in enumerate(tokens):
        token.attrs.pop("style", None)  # of the cells of tables; the site's policy allows none
        if token.type in ("heading_open", "heading_close"):
            token.tag = f"h{min(int(token.tag[1]) + heading - 1, 6)}"
        elif token.type == "inline":
            whole = is_left_to_right(_plain(token))
            if whole:
                tokens[number - 1].attrSet("dir", "ltr")
            token.children = list(_finish(token.children or [], resolve, link_text, whole=whole))
        elif token.type in ("code_block", "fence"):
            token.attrSet("dir", "auto")
    return Markup(parser.renderer.render(tokens, parser.options, env))  # text in it was escaped by the renderer


def links(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """Return the links of a text with one of `SCHEMES`: scheme, target, and line and column, from 1, of the address."""
    return tuple(link for link in all_links(text) if link[0] in SCHEMES)


def all_links(text: str) -> tuple[tuple[str, str, int, int], ...]:
    """Return every link of a text, in the form of `links`; one without a scheme has an empty one."""
    return tuple(link[:4] for link in links_and_pictures(text) if link[4] is None)


def links_and_pictures(text: str) -> tuple[tuple[str, str, int, int, str | None], ...]:
    """Return every link and picture in the form of `links`, and what a picture's description says; None for links."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found: list[tuple[str, str, int, int, str | None]] = []
    starts = [0, *(end.end() for end in re.finditer("\n", text)), len(text)]
    cursors: dict[int, int] = {}  # by where a block begins: footnotes stand last and may be written anywhere
    for token in _parser().parse(text):
        if token.type != "inline" or not token.map:
            continue
        begin, end = starts[token.map[0]], starts[min(token.map[1], len(starts) - 1)]
        cursor = cursors.get(begin, begin)
        for child in token.children or []:
            if child.type in ("link_open", "image"):
                scheme, target = _split(str(child.attrGet("href") or child.attrGet("src") or ""))
                at, cursor = _find(text, f"{scheme}:{target}" if scheme else target, cursor, end)
                line = bisect_right(starts, at, hi=len(starts) - 1)
                described = child.content if child.type == "image" else None
                found.append((scheme, target, line, at - starts[line - 1] + 1, described))
        cursors[begin] = cursor
    return tuple(found)


def find_html(text: str) -> Iterator[tuple[int, int]]:
    """Yield line and column of the first thing of each paragraph that looks like an HTML element."""
    lines = text.splitlines()
    for token in _parser().parse(text):
        if (
            token.type == "inline"
            and token.map
            and any(c.type == "text" and _HTML(c.content) for c in token.children or [])
        ):
            for number in range(token.map[0], min(token.map[1], len(lines))):
                if found := _HTML(lines[number]):
                    yield number + 1, found.start() + 1
                    break


def stray_footnotes(text: str) -> Iterator[tuple[str, bool, tuple[int, int]]]:
    """Yield footnotes that lack their other half: the name, whether the text is there, and where it is named."""
    texts, marks = ({found[1]: found for found in reversed(list(sought(text)))} for sought in (_NOTE_TEXT, _NOTE_MARK))
    for name in sorted(texts.keys() ^ marks.keys()):
        at = (texts if name in texts else marks)[name].start(1)
        yield name, name in texts, (text.count("\n", 0, at) + 1, at - text.rfind("\n", 0, at) - 2)


def plain_text(text: str) -> str:
    """Return what a Markdown text says, without marks: a line for each paragraph, heading or item."""
    blocks = (_plain(token) for token in _parser().parse(text) if token.type in ("inline", "code_block", "fence"))
    return "\n".join(block for block in blocks if block)


@cache
def _parser() -> MarkdownIt:
    parser = MarkdownIt("commonmark", {"html": False}).enable(["table", "strikethrough"])
    parser.use(footnote_plugin, inline=False)
    parser.add_render_rule("footnote_block_open", _open_footnotes)
    parser.add_render_rule("footnote_anchor", _lead_back)
    return parser


def _open_footnotes(*_: object) -> str:
    return '<section class="footnotes" aria-label="الحواشي">\n<ol>\n'


def _lead_back(
    renderer: RendererHTML, tokens: Sequence[Token], index: int, options: OptionsDict, env: MutableMapping[str, Any]
) -> str:
    name = renderer.rules["footnote_anchor_name"](tokens, index, options, env)
    again = tokens[index].meta.get("subId", 0)
    return f' <a href="#fnref{name}{f":{again}" if again else ""}" aria-label="إلى موضع الحاشية">↩</a>'


def _plain(token: Token) -> str:
    if token.type != "inline":
        return token.content.strip()
    return "".join(" " if child.type in ("softbreak", "hardbreak") else child.content for child in token.children or [])


def _split(address: str) -> tuple[str, str]:
    """Return the scheme, in lower case, and what follows; no scheme for paths."""
    parts = split_scheme(unquote(address))
    return (parts[1].lower(), parts[2]) if parts else ("", unquote(address))


def _find(text: str, address: str, start: int, end: int) -> tuple[int, int]:
    """Return where an address stands in its paragraph, and where to seek the next; a reference's stands elsewhere."""
    pattern = re.compile(re.escape(address), re.IGNORECASE)
    if here := pattern.search(text, start, end):
        return here.start(), here.end()
    elsewhere = pattern.search(text)
    return (elsewhere.start() if elsewhere else start), start


def _finish(children: Sequence[Token], resolve: Resolve, link_text: LinkText | None, *, whole: bool) -> Iterator[Token]:
    """Yield the inline tokens of one paragraph with links resolved, names linked, and runs isolated unless it is `whole`."""
    linked: set[str] = set()
    open_links: list[bool] = []
    for token in _join_lines(_without_images(children, resolve)):
        if token.type == "link_open":
            open_links.append(_resolve(token, resolve))
            linked.add(str(token.attrGet("href")))
            if open_links[-1]:
                yield token
        elif token.type == "link_close":
            if open_links.pop():
                yield token
        elif token.type == "text":
            segments = [(token.content, None)] if open_links or link_text is None else link_text(token.content)
            yield _html(_set(segments, linked, whole=whole))
        else:
            if token.type == "code_inline":
                token.attrSet("dir", "auto")
            yield token


def _resolve(token: Token, resolve: Resolve) -> bool:
    """Give a link its address; return False where it leads nowhere."""
    written = str(token.attrGet("href") or "")
    scheme, target = _split(written)
    if scheme in SCHEMES:
        address = resolve(scheme, target)
        token.attrSet("href", address or "")
        return address is not None
    if scheme and scheme not in ELSEWHERE:
        return False
    if scheme or written.startswith("//"):
        token.attrSet("rel", "noopener")
    elif not written.startswith("#"):
        token.attrSet("href", resolve("", target) or written)
    return True


def _set(segments: Sequence[tuple[str, str | None]], linked: set[str], *, whole: bool) -> Markup:
    """Return stretches of one text as HTML, those with an address linked, each address once."""
    spans: list[TaggedSpan] = []
    end = 0
    for text, address in segments:
        start, end = end, end + len(text)
        if address is not None and address not in linked:
            linked.add(address)
            spans.append(TaggedSpan(start, end, f'<a href="{escape(address)}">', "</a>"))
    return mark_up("".join(text for text, _ in segments), spans, whole=whole)


def _join_lines(children: Sequence[Token]) -> Iterator[Token]:
    """Join text that goes on over line ends into one token, so that a name may break there."""
    run: list[str] = []
    for token in children:
        if token.type in ("text", "softbreak"):
            run.append(token.content or "\n")
            continue
        if run:
            yield _text("".join(run))
            run = []
        yield token
    if run:
        yield _text("".join(run))


def _without_images(children: Sequence[Token], resolve: Resolve) -> list[Token]:
    """Show pictures that are files of the dossier, and turn others into links with their descriptions: pages load nothing from elsewhere."""
    tokens: list[Token] = []
    for token in children:
        if token.type != "image":
            tokens.append(token)
            continue
        scheme, target = _split(str(token.attrGet("src") or ""))
        own = resolve("", target) if not scheme and own_file(target) else None
        if own:
            tokens.append(_picture(own, token.content))
            continue
        start = Token("link_open", "a", 1, attrs={"href": str(token.attrGet("src") or "")})
        tokens += (start, _text(token.content or str(token.attrGet("src"))), Token("link_close", "a", -1))
    return tokens


def own_file(target: str) -> str | None:
    """Return the name of the file of `content/files/` that a path in Markdown means; None where it means none."""
    found = _OWN_FILE(target)
    return found[1] if found else None


def _picture(address: str, description: str) -> Token:
    return Token(
        "html_inline", "", 0, content=f'<img src="{escape(address)}" alt="{escape(description)}" loading="lazy">'
    )


def _text(content: str) -> Token:
    return Token("text", "", 0, content=content)


def _html(content: str) -> Token:
    return Token("html_inline", "", 0, content=content)
