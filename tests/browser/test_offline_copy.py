"""The archive unpacked and opened by a double click: in Chromium and Firefox, with nothing asked of any network."""

from __future__ import annotations

import shutil
import socket
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import PATIENCE, run_build

REPORT = "harbour-loan"


@pytest.fixture(scope="module")
def copy(dossier: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site in an unpacked archive of the example."""
    folder = tmp_path_factory.mktemp("archive with a space")
    done = run_build("archive", "--root", str(dossier), "--out", str(folder / "dossier.zip"))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(folder / "dossier.zip") as archive:
        archive.extractall(folder)
    return folder / "dossier/data/site"


def test_chromium_reads_searches_and_follows_links(copy: Path, chromium: Browser) -> None:
    context = chromium.new_context()
    page = context.new_page()
    asked: list[str] = []
    faults: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
    page.goto((copy.parent.parent / "open.html").as_uri())
    expect(page.locator("h1")).to_be_visible()
    assert page.url.endswith("/data/site/index.html")
    page.locator("input[name=q]").fill("القوارب")
    page.keyboard.press("Enter")
    expect(page.locator("main .results mark").first).to_be_visible()
    page.locator("main .results a[href*='#']").first.click()
    expect(page.locator(":target")).to_be_visible()
    assert "/index.html#" in page.url
    assert page.evaluate("[...document.fonts].some((font) => font.status === 'loaded')")
    page.locator("nav.sections a").first.click()
    assert page.url.endswith("/reports/index.html")
    page.go_back()
    page.go_back()
    page.locator("input[name=q]").fill("هيئه المينا القندبلي")
    page.keyboard.press("Enter")
    expect(page.locator("main [data-search]")).to_contain_text("القنديلي")
    assert not [url for url in asked if not url.startswith(("file:", "blob:", "data:"))]
    assert not faults
    context.close()


def test_every_link_of_the_copy_leads_to_a_file(copy: Path, chromium: Browser) -> None:
    page = chromium.new_context().new_page()
    for name in (
        "index.html",
        f"reports/{REPORT}/index.html",
        "claims/index.html",
        "search/index.html",
        "integrity/index.html",
    ):
        page.goto((copy / name).as_uri())
        links = page.evaluate(
            "[...document.querySelectorAll('[href], [src]')].map((e) => new URL(e.getAttribute('href') ?? e.getAttribute('src'), location).href)"
        )
        local = {unquote(urlsplit(link).path) for link in links if link.startswith("file:")}
        assert len(local) > 5
        missing = [link for link in local if not Path(link).is_file()]
        assert not missing, name
    page.context.close()


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """A real Firefox, driven by Marionette."""
    from marionette_driver.marionette import Marionette

    found = shutil.which("firefox-esr") or shutil.which("firefox")
    if not found:
        pytest.fail("Firefox is missing: run `make test-setup`")
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    profile = tmp_path_factory.mktemp("profile")
    (profile / "user.js").write_text(
        f'user_pref("marionette.port", {port});\nuser_pref("datareporting.policy.dataSubmissionEnabled", false);\n'
    )
    command = [found, "--headless", "--marionette", "--no-remote", "--profile", str(profile)]
    with subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL) as process:
        browser = Marionette(host="127.0.0.1", port=port)
        browser.raise_for_port(timeout=PATIENCE)
        browser.start_session()
        yield browser
        browser.delete_session()
        process.terminate()


def test_firefox_reads_searches_and_follows_links(copy: Path, firefox: Any) -> None:
    from marionette_driver import By, Wait

    def all_of(selector: str) -> list[Any]:
        return list(firefox.find_elements(By.CSS_SELECTOR, selector))

    firefox.navigate((copy / "index.html").as_uri())
    all_of("input[name=q]")[0].send_keys("القوارب\ue007")
    Wait(firefox, timeout=PATIENCE).until(lambda _: all_of("main .results mark"))
    outside = "return performance.getEntriesByType('resource').map((e) => e.name).filter((n) => !/^(file|blob|data):/.test(n))"
    assert firefox.execute_script(outside) == []
    assert "loaded" in firefox.execute_script("return [...document.fonts].map((font) => font.status)")
    all_of("main .results a[href*='#']")[0].click()
    Wait(firefox, timeout=PATIENCE).until(lambda _: all_of(":target"))
    assert "/index.html#" in firefox.get_url()
