"""Copying: link, words with who said them, citation; without script no button stands there in vain."""

from __future__ import annotations

from playwright.sync_api import Browser, Page, expect

REPORT = "reports/pier-opening/"


def copied(page: Page) -> str:
    return str(page.evaluate("navigator.clipboard.readText()"))


def test_a_claim_is_copied_with_its_hedge_and_its_chain(served: str, chromium: Browser) -> None:
    context = chromium.new_context(permissions=["clipboard-read", "clipboard-write"])
    page = context.new_page()
    page.goto(f"{served}{REPORT}")
    claim = page.locator("#c3")
    claim.locator(".take summary").click()
    claim.get_by_role("button", name="انسخ الرابط").click()
    expect(claim.get_by_text("نُسخ")).to_be_visible()
    assert copied(page) == f"{served}{REPORT}#c3"
    claim.get_by_role("button", name="انسخ الجملة ومن قالها").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('«')")
    words = copied(page)
    assert "متحفَّظ فيه" in words and "(قائل غير مسمّى) ← " in words and words.endswith("#c3)")
    claim.get_by_role("button", name="انسخ ما يُدرَج في موقع").click()
    page.wait_for_function("async () => (await navigator.clipboard.readText()).startsWith('<iframe')")
    assert "/cards/pier-opening/c3/" in copied(page)
    context.close()


def test_a_citation_is_saved_as_a_file(served: str, chromium: Browser) -> None:
    page = chromium.new_page()
    page.goto(f"{served}{REPORT}")
    page.locator(".citation summary").first.click()
    with page.expect_download() as download:
        page.locator(".citation [data-copy=file]").first.click()
    assert download.value.suggested_filename == "pier-opening.bib"
    page.close()


def test_without_script_no_button_is_shown_and_the_card_is_still_there(served: str, chromium: Browser) -> None:
    context = chromium.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{served}{REPORT}")
    assert page.locator("[data-copy]:is(button):visible").count() == 0
    page.locator("#c3 .take summary").click()
    page.locator("#c3 .take a").first.click()
    expect(page.locator(".says")).to_be_visible()
    context.close()


def test_names_tell_who_that_is_when_they_are_pointed_at_and_contents_stay_in_view(
    served: str, chromium: Browser
) -> None:
    page = chromium.new_page(viewport={"width": 1280, "height": 800})
    page.goto(f"{served}{REPORT}")
    name = page.locator("main [data-who]").first
    name.scroll_into_view_if_needed()
    name.focus()
    shown = name.evaluate("e => [getComputedStyle(e, '::after').content, e.dataset.who]")
    assert shown[0] == f'"{shown[1]}"'
    page.locator("#provenance-title").scroll_into_view_if_needed()
    expect(page.locator(".jump")).to_be_in_viewport()
    page.close()
