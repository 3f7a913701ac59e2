"""`python -m tests.attack.soak 2000`: as many edits of a preview while 20 tabs come and go. Every edit must be shown; memory is told."""

from __future__ import annotations

import random
import socket
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from . import write_dossier
from .serving import Serving, serving

TABS = 20
WARM = 50  # edits after which memory is first looked at


@dataclass(frozen=True, kw_only=True)
class Soaked:
    """What came of it: edits that were not shown, and memory in KB, early and at the end."""

    edits: int
    missed: int
    before: int
    after: int
    tabs: int


def soak(running: Serving, edits: int) -> Soaked:
    """Edit, look, and open and close tabs, some with what was sent to them unread."""
    draw = random.Random(1)
    tabs: list[socket.socket] = []
    missed = before = opened = 0
    for number in range(edits):
        if number == min(WARM, edits // 2):
            before = running.memory()
        for _ in range(draw.randrange(4)):
            if len(tabs) >= TABS or (tabs and draw.random() < 0.4):
                tabs.pop(draw.randrange(len(tabs))).close()
            else:
                tabs.append(running.follow(draw.choice(("/", "/reports/a/", "/actors/ali/", "/nothing/"))))
                opened += 1
        running.retitle(f"عنوان {number}")
        missed += not running.shows(f"عنوان {number}")
    for tab in tabs:
        tab.close()
    return Soaked(edits=edits, missed=missed, before=before, after=running.memory(), tabs=opened)


def main() -> None:
    with tempfile.TemporaryDirectory() as name, serving(write_dossier(Path(name) / "root")) as running:
        begun = time.monotonic()
        print(soak(running, int(sys.argv[1])), f"{time.monotonic() - begun:.0f} s")


if __name__ == "__main__":
    main()
