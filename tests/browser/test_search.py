"""Search as a reader meets it, on this dossier."""

from __future__ import annotations

import json
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

ASK = "async ([base, q]) => { const m = await import(base + 'assets/search.js'); return m.search(q); }"


@pytest.fixture(scope="module")
def page(chromium: Browser, served: str) -> Iterator[Page]:
    context = chromium.new_context(viewport={"width": 360, "height": 800})
    page = context.new_page()
    page.goto(served + "search/")
    yield page
    context.close()


def urls(page: Page, served: str, query: str) -> list[str]:
    return [result["url"] for result in page.evaluate(ASK, [served, query])["results"]]


@pytest.mark.parametrize("query", ["حفتر", "هفتر", "Haftar", "لِحَفتَر", "وحفتر", "خليفةحفتر", "حفتز", "خليفه حفتر", "hifter"])
def test_an_actor_comes_first_however_the_name_is_typed(page: Page, served: str, query: str) -> None:
    assert urls(page, served, query)[:1] == ["/actors/khalifa-haftar/"]


def test_spellings_lead_to_the_pages_that_name_the_actor(page: Page, served: str) -> None:
    assert set(urls(page, served, "Algeria")) >= {"/actors/algeria/", "/reports/algeria-warns-haftar/"}


def test_all_words_must_be_there_and_an_unknown_one_finds_nothing(page: Page, served: str) -> None:
    assert urls(page, served, "حفتر كسكروت") == []


def test_a_mended_word_is_said(page: Page, served: str) -> None:
    assert page.evaluate(ASK, [served, "حفتز"])["corrected"] == [["حفتز", "حفتر"]]


@pytest.mark.parametrize(
    "query",
    ["", " ", "\u064b\u0651", '"', "«", '"""', "<b>حفتر</b>", "(.*)[", "\ud800", "ا" * 10_000, "\u202e\u2066", "و", "ال", "__proto__", "constructor", "%", "a b c d " * 50],
)  # fmt: skip
def test_hostile_questions_never_throw(page: Page, served: str, query: str) -> None:
    assert "results" in page.evaluate(
        "async ([base, q]) => { const m = await import(base + 'assets/search.js'); return m.search(JSON.parse(q)); }",
        [served, json.dumps(query)],
    )


def test_typing_shows_results_with_marks_and_a_way_to_the_paragraph(page: Page, served: str) -> None:
    page.goto(served + "search/")
    page.locator("input[name=q]").fill("الموساد")
    page.keyboard.press("Enter")
    expect(page.locator("main .results li mark").first).to_be_visible()
    assert "q=" in page.url
    page.locator("main .results a").first.click()
    expect(page.locator("h1")).to_contain_text("الموساد")
    page.go_back()
    expect(page.locator("main .results li").first).to_be_visible()


def test_facets_narrow_and_stay_in_the_address(page: Page, served: str) -> None:
    page.goto(served + "search/?q=حفتر")
    page.locator("select[name=kind]").select_option("report")
    expect(page.locator("main .results li")).to_have_count(5)
    assert "kind=report" in page.url


def test_nothing_of_search_is_fetched_before_the_field_is_touched(chromium: Browser, served: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served)
    page.wait_for_timeout(300)
    assert not [url for url in asked if "search" in url or "pagefind" in url]
    page.locator("input[name=q]").focus()
    page.wait_for_timeout(500)
    assert [url for url in asked if "search-page.js" in url]
    context.close()


def test_a_failed_download_is_said_and_can_be_tried_again(chromium: Browser, served: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/search-data/**", lambda route: route.abort())
    page.goto(served + "search/?q=حفتر")
    expect(page.get_by_role("button", name="أعد المحاولة")).to_be_visible()
    page.unroute("**/search-data/**")
    page.get_by_role("button", name="أعد المحاولة").click()
    expect(page.locator("main .results li").first).to_be_visible()
    context.close()
