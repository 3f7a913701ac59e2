"""A real Chromium, and the site served to it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect, sync_playwright

from tests.browser.serving import CHROMIUM_ARGS, find_chromium, serve
from tests.conftest import PATIENCE

expect.set_options(timeout=PATIENCE * 1000)


@pytest.fixture(scope="session")
def served(site: Path) -> Iterator[str]:
    """The address of the site under a sub-path, where everything must work as it does in the root."""
    parent = site.parent / "served"
    (parent / "deep").mkdir(parents=True)
    (parent / "deep/site").symlink_to(site)
    with serve(parent) as address:
        yield f"{address}deep/site/"


def open_patiently(make: Callable[..., BrowserContext | Page], **options: Any) -> BrowserContext | Page:
    """Open a context or a page that waits long, and keeps the site on the device only where a test says so."""
    opened = make(**{"service_workers": "block", **options})
    opened.set_default_timeout(PATIENCE * 1000)
    return opened


@cache
def launch(config: pytest.Config) -> Browser:
    """The one Chromium of a test run, for all suites: two drivers in one process refuse each other."""
    found = find_chromium()
    if not found:
        pytest.fail("Chromium is missing: run `make test-setup`, or name one in $CHROMIUM")
    playwright = sync_playwright().start()
    config.add_cleanup(playwright.stop)
    browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGS), timeout=PATIENCE * 1000)
    for name in ("new_context", "new_page"):
        setattr(browser, name, partial(open_patiently, getattr(browser, name)))
    return browser


@pytest.fixture(scope="session")
def chromium(pytestconfig: pytest.Config) -> Browser:
    """A real Chromium: $CHROMIUM, or the one on the path."""
    return launch(pytestconfig)
