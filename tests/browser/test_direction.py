"""Where glyphs stand in a real browser: foreign text in Arabic, and Arabic pages with foreign paragraphs, titles and quotations."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from dossier.commands.pipeline import compose, site_files
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates

TEMPLATES = read_templates(Path(__file__).parents[2] / "templates")
RUNS = (
    "C++", "(U.S.)", "+218-91-555-0000", "$340", "50%", "Il-76", "signed a $340 million contract", "Khalifa Haftar (U.S.) said so",
    "2017-01-11", "€1.2 billion", "A+",
)  # fmt: skip
ENGLISH = "The U.S. signed a $340 million contract (see C++), 50% of it by +218-91-555-0000; Haftar agreed."
FILES = {
    "content/dossier.yaml": "title: ملف\n",
    "content/actors/haftar.md": "---\nname: خليفة حفتر\nlatin: Khalifa Haftar\naliases: [Haftar]\nkind: person\n---\nقال «signed a $340 million contract» عنه.\n",
    "content/actors/c.md": "---\nname: شركة C++ (U.S.)\nkind: organisation\n---\n",
    "content/reports/one.md": (
        "---\ntitle: قال إن نسبة 50% من C++ له\nseed: one.txt\nclaims:\n"
        "  - {id: c1, text: 'قال signed a $340 million contract عنه', said: [{who: haftar}], about: [c], at: 1, mode: reported,"
        " when_text: 'in the U.S. (2017)'}\n---\nموجز عن Il-76 و(U.S.) هنا.\n\n" + ENGLISH + "\n"
    ),
    "content/reports/two.md": "---\ntitle: خبر إنكليزي\nseed: two.txt\nlang: en\n---\nموجز.\n",
    "seeds/one.txt": "\n\n".join([*(f"قال إن {run} وهذا آخره." for run in RUNS), ENGLISH, "قال: نعم."]) + "\n",
    "seeds/two.txt": f"{ENGLISH}\n\n2017.\n\nقال: نعم.\n",
}
# The left edge of each character of a text, wherever its nodes are cut; characters that take no room are left out.
EDGES = """([within, text]) => {
  const nodes = [];
  const walker = document.createTreeWalker(document.querySelector(within), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) nodes.push(walker.currentNode);
  const all = nodes.map((node) => node.data).join("");
  const at = all.indexOf(text);
  if (at < 0) return null;
  const edges = [];
  let start = 0;
  for (const node of nodes) {
    for (let i = 0; i < node.length; i++) {
      const place = start + i;
      if (place < at || place >= at + text.length) continue;
      const range = document.createRange();
      range.setStart(node, i);
      range.setEnd(node, i + 1);
      const box = range.getBoundingClientRect();
      if (box.width) edges.push([Math.round(box.top / 12), box.left]);
    }
    start += node.length;
  }
  return edges;
}"""


@pytest.fixture(scope="module")
def pages() -> dict[str, str]:
    made = site_files(compose(make_snapshot(FILES), Memo()).site, TEMPLATES, Memo())
    return {
        path: made[path]().decode("utf-8")
        for path in ("/reports/one/", "/reports/two/", "/actors/haftar/", "/actors/c/", "/actors/")
    }


@pytest.fixture
def page(chromium: Browser) -> Page:
    return chromium.new_page(viewport={"width": 1280, "height": 900})


def stand_left_to_right(page: Page, within: str, text: str) -> bool:
    """Whether the characters of a text stand one behind the other from the left, line by line."""
    edges = page.evaluate(EDGES, [within, text])
    assert edges, f"{text} is not there"
    lines: dict[int, list[float]] = {}
    for line, left in edges:
        lines.setdefault(line, []).append(left)
    return all(line == sorted(line) for line in lines.values())


@pytest.mark.parametrize("run", RUNS)
def test_a_run_in_arabic_reads_from_the_left_with_its_signs(page: Page, pages: dict[str, str], run: str) -> None:
    page.set_content(pages["/reports/one/"])
    assert stand_left_to_right(page, ".source-text", run)


@pytest.mark.parametrize("run", ["C++", "$340", "50%", "+218-91-555-0000"])
def test_left_to_the_browser_signs_would_change_places(page: Page, run: str) -> None:
    page.set_content(f'<p dir="rtl">قال إن {run} وهذا آخره.</p>')
    assert not stand_left_to_right(page, "p", run)


def test_a_sentence_cut_into_isolated_pieces_would_be_scrambled(page: Page) -> None:
    page.set_content('<p dir="rtl">قال <bdi>signed a</bdi> $340 <bdi>million contract</bdi> عنه.</p>')
    assert not stand_left_to_right(page, "p", "signed a $340 million contract")


def test_a_foreign_paragraph_is_set_in_its_own_direction(page: Page, pages: dict[str, str]) -> None:
    page.set_content(pages["/reports/one/"])
    assert stand_left_to_right(page, ".source-text", ENGLISH)
    assert stand_left_to_right(page, ".brief", ENGLISH)
    first, last = page.locator(".source-text p").nth(len(RUNS)), page.locator(".source-text p").nth(len(RUNS) + 1)
    assert (first.get_attribute("dir"), first.get_attribute("lang"), last.get_attribute("dir")) == ("ltr", "", None)
    assert first.locator("bdi").count() == 0 and first.locator("a").count() == 1


def test_a_report_of_another_language_says_which(page: Page, pages: dict[str, str]) -> None:
    page.set_content(pages["/reports/two/"])
    shown = [(p.get_attribute("dir"), p.get_attribute("lang")) for p in page.locator(".source-text p").all()]
    assert shown == [("ltr", "en"), ("ltr", "en"), (None, None)]
    assert stand_left_to_right(page, ".source-text", ENGLISH)


def test_titles_names_claims_and_quotations_likewise(page: Page, pages: dict[str, str]) -> None:
    page.set_content(pages["/reports/one/"])
    assert stand_left_to_right(page, "h1", "50%") and stand_left_to_right(page, "h1", "C++")
    assert stand_left_to_right(page, ".claim .says", "signed a $340 million contract")
    assert stand_left_to_right(page, ".as-written, .facts", "in the U.S. (2017)")
    page.set_content(pages["/actors/c/"])
    assert stand_left_to_right(page, "h1", "C++ (U.S.)")
    page.set_content(pages["/actors/"])
    assert stand_left_to_right(page, "main", "C++ (U.S.)")
    page.set_content(pages["/actors/haftar/"])
    assert stand_left_to_right(page, ".note", "signed a $340 million contract")
    assert stand_left_to_right(page, "blockquote", "Khalifa Haftar (U.S.) said so")
