"""Change the site so that it works from `file://`: links lead to files, modules and data are classic scripts, the font lies in the style sheet."""

from __future__ import annotations

import base64
import json
import re
from collections.abc import Iterable, Iterator

from dossier.content.addresses import SOURCES_TABLE
from dossier.engine.manifest import file_of

SCRIPT = "assets/offline.js"
FONT = "assets/fonts/text.woff2"
STYLE = "assets/site.css"
DATA = ("search-data/", "pagefind/", SOURCES_TABLE.removeprefix("/"))
# Workers and Pagefind's own runtime cannot run from `file://`; our search does without the latter.
LEFT_OUT = re.compile(r"worker\.js|pagefind/[^/]*\.(?:js|json|pagefind)")
_LINK = re.compile(rb'(href="|action="|content="0; url=)((?:\.\.?/)*(?:[^":?#/]+/)*)([?#][^"]*)?"')
_LOADER = re.compile(rb'<script type="module" src="([^"]*)assets/loader\.js"></script>')
_KEPT = b'site.webmanifest" data-kept>'
_PRELOAD = re.compile(rb'<link rel="(?:module)?preload"[^>]*>\n?')


def offline_copy(files: Iterable[tuple[str, bytes]], runtime: str) -> Iterator[tuple[str, bytes]]:
    """Yield the files of the site, by path, changed so that they work from `file://`.

    `files` are by address; `runtime` is the text of `templates/offline.js`.
    """
    modules: dict[str, str] = {}
    style, font = b"", b""
    for address, data in files:
        path = file_of(address)
        if LEFT_OUT.fullmatch(path):
            continue
        if path == STYLE:
            style = data
        elif path == FONT:
            font = data
        elif path.startswith(DATA):
            yield f"{path}.js", _registering(path, data)
        elif path.startswith("assets/") and path.endswith(".js"):
            modules[path] = data.decode()
        else:
            yield path, _to_files(data) if path.endswith(".html") else data
    yield (
        STYLE,
        style.replace(b'url("fonts/text.woff2")', b'url("data:font/woff2;base64,' + base64.b64encode(font) + b'")'),
    )
    yield SCRIPT, runtime.replace("__MODULES__", _script(modules)).encode()


def _to_files(html: bytes) -> bytes:
    """Return a page whose links lead to files, and which loads classic scripts alone."""
    html = _LOADER.sub(
        rb'<script defer src="\1assets/offline.js"></script>',
        _PRELOAD.sub(b"", html).replace(_KEPT, b'site.webmanifest">'),
    )
    return _LINK.sub(lambda m: m[1] + m[2] + (b"index.html" if m[2] else b"") + (m[3] or b"") + b'"', html)


def _registering(path: str, data: bytes) -> bytes:
    """Return a data file as a classic script that hands itself over."""
    if path.endswith(".json"):
        return f"offline.text({_script(path)}, {_script(data.decode())})\n".encode()
    return f'offline.packed({_script(path)}, "{base64.b64encode(data).decode()}")\n'.encode()


def _script(value: object) -> str:
    """Write a value as a script's source: line ends of Unicode, and what opens a comment or closes a script, by their codes."""
    written = json.dumps(value, ensure_ascii=False)
    return written.replace("\u2028", "\\u2028").replace("\u2029", "\\u2029").replace("<", "\\u003c")
