"""Kinds of questions that readers ask, twenty of each, on a small dossier of made-up texts: what each finds, and what it must not."""

from __future__ import annotations

import functools
import http.server
import json
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.browser.serving import Quiet
from tests.conftest import run_build

HERE = Path(__file__).parent / "search_kinds.json"
DOSSIER: dict[str, Any] = json.loads(HERE.read_text("utf-8"))
ASK = "async (q) => (await import('/assets/search.js')).search(q)"


def write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")


def front_matter(fields: dict[str, Any]) -> str:
    """YAML written as JSON values."""
    lines = (f"{name}: {json.dumps(value, ensure_ascii=False)}\n" for name, value in fields.items())
    return f"---\n{''.join(lines)}---\n"


@pytest.fixture(scope="module")
def page(chromium: Browser, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Page]:
    root = tmp_path_factory.mktemp("kinds")
    write(root / "content/dossier.yaml", "title: ملف\n")
    for name, entries in DOSSIER["lists"].items():
        write(root / f"content/{name}.yaml", json.dumps(entries, ensure_ascii=False))
    for name, actor in DOSSIER["actors"].items():
        write(root / f"content/actors/{name}.md", front_matter(actor) + "سطر.\n")
    for name, report in DOSSIER["reports"].items():
        write(root / f"seeds/{name}.txt", report["text"])
        fields = {"title": report["title"], "seed": f"{name}.txt", "claims": report.get("claims", [])}
        write(root / f"content/reports/{name}.md", front_matter(fields))
    done = run_build("--root", str(root))
    assert done.returncode == 0, done.stderr
    handler = functools.partial(Quiet, directory=str(root / "public"))
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    page = chromium.new_context().new_page()
    page.goto(f"http://127.0.0.1:{server.server_address[1]}/search/")
    yield page
    page.context.close()
    server.shutdown()


def found(page: Page, question: str) -> list[str]:
    """The names of the pages and claims that a question finds, in order: `mina`, `deal#c1`."""
    return [
        result["url"].replace("/#", "#").strip("/").split("/")[-1] for result in page.evaluate(ASK, question)["results"]
    ]


@pytest.mark.parametrize("kind", DOSSIER["questions"])
def test_each_kind_finds_exactly_what_it_should(page: Page, kind: str) -> None:
    asked: dict[str, list[str]] = DOSSIER["questions"][kind]
    wrong = {q: (found(page, q), wanted) for q, wanted in asked.items() if set(found(page, q)) != set(wanted)}
    assert len(asked) >= 20
    assert wrong == {}


@pytest.mark.parametrize("kind", DOSSIER["first"])
def test_what_is_asked_about_comes_first(page: Page, kind: str) -> None:
    asked: dict[str, str] = DOSSIER["first"][kind]
    assert {q: found(page, q)[:1] for q in asked} == {q: [wanted] for q, wanted in asked.items()}


def test_a_claim_tells_who_says_it_and_how(page: Page) -> None:
    [claim] = [r for r in page.evaluate(ASK, "دعم المنصور المولدين")["results"] if r["kind"] == "claim"]
    assert (claim["url"], claim["chain"], claim["mode"]) == (
        "/reports/gala/#c1",
        "حارس الرصيف ← نعمان الشريف",
        "متحفَّظ فيه",
    )


def test_an_empty_answer_says_what_is_not_there_and_what_is(page: Page) -> None:
    answer = page.evaluate(ASK, "الميناء زرافة")
    assert (answer["results"], answer["missing"], answer["alone"]) == ([], ["زرافة"], ["الميناء"])
