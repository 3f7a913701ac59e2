"""The site on a reader's device: without a network after the first visit, one edition at a time, whatever happens to either side."""

from __future__ import annotations

import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect

from tests.browser.serving import Quiet, serve
from tests.conftest import PATIENCE, ROOT, run_build

POLICY = tomllib.loads((ROOT / "netlify.toml").read_text("utf-8"))["headers"][0]["values"]["Content-Security-Policy"]
REPORT = "reports/pier-opening/"
SECOND = "رحلة ثانية"
KEPT = "(await caches.keys()).length"
REGISTERED = "(await navigator.serviceWorker.getRegistration())"
ACTIVE = f"{REGISTERED}?.active?.state === 'activated'"


class Host(Quiet):
    """Publishes one folder after another under a sub-path, with the policy of the real site."""

    folder: Path
    cut_off = False
    asked: list[str]
    after: tuple[int, Path] | None = None  # so many requests later another folder is published
    lock = threading.Lock()

    def do_GET(self) -> None:
        with self.lock:
            self.asked.append(self.path)
            if self.after and len(self.asked) >= self.after[0]:
                type(self).folder, type(self).after = self.after[1], None
        del self.headers["If-Modified-Since"]  # a folder may be older than the one before it
        if self.cut_off:
            self.connection.close()
            return
        super().do_GET()

    def translate_path(self, path: str) -> str:
        self.directory = str(self.folder)
        return super().translate_path(path.removeprefix("/deep/site") if path.startswith("/deep/site/") else "/nowhere")

    def end_headers(self) -> None:
        self.send_header("Content-Security-Policy", POLICY)
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()


@pytest.fixture(scope="module")
def editions(dossier: Path, site: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """The example twice, with other words in the second, and once more where it is not to be kept."""
    folder = tmp_path_factory.mktemp("editions")
    settings = dossier / "content/dossier.yaml"
    before = settings.read_text("utf-8")
    report = dossier / "content/reports/pier-opening.md"
    words = report.read_text("utf-8")
    built = {"first": site}
    try:
        report.write_text(words.rstrip("\n") + f"\n\n{SECOND}\n", "utf-8")
        settings.write_text(before.replace("title: ", f"title: {SECOND} ", 1), "utf-8")
        built["second"] = without_search(dossier, folder / "second")
        settings.write_text(before + "\ninstallable: false\n", "utf-8")
        built["off"] = without_search(dossier, folder / "off")
    finally:
        settings.write_text(before, "utf-8")
        report.write_text(words, "utf-8")
    return built


def without_search(root: Path, out: Path) -> Path:
    """Build a dossier."""
    done = run_build("--root", str(root), "--out", str(out), "--no-search")
    assert done.returncode == 0, done.stderr
    return out


@contextmanager
def reading(browser: Browser, folder: Path) -> Iterator[tuple[type[Host], str, BrowserContext]]:
    """A host that publishes a folder, its address, and a new reader's browser."""
    host = type("OneHost", (Host,), {"folder": folder, "asked": []})
    with serve(folder, host) as address:
        context = browser.new_context(service_workers="allow")
        try:
            yield host, f"{address}deep/site/", context
        finally:
            context.close()


def visit(context: BrowserContext, address: str) -> Page:
    """A first visit, at the end of which all is kept."""
    page = context.new_page()
    page.goto(address)
    until(page, ACTIVE)
    return page


def until(page: Page, condition: str) -> None:
    """Wait for a condition of the page that takes its time to tell."""
    steps = f"for (let n = 0; n < {PATIENCE * 50}; n++) {{ if ({condition}) return true; await new Promise((done) => setTimeout(done, 20)); }}"
    assert page.evaluate(f"async () => {{ {steps} }}"), condition


def update_until_replaced(page: Page, host: type[Host]) -> None:
    """Ask for a new edition until the host has put another in its place: what the browser asks by itself may have come too early."""
    for _ in range(PATIENCE * 50):
        if not host.after:
            return
        page.evaluate(f"async () => {{ {REGISTERED}?.update().catch(() => null); }}")
        page.wait_for_timeout(20)
    raise AssertionError(f"only {len(host.asked)} files were asked for")


def edition_of(folder: Path) -> str:
    return (folder / "worker.js").read_text("utf-8").split('const EDITION = "')[1][:64]


def title_of(page: Page) -> str:
    return page.locator(".masthead .brand").inner_text()


def test_after_one_visit_all_pages_and_search_are_there_without_a_network(
    chromium: Browser, editions: dict[str, Path]
) -> None:
    with reading(chromium, editions["first"]) as (host, address, context):
        faults: list[str] = []
        page = context.new_page()
        page.on("console", lambda message: faults.append(message.text) if message.type == "error" else None)
        page.goto(address)
        until(page, ACTIVE)
        errors = context.new_cdp_session(page).send("Page.getInstallabilityErrors")["installabilityErrors"]
        assert [error["errorId"] for error in errors if error["errorId"] != "in-incognito"] == []
        host.cut_off = True
        answer = page.goto(address + REPORT)
        assert answer and answer.from_service_worker
        pages = [str(path.parent.relative_to(editions["first"])) for path in editions["first"].rglob("index.html")]
        missing = """async ([root, pages]) => {
          const answers = await Promise.all(pages.map((path) => fetch(root + path + "/")));
          return answers.filter((answer) => !answer.ok).map((answer) => answer.url);
        }"""
        assert len(pages) > 50 and page.evaluate(missing, [address, pages]) == []
        assert page.evaluate("[...document.fonts].some((font) => font.status === 'loaded')")
        page.locator("input[name=q]").fill("القوارب")
        page.keyboard.press("Enter")
        expect(page.locator("main .results mark").first).to_be_visible()
        page.goto(address + "integrity/")
        expect(page.locator("[data-edition] code")).to_have_text(edition_of(editions["first"]))
        assert (answer := page.goto(address + REPORT.rstrip("/"))) and answer.url.endswith("/")
        assert (answer := page.goto(address + "nowhere/")) and answer.status == 503
        expect(page.locator("h1")).to_have_text("لا اتصال بالشبكة")
        assert not [fault for fault in faults if "ERR_" not in fault and "503" not in fault]


def test_a_new_edition_takes_the_place_of_the_old_one_whole(chromium: Browser, editions: dict[str, Path]) -> None:
    first, second = editions["first"], editions["second"]
    with reading(chromium, first) as (host, address, context):
        page = visit(context, address)
        other = context.new_page()
        page.goto(address)
        other.goto(address + REPORT)
        host.folder, host.asked = second, []
        page.goto(address + "actors/")  # the old edition, while the new one is fetched
        assert SECOND not in title_of(page)
        until(page, f"{REGISTERED}?.waiting")
        fetched = {path.removeprefix("/deep/site/") for path in host.asked}
        assert "assets/site.css" in fetched and "assets/fonts/text.woff2" not in fetched  # what is as it was is kept
        page.goto(address + "integrity/")
        expect(page.locator("[data-edition]")).to_contain_text("ونزلت نسخة أحدث")
        page.goto(address + REPORT)  # two pages are open: both stay with theirs
        assert SECOND not in page.content() + other.content()
        other.close()
        page.goto(address + REPORT)
        page.wait_for_url(address + REPORT)
        expect(page.locator(".masthead .brand")).to_contain_text(SECOND)
        assert SECOND in page.locator("main").inner_text()
        page.goto(address + "integrity/")
        expect(page.locator("[data-edition] code")).to_have_text(edition_of(second))
        assert page.evaluate(f"async () => {KEPT}") == 1


def test_an_edition_that_is_replaced_while_it_is_fetched_is_never_shown(
    chromium: Browser, editions: dict[str, Path]
) -> None:
    first, second = editions["first"], editions["second"]
    with reading(chromium, second) as (host, address, context):
        host.after = (60, first)  # in the middle of the first visit
        page = context.new_page()
        page.goto(address)
        update_until_replaced(page, host)
        until(page, f"!{REGISTERED}?.installing")
        assert host.folder == first
        assert page.evaluate(f"async () => {REGISTERED}?.active ?? null") is None
        visit(context, address)
        page.goto(address + "integrity/")
        assert SECOND not in title_of(page)
        expect(page.locator("[data-edition] code")).to_have_text(edition_of(first))
        host.folder, host.after = second, (len(host.asked) + 20, first)  # in the middle of an update
        page.reload()
        update_until_replaced(page, host)
        until(page, f"!{REGISTERED}.installing")
        assert page.evaluate(f"async () => {REGISTERED}.waiting") is None
        page.goto(address + REPORT)
        assert SECOND not in page.content()


@pytest.mark.parametrize("published", ["first", "second"])
def test_what_is_damaged_on_the_device_is_fetched_anew_or_not_shown(
    chromium: Browser, editions: dict[str, Path], published: str
) -> None:
    with reading(chromium, editions["first"]) as (host, address, context):
        page = visit(context, address)
        page.evaluate(
            """async (report) => {
              const cache = await caches.open((await caches.keys())[0]);
              await cache.put(`${report}index.html`, new Response("<h1>forged</h1>", { headers: { "Content-Type": "text/html" } }));
              await cache.delete("events/index.html");
              await cache.put("assets/site.css", new Response("* { display: none }", { headers: { "Content-Type": "text/css" } }));
            }""",
            REPORT,
        )
        host.cut_off = True
        for path in (REPORT, "events/"):
            answer = page.goto(address + path)
            assert answer and answer.status == 503
            expect(page.locator("h1")).to_have_text("لا اتصال بالشبكة")
        host.cut_off, host.folder = False, editions[published]
        page.goto(address + REPORT)
        expect(page.locator("main h1")).to_be_visible()
        assert "forged" not in page.content()
        style = page.evaluate("async () => (await fetch(document.querySelector('link[rel=stylesheet]').href)).text()")
        assert SECOND in title_of(page) if published == "second" else SECOND not in title_of(page)
        assert style == (editions[published] / "assets/site.css").read_text("utf-8")


def test_without_its_list_nothing_is_shown_that_could_be_of_another_edition(
    chromium: Browser, editions: dict[str, Path]
) -> None:
    with reading(chromium, editions["first"]) as (host, address, context):
        page = visit(context, address)
        page.goto(address)
        page.evaluate(
            "async () => (await caches.open((await caches.keys())[0])).put('manifest-sha256.txt', new Response('x'))"
        )
        session = context.new_cdp_session(page)
        session.send("ServiceWorker.enable")
        session.send("ServiceWorker.stopAllWorkers")  # it forgets what it has read
        host.folder = editions["second"]
        page.goto(address + REPORT)
        assert SECOND in title_of(page)
        assert page.evaluate("async () => (await fetch('../../assets/site.css')).text()") == (
            editions["second"] / "assets/site.css"
        ).read_text("utf-8")


def test_a_site_that_is_not_to_be_kept_any_more_is_removed(chromium: Browser, editions: dict[str, Path]) -> None:
    with reading(chromium, editions["first"]) as (host, address, context):
        page = visit(context, address)
        page.goto(address)
        assert page.evaluate(f"async () => {KEPT}") == 1
        host.folder = editions["off"]
        page.goto(address + "events/")
        until(page, f"!{REGISTERED}")
        until(page, f"{KEPT} === 0")
        page.goto(address)
        assert page.evaluate("navigator.serviceWorker.controller") is None
        assert page.locator("[data-kept]").count() == 0
