"""Search as a reader meets it, on the example dossier."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, Route, expect

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


@pytest.mark.parametrize(
    "query", ["القنديلي", "قنديلى", "Qandili", "لِلقَنديلي", "والقنديلي", "مرزوقالقنديلي", "القندبلي", "kandili"]
)
def test_an_actor_comes_first_however_the_name_is_typed(page: Page, served: str, query: str) -> None:
    assert urls(page, served, query)[:1] == ["/actors/marzouq-qandili/"]


def test_spellings_lead_to_the_pages_that_name_the_actor(page: Page, served: str) -> None:
    assert set(urls(page, served, "Saif")) >= {"/actors/sayf-state/", "/reports/harbour-loan/"}


def test_all_words_must_be_there_and_an_unknown_one_finds_nothing(page: Page, served: str) -> None:
    assert urls(page, served, "القنديلي كسكروت") == []


def test_a_mended_word_is_said(page: Page, served: str) -> None:
    assert page.evaluate(ASK, [served, "القندبلي"])["corrected"] == [["القندبلي", "القنديلي"]]


@pytest.mark.parametrize(
    "query",
    ["", " ", "\u064b\u0651", '"', "«", '"""', "<b>القنديلي</b>", "(.*)[", "\ud800", "ا" * 10_000, "\u202e\u2066", "و", "ال", "__proto__", "constructor", "%", "a b c d " * 50],
)  # fmt: skip
def test_hostile_questions_never_throw(page: Page, served: str, query: str) -> None:
    assert "results" in page.evaluate(
        "async ([base, q]) => { const m = await import(base + 'assets/search.js'); return m.search(JSON.parse(q)); }",
        [served, json.dumps(query)],
    )


def test_typing_shows_results_with_marks_and_a_way_to_the_paragraph(page: Page, served: str) -> None:
    page.goto(served + "search/")
    page.locator("input[name=q]").fill("هيئة الميناء")
    page.keyboard.press("Enter")
    expect(page.locator("main .results li mark").first).to_be_visible()
    assert "q=" in page.url
    page.locator("main .results a").first.click()
    expect(page.locator("h1")).to_contain_text("هيئة ميناء الرمل")
    page.go_back()
    expect(page.locator("main .results li").first).to_be_visible()


def test_facets_narrow_and_stay_in_the_address(page: Page, served: str) -> None:
    page.goto(served + "search/?q=القنديلي")
    page.locator("select[name=kind]").select_option("report")
    expect(page.locator("main .results li")).to_have_count(3)
    assert "kind=report" in page.url


def test_nothing_of_search_is_fetched_before_the_field_is_touched(chromium: Browser, served: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(served)
    page.wait_for_timeout(300)
    assert not [url for url in asked if "search" in url or "pagefind" in url]
    with page.expect_request("**/search-page.js"):
        page.locator("input[name=q]").focus()
    context.close()


def test_a_failed_download_is_said_and_can_be_tried_again(chromium: Browser, served: str) -> None:
    context = chromium.new_context()
    page = context.new_page()
    page.route("**/search-data/**", lambda route: route.abort())
    page.goto(served + "search/?q=القنديلي")
    expect(page.get_by_role("button", name="أعد المحاولة")).to_be_visible()
    page.unroute("**/search-data/**")
    page.get_by_role("button", name="أعد المحاولة").click()
    expect(page.locator("main .results li").first).to_be_visible()
    context.close()


def test_pages_of_results_and_back_and_forward(page: Page, served: str) -> None:
    page.goto(served + "search/?q=الميناء")
    results = page.locator("main .results")
    expect(results.locator("li")).to_have_count(20)
    page.get_by_role("link", name="التالية").click()
    expect(results).to_have_attribute("start", "21")
    assert "page=2" in page.url
    page.go_back()
    expect(results).to_have_attribute("start", "1")
    page.go_forward()
    expect(results).to_have_attribute("start", "21")


def test_the_order_by_date_is_kept_in_the_address(page: Page, served: str) -> None:
    page.goto(served + "search/?q=القنديلي&kind=report")
    page.locator("select[name=sort]").select_option("old")
    expect(page.locator("main .results li .meta").first).to_contain_text("2018")
    assert "sort=old" in page.url
    page.reload()
    expect(page.locator("select[name=sort]")).to_have_value("old")


def test_a_slow_question_never_overwrites_a_newer_one(page: Page, served: str) -> None:
    page.goto(served + "search/")
    waiting: list[Route] = []

    def hold(route: Route) -> None:
        waiting.append(route)

    page.route("**/lexicon.gz", hold)  # which a question for an unknown word waits for
    field = page.locator("input[name=q]")
    with page.expect_request("**/lexicon.gz"):
        field.fill("كسكروت")
    field.fill("الصيادين")
    expect(page.locator("main .results mark").first).to_have_text(re.compile("صياد"))
    page.unroute("**/lexicon.gz")  # which lets go of those that wait
    page.wait_for_timeout(400)
    expect(page.get_by_role("status")).not_to_have_text("لا نتائج")


def test_results_are_walked_through_by_the_keyboard(page: Page, served: str) -> None:
    page.goto(served + "search/?q=السيف")
    links = page.locator("main .results a")
    expect(links.first).to_be_visible()
    page.locator("input[name=q]").focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowDown")
    expect(links.nth(1)).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("input[name=q]")).to_be_focused()
    expect(page.locator("input[name=q]")).to_have_value("")
    expect(links).to_have_count(0)


def test_the_page_stands_still_and_a_first_question_costs_few_requests(chromium: Browser, served: str) -> None:
    context = chromium.new_context(viewport={"width": 412, "height": 823})
    page = context.new_page()
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.add_init_script(
        "window.moved = 0; new PerformanceObserver((list) => { for (const { value } of list.getEntries()) moved += value; })"
        ".observe({ type: 'layout-shift', buffered: true })"
    )
    page.goto(served + "search/?q=السيف")
    expect(page.locator("main .results li").first).to_be_visible()
    page.wait_for_timeout(300)
    assert page.evaluate("moved") == 0
    assert len(asked) <= 12, asked
    context.close()


def test_a_stroke_leads_to_the_field_from_anywhere_but_from_within_fields(page: Page, served: str) -> None:
    page.goto(served)
    page.keyboard.press("/")
    field = page.locator("input[name=q]")
    expect(field).to_be_focused()
    page.keyboard.type("a/b")
    expect(field).to_have_value("a/b")


def test_after_enter_the_results_are_next(page: Page, served: str) -> None:
    page.goto(served + "search/")
    page.locator("input[name=q]").fill("السيف")
    page.keyboard.press("Enter")
    expect(page.locator("main .results li").first).to_be_visible()
    expect(page.get_by_role("status")).to_be_focused()
    page.keyboard.press("Tab")
    expect(page.locator("main .results a").first).to_be_focused()


def test_a_claim_is_shown_whole_with_its_chain_and_leads_to_itself(page: Page, served: str) -> None:
    page.goto(served + "search/?q=القنديلي الرصيف&kind=claim")
    claim = page.locator("main .results .found-claim").first
    expect(claim.locator(".meta").first).to_contain_text("قول · ")
    expect(claim.locator("a")).not_to_contain_text("…")
    assert "#c" in str(claim.locator("a").get_attribute("href"))


def test_an_empty_answer_says_what_is_missing_and_offers_ways_on(page: Page, served: str) -> None:
    page.goto(served + "search/?q=القنديلي زرافة")
    app = page.locator("main [data-search]")
    expect(app).to_contain_text("لا يرد في الملف: «زرافة»")
    expect(app.get_by_role("link", name="القنديلي")).to_be_visible()
    expect(app.get_by_role("link", name="كل الأسماء")).to_have_attribute("href", re.compile("/actors/$"))


def test_words_that_texts_do_not_have_are_answered_with_near_ones(page: Page, served: str) -> None:
    page.goto(served + "search/?q=الصيادبن القوارت")
    expect(page.locator("main [data-search]")).to_contain_text("بدلًا من")
