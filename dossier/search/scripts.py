"""Join the modules of the browser's half, so that a question costs few requests: two scripts in the place of a dozen.

Modules keep names of their own: each becomes the body of a function that returns what it exports.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from posixpath import dirname, join, normpath

ENTRIES = ("assets/search.js", "assets/search-page.js")
LOADER = "assets/loader.js"  # comes with every page, so without comments and indents
PARTS = "assets/search/"  # modules that are published as parts of these alone
_IMPORT = re.compile(r'^import \{([^}]*)\} from "([^"]+)";\n', re.MULTILINE)
_EXPORT = re.compile(r"^export (?=(?:async )?(?:const|let|class|function)\b\*?\s*\*?\s*(\w+))", re.MULTILINE)
_COMMENTS = re.compile(r"^\s*(?://[^\n]*|/\*\*.*?\*/)\n", re.MULTILINE | re.DOTALL)
_INDENTS = re.compile(r"^[ \t]+", re.MULTILINE)


def join_scripts(templates: Mapping[str, bytes]) -> dict[str, bytes]:
    """Return the loader, and the scripts of search, each with the modules of `assets/search/` that it imports and no other has.

    `templates` are files by path below `templates/`. An entry may import another entry, which stays a module of its own.
    """
    present = [path for path in ENTRIES if path in templates]
    loader = {LOADER: _read(LOADER, templates).encode()} if LOADER in templates else {}
    return loader | {path: _joined(path, templates).encode() for path in present}


def _joined(entry: str, templates: Mapping[str, bytes]) -> str:
    modules = list(dict.fromkeys(_in_order(entry, templates)))
    functions = (_as_function(path, templates) for path in modules[:-1])
    return "".join((*_outer_imports(modules, templates), *functions, _body(entry, _read(entry, templates))))


def _outer_imports(modules: Iterable[str], templates: Mapping[str, bytes]) -> Iterator[str]:
    """Yield what modules import from other entries, which a function cannot."""
    for path in modules:
        for names, specifier in _IMPORT.findall(_read(path, templates)):
            if (other := _resolve(specifier, path)) in ENTRIES:
                yield f'import {{{names}}} from "./{other.removeprefix("assets/")}";\n'


def _in_order(path: str, templates: Mapping[str, bytes]) -> Iterator[str]:
    """Yield a module behind all those that it needs."""
    text = _read(path, templates)
    for _, specifier in _IMPORT.findall(text):
        other = _resolve(specifier, path)
        if other not in ENTRIES:
            yield from _in_order(other, templates)
    yield path


def _as_function(path: str, templates: Mapping[str, bytes]) -> str:
    text = _read(path, templates)
    exported = ", ".join(_EXPORT.findall(text))
    body = _body(path, _EXPORT.sub("", text))
    return f"const {_name(path)} = (() => {{\n{body}return {{ {exported} }};\n}})();\n"


def _body(path: str, text: str) -> str:
    """Return a module's text, its imports taken from the functions before it."""
    return _IMPORT.sub(lambda match: _import(match, path), text)


def _import(match: re.Match[str], path: str) -> str:
    other = _resolve(match[2], path)
    if other in ENTRIES:
        return ""
    return f"const {{{match[1].replace(' as ', ': ')}}} = {_name(other)};\n"


def _read(path: str, templates: Mapping[str, bytes]) -> str:
    """Return a module's text without comments and indents."""
    return _INDENTS.sub("", _COMMENTS.sub("", templates[path].decode("utf-8")))


def _resolve(specifier: str, path: str) -> str:
    return normpath(join(dirname(path), specifier))


def _name(path: str) -> str:
    return "in_" + re.sub(r"\W", "_", path.removeprefix(PARTS).removesuffix(".js"))
