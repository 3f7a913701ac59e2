"""netlify.toml agrees with the pages and files that it publishes."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import subprocess
import tomllib
from fnmatch import fnmatchcase
from pathlib import Path

import pytest

from dossier.commands.pipeline import compose, site_files
from dossier.commands.serve.app import headers_of, policy_of
from dossier.commands.serve.last_good import inline_scripts
from dossier.commands.templates import TEMPLATES
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates
from dossier.pages.render import STYLES, is_style_part
from tests.conftest import PATIENCE

ROOT = Path(__file__).parents[2]
CONFIG = tomllib.loads((ROOT / "netlify.toml").read_text("utf-8"))
TIMES = {
    rule["for"]: rule["values"]["Cache-Control"] for rule in CONFIG["headers"] if "Cache-Control" in rule["values"]
}


def times_of(address: str) -> list[str]:
    return [time for pattern, time in TIMES.items() if fnmatchcase(address, pattern)]


def addresses_of_assets() -> list[str]:
    """The addresses of what lies in templates/assets/; the style sheets of css/ are published as one."""
    folder = ROOT / "templates/assets"
    names = [path.relative_to(folder).as_posix() for path in folder.rglob("*") if path.is_file()]
    return [*STYLES, *(f"/assets/{name}" for name in names if not is_style_part(f"assets/{name}"))]


def test_the_policy_allows_exactly_the_one_inline_script() -> None:
    base = (ROOT / "templates/base.html").read_text("utf-8")
    scripts = re.findall(r"<script>(.*?)</script>", base, re.DOTALL)
    assert len(scripts) == 1
    digest = base64.b64encode(hashlib.sha256(scripts[0].encode()).digest()).decode()
    policy = CONFIG["headers"][0]["values"]["Content-Security-Policy"]
    assert re.findall(r"'sha256-([^']+)'", policy) == [digest]
    assert "unsafe-inline" not in policy


def directives(policy: str) -> dict[str, list[str]]:
    return {name: sources for name, *sources in (part.split() for part in policy.split(";"))}


def test_the_preview_has_the_policy_of_the_published_site() -> None:
    """Where the preview is stricter, an editor sees less than readers will; where it is laxer, readers see less."""
    published = directives(CONFIG["headers"][0]["values"]["Content-Security-Policy"])
    preview = directives(policy_of(inline_scripts(read_templates(TEMPLATES))))
    assert "frame-ancestors" not in published  # another header says it, below
    assert preview.pop("frame-ancestors") == ["'self'"]  # pages of this host may frame it
    assert preview == published


def rules_for(address: str, header: str) -> list[str]:
    """The values that a header gets for an address, a rule each."""
    return [
        rule["values"][header]
        for rule in CONFIG["headers"]
        if header in rule["values"] and fnmatchcase(address, rule["for"])
    ]


def test_cards_alone_may_be_framed_by_others(site: Path) -> None:
    addresses = [f"/{page.relative_to(site)}".removesuffix("index.html") for page in site.rglob("*.html")]
    cards = [address for address in addresses if address.startswith("/cards/")]
    assert len(cards) > 5
    for address in addresses:
        assert (rules_for(address, "X-Frame-Options") == ["DENY"]) == (address not in cards), address
    (everywhere, on_cards) = rules_for(cards[0], "Content-Security-Policy")
    assert on_cards == f"{everywhere}; frame-ancestors *"
    assert rules_for("/reports/", "Content-Security-Policy") == [everywhere]


def test_the_preview_frames_as_the_published_site_does() -> None:
    card, page = (
        directives(headers_of(name)["Content-Security-Policy"]) for name in ("/cards/a/c1/index.html", "/index.html")
    )
    assert (card["frame-ancestors"], page["frame-ancestors"]) == (["*"], ["'self'"])


def test_every_asset_has_exactly_one_cache_time() -> None:
    given = {address: len(times_of(address)) for address in addresses_of_assets()}
    assert len(given) > 1
    assert set(given.values()) == {1}, given


@pytest.mark.parametrize(
    "address", ["/", "/reports/some-report/", "/search/", "/pagefind/pagefind-entry.json", "/dossier.json"]
)
def test_what_keeps_its_name_and_changes_is_asked_for_each_time(address: str) -> None:
    assert times_of(address) == []


def test_previews_are_built_with_their_own_address() -> None:
    assert '--url "$URL"' in CONFIG["build"]["command"]
    for context in ("deploy-preview", "branch-deploy"):
        assert '--url "$DEPLOY_PRIME_URL"' in CONFIG["context"][context]["command"]


@pytest.mark.parametrize("folder", [ROOT, ROOT / "starter"], ids=["the first dossier", "a new dossier"])
def test_netlifys_own_parsers_take_every_rule(folder: Path, tmp_path: Path) -> None:
    base = ROOT / "tests/invalid/base"
    files = {path.relative_to(base).as_posix(): path.read_bytes() for path in base.rglob("*") if path.is_file()}
    files["content/actors/ali.md"] = "---\nname: علي\nkind: person\nwas: [aly, ali-the-first]\n---\n".encode()
    site = compose(make_snapshot(files), Memo()).site
    redirects = tmp_path / "_redirects"
    redirects.write_bytes(site_files(site, read_templates(TEMPLATES), Memo())["/_redirects"]())
    command = ["node", str(ROOT / "tests/js/netlify.js"), str(folder / "netlify.toml"), str(redirects)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, timeout=PATIENCE)
    read = json.loads(done.stdout)
    rules = tomllib.loads((folder / "netlify.toml").read_text("utf-8"))["headers"]
    assert read["faults"] == []
    assert [(rule["for"], rule["values"]) for rule in read["headers"]] == [
        (rule["for"], rule["values"]) for rule in rules
    ]
    led = {rule["from"]: (rule["to"], rule["status"]) for rule in read["redirects"]}
    assert led["/*"] == ("/404.html", 404)
    assert {led[f"/actors/{former}/*"] for former in ("aly", "ali-the-first")} == {("/actors/ali/", 301)}
