"""A real Chromium, and the site served to it."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache, partial
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from tests.browser.serving import CHROMIUM_ARGS, find_chromium, serve

expect.set_options(timeout=60_000)  # milliseconds until an element that does not come is missed


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site under a sub-path, where everything must work as it does in the root."""
    parent = site.parent / "served"
    (parent / "deep").mkdir(parents=True)
    (parent / "deep/site").symlink_to(site)
    with serve(parent) as address:
        yield f"{address}deep/site/"


@cache
def launch(config: pytest.Config) -> Browser:
    """The one Chromium of a test run, for all suites: two drivers in one process refuse each other."""
    found = find_chromium()
    if not found:
        pytest.fail("Chromium is missing: run `make test-setup`, or name one in $CHROMIUM")
    playwright = sync_playwright().start()
    config.add_cleanup(playwright.stop)
    browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGS))
    for name in ("new_context", "new_page"):  # a test that wants the site kept on the device says so
        setattr(browser, name, partial(getattr(browser, name), service_workers="block"))
    return browser


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> Browser:
    """A real Chromium: $CHROMIUM, or the one on the path."""
    return launch(pytestconfig)
