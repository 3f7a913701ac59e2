"""A built dossier as a whole: addresses, links, valid HTML, weight, the same bytes everywhere."""

from __future__ import annotations

import gzip
import json
import shutil
import subprocess
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import unquote, urljoin, urlsplit

import pytest

from dossier.content.addresses import RESERVED
from tests.conftest import ROOT, must_build

ADDRESSES = (
    "index.html", "reports/index.html", "actors/index.html", "events/index.html", "claims/index.html", "search/index.html",
    "about/index.html", "method/index.html", "corrections/index.html", "print/index.html", "feed.xml", "sitemap.xml", "robots.txt",
    "404.html", "dossier.json", "claims.csv", "relations.csv", "datapackage.json", "assets/search.js", "pagefind/pagefind.js",
)  # fmt: skip


class _Links(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.ids: set[str] = set()
        self.twice: list[str] = []
        self.links: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        for name, value in attrs:
            if name == "id" and value:
                self.twice += [value] if value in self.ids else []
                self.ids.add(value)
            elif name in ("href", "src", "action") and value is not None:
                self.links.append(value)


def read_links(path: Path) -> _Links:
    links = _Links()
    links.feed(path.read_text("utf-8"))
    return links


@pytest.mark.parametrize("prefix", ["/", "/deep/site/"])
def test_no_link_or_anchor_is_broken(site: Path, prefix: str) -> None:
    pages = {path: read_links(path) for path in site.rglob("*.html") if path.name != "404.html"}
    broken = []
    for path, page in pages.items():
        here = "https://host" + prefix + path.relative_to(site).as_posix().removesuffix("index.html")
        for link in page.links:
            target = urlsplit(urljoin(here, link))
            if target.netloc != "host" or target.scheme != "https":
                continue
            if not target.path.startswith(prefix):
                broken.append((here, link))
                continue
            file = site / unquote(target.path.removeprefix(prefix))
            file = file / "index.html" if file.is_dir() or target.path.endswith("/") else file
            if not file.is_file() or (
                target.fragment and file in pages and unquote(target.fragment) not in pages[file].ids
            ):
                broken.append((here, link))
    assert broken == []
    assert len(pages) > 20


def test_no_id_stands_twice_on_a_page(site: Path) -> None:
    assert {str(path): twice for path in site.rglob("*.html") if (twice := read_links(path).twice)} == {}


def test_every_address_of_the_format_is_there(site: Path) -> None:
    assert [name for name in ADDRESSES if not (site / name).is_file()] == []


def test_no_hand_written_page_can_take_the_address_of_a_folder_that_a_build_writes(dossier: Path, site: Path) -> None:
    written = {path.stem for path in (dossier / "content/pages").iterdir()}
    assert {path.name for path in site.iterdir() if path.is_dir()} - written <= RESERVED["pages"]


def test_a_report_page_weighs_at_most_22_kilobytes_with_its_style(site: Path) -> None:
    style = len(gzip.compress((site / "assets/site.css").read_bytes()))
    for page in site.glob("reports/*/index.html"):
        assert len(gzip.compress(page.read_bytes())) + style <= 22_000, page
    assert len((site / "assets/fonts/text.woff2").read_bytes()) <= 50_000


def test_two_builds_in_different_folders_are_the_same_bytes(dossier: Path, site: Path, tmp_path: Path) -> None:
    must_build(Path(shutil.copytree(dossier, tmp_path / "elsewhere")), tmp_path / "out")
    ours = {path.relative_to(site): path.read_bytes() for path in site.rglob("*") if path.is_file()}
    theirs = {
        path.relative_to(tmp_path / "out"): path.read_bytes()
        for path in (tmp_path / "out").rglob("*")
        if path.is_file()
    }
    assert set(ours) == set(theirs)
    assert [name for name in ours if ours[name] != theirs[name]] == []


@pytest.mark.browser  # Java is installed with the browsers
def test_the_nu_checker_finds_nothing(site: Path) -> None:
    jar = ROOT / "tests/node_modules/vnu-jar/build/dist/vnu.jar"
    if not jar.is_file() or not shutil.which("java"):
        pytest.fail("the Nu HTML checker or Java is missing: run `make test-setup`")
    pages = [str(path) for path in site.rglob("*.html")]
    command = ["java", "-Xss4m", "-jar", str(jar), "--format", "json", *pages]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    messages = json.loads(done.stderr)["messages"]
    assert [(m["url"].split("/public/")[-1], m.get("lastLine"), m["message"]) for m in messages][:10] == []
