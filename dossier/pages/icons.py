"""Make what browsers and phones ask for at fixed addresses: the icon at the root, and the web manifest."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping

from dossier.linking.linked import LinkedDossier

ICON = "assets/favicon.ico"


def icon_files(site: LinkedDossier, templates: Mapping[str, bytes]) -> dict[str, Callable[[], bytes]]:
    """Return how to make each, by address."""
    icon = {"/favicon.ico": lambda: templates[ICON]} if ICON in templates else {}
    return {**icon, "/site.webmanifest": lambda: _manifest(site)}


def _manifest(site: LinkedDossier) -> bytes:
    """Name the site for a phone's home screen. Addresses are relative, so that it works below any path."""
    manifest = {
        "name": site.settings.title,
        "short_name": site.settings.title,
        "lang": "ar",
        "dir": "rtl",
        "start_url": "./",
        "scope": "./",
        "display": "minimal-ui",
        "background_color": "#ffffff",
        "theme_color": "#0b5a5e",
        "icons": [
            {"src": "assets/apple-touch-icon.png", "sizes": "180x180", "type": "image/png"},
            {"src": "assets/icon.svg", "sizes": "any", "type": "image/svg+xml"},
        ],
    }
    return json.dumps(manifest, ensure_ascii=False, indent=1).encode() + b"\n"
