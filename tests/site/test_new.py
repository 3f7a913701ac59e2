"""`new` as a user runs it."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import run_build


def test_a_beginning_leads_check_to_what_is_to_be_filled_in(tmp_path: Path) -> None:
    for kind in ("report", "actor", "event"):
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
        "content/reports/first-one.md:3:8: error: title is empty",
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
