"""The time of the last commit, asked of git without letting the repository decide what runs.

A repository that came with a dossier brings a configuration of its own, which can name programs: for signatures, pagers,
remotes. So only plumbing is asked (`cat-file`), which runs none of them, and what remains is switched off.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

PATIENCE = 10.0  # seconds: a configuration may include a pipe that nobody writes into
_COMMITTER = re.compile(rb"^committer [^\n]*> ([0-9]{1,12}) [+-][0-9]{4}$", re.MULTILINE)
OFF = ("safe.bareRepository=explicit", "core.fsmonitor=false", "core.hooksPath=/dev/null", "core.pager=cat")
ENVIRONMENT = {
    "GIT_ALLOW_PROTOCOL": "none",  # nothing is fetched: not by an address of a program either
    "GIT_NO_LAZY_FETCH": "1",
    "GIT_NO_REPLACE_OBJECTS": "1",
    "GIT_OPTIONAL_LOCKS": "0",
    "GIT_TERMINAL_PROMPT": "0",
    "GIT_PAGER": "cat",
}


def commit_time(root: Path) -> int | None:
    """Return the time of the last commit in seconds since 1970; None without git, or where it cannot be told."""
    git = shutil.which("git")
    real = Path(os.path.realpath(root))
    if git is None or not os.path.isabs(git) or not any(os.path.lexists(f / ".git") for f in (real, *real.parents)):
        return None
    options = [part for option in OFF for part in ("-c", option)]
    try:
        done = subprocess.run(
            [git, "--no-pager", *options, "-C", str(real), "cat-file", "commit", "HEAD"],
            stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=PATIENCE, cwd="/", env=_environment(),
        )  # fmt: skip
    except (OSError, subprocess.TimeoutExpired):
        return None
    found = _COMMITTER.search(done.stdout.partition(b"\n\n")[0])
    return int(found[1]) if found and done.returncode == 0 else None


def _environment() -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("GIT_")}
    return {**kept, **ENVIRONMENT}
