"""Writes `docs/report.webp`, the picture of the README: claims of a report of this dossier as a reader sees them.

`python -m tests.screenshot` builds the site and takes the picture with the installed Chromium.
"""

from __future__ import annotations

import base64
import shutil
import sys
import tempfile
from pathlib import Path

from playwright.sync_api import sync_playwright

from tests.browser.serving import CHROMIUM_ARGS, find_chromium
from tests.conftest import ROOT, run_build

PICTURE = ROOT / "docs/report.webp"
PAGE = "reports/consortium-on-israel-and-haftar/index.html"
CLAIM = "#c4"  # passed on from mouth to mouth
WIDTH, HEIGHT = 1180, 820  # CSS pixels
MAX_BYTES = 120_000


def take_picture(archive: Path) -> bytes:
    """Return the picture as WebP; the archive's site is taken since it works from `file://`."""
    found = find_chromium()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=found, args=list(CHROMIUM_ARGS))
        page = browser.new_page(viewport={"width": WIDTH, "height": HEIGHT}, color_scheme="light")
        page.goto((archive / "dossier/data/site" / PAGE).as_uri())
        page.locator(f"{CLAIM} .elsewhere").first.evaluate("part => part.open = true")
        page.locator(CLAIM).evaluate("claim => scrollTo(0, claim.getBoundingClientRect().top - 60)")
        page.evaluate("document.fonts.ready")
        session = page.context.new_cdp_session(page)
        taken = session.send("Page.captureScreenshot", {"format": "webp", "quality": 80})
        browser.close()
    return base64.b64decode(taken["data"])


def main() -> None:
    """Build, take the picture and write it."""
    with tempfile.TemporaryDirectory() as folder:
        built = run_build("archive", "--out", f"{folder}/dossier.zip")
        if built.returncode:
            sys.exit(built.stderr)
        shutil.unpack_archive(f"{folder}/dossier.zip", folder)
        picture = take_picture(Path(folder))
    if len(picture) > MAX_BYTES:
        sys.exit(f"the picture has {len(picture)} bytes, more than {MAX_BYTES}")
    PICTURE.write_bytes(picture)
    print(f"{PICTURE}: {len(picture) / 1000:.0f} kB")


if __name__ == "__main__":
    main()
