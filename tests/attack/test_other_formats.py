"""A dossier's words in other formats stay words: no link runs, no cell computes, no field ends early."""

from __future__ import annotations

import csv
import io
import json
import re
import zipfile
from pathlib import Path

import pytest
from bibtexparser.entrypoint import parse_string

from dossier.commands.build import build_archive
from dossier.commands.offline import offline_copy
from dossier.commands.pipeline import compose, site_files
from dossier.commands.unchanged import Order
from dossier.commands.verify import verify
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.language.markdown import render_markdown
from dossier.linking.linked import LinkedDossier
from dossier.pages.citations import cite
from dossier.pages.json_ld import report_json_ld
from dossier.pages.views.frame import _contact_href
from tests.conftest import run_build

from . import FILES, write_dossier

DEAD = (
    "javascript:x", "JaVaScRiPt:x", "feed:javascript:x", "view-source:x", "intent:x", "jar:x", "about:x", "blob:x", "data:x",
    "vbscript:x", "file:///x", "filesystem:x", "ftp://x", "ws://x", "tel:1", "sms:1", "chrome://x", "ms-word:x", "x:y",
    "javascript&colon;x", "java%73cript:x", "urn:x",
)  # fmt: skip
ALIVE = ("https://example.org/", "http://example.org/?q=1#x", "HTTPS://EXAMPLE.ORG/", "mailto:a@example.org")


@pytest.mark.parametrize("address", DEAD)
@pytest.mark.parametrize("form", ["[x]({})", "<{}>", "[x][1]\n\n[1]: {}", "![x]({})"])
def test_no_link_is_of_another_kind(address: str, form: str) -> None:
    html = render_markdown(form.format(address), lambda scheme, target: None)
    assert "href" not in html or re.search(r'href="(?:https?:|mailto:|%|/|#)', html), html


@pytest.mark.parametrize("address", ALIVE)
def test_links_elsewhere_are_links(address: str) -> None:
    assert 'href="' in render_markdown(f"[x]({address})", lambda scheme, target: None)


@pytest.mark.parametrize(
    "contact", ["javascript:a@b", "data:x@y", "a@b?bcc=c@d", "a@b&body=x", "https://x y", "//x@y:z"]
)  # fmt: skip
def test_a_contact_is_an_address_or_words(contact: str) -> None:
    assert _contact_href(contact) is None


@pytest.mark.parametrize(
    "url", ["javascript:x", "example.org", "https://x?y", "https://x#y", "ftp://x", "https://x y", ""]
)
def test_an_address_of_the_command_is_held_to_what_the_file_is_held_to(url: str) -> None:
    done = run_build("build", "--url", url)
    assert (done.returncode, "Invalid value for '--url'" in done.stderr) == (2, True)


HOSTILE = "{ \\ } }{ @online{x, % <!--</script><script>alert(1)</script> \u2028 \u2029 ;=1+1 \"' &lt;"


@pytest.fixture(scope="module")
def site() -> LinkedDossier:
    report = FILES["content/reports/a.md"].replace("القوارب\n", "TEXT\n").replace("وصلت القوارب", "TEXT")
    files = {**FILES, "content/reports/a.md": report.replace("TEXT", json.dumps(HOSTILE, ensure_ascii=False))}
    for number, beginning in enumerate((";=1+1", "=1", " =1", "\u00a0=1", "＝1", "@x", "-1", "+1")):
        files[f"content/reports/b{number}.md"] = report.replace("a.txt", f"b{number}.txt").replace(
            "TEXT", json.dumps(beginning)
        )
        files[f"seeds/b{number}.txt"] = FILES["seeds/a.txt"]
    return compose(make_snapshot(files), Memo()).site


def test_a_lone_brace_breaks_no_bibtex(site: LinkedDossier) -> None:
    written = cite(site, "a").bibtex
    library = parse_string(written + "\n" + written.replace("@online{a", "@online{b"))
    assert [entry.key for entry in library.entries] == ["a", "b"]
    assert not library.failed_blocks
    assert min(depths(written)) >= 0 and depths(written)[-1] == 0


def test_no_cell_computes_whatever_parts_them(site: LinkedDossier) -> None:
    written = site_files(site, {}, Memo()).others["/claims.csv"]().decode("utf-8-sig")
    for delimiter in ",;":
        for row in csv.reader(io.StringIO(written, newline=""), delimiter=delimiter):
            for cell in row:
                assert not cell.strip().startswith(tuple("=+-@＝＋－＠")), row
    assert "=1+1" in written


def test_data_end_no_script(site: LinkedDossier) -> None:
    assert "<" not in report_json_ld(site, "a")
    assert json.loads(report_json_ld(site, "a"))["headline"].startswith(HOSTILE.partition("\u2028")[0])


def test_data_of_the_offline_copy_are_no_program() -> None:
    files = [
        ("/search-data/x.json", json.dumps(HOSTILE, ensure_ascii=False).encode()),
        ("/assets/a.js", HOSTILE.encode()),
    ]
    for path, data in offline_copy(files, "run(__MODULES__)"):
        if path.endswith(".js"):
            assert not re.search("[\u2028\u2029]|<!--|</script", data.decode()), path


def depths(text: str) -> list[int]:
    """How many braces are open after each sign."""
    depth, found = 0, []
    for sign in text:
        depth += (sign == "{") - (sign == "}")
        found.append(depth)
    return found


@pytest.mark.parametrize("url", ["https://example.org/{x", "https://example.org/x}", "https://example.org/x\\"])
def test_a_lone_brace_in_the_sites_address_breaks_no_bibtex(url: str) -> None:
    written = cite(compose(make_snapshot(FILES), Memo(), url=url).site, "a").bibtex
    assert min(depths(written)) >= 0 and depths(written)[-1] == 0
    assert not parse_string(written).failed_blocks
    assert "\\" not in written


LINES = {
    **FILES,
    "content/dossier.yaml": 'title: "a\\nPayload-Oxum: 0.0"\nurl: https://example.org/x/\n',
    "content/reports/a.md": FILES["content/reports/a.md"].replace("القوارب\n", '"a\\nER  - \\nTY  - JOUR"\n'),
}


def test_a_title_of_several_lines_is_one_field_of_ris() -> None:
    lines = cite(compose(make_snapshot(LINES), Memo()).site, "a").ris.split("\n")
    assert [line[:6] for line in lines] == [f"{tag}  - " for tag in ("TY", "TI", "AU", "T2", "UR", "LA", "N1", "ER")]


def test_a_title_of_several_lines_is_one_field_of_a_bag(tmp_path: Path) -> None:
    out = tmp_path / "a.zip"
    build_archive(Order(root=write_dossier(tmp_path / "root", LINES), out=out), lambda _: None, moment=0)
    with zipfile.ZipFile(out) as archive:
        lines = archive.read("dossier/bag-info.txt").decode().splitlines()
    assert [line for line in lines if line.startswith("Payload-Oxum")] == lines[-1:] != ["Payload-Oxum: 0.0"]
    assert verify(out).whole
