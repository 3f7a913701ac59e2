"""A generated dossier as a Hugo site: the same reports, texts and claims, actors as a taxonomy, plain templates."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

from dossier.content.model import Actor, Claim, Report
from dossier.content.parsing import parse_dossier
from dossier.engine.snapshot import snapshot

CONFIG = """baseURL = "http://localhost/"
locale = "ar"
title = "ملف للقياس"
disableKinds = ["RSS"]
[taxonomies]
actor = "actors"
"""
BASE = """<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>{{ .Title }}</title></head>
<body><header><a href="/">{{ .Site.Title }}</a> <a href="/reports/">التقارير</a> <a href="/actors/">الأسماء</a></header>
<main>{{ block "main" . }}{{ end }}</main></body></html>
"""
SINGLE = """{{ define "main" }}<h1>{{ .Title }}</h1><p>{{ .Date.Format "2006-01-02" }}</p>
{{ .Content }}
<ol>{{ range .Params.claims }}<li id="{{ .id }}"><p>{{ .text }}</p><p>{{ range .said }}<a href="/actors/{{ . }}/">{{ . }}</a> {{ end }}<a href="#p{{ .at }}">{{ .at }}</a></p></li>{{ end }}</ol>
<ul>{{ range .GetTerms "actors" }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>
<ul>{{ range first 6 (.Site.RegularPages.Related .) }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"""
LIST = """{{ define "main" }}<h1>{{ .Title }}</h1><ul>{{ range .Pages }}<li><a href="{{ .RelPermalink }}">{{ .Title }}</a></li>{{ end }}</ul>{{ end }}
"""
RELATED = """[related]
threshold = 0
[[related.indices]]
name = "actors"
weight = 100
"""


def write_hugo(dossier: Path, folder: Path) -> None:
    """Writes the Hugo site for a generated dossier."""
    taken = snapshot(dossier)
    parsed, _ = parse_dossier(taken)
    _write(folder / "hugo.toml", CONFIG + RELATED)
    _write(folder / "layouts/_default/baseof.html", BASE)
    _write(folder / "layouts/_default/single.html", SINGLE)
    for name in ("list", "terms", "taxonomy", "term"):
        _write(folder / f"layouts/_default/{name}.html", LIST)
    _write(folder / "layouts/index.html", LIST)
    for actor in parsed.actors:
        _write(folder / f"content/actors/{actor.id}/_index.md", _front({"title": actor.name}) + actor.body)
    for report in parsed.reports:
        seed = taken.files[f"seeds/{report.seed}"].data.decode()
        _write(folder / f"content/reports/{report.id}.md", _report(report, seed, parsed.actors))


def _report(report: Report, seed: str, actors: tuple[Actor, ...]) -> str:
    named = [actor.id for actor in actors if actor.name in seed]
    front = {
        "title": report.title,
        "date": report.published,
        "actors": named,
        "claims": [_claim(claim) for claim in report.claims],
    }
    return _front(front) + f"{report.body}\n\n## النص\n\n{seed}"


def _claim(claim: Claim) -> dict[str, object]:
    return {"id": claim.id, "text": claim.text, "said": [s.who for s in claim.said], "at": claim.at}


def _front(values: Mapping[str, object]) -> str:
    return json.dumps(values, ensure_ascii=False) + "\n\n"


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
