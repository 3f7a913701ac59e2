"""/integrity/ checks in the browser what is published: every file, and whose signature the manifest bears."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from dossier.engine.manifest import digest, read_manifest, write_manifest
from tests.browser.serving import serve
from tests.conftest import ROOT, run_build

SIGNED, ENDED = "1790000000", "1900000000"  # 2026-09-21 and 2030-03-17


def run(*args: str | Path, moment: str = SIGNED) -> None:
    command = [sys.executable, str(ROOT / "build.py"), *map(str, args)]
    done = subprocess.run(
        command, capture_output=True, text=True, check=False, env={**os.environ, "SOURCE_DATE_EPOCH": moment}
    )
    assert done.returncode == 0, done.stderr


@pytest.fixture(scope="module")
def keys(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("keys")
    for name in ("ours", "other"):
        run("keygen", folder / name, "--no-password")
    return folder


@pytest.fixture(scope="module")
def published(keys: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site that names its key, which signs until 2029."""
    root = tmp_path_factory.mktemp("signed") / "root"
    key = (keys / "ours.pub").read_text("utf-8").splitlines()[1]
    files = {
        "content/dossier.yaml": f'title: ملف\nkeys:\n  - {{key: {key}, until: "2029-12-31"}}\n',
        "content/reports/a.md": "---\ntitle: خبر\nseed: a.txt\n---\n",
        "seeds/a.txt": "نص.\n",
    }
    for name, text in files.items():
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text(text, "utf-8")
    done = run_build("--root", str(root), "--out", str(root / "public"), "--no-search")
    assert done.returncode == 0, done.stderr
    return root / "public"


def check(page: Page) -> tuple[str | None, str]:
    """Press the button; whether files differ, and what is said."""
    page.reload()
    page.get_by_role("button", name="ابدأ التحقق").click()
    expect(page.locator("[data-signature]")).to_be_visible()
    return page.locator("[data-outcome]").get_attribute("data-outcome"), page.locator(
        "[data-check] output"
    ).inner_text()


def test_what_is_published_is_checked_when_it_is_asked_for(chromium: Browser, published: Path, keys: Path) -> None:
    manifest = published / "manifest-sha256.txt"
    with serve(published) as address:
        page = chromium.new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.goto(f"{address}integrity/")
        assert not [
            url for url in asked if "integrity.js" in url or "manifest-sha256" in url
        ]  # nothing before it is asked for
        outcome, said = check(page)
        assert (outcome, "ليس مع القائمة توقيع" in said) == ("same", True)
        assert digest([manifest.read_bytes()]) in said
        run("sign", published, "--key", keys / "ours")
        outcome, said = check(page)
        assert outcome == "same" and "القائمة موقّعة بالمفتاح" in said and "2026-09-21" in said
        seal = manifest.with_name(f"{manifest.name}.minisig")
        signature = seal.read_bytes()

        report = published / "reports/a/index.html"
        words = report.read_bytes()
        report.write_bytes(words.replace("خبر".encode(), "شبر".encode()))
        outcome, said = check(page)
        assert outcome == "different" and "reports/a/index.html" in said and "القائمة موقّعة" in said

        before = manifest.read_bytes()
        digests = read_manifest(before)
        manifest.write_bytes(write_manifest({**digests, "reports/a/index.html": digest([report.read_bytes()])}))
        outcome, said = check(page)  # who changes a file and the list cannot sign it
        assert outcome == "same" and "ليس لهذه القائمة" in said
        report.write_bytes(words)
        manifest.write_bytes(before)

        for data, words_said in (
            (signature.replace(b"timestamp:17", b"timestamp:18"), "ليس لهذه القائمة"),
            (signature[:40], "تالف"),
        ):
            seal.write_bytes(data)
            assert words_said in check(page)[1]
        seal.unlink()
        run("sign", published, "--key", keys / "other")
        assert "ليس بين مفاتيح هذه الصفحة" in check(page)[1]
        run("sign", published, "--key", keys / "ours", moment=ENDED)
        assert "بمفتاح انتهى" in check(page)[1]
        page.close()
