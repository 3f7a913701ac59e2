"""Short runs of every fault, and the last words of a command that nobody hears."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import ROOT, run_build

from . import write_dossier
from .faults import FAULTS

BUILD = (sys.executable, str(ROOT / "build.py"))
pytestmark = pytest.mark.long


def needs(program: str) -> None:
    if not shutil.which(program):
        pytest.fail(f"{program} is missing: install util-linux, or strace")


@pytest.mark.parametrize(
    ("fault", "number"), [("kills", 3), ("full-disk", 3), ("read-only", 3), ("memory", 3), ("descriptors", 3)]
)
def test_a_fault_tears_nothing_and_leaves_nothing(fault: str, number: int) -> None:
    needs("strace" if fault == "kills" else "prlimit")
    tally = FAULTS[fault](number)
    assert sum(tally.ends.values()) >= number
    assert tally.wrong == []


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return write_dossier(tmp_path / "root")


@pytest.mark.parametrize("closed", [">&-", "2>&-", ">&- 2>&-", "<&- >&- 2>&-"])
@pytest.mark.parametrize("command", ["build --no-search", "check", "verify"])
def test_closed_streams_stop_nothing(closed: str, command: str, root: Path) -> None:
    assert run_build("build", "--root", str(root), "--no-search").returncode == 0
    where = str(root / "public") if command == "verify" else f"--root {root}"
    done = subprocess.run(
        ["sh", "-c", f'"$0" "$1" {command} {where} {closed}', *BUILD], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0
    assert "Traceback" not in done.stdout + done.stderr and "Exception ignored" not in done.stderr


@pytest.mark.parametrize("stream", [">", "2>"])
def test_a_stream_on_a_full_disk_is_a_sentence(stream: str, root: Path) -> None:
    done = subprocess.run(
        ["sh", "-c", f'"$0" "$1" check --root {root} --format json {stream}/dev/full', *BUILD],
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == (3 if stream == ">" else 0)
    assert "Traceback" not in done.stderr
    assert stream == "2>" or "no space left on device" in done.stderr.lower()


def test_a_reader_who_goes_away_hears_no_complaint(root: Path) -> None:
    script = f'"$0" "$1" check --root {root} --format json | true'
    done = subprocess.run(["sh", "-c", script, *BUILD], capture_output=True, text=True, check=False)
    assert done.stderr == ""


@pytest.mark.parametrize("moment", ["-1", "", "1e9", "١٢", "9" * 30, "9" * 5000, "4354819199", "yesterday", "0x10"])
def test_an_absurd_source_date_is_a_sentence(moment: str, root: Path) -> None:
    environment = {**os.environ, "SOURCE_DATE_EPOCH": moment}
    done = subprocess.run(
        [*BUILD, "archive", "--root", str(root)], env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH is" in done.stderr and "Traceback" not in done.stderr


@pytest.mark.parametrize("command", ["build", "check", "verify", "new report", "intake"])
def test_a_name_of_three_hundred_letters_is_a_sentence(command: str, root: Path) -> None:
    done = (
        run_build(*command.split(), "x" * 300, "--root", str(root))
        if command != "verify"
        else run_build("verify", "x" * 300)
    )
    assert done.returncode == 2
    assert "Traceback" not in done.stderr and "fault of the generator" not in done.stderr


def test_a_fault_of_the_generator_is_a_sentence_and_shown_on_request(root: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['build.py', 'check', '--root', {str(root)!r}]; "
        "import dossier.commands.build as b; b.find_problems = lambda root: 1 / 0; "
        "from dossier.commands.cli import main; main()"
    )
    for shown in ("", "1"):
        done = subprocess.run(
            [sys.executable, "-c", script], env={**os.environ, "DOSSIER_TRACEBACK": shown}, capture_output=True, text=True,
            check=False,
        )  # fmt: skip
        assert done.returncode == 3
        assert ("Traceback" in done.stderr) == bool(shown)
        assert "division by zero" in done.stderr


def test_with_closed_streams_no_file_is_taken_for_one(root: Path, tmp_path: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); sys.argv = ['build.py', 'check', '--root', {str(root)!r}]\n"
        "import dossier.commands.build as b; from dossier.commands.cli import main\n"
        "def find(root):\n    with (root / 'number').open('w') as file: file.write(str(file.fileno()))\n    return ()\n"
        "b.find_problems = find; main()"
    )
    done = subprocess.run(["sh", "-c", '"$0" -c "$1" <&- >&- 2>&-', sys.executable, script], check=False)
    assert done.returncode == 0
    assert int((root / "number").read_text()) > 2


@pytest.mark.parametrize(
    ("place", "status", "said"),
    [("/dev/full", 3, "error: not all could be said: No space left on device\n"), ("a pipe without a reader", 0, "")],
)
def test_what_waits_to_be_said_at_the_end_is_said_or_told_to_be_lost(place: str, status: int, said: str) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from dossier.commands.last_words import end_in_words\n"
        "end_in_words(lambda: print('last words') or 0)"
    )
    if place == "/dev/full":
        writing = os.open(place, os.O_WRONLY)
    else:
        reading, writing = os.pipe()
        os.close(reading)
    done = subprocess.run(
        [sys.executable, "-c", script], stdout=writing, stderr=subprocess.PIPE, env={**os.environ, "PYTHONUNBUFFERED": ""},
        text=True, check=False,
    )  # fmt: skip
    os.close(writing)
    assert (done.returncode, done.stderr) == (status, said)


@pytest.mark.parametrize(
    ("error", "said"),
    [
        ("MemoryError()", "there is not enough memory"),
        ("ImportError('x.so: failed to map segment from shared object')", "there is not enough memory"),
        ('RuntimeError("can\'t start new thread")', "it gives no more threads"),
        ("ImportError('x')", "a package cannot be loaded: x"),
        ("OSError(24, 'Too many open files', 'a.md')", "the machine failed: too many open files: 'a.md'"),
    ],
)
def test_what_the_machine_lacks_is_its_own_sentence(error: str, said: str) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from dossier.commands.last_words import end_in_words\n"
        f"def work():\n    raise {error}\nend_in_words(work)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 3
    assert said in done.stderr and "Traceback" not in done.stderr and "fault of the generator" not in done.stderr


def steps_of(root: Path, command: str) -> list[str]:
    """The calls by which a command waits for the disk and gives what it wrote its name, in order, by the system's own account."""
    log = root.parent / "strace"
    subprocess.run(
        ["strace", "-f", "-qq", "-o", log, "-e", "trace=fsync,syncfs,rename,renameat2", *BUILD, *command.split(), "--root", root],
        capture_output=True, check=True,
    )  # fmt: skip
    calls = [line.split(maxsplit=1)[1] for line in log.read_text("utf-8", "replace").splitlines() if "(" in line]
    names = [call.partition("(")[0] for call in calls if "sync" in call or re.search(r"/\.[a-z.0-9]+\.new\"", call)]
    return ["rename" if name.startswith("rename") else name for name in names]


def test_files_are_on_the_disk_before_the_name_and_the_name_after(root: Path) -> None:
    needs("strace")
    for _ in range(2):  # into an empty place, and in exchange
        assert steps_of(root, "build --no-search") == ["syncfs", "rename", "fsync"]
        (root / "seeds/a.txt").write_text("وصلت القوارب إلى الرصيف ظهرا.\n")


def test_an_archive_is_on_the_disk_before_its_name_and_its_digest_after_it(root: Path) -> None:
    needs("strace")
    assert steps_of(root, "archive") == ["fsync", "rename", "fsync"] * 2


def test_an_interrupted_command_ends_without_a_word_too_many(root: Path) -> None:
    script = (
        f"import sys; sys.path.insert(0, {str(ROOT)!r}); from dossier.commands.last_words import end_in_words\n"
        "def work():\n    raise KeyboardInterrupt\nend_in_words(work)"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stderr) == (130, "")


def test_the_module_does_not_take_the_current_folder_for_its_packages(root: Path) -> None:
    (root / "click.py").write_text("raise SystemExit('ran')\n")
    done = subprocess.run(
        [sys.executable, "-m", "dossier", "check"], cwd=root, env={**os.environ, "PYTHONPATH": str(ROOT)},
        capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert (done.returncode, "ran" in done.stderr) == (0, False)
