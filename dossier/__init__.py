"""Publishes a briefing dossier in Arabic from hand-written front matter and plain texts."""

__version__ = "0.1.0"
