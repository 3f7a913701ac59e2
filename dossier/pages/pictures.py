"""Draw what links to pages look like elsewhere: pictures of 1200 × 630 with title, chain and kind, in the site's own typeface.

They are set as SVG, line by line, and turned into PNG at build time: nobody who shows a link runs a browser of Arabic for it. A
picture shows no claim without how it is said and through whom it came.
"""

from __future__ import annotations

import hashlib
import io
import logging
from collections.abc import Callable, Iterator, Mapping
from functools import partial

from markupsafe import escape
from msgspec import Struct

from dossier.content.addresses import HOME, address_of, card_address
from dossier.engine.memo import Memo, digest_of
from dossier.engine.temporary import temporary_folder
from dossier.language.date_words import describe_day
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import is_anonymous
from dossier.pages.charts.labels import letters, shorten
from dossier.pages.views.frame import has_pictures, picture_address
from dossier.pages.views.names import claim_number, short_name, source_of, speaker_name
from dossier.pages.views.sourcing import claim_origins
from dossier.pages.views.wording import ACTOR_KINDS, GENRES, MODES, ORIGIN_WORDS, count

WIDTH, HEIGHT, MARGIN = 1200, 630, 80
FONT = "assets/fonts/text.woff2"
WEIGHTS = (400, 700)
TITLE, TEXT, SMALL = 58, 42, 32  # sizes in pixels
LETTER = 0.47  # mean width of a letter, for a size of one: rather too much, so that no line runs out of the picture
TOP, FOOT, LEADING = 152, 520, 1.5
RLE, PDF = "\N{RIGHT-TO-LEFT EMBEDDING}", "\N{POP DIRECTIONAL FORMATTING}"  # the library takes lines for left-to-right
ARROW = " › "  # mirrored in Arabic; the typeface has no arrow


class Words(Struct, frozen=True, kw_only=True):
    """What a picture says, from top to bottom: what it is, its title, and lines below."""

    kind: str
    title: str
    lines: tuple[str, ...]
    large: bool = True


def picture_files(site: LinkedDossier, templates: Mapping[str, bytes], memo: Memo) -> dict[str, Callable[[], bytes]]:
    """Return how to make every picture, by address; none for a dossier without a published address, whose links nobody shows."""
    if not site.url or FONT not in templates:
        return {}
    font = templates[FONT]

    def make(path: str, words: Callable[[], Words]) -> bytes:
        svg = _set(words(), site.settings.title)
        return memo.get("pictures", digest_of((path, svg, font)), lambda: _draw(svg, find_faces(templates, memo)))

    return {picture_address(path): partial(make, path, words) for path, words in _all(site)}


def find_faces(templates: Mapping[str, bytes], memo: Memo) -> tuple[bytes, ...]:
    """Return the typeface in the weights that pictures use. Those of the generator's own lie ready; a dossier's are made, and kept."""
    font = templates[FONT]
    ready = [templates.get(name) for name in face_names(font)]
    return tuple(filter(None, ready)) if all(ready) else memo.get("picture faces", digest_of(font), lambda: faces(font))


def face_names(font: bytes) -> list[str]:
    """Return what the faces of a typeface are called among templates."""
    return [f"faces/{hashlib.sha256(font).hexdigest()[:12]}-{weight}.ttf" for weight in WEIGHTS]


def _all(site: LinkedDossier) -> Iterator[tuple[str, Callable[[], Words]]]:
    """Yield the address of each page that has a picture, and how to find its words."""
    yield HOME, partial(_of_site, site)
    if has_pictures(site):
        yield from ((address_of("reports", report), partial(_of_report, site, report)) for report in site.reports)
        yield from ((address_of("actors", actor), partial(_of_actor, site, actor)) for actor in site.actors)
        yield from ((card_address(*ref.split("#")), partial(_of_claim, site, ref)) for ref in site.claims)


def _of_site(site: LinkedDossier) -> Words:
    digits = site.settings.digits
    counts = (count(len(site.reports), "report", digits), count(len(site.claims), "claim", digits))
    return Words(
        kind="ملف", title=site.settings.title, lines=("، ".join(counts), "من قال ماذا، وعمّن، وأين تختلف النصوص")
    )


def _of_report(site: LinkedDossier, report: str) -> Words:
    linked = site.reports[report]
    when = describe_day(linked.published, site.settings.digits) if linked.published else "تاريخ النشر غير معروف"
    return Words(kind=GENRES[linked.report.genre], title=linked.report.title, lines=(source_of(site, linked), when))


def _of_actor(site: LinkedDossier, actor: str) -> Words:
    linked = site.actors[actor]
    number = count(len(linked.about), "claim", site.settings.digits)
    lines = (linked.actor.role or "", f"ما يقال عنه، ومن يقوله: {number}")
    return Words(kind=ACTOR_KINDS[linked.actor.kind][0], title=linked.actor.name, lines=tuple(filter(None, lines)))


def _of_claim(site: LinkedDossier, ref: str) -> Words:
    linked = site.claims[ref]
    claim = linked.claim
    chain = ARROW.join(
        speaker_name(site, speaker) + (f" (قائل {ORIGIN_WORDS['anonymous']})" if is_anonymous(claim, position) else "")
        for position, speaker in enumerate(claim.said)
    )
    place = f"{short_name(site, linked.report)}، القول {claim_number(claim.id, site)}"
    return Words(kind=MODES[claim.mode], title=claim.text, lines=(chain, claim_origins(site, ref), place), large=False)


def _set(words: Words, site_title: str) -> str:
    """Set a picture's lines as SVG. The title gives way where there is much to say, the lines below it never."""
    below = [cut for text in words.lines for cut in _broken(text, SMALL)]
    room = FOOT - TOP - round(SMALL * LEADING) * len(below) - SMALL
    size, title = _fitted(words.title, TITLE if words.large else TEXT, room)
    parts = [_line(words.kind, TOP - SMALL, SMALL, "700", "#0b5a5e")]
    y = TOP - SMALL // 2
    for line in title:
        y += round(size * LEADING)
        parts.append(_line(line, y, size, "700", "#18211f"))
    y += SMALL // 2
    for line in below:
        y += round(SMALL * LEADING)
        parts.append(_line(line, y, SMALL, "400", "#55625f"))
    parts.append(_line(f"{site_title} · لا يجزم الملف بما ينقله", HEIGHT - 45, 28, "400", "#0b5a5e"))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" width="{WIDTH}" height="{HEIGHT}"><rect width="{WIDTH}" height="{HEIGHT}" fill="#ffffff"/>'
        f'<rect width="{WIDTH}" height="18" fill="#0b5a5e"/><rect y="{HEIGHT - 90}" x="{MARGIN}" width="{WIDTH - 2 * MARGIN}" height="2" fill="#d9e0de"/>'
        f'<g font-family="Dossier" text-anchor="end">{"".join(parts)}</g></svg>'
    )


def _fitted(title: str, largest: int, room: int) -> tuple[int, list[str]]:
    """Return the size at which a title has room, and its lines; at the smallest it is cut with an ellipsis."""
    for size in range(largest, SMALL - 1, -2):
        lines = _broken(title, size)
        if len(lines) * round(size * LEADING) <= room:
            return size, lines
    most = max(1, room // round(SMALL * LEADING))
    return SMALL, [*lines[: most - 1], shorten(" ".join(lines[most - 1 : most + 1]), _room(SMALL))]


def _line(text: str, y: int, size: int, weight: str, colour: str) -> str:
    return f'<text x="{WIDTH - MARGIN}" y="{y}" font-size="{size}" font-weight="{weight}" fill="{colour}">{RLE}{escape(text)}{PDF}</text>'


def _room(size: int) -> int:
    return int((WIDTH - 2 * MARGIN) / (size * LETTER))


def _broken(text: str, size: int) -> list[str]:
    """Break a text into lines that fit a size."""
    lines: list[str] = []
    for word in " ".join(text.split()).split(" "):
        if lines and letters(f"{lines[-1]} {word}") <= _room(size):
            lines[-1] += f" {word}"
        else:
            lines.append(shorten(word, _room(size)))
    return lines


def faces(woff2: bytes) -> tuple[bytes, ...]:
    """Return the typeface in the weights that pictures use, each a TrueType file of the family "Dossier"."""
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    return tuple(_face(woff2, weight) for weight in WEIGHTS)


def _face(woff2: bytes, weight: int) -> bytes:
    from fontTools.ttLib import TTFont  # it takes long to load, and most builds find the typeface kept
    from fontTools.varLib import instancer

    font = TTFont(io.BytesIO(woff2), recalcTimestamp=False)
    if "fvar" in font:
        font = instancer.instantiateVariableFont(font, {"wght": weight})
    font.flavor = None
    font["OS/2"].usWeightClass = weight
    for record in font["name"].names:
        if record.nameID in (1, 16):
            record.string = "Dossier"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _draw(svg: str, faces: tuple[bytes, ...]) -> bytes:
    """Turn a picture into PNG. The library takes typefaces by their paths alone, so they lie in a folder while it works."""
    import resvg_py  # it takes long to load, and most builds find their pictures kept

    with temporary_folder("pictures") as folder:
        files = [folder / f"{number}.ttf" for number in range(len(faces))]
        for file, face in zip(files, faces, strict=True):
            file.write_bytes(face)
        return bytes(
            resvg_py.svg_to_bytes(svg_string=svg, skip_system_fonts=True, font_files=[str(file) for file in files])
        )
