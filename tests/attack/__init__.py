"""What people and faults may do to the dossier: every attack that was found, and a short run of every kind of long one."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

FILES: Mapping[str, str] = {
    "content/dossier.yaml": "title: ملف الميناء\nurl: https://example.org/x/\n",
    "content/reports/a.md": (
        "---\ntitle: القوارب\nseed: a.txt\nclaims:\n"
        "  - {id: c1, text: وصلت القوارب, said: [{who: ali}], about: [ali], at: 1, mode: reported}\n---\nخلاصة.\n"
    ),
    "content/actors/ali.md": "---\nname: علي\nkind: person\n---\nملاحظة.\n",
    "seeds/a.txt": "وصلت القوارب إلى الرصيف فجرا.\n",
}


def write_dossier(root: Path, files: Mapping[str, str | bytes] | None = None) -> Path:
    """A tiny dossier that builds, with other files added or in place of its own."""
    for name, data in {**FILES, **(files or {})}.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data.encode() if isinstance(data, str) else data)
    return root


def state_of(folder: Path) -> dict[str, str]:
    """Every file below a folder with its digest, links by where they lead."""
    found = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_symlink():
            found[name] = f"-> {path.readlink()}"
        elif path.is_file():
            found[name] = hashlib.sha256(path.read_bytes()).hexdigest()
    return found
