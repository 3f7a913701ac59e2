"""Keep a run's results on disk for the next: in the user's own cache folder, never below a dossier.

What is kept is a pickle, which can run code when it is loaded: so it may only ever come from this user's own runs. Each file
carries a digest of its content and the key of what made it (code, packages, Python); one that is damaged or of another key is as
good as none.
"""

from __future__ import annotations

import hashlib
import os
import sys
from collections.abc import Hashable, Iterator, Mapping
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import IO

from dossier.engine.memo import Memo
from dossier.engine.packing import pack_into, unpack
from dossier.errors import WrongUse

PLACE = "DOSSIER_CACHE"  # the variable that names another folder, such as one that a host keeps between builds
Step = Mapping[Hashable, object]


def cache_folder(root: Path) -> Path:
    """Return the folder for what is kept of the dossier at `root`: one for each real path. Raise WrongUse below the root."""
    from platformdirs import user_cache_path

    real = Path(os.path.realpath(root))
    named = os.environ.get(PLACE)
    place = Path(os.path.realpath(named)) if named else user_cache_path("dossier", appauthor=False)
    if place == real or real in place.parents:
        raise WrongUse(
            f"{PLACE} names a folder inside the dossier: what is kept there could be the dossier's own; name one outside"
        )
    return place / hashlib.sha256(os.fsencode(real)).hexdigest()[:20]


@cache
def code_digest() -> str:
    """Return the SHA-256 over the package's own files."""
    digest = hashlib.sha256()
    folder = Path(__file__).parent.parent  # the whole package, not this room
    for path in sorted(folder.rglob("*.py")):
        digest.update(path.relative_to(folder).as_posix().encode() + b"\0" + path.read_bytes() + b"\0")
    return digest.hexdigest()


@cache
def build_key() -> str:
    """Return a digest of all that a result depends on beside its input: our code, the installed packages, Python itself."""
    packages = sorted(
        name for place in sys.path for name in _listed(place) if name.endswith((".dist-info", ".egg-info"))
    )
    return hashlib.sha256(repr((code_digest(), packages, sys.version)).encode()).hexdigest()


def _listed(folder: str) -> list[str]:
    try:
        return os.listdir(folder or ".")
    except OSError:
        return []


class Cache(Mapping[str, Step]):
    """What the last run kept, by step, loaded when it is asked for. Steps of one name before a slash share a file."""

    def __init__(self, root: Path) -> None:
        self._folder = cache_folder(root)
        self._loaded: dict[str, dict[str, Step]] = {}

    def __getitem__(self, step: str) -> Step:
        return self._load(_file_of(step))[step]

    def __iter__(self) -> Iterator[str]:
        for name in sorted(path.name for path in self._files()):
            yield from self._load(name)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def memo(self) -> Memo:
        """Return a memo that takes up what was kept."""
        return Memo(self)

    def save(self, memo: Memo, *, but: str = "") -> None:
        """Keep what a run asked for; in silence where the folder cannot be written.

        Files of steps that did not change stay, and in a file that is written anew the steps that were not asked for. `but` is a
        step whose file stays as it is in any case.
        """
        files: dict[str, list[str]] = {}
        for step in memo.results:
            if _file_of(step) != _file_of(but):
                files.setdefault(_file_of(step), []).append(step)
        with suppress(OSError):
            self._folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            self._clear_leftovers()
            for name, steps in files.items():
                if not all(memo.is_unchanged(step) for step in steps):
                    others = {} if steps == [name] else self._load(name)  # a step without a slash is alone
                    self._write(name, {**others, **{step: memo.results[step] for step in steps}})

    def _files(self) -> list[Path]:
        with suppress(OSError):
            return [path for path in self._folder.iterdir() if "." not in path.name]
        return []

    def _load(self, name: str) -> dict[str, Step]:
        if name not in self._loaded:
            self._loaded[name] = _read(self._folder / name)
        return self._loaded[name]

    def _write(self, name: str, steps: dict[str, Step]) -> None:
        new = self._folder / f"{name}.{os.getpid()}"
        try:
            with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_NOFOLLOW, 0o600), "wb") as file:
                digested = _Digested(file)
                file.write(_seal(digested.digest))  # a place for the one at the end, of the same length
                pack_into(digested, steps)
                file.seek(0)
                file.write(_seal(digested.digest))
            new.replace(self._folder / name)
        except OSError:
            new.unlink(missing_ok=True)

    def _clear_leftovers(self) -> None:
        """Remove the half-written files of runs that were killed."""
        for path in self._folder.iterdir():
            _, _, process = path.name.partition(".")
            if process.isdigit() and not _is_alive(int(process)):
                path.unlink(missing_ok=True)


def _file_of(step: str) -> str:
    return step.partition("/")[0]


class _Digested:
    """A file and the digest of what was written to it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self.digest = hashlib.sha256()

    def write(self, data: bytes) -> None:
        """Write to the file."""
        self.digest.update(data)
        self._file.write(data)


def _seal(digest: hashlib._Hash) -> bytes:
    return f"{build_key()} {digest.hexdigest()}\n".encode("ascii")


def _read(path: Path) -> dict[str, Step]:
    try:
        with path.open("rb") as file:
            seal, data = file.readline(200), file.read()
        if seal == _seal(hashlib.sha256(data)):
            return unpack(data)  # type: ignore[no-any-return]  # what `_write` was given, by the digest
    except Exception:  # a pickle of other versions may raise anything; a cache is never a reason to fail
        pass
    return {}


def _is_alive(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True
