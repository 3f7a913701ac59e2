"""The claims page: an index that works without script, filters that are kept in the address, disagreements with addresses."""

from __future__ import annotations

import re

from playwright.sync_api import Browser, Page, expect


def visible(page: Page) -> int:
    return page.locator(".explorer-main .row:visible").count()


def test_the_index_names_claims_and_leads_to_them_without_script(served: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}claims/#facet-kind")
    page.locator("#facet-kind summary").click()
    entry = page.locator("[id='kind.named']")
    number = int(entry.locator(".number").inner_text())
    assert entry.locator(".entries a").count() == number
    entry.locator(".entries a").first.click()
    target = page.url.partition("#")[2]
    expect(page.locator(f"[id='{target}']")).to_be_visible()
    context.close()


def test_filters_are_kept_in_the_address_and_can_be_taken_off(served: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{served}claims/")
    page.locator("#facet-kind summary").click()
    number = int(page.locator("[id='kind.named'] .number").inner_text())
    page.locator("[id='kind.named'] > a").click()
    expect(page).to_have_url(re.compile(r"\?kind=named$"))
    expect(page.locator(".facet-status")).to_contain_text(f"يظهر {number} من")
    assert visible(page) == number
    page.reload()
    expect(page.locator(".facet-status")).to_contain_text(f"يظهر {number} من")
    page.go_back()
    page.go_forward()
    page.locator(".facet-status a").click()
    expect(page).to_have_url(re.compile(r"claims/$"))
    expect(page.locator(".facet-status")).to_be_hidden()
    page.close()


def test_a_ribbon_of_the_first_page_shows_as_many_claims_as_it_says(served: str, chromium: Browser) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 900})
    page.goto(served)
    ribbons = page.locator(".flow-wide a:has(.flow-ribbon)").evaluate_all(
        "links => links.map(a => [a.getAttribute('aria-label'), a.getAttribute('href')])"
    )
    assert len(ribbons) > 3
    for name, href in ribbons[:6]:
        page.goto(served + href)
        expect(page.locator(".facet-status")).to_contain_text("يظهر")
        number = {"قول ": "1", "قولا": "2"}.get(name[:4]) or name.split()[0]
        expect(page.locator(".facet-status")).to_contain_text(f"يظهر {number} من")
    page.close()


def test_every_disagreement_opens_at_its_address(served: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{served}claims/")
    ids = page.locator(".board-why").evaluate_all("all => all.map(e => e.id)")
    assert len(ids) == len(set(ids)) >= 1
    page.goto(f"{served}claims/#{ids[-1]}")
    expect(page.locator(f"[id='{ids[-1]}']")).to_be_in_viewport()
    page.close()
