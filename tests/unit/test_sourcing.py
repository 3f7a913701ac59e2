"""What is counted of sourcing: on the page of the method, and as advice where a judgment or cell stands on less than it says."""

from __future__ import annotations

from collections.abc import Mapping

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.advice import advise
from dossier.pages.outline import Outline
from tests.unit.test_confidence import FILES, SPEAKERS


def files_of(speakers: str, cell: str = "أرسلت سلاحا") -> Mapping[str, str]:
    """A dossier with a claim of each speaker; its judgment and the one cell of its table rest on all of them."""
    claims = "".join(
        f"  - {{id: c{n}, text: قول, said: [{SPEAKERS[s]}], at: 1, mode: reported}}\n"
        for n, s in enumerate(speakers, 1)
    )
    refs = ", ".join(f'"a#c{n}"' for n in range(1, len(speakers) + 1))
    table = (
        "tables:\n  - id: who\n    title: من\n    rows: [{actor: ali}]\n    columns: [{id: arms, title: سلاح}]\n"
        f"    cells: [{{row: ali, column: arms, text: {cell}, claims: [{refs}]}}]\n"
    )
    return {
        **FILES,
        "content/dossier.yaml": f"title: ملف\njudgments: [{{text: حكم, confidence: low, claims: [{refs}]}}]\n{table}",
        "content/reports/a.md": f"---\ntitle: خبر\nseed: a.txt\nclaims:\n{claims}---\n",
        "content/pages/method.md": "---\ntitle: المنهج\n---\nنص.\n",
        "content/pages/about.md": "---\ntitle: عن الملف\n---\nنص.\n",
    }


def advice(speakers: str, cell: str = "أرسلت سلاحا") -> list[str]:
    taken = make_snapshot(files_of(speakers, cell))
    found = advise(compose(taken, Memo()).site, taken, Memo())
    return [f"{p.where}: {p.message}" for p in found if p.file == "content/dossier.yaml"]


def test_an_editor_hears_of_a_judgment_that_one_speaker_carries() -> None:
    assert advice("Nb") == []
    (first, _) = advice("aa")
    assert first == (
        "content/dossier.yaml:2:50: one origin carries this judgment: without anonymous or one none of its claims is left"
    )


def test_an_editor_hears_of_a_cell_that_hides_that_its_sources_are_anonymous() -> None:
    assert [p for p in advice("ab") if "cell" in p] == [
        "content/dossier.yaml:8:44: this cell rests on anonymous sources alone, and its text does not say so"
    ]
    assert [p for p in advice("ab", "سلاح، في قول مصادر") if "cell" in p] == []
    assert [p for p in advice("aN") if "cell" in p] == []


def test_the_page_on_the_method_counts_and_no_other_does() -> None:
    outline = Outline(compose(make_snapshot(files_of("aNU")), Memo()).site)
    rows = dict(outline["/method/"].make_view().sourcing.rows)  # type: ignore[attr-defined]
    assert rows == {
        "الأقوال": "3 أقوال",
        "منها ما مصدره الأول مسمّى": "1",
        "منها ما مصدره الأول غير مسمّى": "1",
        "منها ما مصدره الأول صوت الوسيلة، بلا مصدر": "1",
        "المصادر الأولى المستقلة": "مصدران أولان: واحد مسمّى وواحد غير مسمّى",
        "ما يرد في أكثر من تقرير وله مصدر أول واحد": "0 من 0",
        "خلاصات لا يبقى منها شيء بلا قائل واحد أو صنف واحد": "1 من 1",
        "خانات في الجداول تقوم على مصادر غير مسمّاة وحدها": "0 من 1",
    }
    assert outline["/about/"].make_view().sourcing is None  # type: ignore[attr-defined]


def test_one_count_of_kinds_stands_on_all_pages_though_chains_begin_otherwise() -> None:
    """A claim of somebody unnamed repeats an outlet's own voice: it has that origin, and its chain still begins as it was told."""
    files = dict(files_of("aUN"))
    files["content/reports/b.md"] = (
        "---\ntitle: نقل\nseed: b.txt\nclaims:\n  - {id: c1, text: قول, said: [{who: null, as: صحافة, anonymous: true}, {who: two}], at: 1, "
        "mode: reported, repeats: [{report: a, claim: c2, certainty: probable, why: نفسه}]}\n---\n"
    )
    files["seeds/b.txt"] = "نص آخر\n"
    outline = Outline(compose(make_snapshot(files), Memo()).site)
    method = dict(outline["/method/"].make_view().sourcing.rows)  # type: ignore[attr-defined]
    drawn = {kind.kind: kind.claims for kind in outline["/"].make_view().flow.kinds}  # type: ignore[attr-defined]
    (index,) = (f for f in outline["/claims/"].make_view().facets if f.name == "kind")  # type: ignore[attr-defined]
    told = [words for row in outline["/sources/"].make_view().rows for words in row.kinds]  # type: ignore[attr-defined]
    assert method["منها ما مصدره الأول صوت الوسيلة، بلا مصدر"] == "2"
    assert method["منها ما مصدره الأول غير مسمّى"] == "1"
    assert drawn == {"named": "قول واحد", "anonymous": "قول واحد", "unsourced": "قولان"}
    assert {entry.value: entry.number for entry in index.entries} == {"named": "1", "anonymous": "1", "unsourced": "2"}
    assert sorted(told) == ["بلا مصدر: 1", "بلا مصدر: 1", "غير مسمّى: 1", "مسمّى: 1"]
    (claim,) = outline["/reports/b/"].make_view().claims  # type: ignore[attr-defined]
    assert claim.chain[0].anonymous and claim.origins == "في ما يعيده: بصوت الوسيلة، بلا مصدر"


def test_an_outlet_drawn_twice_is_one_origin_and_pages_say_so() -> None:
    both, one = (Outline(compose(make_snapshot(files_of(s)), Memo()).site) for s in ("aU", "aa"))
    assert both["/"].make_view().flow.parted == "مصدر أول واحد"  # type: ignore[attr-defined]
    assert len(both["/"].make_view().flow.origins) == 2  # type: ignore[attr-defined]
    assert one["/"].make_view().flow.parted is None  # type: ignore[attr-defined]
