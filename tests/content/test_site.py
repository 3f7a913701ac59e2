"""The site of this dossier: whole, valid, light, and good to look at in a browser, as every site is."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.test_pages import open_page, test_the_first_page_has_less_than_500_words_before_anything_is_unfolded
from tests.site.test_whole_site import (
    test_a_report_page_weighs_at_most_22_kilobytes_with_its_style,
    test_no_hand_written_page_can_take_the_address_of_a_folder_that_a_build_writes,
    test_no_id_stands_twice_on_a_page,
    test_no_link_or_anchor_is_broken,
    test_the_nu_checker_finds_nothing,
)

__all__ = [
    "test_a_report_page_weighs_at_most_22_kilobytes_with_its_style",
    "test_no_hand_written_page_can_take_the_address_of_a_folder_that_a_build_writes",
    "test_no_id_stands_twice_on_a_page",
    "test_no_link_or_anchor_is_broken",
    "test_the_first_page_has_less_than_500_words_before_anything_is_unfolded",
    "test_the_nu_checker_finds_nothing",
]


def longest(site: Path) -> list[str]:
    """The addresses of the longest page of every kind, and of those that there are one of."""
    kinds = {path.parent.parent for path in site.rglob("index.html")} - {site.parent}
    pages = [max(kind.glob("*/index.html"), key=lambda path: path.stat().st_size) for kind in sorted(kinds)]
    return ["", *(f"{path.parent.relative_to(site).as_posix()}/" for path in (*pages, *site.glob("*/index.html")))]


@pytest.mark.parametrize("width", [320, 1280])
def test_no_page_is_wider_than_the_window_and_axe_finds_nothing(
    chromium: Browser, served: str, site: Path, width: int
) -> None:
    page, seen = open_page(chromium, width, "light")
    for path in longest(site):
        page.goto(served + path)
        found = Axe().run(page).response["violations"]
        assert [(v["id"], v["nodes"][0]["html"][:160]) for v in found] == [], path
        over = page.locator("html").evaluate("e => e.scrollWidth - e.clientWidth")
        assert over <= 0, f"{path} is {over} px too wide at {width}"
    assert seen == []
    page.context.close()
