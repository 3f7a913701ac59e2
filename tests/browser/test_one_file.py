"""The whole dossier in one HTML file, opened in every way in which a chat or a mail opens one: nothing is requested, everything is there."""

from __future__ import annotations

import base64
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Frame, Page, expect

from dossier.commands import onefile
from tests.browser.test_offline_copy import firefox  # noqa: F401 - a fixture
from tests.conftest import PATIENCE, ROOT, run_build

REPORT = "haftar-turns-to-israel"
MOST = 900_000  # bytes of this dossier's file
FRAME = "<iframe id=f style='width:100%;height:2000px' {}></iframe>"


@pytest.fixture(scope="module")
def one(tmp_path_factory: pytest.TempPathFactory) -> Path:
    path = tmp_path_factory.mktemp("one file") / "dossier.html"
    done = run_build("archive", "--one-file", str(path))
    assert done.returncode == 0, done.stderr
    return path


def in_a_file(page: Page, one: Path) -> Page:
    page.goto(one.as_uri())
    return page


def in_a_data_address(page: Page, one: Path) -> Page:
    page.goto(f"data:text/html;base64,{base64.b64encode(one.read_bytes()).decode()}")
    return page


def in_a_blob(page: Page, one: Path) -> Frame:
    page.set_content(FRAME.format(""))
    page.evaluate(
        "text => { document.getElementById('f').src = URL.createObjectURL(new Blob([text], {type: 'text/html'})) }",
        one.read_text("utf-8"),
    )
    return frame_of(page)


def in_a_sandbox(page: Page, one: Path) -> Frame:
    """As a mail's preview shows it that lets scripts run, and nothing else."""
    page.set_content(FRAME.format("sandbox='allow-scripts'"))
    page.evaluate("text => { document.getElementById('f').srcdoc = text }", one.read_text("utf-8"))
    return frame_of(page)


def frame_of(page: Page) -> Frame:
    handle = page.wait_for_selector("#f")
    assert handle
    frame = handle.content_frame()
    assert frame
    return frame


WAYS: dict[str, Callable[[Page, Path], Page | Frame]] = {
    "file": in_a_file,
    "data": in_a_data_address,
    "blob": in_a_blob,
    "sandbox": in_a_sandbox,
}


@contextmanager
def opened(browser: Browser, **options: Any) -> Iterator[tuple[Page, list[str]]]:
    """A page, and what it asks for or complains of."""
    context = browser.new_context(**options)
    page = context.new_page()
    heard: list[str] = []
    outside = re.compile(r"^(?!file:|data:|blob:|about:)")
    page.on("request", lambda request: heard.append(request.url) if outside.search(request.url) else None)
    page.on("pageerror", lambda error: heard.append(str(error)))
    page.on("console", lambda message: heard.append(message.text) if message.type == "error" else None)
    yield page, heard
    context.close()


@pytest.mark.parametrize("way", WAYS)
@pytest.mark.parametrize("width", [1280, 360])
def test_chromium_reads_searches_and_finds_its_way(one: Path, chromium: Browser, way: str, width: int) -> None:
    with opened(chromium, viewport={"width": width, "height": 740}) as (page, heard):
        shown = WAYS[way](page, one)
        expect(shown.locator("#home h1")).to_be_visible()
        expect(shown.locator("#sources")).to_be_hidden()
        shown.locator("nav a[href='#sources']").click()
        expect(shown.locator("#sources h1")).to_be_visible()
        expect(shown.locator("#home")).to_be_hidden()
        shown.locator("#q").fill("وبالموساد")
        shown.locator("form button").click()
        expect(shown.locator("#search mark").first).to_have_text(re.compile("الموساد"))
        shown.locator("#search ol a[href*='--c']").first.click()
        expect(shown.locator("#search")).to_be_hidden()
        expect(shown.locator(".leaf:not([hidden]) [id*='--c']").first).to_be_visible()
        shown.locator("[data-theme-button]").click()
        assert shown.evaluate("document.documentElement.dataset.theme") == "dark"
        assert shown.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert shown.evaluate("document.fonts.ready.then(() => [...document.fonts].some((f) => f.status === 'loaded'))")
        assert heard == []


@pytest.mark.parametrize("way", ["file", "sandbox"])
def test_without_script_everything_is_read(one: Path, chromium: Browser, way: str) -> None:
    with opened(chromium, java_script_enabled=False) as (page, heard):
        if way == "file":
            page.goto(one.as_uri())
            shown: Page | Frame = page
        else:
            (one.parent / "mail.html").write_text(FRAME.format(f"sandbox src='{one.name}'"), "utf-8")
            page.goto((one.parent / "mail.html").as_uri())
            shown = page.frames[1]
            shown.wait_for_load_state()
        for leaf in ("home", f"reports.{REPORT}", "actors", "events", "sources", "corrections", "method"):
            expect(shown.locator(f"[id='{leaf}'] > *").first).to_be_visible()
        expect(shown.locator("#q")).to_be_hidden()
        assert [said for said in heard if not said.startswith("Blocked script execution")] == []


def test_every_link_within_leads_somewhere_and_every_id_stands_once(one: Path, chromium: Browser) -> None:
    with opened(chromium) as (page, _):
        page.goto(one.as_uri())
        ids = page.evaluate("[...document.querySelectorAll('[id]')].map((e) => e.id)")
        assert len(ids) == len(set(ids))
        targets = page.evaluate(
            "[...document.querySelectorAll('[href^=\"#\"]')].map((e) => e.getAttribute('href').slice(1))"
        )
        assert len(targets) > 1000
        assert set(targets) <= set(ids)
        named = page.evaluate(
            "[...document.querySelectorAll('[aria-labelledby]')].flatMap((e) => e.getAttribute('aria-labelledby').split(' '))"
        )
        assert set(named) <= set(ids)


def test_it_is_small_the_same_each_time_and_holds_all_claims(one: Path, tmp_path: Path) -> None:
    data = one.read_bytes()
    assert len(data) <= MOST
    again = run_build("archive", "--one-file", str(tmp_path / "again.html"))
    assert again.returncode == 0, again.stderr
    assert (tmp_path / "again.html").read_bytes() == data
    assert not re.search(rb'<(?:link|img|script)[^>]* (?:src|href)="', data)
    assert not re.search(rb'@import|url\((?!"data:)', b"".join(re.findall(rb"<style>(.*?)</style>", data, re.DOTALL)))
    claims = len(
        re.findall(
            r"^  - id: c\d+",
            "".join(p.read_text("utf-8") for p in (ROOT / "content/reports").glob("*.md")),
            re.MULTILINE,
        )
    )
    assert len(re.findall(rb'id="reports\.[a-z-]+--c\d+"', data)) == claims > 100


def test_what_would_be_too_large_is_refused_with_its_size(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    from dossier.commands.build import build_one_file
    from dossier.commands.unchanged import Order
    from dossier.errors import WrongUse

    monkeypatch.setattr(onefile, "CEILING", 20_000)
    with pytest.raises(WrongUse, match=r"would have 0\.\d MB, and 0 MB is the most"):
        build_one_file(Order(root=ROOT / "tests/invalid/base", out=tmp_path / "a.html"), lambda _: None)
    assert not (tmp_path / "a.html").exists()


def test_what_is_another_hands_file_is_not_overwritten(tmp_path: Path) -> None:
    mine = tmp_path / "mine.html"
    mine.write_text("<p>mine</p>")
    assert run_build("archive", "--one-file", str(mine)).returncode == 2
    assert mine.read_text() == "<p>mine</p>"


@pytest.mark.parametrize("way", ["file", "blob", "sandbox"])
def test_firefox_reads_searches_and_finds_its_way(one: Path, firefox: Any, way: str) -> None:  # noqa: F811
    from marionette_driver import By, Wait

    shutil.copy(one, one.parent / "copy.html")
    firefox.navigate((one.parent / "copy.html").as_uri())
    if way != "file":
        firefox.execute_script(
            """const text = `<!doctype html>${document.documentElement.outerHTML}`.replace(' class="alone"', ''), frame = document.createElement('iframe');
            if (arguments[0] === 'sandbox') { frame.sandbox = 'allow-scripts'; frame.srcdoc = text; }
            else frame.src = URL.createObjectURL(new Blob([text], {type: 'text/html'}));
            document.body.replaceChildren(frame);""",
            script_args=[way],
        )
        Wait(firefox, timeout=PATIENCE).until(lambda _: firefox.find_elements(By.TAG_NAME, "iframe"))
        firefox.switch_to_frame(firefox.find_element(By.TAG_NAME, "iframe"))
        Wait(firefox, timeout=PATIENCE).until(lambda _: firefox.find_elements(By.CSS_SELECTOR, ".alone #home"))
    run = firefox.execute_script
    run("location.hash = 'sources'")
    Wait(firefox, timeout=PATIENCE).until(lambda _: run("return document.getElementById('home').hidden"))
    run("document.getElementById('q').value = 'الموساد'; document.querySelector('form button').click()")
    Wait(firefox, timeout=PATIENCE).until(lambda _: run("return document.querySelectorAll('#search mark').length"))
    outside = "return performance.getEntriesByType('resource').map((e) => e.name).filter((n) => !/^(file|blob|data):/.test(n))"
    assert run(outside) == []
    firefox.switch_to_frame()
