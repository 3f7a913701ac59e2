"""Show texts with their actors linked: paragraphs of seeds and originals, and our own Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from functools import lru_cache

from markupsafe import Markup, escape
from msgspec import Struct

from dossier.articles.mentions import Mention, name_spans
from dossier.articles.source_text import SourceText
from dossier.language.arabic import split_sentences
from dossier.language.direction import TaggedSpan, is_left_to_right, is_left_to_right_language, mark_up
from dossier.language.markdown import plain_text, render_markdown
from dossier.linking.linked import LinkedDossier
from dossier.pages.views.frame import Addresses
from dossier.pages.views.names import who_is
from dossier.pages.views.wording import NOISE, numeral


class PieceView(Struct, frozen=True, kw_only=True):
    """A paragraph, or a piece of a long one. `number` is empty where a piece goes on; `noise` says what a marked one is.

    `lang` is set where it is left-to-right as a whole: its language, or nothing where only its letters tell.
    """

    anchor: str
    number: str
    html: Markup
    noise: str | None
    lang: str | None


def show_text(
    source: SourceText, mentions: Sequence[Mention], to: Addresses, prefix: str, lang: str = "ar"
) -> tuple[PieceView, ...]:
    """Return all paragraphs of a source, each actor linked where a paragraph first names them.

    `prefix` of anchors is `p` or `o`; `lang` is the source's language.
    """
    return tuple(_pieces(source, mentions, to, prefix, lang))


def _pieces(
    source: SourceText, mentions: Sequence[Mention], to: Addresses, prefix: str, lang: str
) -> Iterator[PieceView]:
    noise = {n.start: NOISE[n.reason] for n in source.noise}
    rest = iter([*mentions, None])
    mention = next(rest)
    for paragraph in source.paragraphs:
        here: list[Mention] = []
        while mention and mention.start < paragraph.end:
            here.append(mention)
            mention = next(rest)
        named: set[str] = set()
        marked = noise.get(paragraph.start)
        for piece in paragraph.pieces:
            spans = [m for m in here if piece.start <= m.start and m.end <= piece.end]
            whole = is_left_to_right(source.text[piece.start : piece.end], lang)
            yield PieceView(
                anchor=prefix + piece.anchor,
                number=numeral(paragraph.number, to.digits) if piece is paragraph.pieces[0] else "",
                html=link_spans(source.text, piece.start, piece.end, spans, to, named, whole=whole),
                noise=marked,
                lang=language_of(lang) if whole else None,
            )


def language_of(lang: str) -> str:
    """Return the language of a left-to-right text that stands in one of `lang`; nothing where that is Arabic, and its own unknown."""
    return lang if is_left_to_right_language(lang) else ""


def link_spans(
    text: str,
    start: int,
    end: int,
    mentions: Sequence[Mention],
    to: Addresses,
    named: set[str],
    *,
    whole: bool = False,
) -> Markup:
    """Return `text[start:end]` as HTML with actors linked, each with who that is.

    Only the actors that are not yet in `named` are linked, and are added to it. `mentions` lie within, in order. `whole` says that
    the text is left-to-right.
    """
    spans: list[TaggedSpan] = []
    for mention in mentions:
        if mention.actor not in named:
            named.add(mention.actor)
            who = who_is(to.site, mention.actor)
            told = f' data-who="{escape(who)}"' if who else ""
            opening = f'<a href="{escape(to.actor(mention.actor))}"{told}>'
            spans.append(TaggedSpan(mention.start - start, mention.end - start, opening, "</a>"))
    return mark_up(text[start:end], spans, whole=whole)


def show_markdown(
    text: str, site: LinkedDossier, to: Addresses, *, itself: str = "", heading: int = 2, name: str = ""
) -> Markup:
    """Render our own Markdown with names linked as in seeds, except those of the actor `itself`, whose page it is.

    The highest heading in it becomes one of level `heading`, whatever it was written as. `name` is needed where several texts stand on one page.
    """

    def segments(plain: str) -> list[tuple[str, str | None]]:
        out: list[tuple[str, str | None]] = []
        done = 0
        for mention in name_spans(plain, site.names):
            out.append((plain[done : mention.start], None))
            out.append(
                (plain[mention.start : mention.end], to.actor(mention.actor) if mention.actor != itself else None)
            )
            done = mention.end
        return [*out, (plain[done:], None)]

    return render_markdown(text, to.resolve, link_text=segments, heading=heading + 1 - _highest(text), name=name)


def _highest(markdown: str) -> int:
    return min((len(marks) for marks in re.findall(r"^ {0,3}(#{1,6})(?=\s)", markdown, re.MULTILINE)), default=1)


@lru_cache(maxsize=4096)
def first_sentence(markdown: str) -> str:
    """Return the first sentence of a Markdown text, plain."""
    text = " ".join(plain_text(markdown).split())
    return next((text[start:end] for start, end in split_sentences(text)), "")


def naming_sentence(
    source: SourceText, mentions: Sequence[Mention], actor: str, lang: str = "ar"
) -> tuple[Markup, str] | None:
    """Return the first sentence that names an actor, the name marked, and its piece's anchor (`p3-2`); None where none does."""
    mention = next((m for m in mentions if m.actor == actor), None)
    if mention is None:
        return None
    paragraph = next(p for p in source.paragraphs if p.start <= mention.start < p.end)
    body = source.text[paragraph.start : paragraph.end]
    at = mention.start - paragraph.start
    start, end = next((s for s in split_sentences(body) if s[0] <= at < s[1]), (0, len(body)))
    piece = next((p for p in paragraph.pieces if p.start <= mention.start < p.end), paragraph.pieces[0])
    low, high = paragraph.start + start, paragraph.start + max(end, mention.end - paragraph.start)
    return _quote(
        source.text[low:high], TaggedSpan(mention.start - low, mention.end - low, "<mark>", "</mark>"), lang
    ), f"p{piece.anchor}"


def _quote(sentence: str, mark: TaggedSpan, lang: str) -> Markup:
    """Return a sentence with a name in it marked; a left-to-right one in its own direction and language."""
    if not is_left_to_right(sentence, lang):
        return mark_up(sentence, [mark])
    whole = Markup('<bdi dir="ltr" lang="{}">{}</bdi>')
    return whole.format(language_of(lang), mark_up(sentence, [mark], whole=True))
