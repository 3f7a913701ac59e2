"""`new` as a user runs it."""

from __future__ import annotations

import json
import tomllib
from pathlib import Path

import pytest
import yaml

from dossier.content.snippets import snippet_file
from tests.conftest import ROOT, run_build


def test_a_beginning_leads_check_to_what_is_to_be_filled_in(tmp_path: Path) -> None:
    for kind in ("report", "actor", "event", "page"):
        done = run_build("new", kind, "first-one", "--root", str(tmp_path))
        assert (done.returncode, done.stderr) == (0, "")
        assert done.stdout.startswith(f"content/{kind}s/first-one.md: written\n")
        assert "next: " in done.stdout
    assert (tmp_path / "content/dossier.yaml").exists()
    checked = run_build("check", "--root", str(tmp_path))
    said = [line for line in checked.stderr.splitlines() if line.startswith("content/")]
    assert checked.returncode == 1
    assert said == [
        "content/actors/first-one.md:3:7: error: name is empty",
        "content/actors/first-one.md:7:1: error: kind is empty",
        "content/events/first-one.md:3:8: error: title is empty",
        "content/pages/first-one.md:3:8: error: title is empty",
        "content/reports/first-one.md:3:8: error: title is empty",
        'content/reports/first-one.md:9:7: error: the seed "seeds/first-one.txt" is not there',
    ]


def test_a_taken_id_is_wrong_use_and_the_file_stays(tmp_path: Path) -> None:
    file = tmp_path / "content/reports/mine.md"
    file.parent.mkdir(parents=True)
    file.write_bytes(b"mine")
    done = run_build("new", "report", "mine", "--root", str(tmp_path))
    assert done.returncode == 2
    assert done.stderr == "error: content/reports/mine.md is there already: choose another id, or edit that file\n"
    assert file.read_bytes() == b"mine"
    assert not (tmp_path / "content/dossier.yaml").exists()


def test_an_id_that_cannot_be_is_wrong_use(tmp_path: Path) -> None:
    done = run_build("new", "actor", "Haftar", "--root", str(tmp_path))
    assert done.returncode == 2
    assert '"Haftar" cannot be an id' in done.stderr
    assert list(tmp_path.iterdir()) == []


@pytest.fixture(scope="module")
def begun(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A dossier as `new dossier` begins it, in a folder that holds a licence already."""
    folder = tmp_path_factory.mktemp("begun") / "mine"
    folder.mkdir()
    (folder / "LICENSE").write_text("mine")
    done = run_build("new", "dossier", str(folder))
    assert (done.returncode, done.stderr) == (0, "")
    return folder


def test_a_new_dossier_has_no_problems_and_builds(begun: Path, tmp_path: Path) -> None:
    checked = run_build("check", "--root", str(begun))
    assert (checked.returncode, checked.stdout, checked.stderr) == (0, "no problems\n", "")
    built = run_build("--root", str(begun), "--out", str(tmp_path / "out"), "--url", "https://a.example/")
    assert (built.returncode, built.stderr) == (0, "")
    assert (begun / "LICENSE").read_text() == "mine"


def test_what_is_there_already_is_never_begun_anew(begun: Path) -> None:
    again = run_build("new", "dossier", str(begun))
    assert again.returncode == 2
    assert "content is there already" in again.stderr


def test_editors_are_told_of_every_kind_of_file(begun: Path) -> None:
    schemas = json.loads((begun / ".vscode/settings.json").read_text())["yaml.schemas"]
    assert all((begun / schema).is_file() for schema in schemas)
    assert {path.name for path in (begun / ".vscode/schemas").iterdir()} == {Path(schema).name for schema in schemas}
    snippets = json.loads(snippet_file())
    assert snippets["Claim.mode"]["body"][0].startswith("mode: ${1|reported,hedged,")
    assert snippets["Report.claims"]["body"][:2] == ["claims:", "  - id: $1"]
    for name, snippet in snippets.items():
        assert yaml.safe_load("\n".join(snippet["body"]).replace("${", "$").replace("|}", "|")), name


def test_the_hosts_are_told_what_the_first_dossiers_host_is_told(begun: Path) -> None:
    ours, theirs = (tomllib.loads((folder / "netlify.toml").read_text("utf-8")) for folder in (ROOT, begun))
    for part in ("headers", "redirects"):
        assert ours[part] == theirs[part]
    workflow = yaml.safe_load((begun / ".github/workflows/pages.yml").read_text("utf-8"))
    runs = [step["run"] for step in workflow["jobs"]["site"]["steps"] if "run" in step]
    assert runs[0] in theirs["build"]["command"]
    assert [run.split("dossier ")[1].split()[0] for run in runs[1:]] == ["check", "build"]


def test_a_place_is_added_below_the_others(tmp_path: Path) -> None:
    places = tmp_path / "content/places.yaml"
    for name in ("الساحل", "الجبل: قمته"):
        assert run_build("new", "place", name, "--root", str(tmp_path)).returncode == 0
    assert [place["name"] for place in yaml.safe_load(places.read_text("utf-8"))] == ["الساحل", "الجبل: قمته"]
    before = places.read_bytes()
    assert run_build("new", "place", "الساحل", "--root", str(tmp_path)).returncode == 2
    assert places.read_bytes() == before
    places.write_text("[{name: الساحل}]\n", "utf-8")
    assert "by hand" in run_build("new", "place", "السهل", "--root", str(tmp_path)).stderr
