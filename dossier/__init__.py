"""Publishes a briefing dossier in Arabic from hand-written front matter and plain texts."""
