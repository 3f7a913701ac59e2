"""Views of outlets and of what they are called: short names, and the overview of sources."""

from __future__ import annotations

from dossier.pages.views.names import short_name
from tests.unit.test_views import FILES, site_of, view


def test_the_short_name_is_the_editor_s_or_made_of_outlet_and_year() -> None:
    def shown(**changes: str) -> str:
        text = FILES["content/reports/two.md"]
        for old, new in changes.items():
            text = text.replace(
                {"short": "seed: two.txt", "outlet": "outlet: site\n", "when": "'2020-06'", "via": "via: [paper]\n"}[
                    old
                ],
                new,
            )
        return short_name(site_of({"content/reports/two.md": text}), "two")

    assert shown() == "موقع الرصيف 2020"
    assert shown(short="seed: two.txt\nshort: الرصيف، يونيو") == "الرصيف، يونيو"
    assert shown(outlet="") == "عن جريدة المرفأ 2020"
    assert shown(outlet="", via="") == "وسيلة غير معروفة 2020"
    assert shown(when="'2020-12/2021-01'") == shown(when="null") == shown(when="'../2020'") == "موقع الرصيف"


def test_sources_say_who_is_first_hand_and_whose_sources_are_named() -> None:
    digest = (
        "---\ntitle: عرض\nseed: three.txt\nvia: [paper, radio]\noriginal: {sha256: %s}\nclaims:\n"
        "  - {id: c1, text: قول, said: [{who: sami}, {who: paper}, {who: null, as: عرض}], at: 1, mode: reported}\n---\n"
    ) % ("0" * 64)
    changed = site_of({
        "content/reports/three.md": digest, "seeds/three.txt": "نص", "content/actors/radio.md": "---\nname: إذاعة\nkind: outlet\n---\n",
        "content/actors/paper.md": FILES["content/actors/paper.md"].replace("kind: outlet\n", "kind: outlet\nreliability: {letter: B, interest: يملكها الميناء}\n"),
    })  # fmt: skip
    assert [g.letter for g in view(changed, "/reports/one/").grades] == ["B"]
    ungraded = site_of({
        "content/actors/paper.md": FILES["content/actors/paper.md"].replace("kind: outlet\n", "kind: outlet\nreliability: {interest: له}\n")
    })  # fmt: skip
    assert not view(ungraded, "/sources/").graded and view(ungraded, "/reports/one/").grades == ()
    assert str(view(ungraded, "/actors/paper/").grade.interest) == "له"
    shown = view(changed, "/sources/")
    assert shown.graded and not view(site_of(), "/sources/").graded
    unknown, paper, site = shown.rows
    assert (unknown.name.text, unknown.name.href, unknown.interest) == (
        "عرض لمادة جريدة المرفأ وإذاعة، لا يُعرف ناشره",
        "",
        None,
    )
    assert unknown.hand == ("ينقل عن جريدة المرفأ وإذاعة", "قول واحد عبر وسيلة أخرى، من 1")
    assert unknown.checked == ("قوبل ملخّصه بالمقال الأصلي", "ولم يُقابل بما ينقله عن إذاعة")
    assert unknown.kinds == ("مسمّى: 1",)
    assert (paper.name.href, paper.grade, str(paper.interest)) == (
        "../actors/paper/",
        "B: موثوقة عادة",
        "يملكها الميناء",
    )
    assert paper.hand == ("من مصدره", "لا أقوال عبر وسيلة أخرى، من 2")
    assert (paper.kinds, paper.checked) == (("غير مسمّى: 1", "بلا مصدر: 1"), ("لا مقال أصلي مسجّل",))
    assert [(r.link.href, r.link.text, r.when) for r in paper.reports] == [
        ("../reports/one/", "جريدة المرفأ 2020", "2 مايو/أيار 2020")
    ]
    assert site.hand[0] == "ينقل عن جريدة المرفأ"


def test_sources_tell_how_many_origins_each_report_has_and_which_have_one() -> None:
    digests = {
        f"content/reports/{name}.md": f"---\ntitle: عرض\nseed: {name}.txt\nvia: [{via}]\nclaims:\n"
        f"  - {{id: c1, text: قول, said: [{{who: {via}}}], at: 1, mode: reported}}\n"
        f"  - {{id: c2, text: قول, said: [{{who: sami}}, {{who: {via}}}], at: 1, mode: reported}}\n---\n"
        for name, via in (("three", "paper"), ("four", "site"))
    }
    shown = view(site_of({**digests, "seeds/three.txt": "نص", "seeds/four.txt": "نص"}), "/sources/")
    origins = {report.link.href: report.origins for row in shown.rows for report in row.reports}
    assert origins == {
        "../reports/one/": "مصدر أول واحد، غير مسمّى",
        "../reports/two/": "مصدر أول واحد، غير مسمّى",
        "../reports/three/": "مصدران أولان: واحد مسمّى وواحد بصوت وسيلة بلا مصدر",
        "../reports/four/": "مصدران أولان: واحد مسمّى وواحد بصوت وسيلة بلا مصدر",
    }
    assert shown.narrow == "تقريران من 4"
    assert [link.href for link in shown.single] == ["../reports/two/", "../reports/one/"]
    assert [row.name.text for row in shown.rows if not row.name.href] == [
        "عرض لمادة موقع الرصيف، لا يُعرف ناشره",
        "عرض لمادة جريدة المرفأ، لا يُعرف ناشره",
    ]
