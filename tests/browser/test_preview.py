"""The preview as an editor sees it: the real command, a real browser, real files."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from urllib.request import urlopen

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.conftest import PATIENCE
from tests.serve.edits import write_all

BUILD = Path(__file__).parents[2] / "build.py"
REPORT = "content/reports/a.md"


@dataclass(frozen=True)
class Running:
    root: Path
    url: str
    process: subprocess.Popen[str]

    def edit(self, path: str, old: str, new: str) -> None:
        """Replaces text in a file, saved by renaming as many editors do."""
        file = self.root / path
        draft = file.with_name(f".{file.name}.new")
        draft.write_text(file.read_text("utf-8").replace(old, new), "utf-8")
        draft.replace(file)

    def add_style(self, css: str) -> None:
        path = self.root / "templates/assets/css/99-own.css"
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(css, "utf-8")


@pytest.fixture
def running(tmp_path: Path) -> Iterator[Running]:
    """`serve` of a tiny dossier with one long report."""
    write_all(tmp_path)
    (tmp_path / "seeds/a.txt").write_text("\n\n".join(["فقرة طويلة عن المصرف المركزي. " * 12] * 40), "utf-8")
    (tmp_path / "templates/assets/css").mkdir(parents=True)
    args = [sys.executable, str(BUILD), "serve", "--root", str(tmp_path), "--port", "0", "--trust-templates"]
    process = subprocess.Popen(args, stdout=subprocess.PIPE, stderr=(tmp_path / "log").open("w"), text=True)
    assert process.stdout
    found = re.match(r"http://127\.0\.0\.1:\d+/", process.stdout.readline())
    assert found, (tmp_path / "log").read_text("utf-8")
    yield Running(tmp_path, found[0], process)
    process.terminate()
    assert process.wait(PATIENCE) in (0, -15)


@pytest.fixture
def context(chromium: Browser) -> Iterator[BrowserContext]:
    context = chromium.new_context(viewport={"width": 900, "height": 700})
    yield context
    context.close()


def open_tab(context: BrowserContext, address: str) -> Page:
    """A page that has its stream and carries a mark, which a reload would take away."""
    page = context.new_page()
    with page.expect_request(lambda request: "@preview/events" in request.url):
        page.goto(address)
    page.evaluate("window.mark = 1")
    return page


def wait_for(done: Callable[[], bool]) -> None:
    """Asks again and again: a condition that the page itself would watch is forbidden by its policy."""
    deadline = time.monotonic() + PATIENCE
    while not done():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def is_marked(page: Page) -> bool:
    return bool(page.evaluate("window.mark === 1"))


def test_a_page_reloads_where_the_reader_was_and_no_other_page_does(running: Running, context: BrowserContext) -> None:
    other = open_tab(context, running.url + "events/strike/")
    page = open_tab(context, running.url + "reports/a/")
    page.evaluate("scrollTo({top: 1500, behavior: 'instant'})")
    running.edit(REPORT, "text: قيل", "text: قيل الجديد")
    expect(page.get_by_text("قيل الجديد").first).to_be_attached()
    wait_for(lambda: page.evaluate("document.readyState === 'complete' && scrollY === 1500"))
    assert not is_marked(page) and is_marked(other)


def test_a_style_sheet_is_swapped_without_a_reload(running: Running, context: BrowserContext) -> None:
    page = open_tab(context, running.url + "reports/a/")
    running.add_style("main { outline: 3px solid rgb(1, 2, 3) }")
    expect(page.locator("main")).to_have_css("outline-color", "rgb(1, 2, 3)")
    expect(page.locator('link[href*="site.css"]')).to_have_count(1)
    assert is_marked(page)


def test_a_problem_stands_over_the_last_good_page_until_it_is_mended(running: Running, context: BrowserContext) -> None:
    page = open_tab(context, running.url + "reports/a/")
    heading = page.locator("h1").inner_text()
    running.edit(REPORT, "mode: reported", "mode: <b>x")
    overlay = page.locator("#preview-problems")
    expect(overlay).to_contain_text("content/reports/a.md:5:")
    expect(overlay.locator("mark span")).to_have_text("^")
    assert overlay.locator("b").count() == 0 and is_marked(page) and page.locator("h1").inner_text() == heading
    with urlopen(running.url + "reports/a/") as answer:
        text = answer.read().decode()
    assert answer.status == 200 and heading in text and "&lt;b&gt;x" in text
    running.edit(REPORT, "mode: <b>x", "mode: reported")
    expect(overlay).to_have_count(0)
    assert is_marked(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_problems_over_a_page(
    running: Running, chromium: Browser, scheme: Literal["light", "dark"]
) -> None:
    context = chromium.new_context(viewport={"width": 360, "height": 800}, color_scheme=scheme)
    try:
        page = open_tab(context, running.url + "reports/a/")
        running.edit(REPORT, "mode: reported", "mode: unknown")
        expect(page.locator("#preview-problems")).to_be_visible()
        assert Axe().run(page).response["violations"] == []
    finally:
        context.close()


def test_the_strip_tells_warnings_and_the_id_of_what_is_shown(running: Running, context: BrowserContext) -> None:
    page = open_tab(context, running.url + "reports/a/#c1")
    strip = page.locator("#preview-strip")
    expect(strip.locator("[data-id]")).to_have_text("a#c1")
    running.edit("content/reports/a.md", "claims:", "short: اسم\nclaims:")
    running.edit("content/reports/b.md", "seed:", "short: اسم\nseed:")
    expect(strip.locator("summary")).to_contain_text("تنبيهات")
    strip.locator("summary").click()
    expect(strip.locator("ol")).to_contain_text("has the same short name")
    context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.evaluate("location.hash = ''")
    strip.get_by_role("button").click()
    wait_for(lambda: page.evaluate("navigator.clipboard.readText()") == "a")
    assert Axe().run(page).response["violations"] == []


def test_a_page_that_slept_catches_up_when_it_is_looked_at(running: Running, context: BrowserContext) -> None:
    page = open_tab(context, running.url + "reports/a/")
    page.evaluate("Object.defineProperty(document, 'hidden', {value: true, configurable: true});"
                  "document.dispatchEvent(new Event('visibilitychange'))")  # fmt: skip
    running.edit(REPORT, "text: قيل", "text: قيل ليلًا")
    wait_for(lambda: "قيل ليلًا" in read(running.url + "reports/a/"))
    assert is_marked(page)
    page.evaluate("delete document.hidden; document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.get_by_text("قيل ليلًا").first).to_be_attached()


def test_search_finds_what_was_written_since(running: Running, context: BrowserContext) -> None:
    running.edit(
        "seeds/b.txt", (running.root / "seeds/b.txt").read_text("utf-8"), "انعقد مؤتمر الزيتون أمس.\n\nثم انتهى.\n"
    )
    wait_for(lambda: "search indexed" in (running.root / "log").read_text("utf-8").partition("taken up")[2])
    page = context.new_page()
    page.goto(running.url + "search/?q=الزيتون")
    expect(page.locator("main .results a").first).to_have_attribute("href", re.compile("reports/b/"))


def read(address: str) -> str:
    with urlopen(address) as answer:
        return str(answer.read().decode())


def test_a_dossier_that_is_broken_from_the_start_shows_why_and_then_itself(
    tmp_path: Path, context: BrowserContext
) -> None:
    write_all(tmp_path)
    (tmp_path / "content/dossier.yaml").write_text("titel: x\n", "utf-8")
    args = [sys.executable, str(BUILD), "serve", "--root", str(tmp_path), "--port", "0"]
    with subprocess.Popen(args, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True) as process:
        assert process.stdout
        page = open_tab(context, process.stdout.readline().split()[0])
        expect(page.locator("#preview-problems")).to_contain_text("content/dossier.yaml:1:1")
        (tmp_path / "content/dossier.yaml").write_text("title: ملف سليم\n", "utf-8")
        expect(page.locator("h1")).to_contain_text("ملف سليم")
        process.terminate()
