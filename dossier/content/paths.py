"""Say where hand-written files lie below a dossier's root, and what a file is by its path."""

from __future__ import annotations

CONTENT = "content/"
SETTINGS = "content/dossier.yaml"
PLACES = "content/places.yaml"
SYNONYMS = "content/synonyms.yaml"
RELEASES = "content/releases.yaml"
FILES = "content/files/"  # pictures and attachments, that texts show
_FILES = {SETTINGS: "settings", PLACES: "places", SYNONYMS: "synonyms", RELEASES: "releases"}
KINDS = ("reports", "actors", "events", "pages")  # of files with front matter: each has a folder of its name

RENAMED = ("actor", "report", "event")  # entries whose ids can be changed: their former addresses lead to the new ones


def folder_of(kind: str) -> str:
    """Return the folder of a kind, with its last slash: `content/reports/`. `kind` is one of `KINDS`."""
    return f"{CONTENT}{kind}/"


def file_of(kind: str, identity: str) -> str:
    """Return the path of an entry's file: `content/reports/<id>.md`. `kind` is one of `KINDS`."""
    return f"{folder_of(kind)}{identity}.md"


def kind_of(path: str) -> str | None:
    """Return `settings`, `places`, `synonyms`, `releases` or one of `KINDS` for a file of `content/`; None for any other."""
    if path in _FILES:
        return _FILES[path]
    parts = path.split("/")
    return parts[1] if len(parts) == 3 and parts[1] in KINDS and parts[2].endswith(".md") else None
