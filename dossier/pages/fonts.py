"""Cut a typeface down to the characters of Arabic texts and to the weights that pages use.

The default family's lies ready in `templates/assets/fonts/`: `make font` makes it anew, and a test compares.
"""

from __future__ import annotations

import io
import logging
import sys
from importlib.metadata import files
from pathlib import Path

from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer

PACKAGE = "justmytype-intl-rtl"
DEFAULT_FAMILY = "Noto Sans Arabic"
WEIGHTS = (400, 700)
NAMES_KEPT = (0, 1, 2, 3, 4, 5, 6, 13, 14)  # copyright and licence travel with the file, as the OFL's condition 2 asks
_RANGES = (
    (0x20, 0x7E), (0xA0, 0xA0), (0xAB, 0xAB), (0xB7, 0xB7), (0xBB, 0xFF), (0x11E, 0x11F), (0x130, 0x131), (0x15E, 0x15F),
    (0x60C, 0x60C), (0x61B, 0x61B), (0x61F, 0x61F),
    (0x621, 0x63A), (0x640, 0x655), (0x660, 0x66C), (0x670, 0x671), (0x67E, 0x67E), (0x686, 0x686), (0x698, 0x698),
    (0x6A4, 0x6A5), (0x6A8, 0x6A9), (0x6AD, 0x6AD), (0x6AF, 0x6AF), (0x6CC, 0x6CC), (0x6F0, 0x6F9), (0x763, 0x763),
    (0x200C, 0x200F), (0x2011, 0x2011), (0x2013, 0x2014), (0x2018, 0x201D), (0x2026, 0x2026), (0x202F, 0x202F),
    (0x2039, 0x203A), (0x2212, 0x2212),
)  # fmt: skip
# Arabic letters (those of Maghrebi and Persian names too), marks and digits, Latin as names in French, German and Turkish
# need it, and punctuation: more than a site uses today, so that a new word hardly ever changes the file. What the family
# lacks falls to the reader's own fonts.
CHARACTERS = frozenset(code for low, high in _RANGES for code in range(low, high + 1))


def subset_font(family: str | None = None) -> bytes:
    """Return a variable WOFF2 of an installed family, the same bytes every time. Raise ValueError for any other family.

    It is cut to `CHARACTERS` before its axes are limited, which is far faster this way round.
    """
    logging.getLogger("fontTools").setLevel(logging.ERROR)
    font = TTFont(_find(family or DEFAULT_FAMILY), recalcTimestamp=False)
    options = Options()
    options.layout_features = ["*"]
    options.hinting = False
    options.notdef_outline = True
    options.name_IDs = list(NAMES_KEPT)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=CHARACTERS)
    subsetter.subset(font)
    limits = (
        {axis.axisTag: _limit(axis.axisTag, axis.defaultValue) for axis in font["fvar"].axes} if "fvar" in font else {}
    )
    if limits:
        font = instancer.instantiateVariableFont(font, limits)
    font.flavor = "woff2"
    out = io.BytesIO()
    font.save(out)
    return out.getvalue()


def _limit(axis: str, default: float) -> tuple[float, float] | float:
    return WEIGHTS if axis == "wght" else default


def family_key(family: str) -> str:
    """Return a family's name as the fonts' folders spell it: without spaces and capitals."""
    return "".join(family.lower().split())


def known_families() -> tuple[str, ...]:
    """Return the installed families, by their keys."""
    return tuple(sorted(_installed()))


def _installed() -> dict[str, list[Path]]:
    known: dict[str, list[Path]] = {}
    for file in files(PACKAGE) or ():
        if file.suffix == ".ttf" and "Italic" not in file.name:
            known.setdefault(file.parent.name, []).append(Path(str(file.locate())))
    return known


def licence_of(family: str) -> bytes:
    """Return the text of a family's licence, as it lies beside its files; empty where there is none."""
    licence = _find(family).with_name("OFL.txt")
    return licence.read_bytes() if licence.is_file() else b""


def _find(family: str) -> Path:
    """Find the font file of a family; the one with axes where there are several."""
    known = _installed()
    if family_key(family) not in known:
        raise ValueError(f'no font "{family}" is installed; known are {", ".join(sorted(known))}')
    return min(
        known[family_key(family)], key=lambda path: ("[" not in path.name, "Regular" not in path.name, path.name)
    )


def _lay_ready(templates: Path) -> None:
    """Write the default family's typeface, and its faces for pictures."""
    from dossier.pages.pictures import FONT, face_names, faces

    font = subset_font()
    (templates / FONT).write_bytes(font)
    for old in (templates / "faces").glob("*.ttf"):
        old.unlink()
    for name, face in zip(face_names(font), faces(font), strict=True):
        (templates / name).parent.mkdir(exist_ok=True)
        (templates / name).write_bytes(face)


if __name__ == "__main__":
    _lay_ready(Path(sys.argv[1]))
