"""The words of the interface: counts in their forms and cases, from 0 to 111 in every sentence that takes one; one word for one thing."""

from __future__ import annotations

import itertools
import re
from collections.abc import Callable, Mapping
from pathlib import Path

import pytest

from dossier.content.model import Claim, Report
from dossier.linking.origins import ORIGIN_KINDS, Origin
from dossier.pages.views import wording
from dossier.pages.views.wording import (
    ACTOR_KINDS,
    ASPECTS,
    CERTAINTIES,
    GENITIVES,
    GENRES,
    MODES,
    NOUNS,
    RELATIONS,
    basis_in_words,
    besides,
    certainty_of,
    cluster_in_words,
    count,
    elsewhere_in_words,
    in_reports,
    join_words,
    left_of,
    numeral,
    origins_in_words,
    resting_on,
    shown_of,
    strongest_of,
    times_named,
)

ROOT = Path(__file__).parents[2]
NUMBERS = range(112)


def expected(number: int, forms: str) -> str:
    """The form for a number by the rule that schools teach, written out apart from CLDR: `zero|one|two|few|many|hundreds`."""
    zero, one, two, few, many, hundreds = forms.split("|")
    rest = number % 100
    if number < 3:
        return (zero, one, two)[number]
    if rest < 3:
        return f"{number} {hundreds}"
    return f"{number} {few if rest <= 10 else many}"


# Every noun as it is counted, and what follows from it, written out by hand.
COUNTED: Mapping[str, str] = {
    "report": "لا تقارير|تقرير واحد|تقريران|تقارير|تقريرًا|تقرير",
    "claim": "لا أقوال|قول واحد|قولان|أقوال|قولًا|قول",
    "actor": "لا أسماء|اسم واحد|اسمان|أسماء|اسمًا|اسم",
    "event": "لا أحداث|حدث واحد|حدثان|أحداث|حدثًا|حدث",
    "tie": "لا صلات|صلة واحدة|صلتان|صلات|صلة|صلة",
    "origin": "بلا مصدر أول|مصدر أول واحد|مصدران أولان|مصادر أولى|مصدرًا أول|مصدر أول",
    "judgment": "لا خلاصات|خلاصة واحدة|خلاصتان|خلاصات|خلاصة|خلاصة",
    "question": "لا أسئلة|سؤال واحد|سؤالان|أسئلة|سؤالًا|سؤال",
    "difference": "لا خلاف|خلاف واحد|خلافان|خلافات|خلافًا|خلاف",
}
# Every sentence that takes a count, and its forms for 0, 1, 2, 3–10, 11–99 and hundreds.
SENTENCES: Mapping[str, tuple[Callable[[int], str], str]] = {
    **{noun: (lambda n, noun=noun: count(n, noun), forms) for noun, forms in COUNTED.items()},  # type: ignore[misc]
    "in reports": (in_reports, "في أي تقرير|في تقرير واحد|في تقريرين|في # تقارير|في # تقريرًا|في # تقرير"),
    "named": (
        times_named,
        "لا يرد الاسم|يرد الاسم مرة واحدة|يرد الاسم مرتين|يرد الاسم # مرات|يرد الاسم # مرة|يرد الاسم # مرة",
    ),
    "besides": (
        lambda n: besides(n, "claim"),
        "لا أقوال|قول واحد غيره|قولان غيرهما|# أقوال غيرها|# قولًا غيرها|# قول غيرها",
    ),
    "rests on a speaker": (
        lambda n: resting_on(n, 999),
        "لا يتوقف عليه أي قول من 999|يتوقف عليه قول واحد من 999|يتوقف عليه قولان من 999|تتوقف عليه # أقوال من 999|"
        "يتوقف عليه # قولًا من 999|يتوقف عليه # قول من 999",
    ),
    "left": (
        lambda n: left_of(n, 999),
        "لا يبقى أي قول من 999|يبقى قول واحد من 999|يبقى قولان من 999|تبقى # أقوال من 999|يبقى # قولًا من 999|يبقى # قول من 999",
    ),
    "judgment rests on": (
        lambda n: basis_in_words(n, "judgment"),
        "لا تقوم على أي قول|تقوم على قول واحد|تقوم على قولين|تقوم على # أقوال|تقوم على # قولًا|تقوم على # قول",
    ),
    "unknown": (
        lambda n: basis_in_words(n, "unknown"),
        "لا يتصل به أي قول|يتصل به قول واحد|يتصل به قولان|تتصل به # أقوال|يتصل به # قولًا|يتصل به # قول",
    ),
    "repeated by": (
        lambda n: elsewhere_in_words(repeats=0, repeated_by=n, agreeing=0),
        "|يعيده قول واحد|يعيده قولان|تعيده # أقوال|يعيده # قولًا|يعيده # قول",
    ),
    "agreeing": (
        lambda n: elsewhere_in_words(repeats=0, repeated_by=0, agreeing=n),
        "|يوافقه قول واحد|يوافقه قولان|توافقه # أقوال|يوافقه # قولًا|يوافقه # قول",
    ),
    "strongest": (
        lambda n: strongest_of(n, 500),
        "أقوى الصلات|أقوى صلة من 500|أقوى صلتين من 500|أقوى # صلات من 500|أقوى # صلة من 500|أقوى # صلة من 500",
    ),
    "shown": (
        lambda n: shown_of(n, 500),
        "لا تقارير من 500|تقرير واحد من 500|تقريران من 500|# تقارير من 500|# تقريرًا من 500|# تقرير من 500",
    ),
    "named sources": (
        lambda n: origins_in_words(origins(n, 0, 0), "latn"),
        "بلا مصدر أول|مصدر أول واحد، مسمّى|مصدران أولان مسمّيان|# مصادر أولى، كلها مسمّاة|# مصدرًا أول، كلها مسمّاة|# مصدر أول، كلها مسمّاة",
    ),
    "anonymous sources": (
        lambda n: origins_in_words(origins(0, n, 0), "latn"),
        "بلا مصدر أول|مصدر أول واحد، غير مسمّى|مصدران أولان غير مسمّيين|# مصادر أولى، كلها غير مسمّاة|# مصدرًا أول، كلها غير مسمّاة|# مصدر أول، كلها غير مسمّاة",
    ),
    "without source": (
        lambda n: origins_in_words(origins(0, 0, n), "latn"),
        "بلا مصدر أول|بصوت الوسيلة، بلا مصدر|بصوت وسيلتين، بلا مصدر|بصوت # وسائل، بلا مصدر|بصوت # وسيلة، بلا مصدر|بصوت # وسيلة، بلا مصدر",
    ),
    "cluster": (
        lambda n: cluster_in_words(n, origins(0, 1, 0), "latn").removesuffix("، مصدر أول واحد، غير مسمّى"),
        "لا تقارير|تقرير واحد|تقريران|# تقارير|# تقريرًا|# تقرير",
    ),
}


def origins(named: int, anonymous: int, unsourced: int) -> list[Origin]:
    numbers = dict(zip(ORIGIN_KINDS, (named, anonymous, unsourced), strict=True))
    return [Origin(f"actor:{kind}{n}", kind) for kind, number in numbers.items() for n in range(number)]


@pytest.mark.parametrize("name", SENTENCES)
def test_every_count_in_every_sentence_takes_the_form_that_arabic_asks_for(name: str) -> None:
    say, forms = SENTENCES[name]
    for number in NUMBERS:
        wanted = expected(number, forms if "#" not in forms else forms.replace("# ", "#"))
        if "#" in forms:
            wanted = re.sub(rf"^{number} (.*)#", rf"\g<1>{number} ", wanted) if number > 2 else wanted
        assert say(number) == wanted, number


def test_no_sentence_holds_a_nominative_behind_a_preposition() -> None:
    dual = re.compile(r"(?:^|\s)(?:في|من|على|عن|عبر|إلى|مع|أقوى|كل) (?:لا |\w+ان\b)")
    for name, (say, _) in SENTENCES.items():
        for number in NUMBERS:
            assert not dual.search(say(number)), (name, number, say(number))


def test_every_noun_of_the_interface_is_tested() -> None:
    assert set(COUNTED) == set(NOUNS) and set(GENITIVES) <= set(NOUNS)
    takes_count = {
        name
        for name, value in vars(wording).items()
        if callable(value) and "number" in getattr(value, "__annotations__", {})
    }
    assert takes_count - {"numeral", "plural_form", "_written", "_doing"} == {
        "count", "in_reports", "times_named", "besides", "basis_in_words", "strongest_of", "shown_of",
        "resting_on", "left_of",
    }  # fmt: skip


@pytest.mark.parametrize("noun", NOUNS)
def test_one_and_two_are_words_and_digits_are_the_dossier_s(noun: str) -> None:
    for number in (0, 1, 2):
        assert not any(c.isdigit() for c in count(number, noun))
    assert count(12, noun, "arab").startswith("١٢ ")
    assert numeral(2017, "arab") == "٢٠١٧" and numeral(2017, "latn") == "2017"


@pytest.mark.parametrize(
    ("numbers", "words"),
    [
        ((1, 1, 0), "مصدران أولان: واحد مسمّى وواحد غير مسمّى"),
        ((0, 1, 1), "مصدران أولان: واحد غير مسمّى وواحد بصوت وسيلة بلا مصدر"),
        ((1, 2, 0), "3 مصادر أولى: واحد مسمّى واثنان غير مسمّيين"),
        ((2, 0, 3), "5 مصادر أولى: اثنان مسمّيان و3 بصوت وسائل بلا مصدر"),
        ((4, 11, 2), "17 مصدرًا أول: 4 مسمّاة و11 غير مسمّى واثنان بصوت وسيلتين بلا مصدر"),
    ],
)
def test_origins_of_several_kinds_are_told_apart_the_strongest_first(numbers: tuple[int, int, int], words: str) -> None:
    assert origins_in_words(origins(*numbers), "latn") == words


def test_an_unsourced_origin_is_always_called_so() -> None:
    for numbers in itertools.product(range(4), range(4), range(1, 4)):
        assert "بصوت" in (words := origins_in_words(origins(*numbers), "latn")) and "بلا مصدر" in words, numbers
    for numbers in itertools.product(range(4), range(1, 4), range(4)):
        assert "غير مسم" in origins_in_words(origins(*numbers), "latn"), numbers


def test_what_other_claims_do_is_one_sentence() -> None:
    assert elsewhere_in_words(repeats=1, repeated_by=2, agreeing=11) == "يعيد قولًا آخر، ويعيده قولان، ويوافقه 11 قولًا"
    assert elsewhere_in_words(repeats=2, repeated_by=0, agreeing=0) == "يعيد قولين"
    assert elsewhere_in_words(repeats=0, repeated_by=0, agreeing=0) == ""


def test_a_relation_s_certainty_agrees_with_its_noun() -> None:
    assert certainty_of("differs", "certain") == "خلاف مؤكد"
    assert certainty_of("repeats", "probable") == "إعادة راجحة"
    assert len({certainty_of(r, c) for r in RELATIONS for c in CERTAINTIES}) == len(RELATIONS) * len(CERTAINTIES)


def test_lists_are_joined_with_waw() -> None:
    assert join_words(["أ", "ب", "ج"]) == "أ وب وج"
    assert join_words(["أ"]) == "أ"


def test_every_value_of_the_model_has_words_and_no_two_the_same() -> None:
    def literals(model: type[Claim] | type[Report], field: str) -> set[str]:
        return set(model.model_json_schema()["properties"][field]["enum"])

    assert set(MODES) == literals(Claim, "mode")
    assert set(GENRES) == literals(Report, "genre")
    assert set(ASPECTS) == {"date", "actor", "place", "object", "number", "wording"}
    assert all(len(names) == 2 for names in ACTOR_KINDS.values())
    labels = [*MODES.values(), *(label for label in GENRES.values() if label != "رأي")]
    assert len(labels) == len(set(labels)), "a mode and a genre of one name"


def interface() -> dict[str, str]:
    """Every Arabic text that the project shows of itself: templates, views, help, README, the guide."""
    paths = [
        *(ROOT / "templates").rglob("*.html"),
        *(ROOT / "templates/assets").rglob("*.js"),
        *(ROOT / "dossier/pages").rglob("*.py"),
        ROOT / "dossier/content/field_help.py",
        ROOT / "dossier/language/date_words.py",
        ROOT / "README.md",
        ROOT / "docs/editing.ar.md",
        ROOT / "docs/publishing.ar.md",
        *(ROOT / "dossier/commands/arabic").glob("*.txt"),
        *(path for path in (ROOT / "starter").rglob("*") if path.suffix in (".md", ".yaml", ".txt")),
    ]
    return {str(path.relative_to(ROOT)): path.read_text("utf-8") for path in paths}


# What the interface once said, and what it says now.
RETIRED = {
    r"(?<!المقال )(?<!المقالات )(?<!\w)[وفبلك]*الأصل(?!ي)(?!\w)": "المقال الأصلي",
    r"\bأصلا?ن? (?:واحد|مجهول)": "مصدر أول",
    r"مجهولان|مجهولة|مجهولين": "غير مسمّى",
    r"مخشي": "متخوَّف منه",
    r"مزمع": "نيّة أو وعد أو توقّع",
    r"بتحفّظ": "متحفَّظ فيه",
    r"حكومات وأجهزتها": "حكومات وأجهزة حكومية",
    r"مصداقية": "صدقية",
    r"\bفيما\b": "في ما",
}
# Indefinite accusatives: their alif carries tanwin («شيئًا»).
BARE_TANWIN = r"(?<!\w)[وفبل]?(?:شيئا|قولا|تقريرا|أصلا|مصدرا|أولا|أيضا|كاملا|نقلا|مدرجا|ملفا|خلافا|اسما|حدثا|تماما|ناقلا|منقولا|حرفا|جدا|معا)(?!\w)"


@pytest.mark.parametrize("pattern", [*RETIRED, BARE_TANWIN])
def test_one_word_for_one_thing_and_one_spelling_of_tanwin(pattern: str) -> None:
    found = {(name, match[0]) for name, text in interface().items() for match in re.finditer(pattern, text)}
    assert found == set(), RETIRED.get(pattern, "write the tanwin: ًا")
