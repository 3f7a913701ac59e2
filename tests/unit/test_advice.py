"""Warnings that only `check` asks for: each where it is right, and none where all is well."""

from __future__ import annotations

from hashlib import sha256

import pytest

from dossier.articles.candidates import find_candidates
from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.advice import advise

SEED = "قال علي سالم لصحيفة المرفأ إن السوق سيفتح.\n\nوقالت البلدية إنها موافقة."
ORIGINAL = b"..."
REPORT = """---
title: عنوان
seed: a.txt
added: "2020-03-01"
revised: "2020-03-02"
outlet: paper
published: "2020-02"
claims:
  - id: c1
    text: يقول علي سالم إن السوق سيفتح.
    said: [{who: ali}]
    about: [ali]
    when: "2020-01"
    at: 1
    mode: reported
---
"""
GOOD = {
    "content/dossier.yaml": "title: ملف",
    "content/actors/ali.md": "---\nname: علي سالم\nkind: person\n---\n",
    "content/actors/paper.md": "---\nname: جريدة الميناء\nkind: outlet\n---\n",
    "content/reports/a.md": REPORT,
    "seeds/a.txt": SEED,
}


def advice(changes: dict[str, str]) -> list[str]:
    snapshot = make_snapshot({**GOOD, **changes})
    memo = Memo()
    site = compose(snapshot, memo).site
    problems = advise(site, snapshot, memo)
    assert all(problem.severity == "warning" and problem.hint and problem.line for problem in problems)
    again = memo.next()
    assert advise(site, snapshot, again) == problems
    assert again.made == {}, "what was read once is remembered"
    return [f"{problem.where}: {problem.message}" for problem in problems]


def quoted(words: str, original: str, at: int | None = None) -> list[str]:
    """What is said of a claim's words of time beside an original."""
    data = original.encode()
    place = f"    original_at: {at}\n" if at else ""
    text = REPORT.replace("claims:\n", f"original: {{sha256: {sha256(data).hexdigest()}}}\nclaims:\n")
    text = text.replace("    at: 1\n", f"    when_text: {words}\n    at: 1\n{place}")
    snapshot = make_snapshot({**GOOD, "content/reports/a.md": text}, {"a.txt": data})
    memo = Memo()
    found = advise(compose(snapshot, memo).site, snapshot, memo)
    return [f"{p.where}: {p.message} ({p.hint})" for p in found if "pages show it" in p.message]


def test_words_of_time_are_the_original_s_to_the_letter() -> None:
    original = "في يوليو/ تموز الماضي قال علي سالم.\n\nوفي السنة الماضية أيضًا."
    assert quoted("السنة الماضية", original) == quoted("السنة الماضية", original, 2) == []
    where = 'content/reports/a.md:15:16: paragraph {} of the original does not say "{}", and pages show it as the article\'s words ({})'
    assert quoted("يوليو/تموز الماضي", original, 1) == [
        where.format(1, "يوليو/تموز الماضي", 'it says "يوليو/ تموز الماضي"')
    ]
    assert quoted("السنة الماضية", original, 1) == [
        where.format(1, "السنة الماضية", "paragraph 2 does: mend original_at or the words")
    ]
    assert quoted("أول السنة", original, 1) == [
        where.format(1, "أول السنة", "copy the article's own few words, or leave when_text out")
    ]


def test_without_an_original_nothing_is_said_of_words_of_time() -> None:
    assert advice(report("    at: 1\n", "    when_text: كلمات ليست في نص\n    at: 1\n")) == []


def test_two_reports_of_one_short_name_are_told() -> None:
    other = REPORT.replace("seed: a.txt", "seed: b.txt\nshort: المرفأ 2020")
    found = advice(
        {**report("seed: a.txt", "seed: a.txt\nshort: المرفأ 2020"), "content/reports/b.md": other, "seeds/b.txt": SEED}
    )
    assert found == ['content/reports/b.md:4:8: the report "a" has the same short name']


def report(old: str, new: str) -> dict[str, str]:
    assert old in REPORT
    return {"content/reports/a.md": REPORT.replace(old, new)}


def test_a_dossier_in_order_is_left_alone() -> None:
    assert advice({}) == []


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (
            {"content/actors/omar.md": "---\nkind: person\nname: عمر\n---\n"},
            "content/actors/omar.md:3:7: no text names this actor",
        ),
        (
            {"content/actors/ali.md": "---\nname: علي سالم\nkind: person\naliases: [العمدة]\n---\n"},
            'content/actors/ali.md:4:11: no text holds the alias "العمدة"',
        ),
        (
            report("seed: a.txt", "seed: a.txt\noriginal: {sha256: %s, headline: عنوان}" % ("0" * 64)),
            "content/reports/a.md:2:8: the title is the publisher's headline",
        ),
        (
            {"content/dossier.yaml": "title: ملف بلا عنوان"},
            "content/dossier.yaml:1:8: the title is still the one that it was begun with",
        ),
        (report("title: عنوان", "title: a"), "content/reports/a.md:2:8: the title is still the id"),
        (
            {"content/reports/a.md": REPORT[: REPORT.index("claims:")] + "---\n"},
            "content/reports/a.md:2:8: this report has no claims",
        ),
        (
            report("at: 1", "at: 2"),
            "content/reports/a.md:14:9: paragraph 2 names none of ali, whom c1 is about",
        ),
        (
            report('revised: "2020-03-02"', 'revised: "2020-02-02"'),
            "content/reports/a.md:5:10: revised on 2020-02-02, before it was added on 2020-03-01",
        ),
        (
            report('published: "2020-02"', 'published: "2020-04"'),
            "content/reports/a.md:7:12: published in 2020-04, after it was added on 2020-03-01",
        ),
        (
            report("outlet:", 'original: {sha256: %s, captured: "2019-01-01, من الموقع"}\noutlet:' % ("0" * 64)),
            "content/reports/a.md:6:96: captured on 2019-01-01, before it was published in 2020-02",
        ),
        (
            report('when: "2020-01"', 'when: "2020-05/2020-06"'),
            "content/reports/a.md:13:11: c1 is dated 2020-05/2020-06, after the article came out in 2020-02",
        ),
        (
            {"seeds/a.txt": f"{SEED}\n\nوقال الجنرال خالد المنصور كلاما. وسكت الجنرال خالد المنصور."},
            'seeds/a.txt:5:14: "خالد المنصور" looks like an actor and has no page (2 times, here first)',
        ),
        (
            {"seeds/a.txt": f"{SEED}\n\nقال «نعم. ثم"},
            "seeds/a.txt:5:5: a quotation mark without its partner",
        ),
        (
            {"content/reports/a.md": f"{REPORT}\nأول.\n\nقال» نعم.\n"},
            "content/reports/a.md:20:4: a quotation mark without its partner",
        ),
        (
            report("text: يقول", "text: يقول «"),
            "content/reports/a.md:10:11: a quotation mark without its partner",
        ),
    ],
)
def test_a_warning_names_the_place(changes: dict[str, str], expected: str) -> None:
    assert advice(changes) == [expected]


def test_an_alias_that_two_actors_share_is_said_of_both() -> None:
    other = "---\nname: سالم الآخر\nkind: person\naliases: [سالم]\n---\n"
    changes = {
        "content/actors/ali.md": "---\nname: علي سالم\nkind: person\naliases: [سالم]\n---\n",
        "content/actors/other.md": other,
        "seeds/a.txt": f"{SEED} وسالم الآخر. وسالم.",
    }
    found = [line for line in advice(changes) if "too: it is linked" in line]
    assert [line.split(":")[0] for line in found] == ["content/actors/ali.md", "content/actors/other.md"]
    ambiguous = {path: text.replace("aliases", "ambiguous") for path, text in changes.items()}
    assert advice(ambiguous) == []


def test_a_report_that_relies_on_a_later_one_is_named() -> None:
    cites = "\ncites: [{report: b, certainty: probable, why: يسميه}]"
    later = REPORT.replace("a.txt", "b.txt").replace('"2020-02"', '"2020-02-29"')
    changes = report('published: "2020-02"', f'published: "2020-02-01"{cites}')
    changes |= {"content/reports/b.md": later, "seeds/b.txt": SEED}
    assert advice(changes) == [
        'content/reports/a.md:8:18: published in 2020-02-01, before "b" (2020-02-29), which it relies on'
    ]


def test_forms_of_a_name_that_is_used_are_no_unused_aliases() -> None:
    ali = "---\nname: علي سالم\nkind: person\naliases: [علي, علي سالم الكبير, على سالم]\n---\n"
    assert advice({"content/actors/ali.md": ali}) == []


def test_aliases_may_stand_in_an_original_that_is_not_here() -> None:
    ali = "---\nname: علي سالم\nkind: person\naliases: [العمدة]\n---\n"
    digest = sha256(ORIGINAL).hexdigest()
    assert (
        advice(report("seed: a.txt", f"seed: a.txt\noriginal: {{sha256: {digest}}}") | {"content/actors/ali.md": ali})
        == []
    )


def test_a_plan_may_lie_after_the_article() -> None:
    planned = REPORT.replace('when: "2020-01"', 'when: "2020-05"').replace("mode: reported", "mode: planned")
    assert advice({"content/reports/a.md": planned}) == []


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("وقال اللواء المتقاعد سالم المنصور إن", ["سالم المنصور"]),
        ("التقى الرئيس التركي سليم بن عبد العزيز أمس", ["سليم بن عبد العزيز"]),
        ("نقلت صحيفة «أخبار المرفأ» عنه", ["أخبار المرفأ"]),
        ('ذكر موقع "ميناء نيوز" ذلك', ["ميناء نيوز"]),
        ("كتب John Harbour Smith مقالا", ["John Harbour Smith"]),
        ("قال الرئيس إن السوق سيفتح", []),
        ("أعلن الرئيس أمس الخميس", []),
        ("قدم للجنرال معلومات استخبارية", []),
        ("اللواء لقطاع الموانئ، وهذا القطاع", []),
        ("هاتف iPhone وموقع https://New.York.example/New York", []),
        ("صحيفة «قالت إن السوق القديم سيفتح أبوابه غدا»", []),
    ],
)
def test_names_that_look_like_actors(text: str, names: list[str]) -> None:
    assert [candidate.name for candidate in find_candidates(text, ())] == names


@pytest.mark.parametrize(
    ("link", "hint"),
    [
        ("ali.md", "write actor:ali"),
        ("../reports/a.md#c1", "write report:a"),
        ("../ali/", "write actor:ali"),
        ("www.example.org/x", "write https://www.example.org/x"),
        ("actors:ali", 'did you mean "actor"?'),
        ("/actors/nobody/", "write a link of ours as actor:<id>, report:<id>, event:<id> or claim:<report>#<claim>"),
        ("nowhere", "write a link of ours as actor:<id>, report:<id>, event:<id> or claim:<report>#<claim>"),
    ],
)
def test_links_that_lead_nowhere(link: str, hint: str) -> None:
    page = f"---\ntitle: عن الملف\n---\nسطر.\n\nانظر [هنا]({link}).\n"
    snapshot = make_snapshot({**GOOD, "content/pages/about.md": page})
    (found,) = advise(compose(snapshot, Memo()).site, snapshot, Memo())
    assert str(found) == f'content/pages/about.md:6:12: the link "{link}" leads nowhere ({hint})'


@pytest.mark.parametrize(
    "link",
    [
        "actor:ali",
        "Actor:ali",
        "https://example.org/x",
        "mailto:a@example.org",
        "#title",
        "/actors/ali/",
        "/about/",
        "/claims.csv",
        "//example.org/x",
    ],
)
def test_links_that_lead_somewhere(link: str) -> None:
    assert advice({"content/pages/about.md": f"---\ntitle: عن الملف\n---\nانظر [هنا]({link}).\n"}) == []


def test_names_that_can_hardly_be_meant() -> None:
    names = "---\nname: علي سالم\nkind: person\naliases: [و, علي، سالم]\n---\n"
    found = [line for line in advice({"content/actors/ali.md": names}) if "content/actors/ali.md:4:" in line]
    assert [line.partition(": ")[2] for line in found if "short" in line or "parted" in line] == [
        '"و" is so short that it will be found where nobody is named',
        '"علي، سالم" is one entry: entries of a list are parted with ","',
    ]


def test_two_reports_of_one_original() -> None:
    twins = report("outlet: paper\n", f"outlet: paper\noriginal: {{sha256: {sha256(ORIGINAL).hexdigest()}}}\n")
    twins |= {"content/reports/b.md": twins["content/reports/a.md"].replace("a.txt", "b.txt"), "seeds/b.txt": SEED}
    assert advice(twins) == ['content/reports/b.md:7:20: the report "a" is of the same original']
