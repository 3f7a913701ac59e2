"""Every kind of page in a real browser: nothing overflows, nothing is fetched from elsewhere, axe finds nothing."""

from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

PAGES = (
    "", "reports/", "reports/harbour-loan/", "actors/", "actors/marzouq-qandili/", "events/", "events/pier-opening/",
    "claims/", "sources/", "about/", "search/", "integrity/", "404.html", "method/", "sources/anonymous/",
    "sources/coast-paper/", "judgments/1/", "?without=anonymous", "reports/harbour-loan/?without=anonymous",
)  # fmt: skip


# The words that a reader sees: not those of closed folds, nor what is for screen readers alone.
VISIBLE_WORDS = """() => {
  const hidden = (e) => !e.checkVisibility({ contentVisibilityAuto: true }) || e.closest(".visually-hidden, .skip, title");
  const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const words = [];
  while (texts.nextNode())
    if (!hidden(texts.currentNode.parentElement)) words.push(...(texts.currentNode.data.match(/\\S*[\\p{L}\\p{N}]\\S*/gu) ?? []));
  return words;
}"""


def open_page(browser: Browser, width: int, scheme: str, *, scripts: bool = True) -> tuple[Page, list[str]]:
    context = browser.new_context(
        viewport={"width": width, "height": 900},
        color_scheme="dark" if scheme == "dark" else "light",
        java_script_enabled=scripts,
    )
    page = context.new_page()
    seen: list[str] = []
    page.on("console", lambda message: seen.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: seen.append(str(error)))
    page.on("request", lambda request: seen.append(request.url) if "127.0.0.1" not in request.url else None)
    return page, seen


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_nothing_and_nothing_goes_wrong(chromium: Browser, served: str, width: int, scheme: str) -> None:
    page, seen = open_page(chromium, width, scheme)
    for path in PAGES:
        page.goto(served + path)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found] == [], path
    assert [text for text in seen if "404" not in text] == []
    page.context.close()


@pytest.mark.parametrize("width", [360, 1280])
def test_the_first_page_has_less_than_500_words_before_anything_is_unfolded(
    chromium: Browser, served: str, width: int
) -> None:
    page, _ = open_page(chromium, width, "light")
    page.goto(served)
    shut = page.evaluate(VISIBLE_WORDS)
    assert 100 < len(shut) < 500, len(shut)
    page.locator("main details").evaluate_all("all => all.forEach((part) => { part.open = true; })")
    assert len(page.evaluate(VISIBLE_WORDS)) > len(shut) + 100
    page.context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_on_paper_nothing_is_folded_and_nothing_is_there_that_only_a_screen_can_do(
    chromium: Browser, served: str, scheme: str
) -> None:
    page, _ = open_page(chromium, 1000, scheme)
    page.goto(f"{served}reports/harbour-loan/")
    page.emulate_media(media="print")
    for name in (".take", ".aside", ".jump", ".search-form", ".theme", "[data-copy]", ".sections"):
        assert page.locator(name).locator("visible=true").count() == 0, name
    assert all(page.locator(".elsewhere li").evaluate_all("all => all.map((part) => part.checkVisibility())"))
    assert page.locator(".elsewhere li").count() > 0
    assert page.locator("body").evaluate("e => getComputedStyle(e).backgroundColor") == "rgb(255, 255, 255)"
    page.context.close()


def test_beside_a_report_its_ties_stay_in_view_and_the_contents_still_tell_where_one_is(
    chromium: Browser, served: str
) -> None:
    page, _ = open_page(chromium, 1280, "light", scripts=False)
    page.goto(f"{served}reports/harbour-loan/")
    page.locator("#cite-title").evaluate("e => e.scrollIntoView({ block: 'start', behavior: 'instant' })")
    expect(page.locator("#links-title")).to_be_in_viewport()
    expect(page.locator(".jump [href='#links-title']")).to_be_hidden()
    page.set_viewport_size({"width": 360, "height": 900})
    expect(page.locator(".jump [href='#links-title']")).to_be_visible()
    page.context.close()


@pytest.mark.parametrize("width", [320, 360, 768, 1280])
def test_no_page_is_wider_than_the_window(chromium: Browser, served: str, width: int) -> None:
    page, _ = open_page(chromium, width, "light", scripts=False)
    for path in PAGES:
        page.goto(served + path)
        over = page.locator("html").evaluate("e => e.scrollWidth - e.clientWidth")
        assert over <= 0, f"{path} is {over} px too wide at {width}"
    page.context.close()


def test_claims_and_their_chains_are_there_without_scripts(chromium: Browser, served: str) -> None:
    page, _ = open_page(chromium, 360, "light", scripts=False)
    page.goto(served + "reports/pier-opening/")
    claim = page.locator("#c1")
    assert claim.locator(".chain li").count() >= 1
    assert page.locator(".claim").count() == 3
    page.goto(served + "search/")
    assert page.locator(".everything a").count() > 30
    page.context.close()


def test_on_a_phone_a_thumb_hits_what_every_page_has(chromium: Browser, served: str) -> None:
    page, _ = open_page(chromium, 360, "light")
    page.goto(served)
    asked = ".masthead input, .masthead button, .sections a, .foot li > a"
    heights = page.locator(asked).evaluate_all("all => all.map(e => [e.textContent, e.getBoundingClientRect().height])")
    assert len(heights) > 10
    assert [found for found in heights if found[1] < 44] == []
    page.context.close()


def test_the_reader_chooses_light_or_dark_and_it_stays(chromium: Browser, served: str) -> None:
    page, _ = open_page(chromium, 1280, "light")
    page.goto(served)
    page.locator("[data-theme-button]").click()
    expect(page.locator("html")).to_have_attribute("data-theme", "dark")
    page.goto(served + "about/")
    assert page.locator("html").get_attribute("data-theme") == "dark"
    page.context.close()


def test_a_table_is_sorted_by_a_click(chromium: Browser, served: str) -> None:
    page, _ = open_page(chromium, 1280, "light")
    page.goto(served + "actors/")
    page.locator("details:has(table[data-sortable]) > summary").click()
    page.locator("th button").nth(2).click()
    values = page.locator("[data-sortable] tbody td:nth-child(3)").evaluate_all(
        "cells => cells.map(c => Number(c.dataset.value))"
    )
    assert values == sorted(values)
    page.context.close()
