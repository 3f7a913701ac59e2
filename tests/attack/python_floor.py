"""`python -m tests.attack.python_floor`: say where this Python is older than its line's release that mends what concerns us."""

from __future__ import annotations

import sys

# Releases from which on `zipfile` refuses files that lie over one another and loops of names (CVE-2024-0450, CVE-2024-8088).
# `verify` looks for the first by itself and does not use what the second is about; so older ones are advised against, not refused.
FLOORS = {(3, 11): (3, 11, 10), (3, 12): (3, 12, 6), (3, 13): (3, 13, 0)}


def advice(version: tuple[int, int, int]) -> str:
    """What to say of a version; nothing where it is well."""
    floor = FLOORS.get(version[:2])
    if floor is None or version >= floor:
        return ""
    named = ".".join(map(str, version)), ".".join(map(str, floor))
    return f"Python {named[0]} has known faults that are mended in {named[1]}: install that, or a later one"


def main() -> None:
    said = advice(sys.version_info[:3])
    print(said or f"Python {sys.version.split()[0]}: nothing is known that concerns us")


if __name__ == "__main__":
    main()
