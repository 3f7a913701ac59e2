"""What both halves of search must make of the same words: `python -m tests.vectors` writes `tests/js/vectors.json`.

The tests of both halves read it: here it must be what the package makes, there the browser's modules must come to the same.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path

import cbor2

from dossier.search.analyser import fold, is_whole, strippings, words_of
from dossier.search.latin import skeletons
from dossier.search.pagefind import MARKED
from dossier.search.plurals import singulars_of
from dossier.search.tables import END, browser_tables
from dossier.search.vocabulary import Entry, write_parts

FILE = Path(__file__).parent / "js/vectors.json"
TEXTS = (
    "أُمّ إيمان آمال ٱلبيت مستشفى مكتبة مؤتمر رئيس ءامن", "کتاب ایران ہندی گيتار چاي", "كـــبير م\u200cن \u200fنص\u200f \ufeffبدء",
    "ﻻ ﺣﻔﻆ ﷲ ﺍﻷﻣﻢ", "١٢٣ ۴۵۶ 789", "1,000 ١٬٠٠٠ 3.5 50% ٥٠٪", "Müller ÉCOLE Straße ǅ", "وبالمدينة وللمدن فلل بالبيت كالبيت والد ولد ال لل و",
    "على علي عَلى وعلى فعلي", "a_b c-d «نص»،آخر؛ثالث C++ #1 Il-76", "لا\u00a0أحد x² ½ №", "وليد وزير فيلق بلدية لبنان والي", "🙂 e\u0301 中文", "",
)  # fmt: skip
NAMES = (
    "Khalifa Haftar", "Hifter", "Muammar Qaddafi", "Moammar al-Gadhafi", "Abdel Rahman", "Abdurrahman", "ar-Rashid", "al Rashid", "Ramadan",
    "Jamal", "Ali", "Bo", "Xavier", "حفتر",
)  # fmt: skip
PLURALS = ("مصادر", "مشاريع", "خبراء", "وسائل", "عواصم", "صواريخ", "تقارير", "صناديق", "عناصر", "بيت")
ENTRIES = {
    "ميناء": ("7h", Entry(related={"موانئ", "مواني"})),
    "مينا": ("0", Entry(keys="ميناء")),
    "قنديلي": ("4p", Entry(forms={"مرزوق قنديلي": None, "قنديلي": None}, pages={0, 7})),
    "قندي": ("0", Entry(behind={"ال", "وال"})),
    "مرفا": ("0", Entry(instead={"ميناء", "رصيف قديم"})),
}
PLACES = {"قديم": {0: (1, 9), 300: (2,)}, "رصيف": {0: (0, 8, 70_000), 2: (3,), 300: (1,)}}  # key → page → positions
PAGES = 301


def make() -> dict[str, object]:
    """Return all of it, as JSON holds it."""
    found = {
        "tables": browser_tables(),
        "texts": [_of_text(text) for text in TEXTS],
        "names": {name: list(skeletons(words_of(name))) for name in NAMES},
        "singulars": {word: [singular for singular, _ in singulars_of(word)] for word in PLURALS},
        "vocabulary": _vocabulary(),
        "postings": _postings(),
    }
    return json.loads(json.dumps(found))  # type: ignore[no-any-return]  # lists for tuples


def _of_text(text: str) -> dict[str, object]:
    words = words_of(text)
    stripped = {word: list(strippings(word)) for word in words}
    return {
        "text": text, "fold": fold(text), "words": words, "strippings": stripped,
        "whole": sorted(filter(is_whole, stripped)),
    }  # fmt: skip


def _vocabulary() -> dict[str, object]:
    firsts, parts = write_parts({word: entry.line(plain) for word, (plain, entry) in ENTRIES.items()})
    entries = {
        word: {
            "flags": plain[1:], "keys": e.keys, "related": sorted(e.related), "behind": sorted(e.behind), "forms": list(e.forms),
            "pages": sorted(e.pages), "instead": sorted(e.instead),
        }
        for word, (plain, e) in ENTRIES.items()
    }  # fmt: skip
    return {"firsts": firsts, "parts": parts, "entries": entries}


def _postings() -> dict[str, object]:
    """A small index as Pagefind writes it, in hexadecimal digits, and what it says."""
    words = sorted(f"{key}{END}" for key in PLACES)
    chunk = [[[word, _steps(PLACES[word.removesuffix(END)])] for word in words]]
    meta = ["1.5.0", [[f"unknown_p{n}", 9] for n in range(PAGES)], [[words[0], words[-1], "c1"]]]
    return {
        "index": _packed(meta),
        "chunk": _packed(chunk),
        "places": {key: [[page, list(at)] for page, at in pages.items()] for key, pages in PLACES.items()},
    }


def _steps(pages: Mapping[int, Sequence[int]]) -> list[list[object]]:
    """Pages as steps from one to the next, and so positions, behind the weight of the first."""
    steps, last = [], 0
    for page, places in pages.items():
        steps.append([page - last, [-25, *(b - a for a, b in zip((0, *places), places, strict=False))]])
        last = page
    return [list(step) for step in steps]


def _packed(value: object) -> str:
    return (MARKED + cbor2.dumps(value)).hex()


def text_of(vectors: Mapping[str, object]) -> str:
    """Return the file's text."""
    return json.dumps(vectors, ensure_ascii=False, indent=1, sort_keys=True) + "\n"


if __name__ == "__main__":
    FILE.write_text(text_of(make()), "utf-8")
