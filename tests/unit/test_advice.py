"""What `check` tells a careful editor beside errors: each piece of advice where it belongs, and none where all is well."""

from __future__ import annotations

import pytest

from dossier.advice import advise
from dossier.advice.quotes import unpaired
from dossier.memo import Memo
from dossier.pipeline import compose
from dossier.sources import make_snapshot

FILES = {
    "content/dossier.yaml": "title: ملف الميناء\n",
    "content/actors/salma.md": "---\nname: سلمى البحري\nkind: person\naliases: [البحري]\n---\n",
    "content/actors/port.md": "---\nname: هيئة الميناء\nkind: organisation\naliases: [الهيئة]\n---\n",
    "content/reports/boats.md": """---
title: القوارب
seed: boats.txt
published: "2018-05"
added: 2020-01-02
claims:
  - {id: c1, text: تقول سلمى البحري إن القوارب عادت., said: [{who: salma}], about: [port], at: 1, mode: reported}
---
موجز.
""",
    "seeds/boats.txt": "قالت سلمى البحري إن هيئة الميناء فتحت الرصيف.\n\nوقالت البحري للصحف إن الهيئة ستعيد فتحه غدا.\n",
}


def advice(changes: dict[str, str] | None = None) -> list[str]:
    snapshot, memo = make_snapshot(FILES | (changes or {})), Memo()
    return [f"{p.where}: {p.message}" for p in advise(compose(snapshot, memo).site, snapshot, memo) if p.severity == "warning"]


def changed(path: str, old: str, new: str) -> dict[str, str]:
    assert old in FILES[path]
    return {path: FILES[path].replace(old, new)}


def test_of_a_sound_dossier_there_is_nothing_to_say() -> None:
    assert advice() == []


REPORT, SALMA, SEED = "content/reports/boats.md", "content/actors/salma.md", "seeds/boats.txt"


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"content/actors/nobody.md": "---\nname: غائب\nkind: person\n---\n"}, 'content/actors/nobody.md:2:7: no text names "غائب"'),
        (changed(SALMA, "[البحري]", "[البحري, بنت البحر]"), f'{SALMA}:4:19: no text uses the alias "بنت البحر"'),
        (
            {"content/actors/union.md": "---\nname: اتحاد سلمى البحري\nkind: organisation\naliases: [البحري]\n---\n", SEED: FILES[SEED] + "\nواتحاد سلمى البحري."},
            'content/actors/union.md:4:11: "البحري" is a name of "salma" too',
        ),
        (changed(REPORT, "about: [port], at: 1", "about: [port], at: 2") | changed(SEED, "الهيئة ستعيد", "القوارب ستعيد"),
         f"{REPORT}:7:96: paragraph 2 names none of those whom the claim is about"),
        (changed(REPORT, "mode: reported", 'mode: reported, when: "2019"'), f'{REPORT}:7:121: the claim is dated "2019", after the article itself, "2018-05"'),
        (changed(REPORT, "added: 2020-01-02", "added: 2020-01-02\nrevised: 2019-12-31"), f'{REPORT}:6:10: revised "2019-12-31" before it was added, "2020-01-02"'),
        (changed(REPORT, "added: 2020-01-02", "added: 2018-01-02"), f'{REPORT}:4:12: published "2018-05" after it was added here, "2018-01-02"'),
        (changed(REPORT, "موجز.", "موجز «بلا نهاية."), f"{REPORT}:9:6: the quotation mark « has no partner"),
        (changed(SEED, "للصحف", 'لصحيفة "المرفأ'), f'{SEED}:3:21: the quotation mark " has no partner'),
        (changed(SEED, "للصحف", "لصحيفة «المرفأ”"), f"{SEED}:3:28: the quotation mark ” has no partner"),
        (changed(SEED, "للصحف", "واللواء فتحي سالم"), f'{SEED}:3:22: "فتحي سالم" looks like a name and has no page'),
        (changed(SEED, "للصحف", "لصحيفة Harbour Times"), f'{SEED}:3:21: "Harbour Times" looks like a name and has no page'),
    ],
)  # fmt: skip
def test_advice_names_what_and_where(changes: dict[str, str], expected: str) -> None:
    assert advice(changes) == [expected]


def test_a_report_without_claims_is_pointed_at() -> None:
    bare = "---\ntitle: خبر\nseed: boats.txt\n---\n"
    assert advice({REPORT: bare}) == [f"{REPORT}:2:8: the report makes no claims"]


@pytest.mark.parametrize(
    "sentence",
    ["وصل الفريق إلى المباراة وقال الرئيس إنه سعيد.", "زار الموقع https://Example.org/Some-Page وراسل Info@Example.org.", "أعطت الجنرال معلومات مهمة.", "العقيد الليبي المتقاعد قال كلاما."],
)  # fmt: skip
def test_what_only_looks_like_a_name_is_passed_over(sentence: str) -> None:
    assert advice({SEED: f"{FILES[SEED]}\n{sentence}\n"}) == []


def test_an_office_is_believed_at_the_second_sight() -> None:
    once = f"{FILES[SEED]}\nوقال الرئيس فتحي سالم كلاما.\n"
    assert advice({SEED: once}) == []
    assert advice({SEED: f"{once}\nوأضاف الرئيس فتحي سالم شيئا.\n"}) == [f'{SEED}:5:13: "فتحي سالم" looks like a name and has no page, 2 times, here first']


def test_aliases_are_judged_only_where_all_originals_are_at_hand() -> None:
    unused = changed(SALMA, "[البحري]", "[البحري, بنت البحر]")
    missing = changed(REPORT, "published:", f"original: {{sha256: {64 * '0'}}}\npublished:")
    assert advice(unused | missing) == []


@pytest.mark.parametrize(("text", "offset"), [("«أ» و“ب” و«ج “د” هـ»", None), ("«أ", 0), ("أ» ب", 1), ("«أ “ب» ج”", 5), ('قال "نعم" ثم "لا', 13)])
def test_quotation_marks_pair_inside_one_another(text: str, offset: int | None) -> None:
    assert unpaired(text, 0, len(text), straight=True) == offset
