"""What a dossier makes a build read: nothing outside, nothing twice, nothing without end."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import pytest

from dossier.commands.intake import take_in
from dossier.commands.new import add_place
from dossier.commands.serve.inputs import watched_folders
from dossier.engine import snapshot as reading
from dossier.engine.snapshot import Snapshot, snapshot
from dossier.errors import MachineError, WrongUse
from tests.conftest import run_build

from . import write_dossier


def problems(root: Path, originals: Path | None = None) -> list[str]:
    return [str(problem) for problem in snapshot(root, originals).problems]


def test_a_folder_is_read_once_however_many_links_lead_to_it(tmp_path: Path) -> None:
    """Thirty folders, each with two links to the next, are a thousand million paths."""
    root = write_dossier(tmp_path)
    for number in range(30):
        folder = root / f"notes/{number}"
        folder.mkdir(parents=True)
        for name in "ab":
            (folder / name).symlink_to(f"../{number + 1}")
    (root / "notes/30").mkdir()
    (root / "notes/30/x.md").write_text("x")
    (root / "content/pages").symlink_to("../notes/0")
    found = snapshot(root)
    assert [path for path in found.files if path.endswith("x.md")] == [f"content/pages{'/a' * 30}/x.md"]
    assert len(found.problems) == 30
    assert "is a link to a folder that is read already" in found.problems[0].message


def test_a_folder_that_is_read_by_its_own_name_is_not_read_by_a_link(tmp_path: Path) -> None:
    root = write_dossier(tmp_path)
    (root / "content/again").symlink_to("../seeds")
    assert problems(root) == ["content/again: is a link to a folder that is read already (remove the link)"]


def test_the_number_of_files_is_bounded_and_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_dossier(tmp_path, {f"seeds/{n}.txt": "x" for n in range(40)})
    monkeypatch.setattr(reading, "MAX_FILES", 20)
    assert len(snapshot(root).files) == 20
    [problem] = problems(root)
    assert "more than 20 files" in problem


def test_the_bytes_of_all_files_are_bounded_originals_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    root = write_dossier(tmp_path / "root")
    (tmp_path / "originals").mkdir()
    for number in range(5):
        (tmp_path / f"originals/{number}.txt").write_bytes(bytes([number]) * 1024**2)
    monkeypatch.setattr(reading, "MAX_BYTES", 3 * 1024**2)
    assert len(snapshot(root, tmp_path / "originals").originals) == 3
    [problem] = problems(root, tmp_path / "originals")
    assert "or 3 MB" in problem


def test_folders_without_end_are_a_problem_and_no_crash(tmp_path: Path) -> None:
    root = write_dossier(tmp_path)
    here = os.open(root / "seeds", os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    [problem] = problems(root)
    subprocess.run(["rm", "-rf", str(root / "seeds/d")], check=True)  # the library's own way recurses
    assert "nested deeper than 32 levels" in problem


@pytest.mark.parametrize("target", ["/", "/proc", "..", "."])
def test_a_link_does_not_make_the_preview_watch_the_disk(target: str, tmp_path: Path) -> None:
    root = write_dossier(tmp_path / "root")
    (root / "templates").symlink_to(target)
    watched = [folder for folder in watched_folders(root) if folder.is_relative_to(root)]
    assert watched == [root / "content", root / "seeds"]
    assert not any(root.is_relative_to(folder) or folder == Path(target) for folder in watched_folders(root))


def test_a_file_that_changes_after_it_was_looked_at_is_not_taken_for_what_it_was(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "RACY_NS", -(10**12))  # as if its last change were long ago
    root = write_dossier(tmp_path)
    kept = {path: file.without_content() for path, file in snapshot(root).files.items()}
    seed = snapshot(root, previous=Snapshot(files=kept)).files["seeds/a.txt"]
    assert seed.content is None
    assert "القوارب" in seed.data.decode()
    (root / "seeds/a.txt").write_text("نص آخر")
    with pytest.raises(MachineError, match="was changed while the dossier was read"):
        assert seed.data


@pytest.mark.parametrize(("kind", "said"), [("pipe", "it is a pipe"), ("device", "it is a device")])
def test_what_is_no_file_is_not_taken_in(kind: str, said: str, tmp_path: Path) -> None:
    root, file = write_dossier(tmp_path / "root"), tmp_path / "article.txt"
    os.mkfifo(file) if kind == "pipe" else file.symlink_to("/dev/zero")
    [taken] = take_in(root, [file], identity=None, today="2026-01-01")
    assert taken.refused and said in taken.lines[0]


@pytest.mark.parametrize("place", ["seeds/new.txt", "seeds/originals/new.txt", "content/reports/new.md"])
def test_a_pipe_in_the_place_of_what_is_taken_in_is_not_waited_for(place: str, tmp_path: Path) -> None:
    root = write_dossier(tmp_path / "root")
    (tmp_path / "new.txt").write_text("وصلت سفينة أخرى إلى الميناء مساء.\n")
    (root / place).parent.mkdir(exist_ok=True)
    os.mkfifo(root / place)
    [taken] = take_in(root, [tmp_path / "new.txt"], identity=None, today="2026-01-01")
    assert taken.refused and f"{place} is there already" in taken.lines[0]


def test_a_pipe_in_the_place_of_the_list_of_places_is_not_waited_for(tmp_path: Path) -> None:
    root = write_dossier(tmp_path)
    os.mkfifo(root / "content/places.yaml")
    with pytest.raises(WrongUse, match="it is a pipe, not an ordinary file"):
        add_place(root, "المرفأ")


@pytest.mark.parametrize("command", ["intake", "import"])
def test_the_name_of_a_file_ends_no_line_of_what_is_said(command: str, tmp_path: Path) -> None:
    file = tmp_path / "a\nb.txt: taken in"
    file.write_text("وصلت القوارب.\n")
    done = run_build(command, str(file), "--root", str(write_dossier(tmp_path / "root")))
    assert done.returncode == 2
    assert not any(line.startswith("b.txt") for line in done.stderr.splitlines())


MAIL = """From: a@example.org
Subject: المرفأ
MIME-Version: 1.0
Content-Type: multipart/mixed; boundary="b"

--b
Content-Type: text/plain; charset=utf-8

وصلت القوارب إلى الرصيف فجرا.
--b
Content-Type: application/pdf
Content-Disposition: attachment; filename*=utf-8''a%0Ab%1B%5B2J%E2%80%AE.pdf

x
--b--
"""


def test_the_name_of_an_attachment_steers_no_terminal(tmp_path: Path) -> None:
    (tmp_path / "harbour.eml").write_text(MAIL)
    done = run_build("intake", str(tmp_path / "harbour.eml"), "--root", str(write_dossier(tmp_path / "root")))
    assert done.returncode == 0
    [line] = [line for line in done.stdout.split("\n") if "what is attached" in line]
    assert ".pdf" in line and line.isprintable()
