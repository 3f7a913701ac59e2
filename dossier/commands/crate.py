"""Describe an archive as an RO-Crate (1.1): what lies in its payload, for repositories of research data."""

from __future__ import annotations

import json
import time
from collections.abc import Iterable, Mapping
from typing import Any

from dossier.linking.linked import LinkedDossier

NAME = "ro-crate-metadata.json"  # in the payload, which is the crate
CONTEXT = "https://w3id.org/ro/crate/1.1/context"
# What machines read, by path below the site: its type, and what it is.
DATA: Mapping[str, tuple[str, str]] = {
    "site/dossier.json": ("application/json", "the whole dossier"),
    "site/claims.csv": ("text/csv", "claims, a row each"),
    "site/relations.csv": ("text/csv", "relations between reports and between claims"),
    "site/claims.trig": ("application/trig", "claims as nanopublications"),
    "site/entities.ftm.json": (
        "application/json",
        "actors, events and articles as FollowTheMoney entities, one a line",
    ),
    "site/annotations.jsonld": ("application/ld+json", "where claims stand in their texts, as Web Annotations"),
}
FOLDERS: Mapping[str, str] = {
    "site/": "the site as it works from the disk; site/index.html opens it",
    "content/": "what editors wrote, from which the site was built",
    "seeds/": "the texts that stand for the articles",
}


def crate(site: LinkedDossier, sizes: Mapping[str, int], moment: int) -> bytes:
    """Return the metadata file. `sizes` are the payload's files in bytes, by path; `moment` is in seconds since 1970."""
    folders = [name for name in FOLDERS if any(path.startswith(name) for path in sizes)]
    files = [path for path in DATA if path in sizes]
    parts: list[dict[str, Any]] = [{"@id": name, "@type": "Dataset", "name": FOLDERS[name]} for name in folders]
    parts += [_file(path, sizes[path]) for path in files]
    graph = [_itself(), _root(site, (*folders, *files), moment), *_publisher(site), *parts]
    return (json.dumps({"@context": CONTEXT, "@graph": graph}, ensure_ascii=False, indent=1) + "\n").encode()


def _itself() -> dict[str, Any]:
    return {
        "@id": NAME,
        "@type": "CreativeWork",
        "conformsTo": {"@id": "https://w3id.org/ro/crate/1.1"},
        "about": {"@id": "./"},
    }


def _root(site: LinkedDossier, parts: Iterable[str], moment: int) -> dict[str, Any]:
    settings = site.settings
    root: dict[str, Any] = {
        "@id": "./",
        "@type": "Dataset",
        "name": settings.title,
        "description": settings.description or settings.title,
        "datePublished": time.strftime("%Y-%m-%d", time.gmtime(moment)),
        "license": settings.licence or "not stated",
        "inLanguage": "ar",
        "hasPart": [{"@id": part} for part in parts],
    }
    if settings.publisher:
        root["publisher"] = {"@id": "#publisher"}
    if site.url:
        root["url"] = site.url
    return root


def _publisher(site: LinkedDossier) -> list[dict[str, Any]]:
    name = site.settings.publisher
    return [{"@id": "#publisher", "@type": "Organization", "name": name}] if name else []


def _file(path: str, size: int) -> dict[str, Any]:
    kind, name = DATA[path]
    return {"@id": path, "@type": "File", "name": name, "encodingFormat": kind, "contentSize": str(size)}
