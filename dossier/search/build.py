"""Documents to the files of search: Pagefind's index of keys, and what the browser needs to ask it and to show what it finds."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence

from dossier.search.analyser import Analyser, words_of
from dossier.search.documents import SearchDocument, Synonym
from dossier.search.pagefind import run_pagefind
from dossier.search.tables import END, browser_tables

FOLDER = "/search-data"
SHORTEST_LATIN = 4  # letters of a single word of a Latin name that leads to its bearer


def build_index(
    documents: Sequence[SearchDocument], synonyms: Sequence[Synonym], labels: Mapping[str, str]
) -> dict[str, bytes]:
    """All files of search by site address. `labels` are the names of actors by id, for facets. Raises MachineError."""
    texts = [_parts(document) for document in documents]
    names = {word for s in synonyms for form in s.forms for word in words_of(form)}
    analyser = Analyser(Counter(word for text in texts for part in text for word in part), names)
    files, numbers = run_pagefind([_marked(text, analyser) for text in texts])
    files[f"{FOLDER}/tables.json"] = _json(browser_tables())
    files[f"{FOLDER}/pages.json"] = _json(_pages(documents, numbers, analyser, labels))
    files[f"{FOLDER}/asked.json"] = _json(_asked(synonyms, analyser))
    files |= _shards(analyser)
    files |= {f"{FOLDER}/text/{n}.json": _json(_passages(document)) for n, document in enumerate(documents)}
    return files


def _json(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def _parts(document: SearchDocument) -> list[list[str]]:
    """The words of a page's own parts: title, names, passages. An actor's page holds its title among its names."""
    parts = (document.title, *(n for n in document.names if n != document.title), *(p.text for p in document.passages))
    return [words_of(part) for part in parts]


def _marked(parts: Iterable[Iterable[str]], analyser: Analyser) -> str:
    """Keys with end marks; a mark alone parts the parts, so that no phrase goes on from one to the next."""
    return f" {END} ".join(
        " ".join(key + END for word in part for key in analyser.key_of[word].split()) for part in parts
    )


def _pages(
    documents: Sequence[SearchDocument], numbers: Mapping[str, int], analyser: Analyser, labels: Mapping[str, str]
) -> dict[str, object]:
    """What is shown of results, and what they are ordered and counted by; `ids` are Pagefind's names of the pages."""
    ids = {number: name for name, number in numbers.items()}
    used = {actor for d in documents for actor in (*d.actors, *((d.outlet,) if d.outlet else ()))}
    return {
        "ids": [ids[n] for n in range(len(documents))],
        "columns": [list(column) for column in zip(*(_row(d, analyser) for d in documents), strict=True)],
        "labels": {actor: labels[actor] for actor in sorted(used) if actor in labels},
    }


def _row(document: SearchDocument, analyser: Analyser) -> tuple[object, ...]:
    """One page; the table is sent by columns, which pack a quarter smaller."""
    d = document
    return d.url, d.title, d.kind, d.outlet, d.date, d.actors, _names(d, analyser)


def _names(document: SearchDocument, analyser: Analyser) -> list[str]:
    """Names that may put a page first. A report has none but its title, which is there already."""
    return [] if document.kind == "report" else [_keys(n, analyser) for n in dict.fromkeys((document.title, *document.names))]


def _keys(text: str, analyser: Analyser) -> str:
    return " ".join(analyser.key_of[word] for word in words_of(text) if word in analyser.key_of)


def _asked(synonyms: Sequence[Synonym], analyser: Analyser) -> dict[str, list[str]]:
    """What readers may type, folded, to the forms that texts have, each as its keys."""
    asked: dict[str, dict[str, None]] = {}
    surnames = Counter(words_of(s.forms[0])[-1] for s in synonyms if s.kind == "person" and words_of(s.forms[0]))
    for synonym in synonyms:
        forms = dict.fromkeys(_keys(form, analyser) for form in synonym.forms if _in_corpus(form, analyser))
        for text in _ways_to_ask(synonym, surnames):
            asked.setdefault(text, {}).update(forms)
    return {text: list(forms) for text, forms in sorted(asked.items()) if text and forms}


def _in_corpus(form: str, analyser: Analyser) -> bool:
    words = words_of(form)
    return bool(words) and all(word in analyser.key_of for word in words)


def _ways_to_ask(synonym: Synonym, surnames: Mapping[str, int]) -> Iterator[str]:
    """Names as they stand, the words of Latin ones, and a person's last name where nobody else has it."""
    for text in (*synonym.asked, *synonym.forms):
        words = words_of(text)
        yield " ".join(words)
        if len(words) > 1 and words[0].isascii():
            yield from (word for word in words if len(word) >= SHORTEST_LATIN)
        if len(words) > 1 and synonym.kind == "person" and surnames[words[-1]] == 1 and len(words[-1]) >= SHORTEST_LATIN:
            yield words[-1]


def _shards(analyser: Analyser) -> dict[str, bytes]:
    """The vocabulary by first letter: keys with their counts, their families, and words whose key cannot be guessed."""
    families, exceptions = analyser.families(), analyser.exceptions()
    shards: dict[str, dict[str, dict[str, object]]] = {}
    for key, number in sorted(analyser.keys.items()):
        shard = shards.setdefault(key[0], {"keys": {}, "families": {}, "words": {}})
        shard["keys"][key] = number
    for key, others in sorted(families.items()):
        shards.setdefault(key[0], {"keys": {}, "families": {}, "words": {}})["families"][key] = " ".join(others)
    for word, key in sorted(exceptions.items()):
        shards.setdefault(word[0], {"keys": {}, "families": {}, "words": {}})["words"][word] = key
    files = {f"{FOLDER}/keys/{ord(letter):x}.json": _json(shard) for letter, shard in shards.items()}
    return files | {f"{FOLDER}/letters.json": _json("".join(sorted(shards)))}


def _passages(document: SearchDocument) -> list[list[str]]:
    return [[p.anchor, p.text] for p in document.passages]
