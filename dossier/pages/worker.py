"""Name an edition of a site, and make the worker that keeps it on readers' devices."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from dossier.engine.manifest import digest, file_of, write_manifest

ADDRESS = "/worker.js"
_TEMPLATE = "worker.js"
_PLACE = b'"__EDITION__"'


def edition_of(digests: Mapping[str, str]) -> str:
    """Return the SHA-256 of a site's manifest without the line of the worker, which names it. `digests` are by path."""
    listed = {path: found for path, found in digests.items() if path != file_of(ADDRESS)}
    return digest([write_manifest(listed)])


def worker_files(templates: Mapping[str, bytes]) -> dict[str, Callable[[], bytes]]:
    """Return how to make the worker that keeps nothing, by address."""
    return {ADDRESS: partial(make_worker, templates)} if _TEMPLATE in templates else {}


def make_worker(templates: Mapping[str, bytes], edition: str = "") -> bytes:
    """Return the worker of an edition; without one it removes whatever earlier workers of the site have kept."""
    return templates[_TEMPLATE].replace(_PLACE, f'"{edition}"'.encode())
