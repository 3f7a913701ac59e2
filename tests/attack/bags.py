"""Bags made by hand, as a ZIP or a folder, and what `verify` says of them."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Mapping
from pathlib import Path

from dossier.commands.verify import Findings
from dossier.engine.manifest import write_manifest

ORIGINAL = "نص المقال كما نشر.".encode()
REPORTS = json.dumps({"reports": [{"original": {"sha256": hashlib.sha256(ORIGINAL).hexdigest()}}]}).encode()
PAYLOAD: Mapping[str, bytes] = {
    "data/site/index.html": b"<!doctype html>" * 100,
    "data/site/dossier.json": REPORTS,
    "data/seeds/a.txt": "وصلت القوارب.".encode(),
    "data/seeds/originals/a.txt": ORIGINAL,
}


def digests(files: Mapping[str, bytes], algorithm: str = "sha256") -> dict[str, str]:
    return {path: hashlib.new(algorithm, data).hexdigest() for path, data in files.items()}


def bag(payload: Mapping[str, bytes] = PAYLOAD, oxum: str | None = None) -> dict[str, bytes]:
    """The files of a bag that is whole."""
    size = oxum or f"{sum(map(len, payload.values()))}.{len(payload)}"
    tags = {
        "bagit.txt": b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n",
        "bag-info.txt": f"Payload-Oxum: {size}\n".encode(),
        "manifest-sha256.txt": write_manifest(digests(payload)),
    }
    return {**payload, **tags, "tagmanifest-sha256.txt": write_manifest(digests(tags))}


def entry(name: str, mode: int = 0o100644) -> zipfile.ZipInfo:
    info = zipfile.ZipInfo(name, (2020, 1, 1, 0, 0, 0))
    info.create_system, info.external_attr = 3, mode << 16
    info.compress_type = zipfile.ZIP_DEFLATED
    return info


def write_zip(path: Path, files: Mapping[str, bytes], *more: tuple[zipfile.ZipInfo, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in files.items():
            archive.writestr(entry(f"dossier/{name}"), data)
        for info, data in more:
            archive.writestr(info, data)
    return path


def write_folder(root: Path, files: Mapping[str, bytes]) -> Path:
    for name, data in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_bytes(data)
    return root


def reasons(found: Findings) -> str:
    return "\n".join(f"{fault.path}: {fault.reason}" for fault in found.faults)
