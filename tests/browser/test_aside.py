"""Speakers set aside in a browser: what is marked is what the pages without script say, and the address keeps it."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

GONE = "[...document.querySelectorAll('.claim[data-gone]')].map((part) => part.id)"


@pytest.fixture(scope="module")
def data(site: Path) -> Any:
    return json.loads((site / "dossier.json").read_text("utf-8"))


def opened(browser: Browser, address: str) -> Page:
    page = browser.new_page()
    page.goto(address)
    page.wait_for_selector("fieldset:not([hidden])")
    return page


def test_what_is_marked_on_a_report_is_what_its_page_of_sources_says(chromium: Browser, served: str, data: Any) -> None:
    report = data["reports"][0]["id"]
    page = opened(chromium, f"{served}reports/{report}/?without=anonymous")
    for source in data["sources"]:
        page.goto(f"{served}reports/{report}/?without={source['id']}")
        page.wait_for_selector("fieldset:not([hidden])")
        wanted = [ref.split("#")[1] for ref in source["falls"] if ref.startswith(f"{report}#")]
        assert page.evaluate(GONE) == wanted, source["id"]
    page.close()


def test_a_judgment_is_marked_where_nothing_of_it_is_left_and_not_before(
    chromium: Browser, served: str, data: Any
) -> None:
    """Of two sources that each carry some of a judgment's claims, both have to go."""
    falls = {source["id"]: set(source["falls"]) for source in data["sources"]}
    pairs = [
        (number, one, other)
        for number, judgment in enumerate(data["judgments"])
        for one in falls
        for other in falls
        if one < other and set(judgment["claims"]) <= falls[one] | falls[other]
        and not set(judgment["claims"]) <= falls[one] and not set(judgment["claims"]) <= falls[other]
    ]  # fmt: skip
    number, one, other = pairs[0]
    page = opened(chromium, f"{served}?without={one}")
    judgment = page.locator("li.judgment").nth(number)
    expect(judgment).not_to_have_attribute("data-gone", "")
    page.get_by_role("group", name="بلا:").locator(f"input[value={other}]").check()
    expect(judgment).to_have_attribute("data-gone", "")
    assert page.url.endswith(f"?without={one}+{other}")
    assert page.locator("details[data-aside] output").inner_text().startswith("لا يبقى من الأقوال")
    page.locator(f"input[value={one}]").uncheck()
    expect(judgment).not_to_have_attribute("data-gone", "")
    page.close()


def test_the_address_goes_along_from_page_to_page_and_home_again(chromium: Browser, served: str) -> None:
    page = opened(chromium, f"{served}?without=anonymous")
    page.get_by_role("navigation", name="أقسام الملف").get_by_role("link", name="من قال ماذا").click()
    page.wait_for_selector("fieldset:not([hidden])")
    assert page.url == f"{served}claims/?without=anonymous"
    assert page.locator(".row[data-gone]").count() > 10
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
    assert not any("aside.js" in url or "table.txt" in url for url in asked)
    page.locator("details[data-aside] summary").click()
    page.wait_for_selector("fieldset:not([hidden])")
    assert asked[before:] == ["assets/aside.js", "sources/table.txt"]
    page.close()


def test_the_script_is_small(site: Path) -> None:
    assert (site / "assets/aside.js").stat().st_size <= 3 * 1024


def test_without_script_the_box_leads_to_the_pages_that_say_the_same(chromium: Browser, served: str) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(served)
    page.locator("details[data-aside] summary").click()
    assert page.locator("details[data-aside] fieldset").is_hidden()
    page.locator("details[data-aside] a").click()
    page.get_by_role("link", name="المصادر غير المسمّاة").click()
    assert page.url == f"{served}sources/anonymous/"
    context.close()
