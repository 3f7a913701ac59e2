"""The archive and its proof: the same bytes each time, a valid bag, every kind of damage found, and no network needed."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import bagit
import pytest

from tests.conftest import ROOT, run_build

EARLY, LATE = "1500000000", "1600000000"


def make_dossier(root: Path, original: bytes = b"") -> Path:
    """A tiny dossier, with one original if there is one."""
    (root / "content/reports").mkdir(parents=True)
    (root / "seeds/originals").mkdir(parents=True)
    (root / "content/dossier.yaml").write_text("title: ملف الميناء\npublisher: دار\n", "utf-8")
    (root / "seeds/a.txt").write_text("وصلت القوارب إلى الرصيف فجرا.", "utf-8")
    head = f"original: {{sha256: {hashlib.sha256(original).hexdigest()}}}\n" if original else ""
    (root / "content/reports/a.md").write_text(f"---\ntitle: القوارب\nseed: a.txt\n{head}---\n", "utf-8")
    if original:
        (root / "seeds/originals/copy.txt").write_bytes(original)
    return root


def archive(root: Path, out: Path, *args: str, moment: str = EARLY) -> Path:
    command = [sys.executable, str(ROOT / "build.py"), "archive", "--root", str(root), "--out", str(out), *args]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "SOURCE_DATE_EPOCH": moment}
    )
    assert done.returncode == 0, done.stderr
    return out


def unpacked(path: Path, folder: Path) -> Path:
    with zipfile.ZipFile(path) as file:
        file.extractall(folder)
    return folder / "dossier"


@pytest.fixture(scope="module")
def packed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("packed")
    return archive(make_dossier(folder / "root"), folder / "a.zip")


def test_the_same_dossier_in_another_folder_gives_the_same_bytes(packed: Path, tmp_path: Path) -> None:
    other = archive(make_dossier(tmp_path / "elsewhere"), tmp_path / "deep/b.zip")
    assert other.read_bytes() == packed.read_bytes()


def test_another_source_date_is_all_that_dates_it(packed: Path, tmp_path: Path) -> None:
    later = archive(make_dossier(tmp_path / "root"), tmp_path / "b.zip", moment=LATE)
    assert later.read_bytes() != packed.read_bytes()
    with zipfile.ZipFile(later) as new, zipfile.ZipFile(packed) as old:
        assert {entry.date_time for entry in new.infolist()} == {(2020, 9, 13, 12, 26, 40)}
        changed = {n.removeprefix("dossier/") for n in new.namelist() if new.read(n) != old.read(n)}
    manifests = {f"{kind}-{name}.txt" for kind in ("manifest", "tagmanifest") for name in ("sha256", "sha512")}
    assert changed == {"bag-info.txt", "data/ro-crate-metadata.json", *manifests}


def test_the_library_of_congress_finds_the_bag_valid(packed: Path, tmp_path: Path) -> None:
    bag = bagit.Bag(str(unpacked(packed, tmp_path)))
    assert bag.validate()
    assert bag.version == "1.0"
    assert sorted(bag.algorithms) == ["sha256", "sha512"]
    assert bag.info["Originals"].startswith("none")


def test_originals_come_only_when_asked_for_and_are_named(tmp_path: Path) -> None:
    root = make_dossier(tmp_path / "root", original="نص المقال كما نشر.".encode())
    without, with_them = (
        archive(root, tmp_path / "a.zip"),
        archive(root, tmp_path / "b.zip", "--originals", str(root / "seeds/originals")),
    )
    with zipfile.ZipFile(without) as file:
        assert not [name for name in file.namelist() if "originals" in name]
    with zipfile.ZipFile(with_them) as file:
        assert "dossier/data/seeds/originals/copy.txt" in file.namelist()
        assert "copy.txt" in file.read("dossier/bag-info.txt").decode()
    assert run_build("verify", str(with_them)).returncode == 0


def test_a_wrong_source_date_is_wrong_use(tmp_path: Path) -> None:
    root = make_dossier(tmp_path / "root")
    command = [sys.executable, str(ROOT / "build.py"), "archive", "--root", str(root)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "SOURCE_DATE_EPOCH": "yesterday"}
    )
    assert done.returncode == 2
    assert "SOURCE_DATE_EPOCH" in done.stderr


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[len(data) // 2] ^= 1
    path.write_bytes(data)


@pytest.mark.parametrize("place", ["data/seeds/a.txt", "data/site/index.html", "bag-info.txt", "manifest-sha512.txt"])
def test_a_flipped_bit_in_an_unpacked_archive_is_found(packed: Path, tmp_path: Path, place: str) -> None:
    bag = unpacked(packed, tmp_path)
    flip(bag / place)
    done = run_build("verify", str(bag))
    assert done.returncode in (1, 2), done.stdout  # 2 where the manifest itself can no longer be read
    assert place in done.stdout + done.stderr


def test_missing_and_added_files_are_found(packed: Path, tmp_path: Path) -> None:
    bag = unpacked(packed, tmp_path)
    (bag / "data/site/index.html").unlink()
    (bag / "data/site/new.html").write_text("x")
    (bag / "note.txt").write_text("x")
    done = run_build("verify", str(bag))
    assert done.returncode == 1
    assert set(done.stdout.splitlines()[:-1]) == {
        "missing: data/site/index.html",
        "added: data/site/new.html",
        "added: note.txt",
    }


@pytest.mark.parametrize("beside", [True, False])
def test_a_flipped_byte_of_the_zip_is_found(packed: Path, tmp_path: Path, beside: bool) -> None:
    """By the files in it where the byte is one of a file, and wherever it is by the digest that lies beside the ZIP."""
    data, damaged = packed.read_bytes(), tmp_path / packed.name
    with zipfile.ZipFile(packed) as file:
        entries = [entry for entry in file.infolist() if entry.compress_size > 100]
    places = [entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2 for entry in entries[::4]]
    if beside:
        shutil.copy(f"{packed}.sha256", tmp_path)
        places += [10, len(data) - 30]
    for place in places:
        damaged.write_bytes(data[:place] + bytes([data[place] ^ 4]) + data[place + 1 :])
        assert run_build("verify", str(damaged)).returncode in (1, 2), place
    damaged.write_bytes(data)
    assert run_build("verify", str(damaged)).returncode == 0


def test_a_zip_with_a_file_more_or_less_is_found(packed: Path, tmp_path: Path) -> None:
    more, less = tmp_path / "more.zip", tmp_path / "less.zip"
    shutil.copy(packed, more)
    with zipfile.ZipFile(more, "a") as file:
        file.writestr("dossier/data/site/extra.html", "x")
        file.writestr("beside.txt", "x")
    with zipfile.ZipFile(packed) as old, zipfile.ZipFile(less, "w") as new:
        for entry in old.infolist():
            if entry.filename != "dossier/data/site/search/index.html":
                new.writestr(entry, old.read(entry))
    assert "added: ../beside.txt\nadded: data/site/extra.html" in run_build("verify", str(more)).stdout
    done = run_build("verify", str(less))
    assert (done.returncode, done.stdout.splitlines()[0]) == (1, "missing: data/site/search/index.html")


def test_a_published_folder_proves_itself(tmp_path: Path) -> None:
    original = "نص المقال كما نشر.".encode()
    root = make_dossier(tmp_path / "root", original)
    assert run_build("--root", str(root)).returncode == 0
    site = root / "public"
    assert run_build("verify", str(site), "--originals", str(root / "seeds/originals")).returncode == 0
    check = subprocess.run(
        ["sha256sum", "--quiet", "-c", "manifest-sha256.txt"], cwd=site, capture_output=True, text=True, check=False
    )
    assert (check.returncode, check.stdout) == (0, "")
    flip(site / "index.html")
    flip(root / "seeds/originals/copy.txt")
    done = run_build("verify", str(site), "--originals", str(root / "seeds/originals"))
    assert done.returncode == 1
    assert done.stdout.startswith("changed: index.html\nunknown original:")


def test_what_is_no_copy_is_wrong_use(tmp_path: Path) -> None:
    assert run_build("verify", str(tmp_path)).returncode == 2
    (tmp_path / "x.zip").write_bytes(b"PK no zip")
    assert run_build("verify", str(tmp_path / "x.zip")).returncode == 2


def test_build_archive_and_verify_need_no_network(tmp_path: Path) -> None:
    root = make_dossier(tmp_path / "root")
    build = f"{sys.executable} {ROOT / 'build.py'}"
    script = f"""set -e
    ip link set lo up 2>/dev/null || true
    ! timeout 2 bash -c 'exec 3<>/dev/tcp/192.0.2.1/80' 2>/dev/null
    {build} build --root {root}
    {build} check --root {root}
    {build} archive --root {root}
    {build} verify {root}/dist/dossier.zip
    {build} verify {root}/public"""
    alone = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
    if not shutil.which("unshare") or subprocess.run([*alone, "true"], check=False, capture_output=True).returncode:
        pytest.fail(
            "an empty network cannot be made here: util-linux is missing, or the kernel forbids user namespaces"
        )
    done = subprocess.run([*alone, "bash", "-c", script], capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_folder_where_one_stands_is_checked_too(site: Path) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "build.py"), "verify", "."], cwd=site, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert "all as they were" in done.stdout
