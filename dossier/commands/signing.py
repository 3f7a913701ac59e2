"""Make keys, and sign what leaves the house: a file, or a published folder by its manifest. Keys never lie in a dossier."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from dossier.commands.copies import open_ordinary
from dossier.commands.options import nearest_dossier
from dossier.engine.manifest import ADDRESS, iter_chunks
from dossier.engine.minisign import (
    LARGEST,
    NotMinisign,
    SecretKey,
    new_key,
    read_secret_key,
    read_signature,
    sign,
    write_public_key,
    write_secret_key,
)
from dossier.engine.places import PRIVATE, in_words
from dossier.engine.write import replacing_file
from dossier.errors import MachineError, WrongUse

SIGNATURE, TOKEN = ".minisig", ".tsr"  # ends of names: a signature beside its file, a time token beside its signature
PUBLIC = ".pub"


def beside_signed(path: Path) -> Path:
    """Return where the signature of a file lies; of a published folder it is that of its manifest."""
    signed = path / ADDRESS.lstrip("/") if path.is_dir() else path
    return signed.with_name(f"{signed.name}{SIGNATURE}")


def token_of(signature: Path) -> Path:
    """Return where the time token of a signature lies."""
    return signature.with_name(f"{signature.name}{TOKEN}")


def make_keys(path: Path, until: str | None, password: str) -> tuple[str, Path]:
    """Write a new key to `path` and its public half beside it, overwriting nothing; return the public key in one line, and where.

    `until` is the last day on which it may sign. Raise WrongUse within a dossier, or where a file is there.
    """
    refuse_within_dossier(path)
    public = path.with_name(f"{path.name}{PUBLIC}")
    for taken in (path, public):
        if os.path.lexists(taken):
            raise WrongUse(f"{taken} is there already and is not overwritten: name another file")
    key = new_key(until)
    with in_words(path):
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        _create(path, write_secret_key(key, password), 0o600)
        _create(public, write_public_key(key.public), 0o644)
    return key.public.text, public


def _create(path: Path, data: bytes, mode: int) -> None:
    with open(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | PRIVATE, mode), "wb") as file:
        file.write(data)


def refuse_within_dossier(path: Path) -> None:
    """Refuse a place for a secret key that lies in a dossier, from where it would be published or passed on. Raise WrongUse."""
    root = nearest_dossier(Path(os.path.realpath(path)).parent)
    if root is not None:
        raise WrongUse(f"{path} lies in the dossier {root}: a secret key is kept elsewhere, as in ~/.minisign/")


def read_small(path: Path) -> bytes:
    """Return the bytes of a key, a signature or a token, a little more than the largest at most. Raise WrongUse."""
    try:
        with open_ordinary(path, follow=True) as file:
            return file.read(LARGEST + 1)
    except OSError as error:
        raise WrongUse(f"{path} cannot be read: {error.strerror or error}") from error


def open_key(path: Path, ask: Callable[[], str]) -> SecretKey:
    """Read a secret key; `ask` is called where it has a password. Raise WrongUse."""
    refuse_within_dossier(path)
    try:
        return read_secret_key(read_small(path), ask)
    except NotMinisign as error:
        raise NotMinisign(f"{path}: {error}") from error


def is_signature(path: Path) -> bool:
    """Tell whether a file is a signature of minisign, which may be replaced by another."""
    try:
        read_signature(read_small(path))
    except WrongUse:
        return False
    return True


def is_token(path: Path) -> bool:
    """Tell whether a file may be a time token: a small sequence of DER."""
    try:
        return read_small(path)[:1] == b"\x30"
    except WrongUse:
        return False


def sign_copy(path: Path, key: SecretKey, moment: int) -> Path:
    """Sign a file, or the manifest of a published folder, and return where the signature lies.

    `moment` is when, in seconds since 1970. A token of an earlier signature goes. Raise WrongUse, MachineError.
    """
    place = beside_signed(path)
    signed = place.with_name(place.name.removesuffix(SIGNATURE))
    if not signed.is_file():
        raise WrongUse(f"{path} holds no {signed.name}: name an archive, another file, or a published folder")
    comment = f"timestamp:{moment}\tfile:{signed.name}\thashed"
    if not comment.replace("\t", "").isprintable():
        raise WrongUse(f"the name of {path} cannot be signed: rename the file")
    try:
        data = sign(iter_chunks(signed), key, comment)
    except OSError as error:
        raise MachineError(f"cannot read {signed}: {error.strerror or error}") from error
    with replacing_file(place, is_signature, stale=(token_of(place),)) as file:
        file.write(data)
    return place
