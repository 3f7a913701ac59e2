"""Speakers set aside in a browser: what is marked is what the pages without script say, and the address keeps it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.serving import serve
from tests.conftest import must_build

GONE = "[...document.querySelectorAll('.claim[data-gone]')].map((part) => part.id)"


ACTORS = {
    "ali": ("علي", "person"),
    "sara": ("سارة", "person"),
    "paper": ("الجريدة", "outlet"),
    "site": ("الموقع", "outlet"),
}
REPEATS = "{{report: {}, claim: c1, certainty: certain, why: يعيده}}"
CLAIMS = {
    "a": ("{who: ali}, {who: paper}", "{who: null, as: مصدر, anonymous: true}, {who: paper}"),
    "b": ("{who: sara}, {who: site}", "{who: site}"),
    "c": ("{who: null, as: عرض}",),  # repeats the first of both: it stands while one of them does
}


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site of three reports; its first judgment rests on a claim of each of two outlets and on one that repeats both."""
    root = tmp_path_factory.mktemp("aside")
    files = {
        f"content/actors/{who}.md": f"---\nname: {name}\nkind: {kind}\n---\n" for who, (name, kind) in ACTORS.items()
    }
    for report, chains in CLAIMS.items():
        repeats = f", repeats: [{REPEATS.format('a')}, {REPEATS.format('b')}]" if report == "c" else ""
        claims = "".join(
            f"  - {{id: c{n}, text: قول {n}, said: [{said}], at: 1, mode: reported{repeats}}}\n"
            for n, said in enumerate(chains, 1)
        )
        files[f"content/reports/{report}.md"] = f"---\ntitle: خبر {report}\nseed: {report}.txt\nclaims:\n{claims}---\n"
        files[f"seeds/{report}.txt"] = f"نص {report}\n"
    files["content/dossier.yaml"] = (
        "title: ملف\njudgments:\n  - {text: حكم أول, confidence: low, claims: ['a#c1', 'b#c1', 'c#c1']}\n"
        "  - {text: حكم ثان, confidence: low, claims: ['a#c2']}\n"
    )
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return must_build(root, root / "public")


@pytest.fixture(scope="module")
def data(built: Path) -> Any:
    return json.loads((built / "dossier.json").read_text("utf-8"))


@pytest.fixture(scope="module")
def served(built: Path) -> Iterator[str]:
    with serve(built) as address:
        yield address


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("fieldset:not([hidden])")
    return page


def test_what_is_marked_on_reports_is_what_the_pages_of_sources_say(chromium: Browser, served: str, data: Any) -> None:
    page = chromium.new_page()
    marked: dict[str, set[str]] = {}
    for source in data["sources"]:
        marked[source["id"]] = set()
        for report in CLAIMS:
            page.goto(f"{served}reports/{report}/?without={source['id']}")
            page.wait_for_selector("fieldset:not([hidden])")
            marked[source["id"]] |= {f"{report}#{claim}" for claim in page.evaluate(GONE)}
    assert marked == {source["id"]: set(source["falls"]) for source in data["sources"]}
    assert marked["paper"] == {"a#c1", "a#c2"}
    page.close()


def test_a_judgment_is_marked_where_nothing_of_it_is_left_and_not_before(chromium: Browser, served: str) -> None:
    """Of two outlets that each carry some of its claims, both have to go; and so for the claim that repeats both."""
    page = opened(chromium, f"{served}?without=paper")
    first, second = page.locator("li.judgment").all()
    expect(second).to_have_attribute("data-gone", "")
    expect(first).not_to_have_attribute("data-gone", "")
    page.locator("input[value=site]").check()
    expect(first).to_have_attribute("data-gone", "")
    assert page.url == f"{served}?without=paper+site"
    assert page.locator("details.aside output").inner_text() == "يسقط 5 من أصل 5."
    page.locator("input[value=paper]").uncheck()
    expect(first).not_to_have_attribute("data-gone", "")
    expect(second).not_to_have_attribute("data-gone", "")
    page.close()


def test_the_address_goes_along_from_page_to_page_and_home_again(chromium: Browser, served: str) -> None:
    page = opened(chromium, f"{served}?without=anonymous")
    page.get_by_role("navigation", name="أقسام الملف").get_by_role("link", name="من قال ماذا").click()
    page.wait_for_selector("fieldset:not([hidden])")
    assert page.url == f"{served}claims/?without=anonymous"
    expect(page.locator(".row[data-gone]")).to_have_count(1)
    page.locator("input[value=anonymous]").uncheck()
    expect(page.locator("[data-gone]")).to_have_count(0)
    assert page.url == f"{served}claims/"
    page.close()


def test_nothing_is_fetched_before_it_is_asked_for_and_then_a_script_and_a_table(
    chromium: Browser, served: str
) -> None:
    page = chromium.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url.removeprefix(served)))
    page.goto(served)
    page.wait_for_load_state("networkidle")
    before = len(asked)
    assert not any("assets/aside.js" in url or "table.txt" in url for url in asked)
    page.locator("details.aside summary").click()
    page.wait_for_selector("fieldset:not([hidden])")
    assert asked[before:] == ["assets/aside.js", "sources/table.txt"]
    page.close()


def test_the_script_is_small(built: Path) -> None:
    assert (built / "assets/aside.js").stat().st_size <= 3 * 1024


def test_without_script_the_box_leads_to_the_pages_that_say_the_same(chromium: Browser, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    page.locator("details.aside summary").click()
    assert page.locator("details.aside fieldset").is_hidden()
    page.locator("details.aside a").click()
    page.get_by_role("link", name="المصادر غير المسمّاة").click()
    assert page.url == f"{served}sources/anonymous/"
    context.close()
