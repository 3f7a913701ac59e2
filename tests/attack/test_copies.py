"""`verify` is sure or says so: copies made to pass for whole, to lead out, to fill the memory, or to wait for ever."""

from __future__ import annotations

import hashlib
import io
import os
import socket
import stat
import struct
import zipfile
from collections.abc import Callable
from pathlib import Path

import bagit
import pytest

from dossier.commands import copies
from dossier.commands import verify as verifying
from dossier.commands.copies import NotACopy
from dossier.commands.verify import verify
from dossier.engine.manifest import write_manifest
from tests.conftest import run_build

from .bags import PAYLOAD, bag, digests, entry, reasons, write_folder, write_zip


def test_a_whole_bag_passes_as_a_zip_and_as_a_folder(tmp_path: Path) -> None:
    assert verify(write_zip(tmp_path / "a.zip", bag())).whole
    assert verify(write_folder(tmp_path / "a", bag())).whole
    assert verify(write_folder(tmp_path / "b/dossier", bag()).parent).whole


# what it is, the entry that is added to a whole bag, what is said of it
ENTRIES: tuple[tuple[str, zipfile.ZipInfo, str], ...] = (
    ("a name twice", entry("dossier/data/site/index.html"), "stands 2 times"),
    ("a twin by case", entry("dossier/data/site/INDEX.html"), "is the same name as"),
    ("a folder's twin by case", entry("dossier/DATA/site/index.html"), "is the same name as"),
    ("a link", entry("dossier/data/site/a", 0o120777), "is a link"),
    ("a device", entry("dossier/data/site/a", 0o060644), "is a device"),
    ("a pipe", entry("dossier/data/site/a", 0o010644), "is a pipe"),
    ("a file called a folder", entry("dossier/data/site/a/"), "is called a folder"),
    ("a path above", entry("dossier/../../a"), "may lead out"),
    ("two dots at the end", entry("dossier/data/.."), "may lead out"),
    ("a path from the root", entry("/etc/a"), "may lead out"),
    ("a path of a drive", entry("C:/a"), "may lead out"),
    ("a backslash", entry("dossier\\data\\..\\..\\a"), "may lead out"),
    ("an empty step", entry("dossier//a"), "may lead out"),
    ("a step to itself", entry("dossier/./data/site/index.html"), "may lead out"),
    ("a line end", entry("dossier/data/a\nb"), "may lead out"),
    ("an escape", entry("dossier/data/\x1b[31ma"), "may lead out"),
    ("a home", entry("~/a"), "may lead out"),
)


@pytest.mark.parametrize(("info", "said"), [case[1:] for case in ENTRIES], ids=[case[0] for case in ENTRIES])
@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_an_entry_that_is_no_honest_file_is_told_of(info: zipfile.ZipInfo, said: str, tmp_path: Path) -> None:
    found = verify(write_zip(tmp_path / "a.zip", bag(), (info, b"x")))
    assert not found.whole
    assert said in reasons(found)


def test_a_name_with_nul_does_not_pass_for_another(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", bag(), (entry("dossier/data/site/index.htmlXa"), b"x"))
    path.write_bytes(path.read_bytes().replace(b"index.htmlXa", b"index.html\0a"))
    assert not verify(path).whole


def test_an_empty_name_is_told_of(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", bag(), (entry("Q"), b"x"))
    path.write_bytes(path.read_bytes().replace(b"Q", b"\0"))  # the library cuts names at NUL
    found = verify(path)
    assert not found.whole
    assert "may lead out" in reasons(found)


def test_a_twin_by_normal_form_is_told_of(tmp_path: Path) -> None:
    payload = {**PAYLOAD, "data/\u00e9.txt": b"x", "data/e\u0301.txt": b"y"}
    assert "is the same name as" in reasons(verify(write_zip(tmp_path / "a.zip", bag(payload))))
    assert "is the same name as" in reasons(verify(write_folder(tmp_path / "a", bag(payload))))


def prefixed(data: bytes) -> bytes:
    return b"#!/bin/sh\nrm -rf /\n" + data


def suffixed(data: bytes) -> bytes:
    return data + b"PAYLOAD"


def commented(data: bytes) -> bytes:
    return data[:-2] + struct.pack("<H", 5) + b"hello"


def second_zip_behind(data: bytes) -> bytes:
    other = io.BytesIO()
    with zipfile.ZipFile(other, "w") as archive:
        archive.writestr("evil.html", "x")
    return other.getvalue() + data


def gap_before_the_list(data: bytes) -> bytes:
    start = struct.unpack("<L", data[-6:-2])[0]
    return data[:start] + b"hidden" + data[start:-6] + struct.pack("<L", start + 6) + data[-2:]


def gap_behind_the_list(data: bytes) -> bytes:
    return data[:-22] + b"hidden" + data[-22:]


@pytest.mark.parametrize(
    "change", [prefixed, suffixed, commented, second_zip_behind, gap_before_the_list, gap_behind_the_list],
    ids=lambda change: change.__name__,
)  # fmt: skip
def test_bytes_that_belong_to_no_file_are_told_of(change: Callable[[bytes], bytes], tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", bag())
    path.write_bytes(change(path.read_bytes()))
    try:
        found = verify(path)
    except NotACopy:
        return
    assert "belong to no file" in reasons(found)


def test_a_file_with_two_names_is_told_of(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", bag())
    path.write_bytes(path.read_bytes().replace(b"site/index.html", b"site/other.html", 1))  # the list comes last
    found = verify(path)
    assert not found.whole
    assert "has another name before its data than in the list of files" in reasons(found)


def test_two_entries_over_each_other_are_not_read(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", bag())
    data = bytearray(path.read_bytes())
    first = data.index(b"PK\x01\x02")
    second = data.index(b"PK\x01\x02", first + 4)
    data[second + 42 : second + 46] = data[first + 42 : first + 46]
    path.write_bytes(data)
    with pytest.raises(NotACopy, match="lies over another file"):
        verify(path)


def test_a_bomb_is_not_unpacked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MAX_MORE", 1024)
    path = write_zip(tmp_path / "a.zip", bag({**PAYLOAD, "data/x": bytes(10_000_000)}))
    with pytest.raises(NotACopy, match="would unpack to"):
        verify(path)


def test_a_size_that_is_not_what_the_bag_says_is_told_of(tmp_path: Path) -> None:
    for oxum in ("1.1", "99999999999999999999.4"):
        assert "says" in reasons(verify(write_zip(tmp_path / "a.zip", bag(oxum=oxum))))


@pytest.mark.parametrize("path", ["../outside.txt", "/etc/hostname", "data/../../outside.txt", "C:\\x", "..\\x", "~/x"])
def test_nothing_outside_is_listed_or_read(path: str, tmp_path: Path) -> None:
    (tmp_path / "outside.txt").write_bytes(b"x")
    files = bag()
    files["manifest-sha256.txt"] += f"{hashlib.sha256(b'x').hexdigest()}  {path}\n".encode()
    files["tagmanifest-sha256.txt"] = write_manifest(digests({k: v for k, v in files.items() if k in TAGS}))
    found = verify(write_folder(tmp_path / "a", files))
    assert "lies outside" in reasons(found)
    site = {"index.html": b"x"}
    listed = write_manifest({**digests(site), path: "0" * 64})
    assert "lies outside" in reasons(verify(write_folder(tmp_path / "site", {**site, "manifest-sha256.txt": listed})))


TAGS = ("bagit.txt", "bag-info.txt", "manifest-sha256.txt")


def test_unreadable_lists_of_reports_fail_where_there_are_originals(tmp_path: Path) -> None:
    for number, broken in enumerate((b"{", b"[]", b'{"reports": 1}', b"\xff", b"[" * 100_000, b'{"reports": [1]}')):
        found = verify(write_folder(tmp_path / str(number), bag({**PAYLOAD, "data/site/dossier.json": broken})))
        assert "cannot be told" in reasons(found)
    without = {path: data for path, data in PAYLOAD.items() if path != "data/site/dossier.json"}
    assert "cannot be told" in reasons(verify(write_folder(tmp_path / "none", bag(without))))


def upper(line: str) -> str:
    digest, _, path = line.partition("  ")
    return f"{digest.upper()}  {path}"


def starred(line: str) -> str:
    return line.replace("  ", " *", 1)


def single(line: str) -> str:
    return line.replace("  ", " ", 1)


def tabbed(line: str) -> str:
    return line.replace("  ", "\t", 1)


@pytest.mark.parametrize("change", [upper, starred, single, tabbed], ids=lambda change: change.__name__)
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_valid_bags_of_others_pass(change: Callable[[str], str], end: str, tmp_path: Path) -> None:
    files = bag()
    lines = files["manifest-sha256.txt"].decode().splitlines()
    files["manifest-sha256.txt"] = "".join(change(line) + end for line in lines).encode()
    del files["tagmanifest-sha256.txt"]
    found = verify(write_folder(tmp_path / "a", files))
    assert found.whole
    assert found.unproven == ("bag-info.txt", "bagit.txt", "manifest-sha256.txt")


def test_a_bag_of_the_library_of_congress_passes(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "bag", {"a b.txt": b"x", "deep/100%.txt": b"y", "نص.txt": b"z"})
    bagit.make_bag(str(folder), checksums=["sha256", "sha512"])
    assert verify(folder).whole


def test_a_bag_with_weak_sums_alone_is_not_called_whole(tmp_path: Path) -> None:
    folder = write_folder(tmp_path / "bag", {"a.txt": b"x"})
    bagit.make_bag(str(folder), checksums=["md5"])
    with pytest.raises(NotACopy, match="cannot be told"):
        verify(folder)


def pipe(path: Path) -> None:
    os.mkfifo(path)


def device(path: Path) -> None:
    os.mknod(path, stat.S_IFCHR | 0o666, os.makedev(1, 5))  # endless zeros


def tie(path: Path) -> None:
    path.symlink_to("/dev/zero")


def plug(path: Path) -> None:
    with socket.socket(socket.AF_UNIX) as opened:
        opened.bind(str(path))


@pytest.mark.parametrize("make", [pipe, device, tie, plug], ids=lambda make: make.__name__)
@pytest.mark.parametrize(
    "name", ["data/site/index.html", "data/site/more", "bagit.txt", "bag-info.txt", "manifest-sha256.txt"]
)
def test_nothing_that_blocks_is_opened(
    make: Callable[[Path], None], name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    root = write_folder(tmp_path / "a", bag())
    (root / name).unlink(missing_ok=True)
    monkeypatch.chdir((root / name).parent)  # the path of a socket is short
    try:
        make(Path(Path(name).name))
    except PermissionError:
        pytest.skip("only the superuser makes devices")
    try:
        found = verify(root)
    except NotACopy:
        return
    assert f"{name}: is a" in reasons(found)


@pytest.mark.parametrize("make", [pipe, device, tie], ids=lambda make: make.__name__)
def test_what_blocks_is_no_archive_and_no_digest_of_one(make: Callable[[Path], None], tmp_path: Path) -> None:
    make(tmp_path / "a.zip")
    with pytest.raises(NotACopy, match="cannot be read"):
        verify(tmp_path / "a.zip")
    whole = write_zip(tmp_path / "b.zip", bag())
    make(tmp_path / "b.zip.sha256")
    assert verify(whole).whole


def test_an_archive_is_held_against_the_digest_beside_it(tmp_path: Path) -> None:
    whole = write_zip(tmp_path / "a.zip", bag())
    beside = tmp_path / "a.zip.sha256"
    beside.write_bytes(write_manifest({"a.zip": hashlib.sha256(whole.read_bytes()).hexdigest()}))
    assert verify(whole).whole
    for other in (
        write_manifest({"a.zip": "0" * 64}),
        write_manifest({"b.zip": "0" * 64}),
        b"notes of mine\n",
        b"\xff",
    ):
        beside.write_bytes(other)
        assert verify(whole).changed == ("a.zip",)


def test_originals_that_block_are_said_and_not_waited_for(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "a", bag())
    (tmp_path / "originals").mkdir()
    os.mkfifo(tmp_path / "originals/b.txt")
    assert verify(root, tmp_path / "originals").unproven == (str(tmp_path / "originals/b.txt"),)


def test_files_without_number_are_a_sentence(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(copies, "MAX_FILES", 5)
    for copy in (write_zip(tmp_path / "a.zip", bag()), write_folder(tmp_path / "a", bag())):
        with pytest.raises(NotACopy, match="holds more than 5 files"):
            verify(copy)


def test_a_manifest_of_four_gigabytes_is_a_sentence(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "a", {"manifest-sha256.txt": b""})
    with (root / "manifest-sha256.txt").open("wb") as file:
        file.truncate(4 * 1024**3)
    with pytest.raises(NotACopy, match="larger than"):
        verify(root)


def test_folders_without_end_are_a_sentence(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "a", bag())
    here = os.open(root / "data", os.O_RDONLY)
    for _ in range(1200):
        os.mkdir("d", dir_fd=here)
        deeper = os.open("d", os.O_RDONLY, dir_fd=here)
        os.close(here)
        here = deeper
    os.close(here)
    found = verify(root)
    os.system(f"rm -rf {root}")  # the library's own way recurses
    assert "lies deeper than 64 folders" in reasons(found)


def test_encrypted_and_strangely_packed_entries_are_sentences(tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", bag())
    good = path.read_bytes()
    start = good.index(b"PK\x01\x02")
    for offset, value, said in ((8, b"\x01\x00", "is encrypted"), (10, b"\x63\x00", "is packed in a way")):
        data = bytearray(good)
        data[start + offset : start + offset + 2] = value
        path.write_bytes(data)
        found = verify(path)
        assert said in reasons(found)
        assert found.changed == ("data/site/index.html",)


def test_a_name_cannot_forge_the_verdict(tmp_path: Path) -> None:
    forged = f"data/x\n{tmp_path}: 9 files, all as they were"
    root = write_folder(tmp_path / "a", {path: data for path, data in bag().items() if path != "data/seeds/a.txt"})
    (root / forged).parent.mkdir(parents=True, exist_ok=True)
    (root / forged).write_bytes(b"")
    (root / "data/\u202egpj.exe").write_bytes(b"")
    (root / os.fsdecode(b"data/\xff")).write_bytes(b"")
    (root / "data/site/y\nz: 9 files, all as they were").symlink_to("index.html")
    copy = root.rename(tmp_path / "b\nc: 9 files, all as they were")
    done = run_build("verify", str(copy))
    assert done.returncode == 1
    told = ("missing: ", "changed: ", "added: ", "refused: ")
    [verdict] = [line for line in done.stdout.splitlines() if not line.startswith(told)]
    assert verdict.endswith("NOT as they were")
    assert "\\u202egpj.exe" in done.stdout and "\\udcff" in done.stdout


@pytest.mark.parametrize("kind", ["folder", "zip"])
def test_the_name_of_what_is_no_copy_forges_no_verdict_either(kind: str, tmp_path: Path) -> None:
    path = tmp_path / "a\nb: 9 files, all as they were\n"
    path.mkdir() if kind == "folder" else path.write_bytes(b"PK")
    done = run_build("verify", str(path))
    assert (done.returncode, done.stdout) == (2, "")
    [line] = done.stderr.splitlines()
    assert line.startswith("error: ")


@pytest.mark.parametrize("part", range(0, 100, 9))
def test_a_damaged_zip_is_never_called_whole(part: int, tmp_path: Path) -> None:
    path = write_zip(tmp_path / "a.zip", bag())
    data = bytearray(path.read_bytes())
    data[len(data) * part // 100] ^= 0x10
    path.write_bytes(data)
    try:
        found = verify(path)
    except NotACopy:
        return
    # a time or a version of an entry may be another: of the files themselves nothing is
    if found.whole:
        with zipfile.ZipFile(path) as archive:
            assert {name.removeprefix("dossier/"): archive.read(name) for name in archive.namelist()} == bag()


def test_limits_are_not_reached_by_a_dossier_of_any_size() -> None:
    assert verifying.LARGEST_LIST > 100 * 300_000  # bytes: a line for each file of 100,000 reports
