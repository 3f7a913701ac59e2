"""The ways through: indexes of claims and events, what heads claims that say the same, whom claims join."""

from __future__ import annotations

from tests.unit.test_views import FILES, site_of, view


def test_the_index_of_claims_has_every_value_and_names_its_claims() -> None:
    facets = {facet.name: facet.entries for facet in view(site_of(), "/claims/").facets}
    assert [(entry.id, entry.text, entry.number) for entry in facets["origin"]] == [
        ("origin.paper.anonymous", "جريدة المرفأ، عن غير مسمّى", "2"),
        ("origin.paper.unsourced", "جريدة المرفأ، بصوت الوسيلة بلا مصدر", "1"),
    ]
    assert [(report, [link.href for link in links]) for report, links in facets["speaker"][0].items] == [
        ("جريدة المرفأ 2020", ["#one-c1", "#one-c2"]),
        ("موقع الرصيف 2020", ["#two-c1"]),
    ]
    assert {entry.value: entry.number for entry in facets["disputed"]} == {"yes": "2", "no": "1"}


def test_clusters_without_an_event_are_headed_by_what_is_claimed() -> None:
    reports = ("content/reports/one.md", "content/reports/two.md")
    eventless = {path: FILES[path].replace("    event: meeting\n", "") for path in reports}
    (cluster,) = view(site_of(eventless), "/claims/").clusters
    assert str(cluster.heading) == "التقى سامي تاجرا"
    assert [(claim.anchor, claim.headed) for claim in cluster.claims] == [("one-c1", True), ("two-c1", False)]


def test_a_table_of_the_strongest_ties_says_that_there_are_more() -> None:
    names = [f"n{n:02}" for n in range(16)]  # 120 pairs
    actors = {f"content/actors/{name}.md": f"---\nname: اسم {name}\nkind: person\n---\n" for name in names}
    claim = (
        f"  - {{id: c1, text: اجتمعوا, said: [{{who: paper}}], about: [{', '.join(names)}], at: 1, mode: reported}}\n"
    )
    report = f"---\ntitle: اجتماع\nseed: two.txt\nclaims:\n{claim}---\nخلاصة.\n"
    shown = view(site_of({**actors, "content/reports/two.md": report}), "/actors/")
    assert (len(shown.network.edges), shown.network.edges_cut) == (100, "أقوى 100 صلة من 120")
    assert len(shown.network.matrix) == 12 == len(shown.network.matrix[0].cells)
    assert shown.network.matrix[0].cells[1].name == "اسم n00 واسم n01: قول واحد، مصدر أول واحد"
    assert view(site_of(), "/actors/").network is None
    actor = view(site_of({**actors, "content/reports/two.md": report}), "/actors/n00/").neighbours
    assert actor.cut and [item.link.text for item in actor.neighbours][:2] == ["اسم n01", "اسم n02"]
    assert [link.text for link in actor.neighbours[0].claims] == ["اجتمعوا"]


def test_the_index_of_events_has_actors_places_and_reports() -> None:
    shown = view(site_of(), "/events/")
    assert [(facet.name, [entry.value for entry in facet.entries]) for facet in shown.facets] == [
        ("actor", ["sami"]),
        ("place", ["صور"]),
        ("source", ["one", "two"]),
    ]
    (row,) = shown.timeline.rows
    assert (row.id, row.card.when) == ("meeting", "مايو/أيار 2020") and "time-within" in row.strip
