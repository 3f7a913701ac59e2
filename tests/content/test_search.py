"""What readers of this dossier may type, and which page must come first."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.test_search import urls


@pytest.fixture(scope="module")
def page(chromium: Browser, served: str) -> Iterator[Page]:
    context = chromium.new_context()
    page = context.new_page()
    page.goto(served + "search/")
    yield page
    context.close()


@pytest.mark.parametrize(
    "query", ["حفتر", "هفتر", "Haftar", "لِحَفتَر", "وحفتر", "خليفةحفتر", "حفتز", "خليفه حفتر", "hifter"]
)
def test_an_actor_comes_first_however_the_name_is_typed(page: Page, served: str, query: str) -> None:
    assert urls(page, served, query)[:1] == ["/actors/khalifa-haftar/"]


def test_spellings_lead_to_the_pages_that_name_the_actor(page: Page, served: str) -> None:
    assert set(urls(page, served, "Algeria")) >= {"/actors/algeria/", "/reports/algeria-warns-haftar/"}
