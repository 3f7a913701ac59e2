"""A built site with Pagefind as it comes: the peer that our search is held against.

    python -m tests.bench.plain_pagefind SITE OUT

`OUT` is a copy of the site whose pages Pagefind indexed as they are, with an `/assets/search.js` of our interface over its module.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

MODULE = """const engine = await import(new URL("../pagefind/pagefind.js", import.meta.url));
await engine.init();
export async function search(query) {
  const { results } = await engine.search(String(query));
  return { results: await Promise.all(results.map(async (found) => ({ url: (await found.data()).url }))) };
}
"""
BODIES = ("reports/*/index.html", "actors/*/index.html", "events/*/index.html", "*/index.html")


def main() -> None:
    site, out = Path(sys.argv[1]), Path(sys.argv[2])
    shutil.copytree(site, out, ignore=shutil.ignore_patterns("pagefind", "search-data"))
    for pattern in BODIES:
        for path in out.glob(pattern):
            path.write_text(path.read_text("utf-8").replace("<main", "<main data-pagefind-body", 1), "utf-8")
    subprocess.run([sys.executable, "-m", "pagefind_bin", "--site", str(out), "--quiet"], check=True)
    (out / "assets/search.js").write_text(MODULE, "utf-8")


if __name__ == "__main__":
    main()
