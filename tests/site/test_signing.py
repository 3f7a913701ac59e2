"""Keys, signatures and time tokens: made here and checked by others, made by others and checked here, and all that is refused."""

from __future__ import annotations

import base64
import datetime
import hashlib
import os
import shutil
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import minisign
import pytest
import yaml

from dossier.engine.minisign import (
    NotMinisign,
    WrongPassword,
    new_key,
    public_key_of,
    read_public_key,
    read_secret_key,
    write_public_key,
    write_secret_key,
)
from tests.conftest import ROOT

NO_PASSWORD = str
TEXT = "الفقرة الأولى: قال المصدر إن اللقاء كان في عمان.\n"


def run(*args: object, **env: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, str(ROOT / "build.py"), *map(str, args)]
    return subprocess.run(command, capture_output=True, text=True, check=False, env={**os.environ, **env})


def good(*args: object, **env: str) -> str:
    done = run(*args, **env)
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def refused(*args: object, **env: str) -> str:
    done = run(*args, **env)
    assert done.returncode == 1, done.stdout + done.stderr
    assert "NOT as they were" in done.stdout
    return done.stdout


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with two keys, `key` and `other`, and a small dossier."""
    folder = tmp_path_factory.mktemp("signing")
    for name in ("key", "other"):
        good("keygen", folder / name, "--no-password")
    dossier = folder / "dossier"
    shutil.copytree(ROOT / "tests/invalid/base", dossier)
    line = (folder / "key.pub").read_text().splitlines()[1]
    settings = dossier / "content/dossier.yaml"
    settings.write_text(
        f'{settings.read_text("utf-8")}\nkeys:\n  - {{key: {line}, since: "2026-11-26", note: مفتاح المكتب}}\n'
    )
    good(
        "archive",
        "--root",
        dossier,
        "--out",
        folder / "made/dossier.zip",
        "--sign",
        folder / "key",
        SOURCE_DATE_EPOCH="1790000000",
    )
    return folder


@pytest.fixture
def copy(folder: Path, tmp_path: Path) -> Iterator[Path]:
    """The signed archive, with what lies beside it."""
    for path in (folder / "made").iterdir():
        if path.is_file():
            shutil.copy(path, tmp_path)
    yield tmp_path / "dossier.zip"


def swap(copy: Path) -> None:
    """Put another ZIP in its place, sound in itself, with the checksum that fits it."""
    other = copy.parent / "other"
    shutil.copytree(ROOT / "tests/invalid/base", other)
    settings = other / "content/dossier.yaml"
    settings.write_text(settings.read_text("utf-8").replace("title: ", "title: نسخة من غيرنا عن ", 1), "utf-8")
    good("archive", "--root", other, "--out", other / "dist/dossier.zip")
    for path in (other / "dist").glob("dossier.zip*"):
        shutil.copy(path, copy.parent)


def test_an_archive_is_signed_and_an_independent_minisign_agrees(folder: Path, copy: Path) -> None:
    key = minisign.PublicKey.from_file(folder / "key.pub")
    signature = minisign.Signature.from_file(f"{copy}.minisig")
    key.verify(copy.read_bytes(), signature)
    assert signature.trusted_comment == "timestamp:1790000000\tfile:dossier.zip\thashed"
    said = good("verify", copy, "--key", folder / "key.pub")
    assert f"signed with the key {read_public_key((folder / 'key.pub').read_bytes()).name}, 2026-09-21" in said


def test_what_an_independent_minisign_signs_is_accepted(folder: Path, copy: Path) -> None:
    pair = minisign.KeyPair.generate()
    (copy.parent / "their.pub").write_bytes(bytes(pair.public_key))
    with copy.open("rb") as file:
        signature = pair.secret_key.sign(file)
    Path(f"{copy}.minisig").write_bytes(bytes(signature))
    assert "signed with the key" in good("verify", copy, "--key", copy.parent / "their.pub")


def test_our_secret_key_signs_with_an_independent_minisign(folder: Path, copy: Path) -> None:
    secret = minisign.SecretKey.from_file(folder / "key")
    Path(f"{copy}.minisig").write_bytes(bytes(secret.sign(copy.read_bytes(), trusted_comment="by hand")))
    assert "all as they were" in good("verify", copy, "--key", folder / "key.pub")


def test_a_swapped_zip_with_its_own_checksum_is_refused(folder: Path, copy: Path) -> None:
    swap(copy)
    assert "all as they were" in good("verify", copy), "the checksum alone does not tell"
    assert "dossier.zip is not what was signed" in refused("verify", copy, "--key", folder / "key.pub")


def test_a_swapped_checksum_is_refused(folder: Path, copy: Path) -> None:
    Path(f"{copy}.sha256").write_text(f"{hashlib.sha256(b'other').hexdigest()}  dossier.zip\n")
    assert "changed: dossier.zip" in refused("verify", copy, "--key", folder / "key.pub")


def test_another_key_is_refused_and_one_of_several_is_enough(folder: Path, copy: Path) -> None:
    assert "none of the keys given is that" in refused("verify", copy, "--key", folder / "other.pub")
    good("verify", copy, "--key", folder / "other.pub", "--key", folder / "key.pub")


def test_a_swapped_key_under_the_same_name_is_refused(folder: Path, copy: Path) -> None:
    ours = read_public_key((folder / "key.pub").read_bytes())
    theirs = public_key_of(base64.b64encode(b"Ed" + ours.identity + new_key(None).public.raw).decode())
    forged = copy.parent / "forged.pub"
    forged.write_bytes(write_public_key(theirs))
    assert "is not what was signed" in refused("verify", copy, "--key", forged)


def test_an_unsigned_copy_is_refused_where_a_key_is_given(folder: Path, copy: Path) -> None:
    Path(f"{copy}.minisig").unlink()
    assert "there is no signature" in refused("verify", copy, "--key", folder / "key.pub")


@pytest.mark.parametrize("length", [0, 1, 40, 100, 150, 200, 250, 300])
def test_a_truncated_signature_is_refused(folder: Path, copy: Path, length: int) -> None:
    path = Path(f"{copy}.minisig")
    path.write_bytes(path.read_bytes()[:length])
    assert "refused: dossier.zip.minisig: " in refused("verify", copy, "--key", folder / "key.pub")


def test_a_changed_trusted_comment_is_refused(folder: Path, copy: Path) -> None:
    path = Path(f"{copy}.minisig")
    path.write_bytes(path.read_bytes().replace(b"timestamp:1790000000", b"timestamp:1780000000"))
    assert "is not what was signed" in refused("verify", copy, "--key", folder / "key.pub")


def test_an_old_way_of_signing_is_refused_with_what_to_do(folder: Path, copy: Path) -> None:
    path = Path(f"{copy}.minisig")
    lines = path.read_text().split("\n")
    lines[1] = base64.b64encode(b"Ed" + base64.b64decode(lines[1])[2:]).decode()
    path.write_text("\n".join(lines))
    assert "sign anew" in refused("verify", copy, "--key", folder / "key.pub")


def test_a_key_that_ended_is_refused_by_its_date_and_by_today(tmp_path: Path) -> None:
    yesterday = datetime.datetime.now(datetime.UTC) - datetime.timedelta(days=2)
    paper = tmp_path / "manifest-sha256.txt"
    (tmp_path / "dossier.json").write_text('{"reports": []}')
    paper.write_text(f"{hashlib.sha256((tmp_path / 'dossier.json').read_bytes()).hexdigest()}  dossier.json\n")
    keys = tmp_path.with_name(f"{tmp_path.name}-keys")
    good("keygen", keys / "k", "--no-password", "--until", yesterday.date().isoformat())
    good("sign", tmp_path, "--key", keys / "k")
    assert "and this was signed on" in refused("verify", tmp_path, "--key", keys / "k.pub")
    good("sign", tmp_path, "--key", keys / "k", SOURCE_DATE_EPOCH="1500000000")
    assert "nothing proves that it signed before" in refused("verify", tmp_path, "--key", keys / "k.pub")


def test_a_published_folder_is_signed_by_its_manifest_and_replaced_by_the_next_build(
    folder: Path, tmp_path: Path
) -> None:
    public = tmp_path / "public"
    good("build", "--root", folder / "dossier", "--out", public)
    assert good("sign", public, "--key", folder / "key").endswith("manifest-sha256.txt.minisig\n")
    assert "not checked" in good("verify", public)
    assert "not checked" not in good("verify", public, "--key", folder / "key.pub")
    listed, robots = (public / "manifest-sha256.txt").read_text("utf-8"), (public / "robots.txt").read_bytes()
    (public / "robots.txt").write_bytes(b"other")
    swapped = listed.replace(hashlib.sha256(robots).hexdigest(), hashlib.sha256(b"other").hexdigest())
    (public / "manifest-sha256.txt").write_text(swapped, "utf-8")
    good("verify", public)
    assert "manifest-sha256.txt is not what was signed" in refused("verify", public, "--key", folder / "key.pub")
    good("build", "--root", folder / "dossier", "--out", public)
    assert not (public / "manifest-sha256.txt.minisig").exists()


def test_a_new_archive_removes_the_signature_of_the_old(folder: Path, copy: Path) -> None:
    good("archive", "--root", folder / "dossier", "--out", copy)
    assert not Path(f"{copy}.minisig").exists()


def test_what_is_no_signature_is_not_overwritten(folder: Path, copy: Path) -> None:
    Path(f"{copy}.minisig").write_text("my notes")
    done = run("sign", copy, "--key", folder / "key")
    assert done.returncode == 2
    assert Path(f"{copy}.minisig").read_text() == "my notes"


def test_the_same_inputs_give_the_same_signature(folder: Path, copy: Path) -> None:
    before = Path(f"{copy}.minisig").read_bytes()
    good("sign", copy, "--key", folder / "key", SOURCE_DATE_EPOCH="1790000000")
    assert Path(f"{copy}.minisig").read_bytes() == before


def test_keys_are_private_and_never_overwritten(folder: Path) -> None:
    assert stat.S_IMODE((folder / "key").stat().st_mode) == 0o600
    before = (folder / "key").read_bytes()
    assert run("keygen", folder / "key", "--no-password").returncode == 2
    assert (folder / "key").read_bytes() == before


def test_a_key_lies_in_no_dossier(folder: Path) -> None:
    for place in (folder / "dossier/key", folder / "dossier/content/reports/key"):
        done = run("keygen", place, "--no-password")
        assert (done.returncode, place.exists()) == (2, False)
        assert "a secret key is kept elsewhere" in done.stderr
    shutil.copy(folder / "key", folder / "dossier/stray")
    done = run("sign", folder / "made/dossier.zip", "--key", folder / "dossier/stray")
    (folder / "dossier/stray").unlink()
    assert done.returncode == 2


def test_keys_stand_in_the_settings_and_on_the_page(folder: Path, tmp_path: Path) -> None:
    good("build", "--root", folder / "dossier", "--out", tmp_path / "public")
    page = (tmp_path / "public/integrity/index.html").read_text("utf-8")
    key = read_public_key((folder / "key.pub").read_bytes())
    assert key.text in page
    assert key.name in page
    assert "مفتاح المكتب" in page
    assert yaml.safe_load((folder / "dossier/content/dossier.yaml").read_text("utf-8"))["keys"][0]["key"] == key.text


def test_a_password_hides_a_key_as_minisign_hides_it(tmp_path: Path) -> None:
    key = new_key("2030-01-31")
    hidden = write_secret_key(key, "كلمة سر")
    assert key.seed not in base64.b64decode(hidden.splitlines()[1])
    assert read_secret_key(hidden, lambda: "كلمة سر") == key
    with pytest.raises(WrongPassword):
        read_secret_key(hidden, lambda: "كلمة سرّ")
    theirs = minisign.SecretKey.from_bytes(hidden)
    theirs.decrypt("كلمة سر")
    ours = minisign.PublicKey.from_bytes(write_public_key(key.public))
    ours.verify(TEXT.encode(), theirs.sign(TEXT.encode()))


def test_a_key_that_asks_for_all_memory_is_refused() -> None:
    lines = write_secret_key(new_key(None), "").decode().split("\n")
    raw = bytearray(base64.b64decode(lines[1]))
    raw[2:4] = b"Sc"
    raw[38:54] = b"\xff" * 16
    with pytest.raises(NotMinisign, match="more time or memory"):
        read_secret_key(f"{lines[0]}\n{base64.b64encode(bytes(raw)).decode()}\n".encode(), lambda: "x")


@pytest.fixture(scope="module")
def authority(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """An authority of time of our own, made with openssl."""
    folder = tmp_path_factory.mktemp("authority")
    (folder / "tsa.cnf").write_text(
        "[tsa]\ndefault_tsa=t\n[t]\nserial=serial\nsigner_cert=tsa.pem\nsigner_key=tsa.key\n"
        "default_policy=1.2.3.4.1\ndigests=sha256,sha512\nsigner_digest=sha256\nordering=yes\ntsa_name=no\ness_cert_id_alg=sha256\n"
        "[ext]\nbasicConstraints=critical,CA:FALSE\nkeyUsage=critical,digitalSignature\nextendedKeyUsage=critical,timeStamping\n"
        "subjectKeyIdentifier=hash\nauthorityKeyIdentifier=keyid\n"
    )
    (folder / "serial").write_text("01\n")
    for line in (
        "req -x509 -newkey rsa:2048 -nodes -keyout root.key -out root.pem -days 3650 -subj /CN=root",
        "req -newkey rsa:2048 -nodes -keyout tsa.key -out tsa.csr -subj /CN=tsa",
        "x509 -req -in tsa.csr -CA root.pem -CAkey root.key -CAcreateserial -out tsa.pem -days 3650 -extfile tsa.cnf -extensions ext",
        "req -x509 -newkey rsa:2048 -nodes -keyout else.key -out else.pem -days 3650 -subj /CN=else",
    ):
        openssl(folder, line)
    return folder


def openssl(folder: Path, line: str) -> None:
    done = subprocess.run(["openssl", *line.split()], cwd=folder, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr


def stamp(authority: Path, signature: Path) -> Path:
    token = Path(f"{signature}.tsr")
    openssl(authority, f"ts -query -data {signature} -sha512 -cert -out q.tsq")
    openssl(authority, f"ts -reply -config tsa.cnf -section t -queryfile q.tsq -out {token}")
    return token


def test_a_time_token_from_elsewhere_is_checked_without_a_network(folder: Path, copy: Path, authority: Path) -> None:
    stamp(authority, Path(f"{copy}.minisig"))
    said = good("verify", copy, "--key", folder / "key.pub", "--authority", authority / "root.pem")
    assert f"there by {datetime.datetime.now(datetime.UTC):%Y-%m-%d}" in said
    assert "not checked: name its authority" in good("verify", copy, "--key", folder / "key.pub")


def test_a_token_of_something_else_of_another_or_of_nobody_is_refused(
    folder: Path, copy: Path, authority: Path
) -> None:
    token = stamp(authority, Path(f"{copy}.minisig"))
    key = ("--key", folder / "key.pub", "--authority")
    refused("verify", copy, *key, authority / "else.pem")
    sound = token.read_bytes()
    for damaged in (sound[:-1], sound[:200], b"", b"no token", sound[:-40] + bytes(40)):
        token.write_bytes(damaged)
        assert "its time token is refused" in refused("verify", copy, *key, authority / "root.pem")
    token.write_bytes(stamp(authority, Path(f"{copy}.sha256")).read_bytes())
    refused("verify", copy, *key, authority / "root.pem")
    token.unlink()
    assert "when it was made is not proved" in refused("verify", copy, *key, authority / "root.pem")


def test_a_token_proves_that_a_key_signed_before_it_ended(authority: Path, tmp_path: Path) -> None:
    from dossier.commands.proving import prove

    keys, paper = tmp_path / "keys", tmp_path / "paper.txt"
    paper.write_text(TEXT)
    today = datetime.datetime.now(datetime.UTC)
    good("keygen", keys / "k", "--no-password", "--until", (today + datetime.timedelta(days=1)).date().isoformat())
    good("sign", paper, "--key", keys / "k")
    stamp(authority, Path(f"{paper}.minisig"))
    later = today + datetime.timedelta(days=400)
    assert prove(paper, [keys / "k.pub"], [], later).faults
    proof = prove(paper, [keys / "k.pub"], [authority / "root.pem"], later)
    assert not proof.faults
    assert len(proof.lines) == 2
