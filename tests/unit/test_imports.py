"""Imports point one way: a module uses only those above it."""

from __future__ import annotations

import ast
from pathlib import Path

PACKAGE = Path(__file__).parents[2] / "dossier"
ORDER = [
    "errors", "apart", "arabic", "lookalikes", "dates", "model", "memo", "sources", "reading", "yaml_faults", "yaml_text", "explain",
    "field_help", "front_matter", "references", "parsing", "findings", "scaffold", "schema", "noise", "seeds", "captures", "texts", "date_phrases",
    "defects", "names", "mentions", "candidates", "leads", "origins", "site", "parts", "linking",
    "markdown", "checks", "advice.actors", "advice.links", "advice.reports", "advice.texts", "advice", "charts.timeline",
    "charts.network", "citations", "feeds", "exports", "fonts", "write", "manifest", "views.wording", "views.shell",
    "views.text", "views.claims", "views.events", "views.reports", "views.actors", "views.home", "views.integrity",
    "views.pages", "views", "render", "search.documents", "search.plurals", "search.tables", "search.analyser",
    "search.vocabulary", "search.pagefind", "search.build", "search", "searchable", "pipeline", "offline",
    "archive", "verify", "reporting", "building", "beginning", "intake", "serve.inputs",
    "serve.workshop", "serve.overlay", "serve.watch", "serve.news", "serve.preview", "serve.app", "serve.running",
    "cli",
]  # fmt: skip


def name_of(path: Path) -> str:
    return ".".join(path.relative_to(PACKAGE).with_suffix("").parts).removesuffix(".__init__")


def imports_of(path: Path) -> set[str]:
    found = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("dossier"):
            module = node.module.removeprefix("dossier").removeprefix(".")
            found |= {f"{module}.{alias.name}".lstrip(".") for alias in node.names} | {module}
    return found


def test_every_module_imports_only_those_above_it() -> None:
    modules = {name_of(path): path for path in PACKAGE.rglob("*.py")}
    unlisted = set(modules) - set(ORDER) - {"__init__", "charts", "serve"}
    assert not unlisted, f"give these a place in the order: {sorted(unlisted)}"
    gone = set(ORDER) - set(modules)
    assert not gone, f"these are in the order only: {sorted(gone)}"
    for name, path in modules.items():
        if name in ORDER:
            below = (imports_of(path) & set(ORDER)) - set(ORDER[: ORDER.index(name)])
            assert not below, f"{name} imports {sorted(below)}, which stand below it"
