"""Say in words in what two built sites differ: claims, links, judgments, tables, entries, pages."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from msgspec import Struct
from msgspec.structs import asdict

from dossier.commands.desk.editions import CLAIM_FIELDS, Edition, Record, read_editions
from dossier.language.characters import printable
from dossier.linking.ledger import changed_words

SHOWN = 20  # pages of one list
SIGNS = {"added": "+", "withdrawn": "-", "changed": "~"}


class Change(Struct, frozen=True, kw_only=True):
    """One difference: `of` is `claim`, `link`, `judgment`, `unknown`, `table`, `cell`, `report`, `actor`, `event` or `page`; `how` a key of `SIGNS`.

    `fields` are old and new values by name.
    """

    of: str
    how: str
    name: str
    fields: Mapping[str, tuple[Any, Any]]


def compare(old: Path, new: Path) -> tuple[Change, ...]:
    """Return all differences between two sites. What was renamed and has its former id in `was` is the same. Raise NotACopy."""
    before, after = read_editions(old, new)
    return (
        *_claims(before, after),
        *_mappings("link", _named(before.links), _named(after.links), ("certainty", "why")),
        *_judgments(before.judgments, after.judgments),
        *_mappings("unknown", {text: {} for text in before.unknowns}, {text: {} for text in after.unknowns}, ()),
        *_mappings("table", before.tables, after.tables, ("title", "note")),
        *_mappings("cell", before.cells, after.cells, ("text", "claims")),
        *(
            change
            for kind, entries in after.entries.items()
            for change in _mappings(kind[:-1], before.entries[kind], entries, tuple(next(iter(entries.values()), {})))
        ),
        *_mappings("page", _digests(before.pages), _digests(after.pages), ("digest",)),
    )


def _claims(before: Edition, after: Edition) -> Iterator[Change]:
    """Compare claims: their words as the ledger does, and how they are said."""
    words = changed_words(
        {ref: claim["text"] for ref, claim in before.claims.items()},
        {ref: claim["text"] for ref, claim in after.claims.items()},
    )
    for ref in [*after.claims, *(ref for ref in before.claims if ref not in after.claims)]:
        old, new = before.claims.get(ref), after.claims.get(ref)
        if old is None or new is None:
            text = (old or new or {}).get("text")
            how = "added" if old is None else "withdrawn"
            yield Change(of="claim", how=how, name=ref, fields={"text": (None, text) if new else (text, None)})
        else:
            fields = {"text": (old["text"], new["text"])} if ref in words else {}
            fields |= _fields(old, new, CLAIM_FIELDS)
            if fields:
                yield Change(of="claim", how="changed", name=ref, fields=fields)


def _fields(old: Record, new: Record, names: Sequence[str]) -> dict[str, tuple[Any, Any]]:
    return {name: (old.get(name), new.get(name)) for name in names if old.get(name) != new.get(name)}


def _mappings(
    of: str, before: Mapping[str, Record], after: Mapping[str, Record], names: Sequence[str]
) -> Iterator[Change]:
    for name, record in after.items():
        if name not in before:
            yield Change(of=of, how="added", name=name, fields=_fields({}, record, names[:1]))
        elif fields := _fields(before[name], record, names):
            yield Change(of=of, how="changed", name=name, fields=fields)
    for name in before:
        if name not in after:
            yield Change(of=of, how="withdrawn", name=name, fields={})


def _named(links: Mapping[tuple[str, ...], Record]) -> dict[str, Record]:
    return {f"{key[1]} {key[0]} {key[2]}" + (f" in {key[3]}" if key[3:] else ""): link for key, link in links.items()}


def _digests(pages: Mapping[str, str]) -> dict[str, Record]:
    return {address: {"digest": digest} for address, digest in sorted(pages.items())}


def _judgments(before: Sequence[Record], after: Sequence[Record]) -> Iterator[Change]:
    """Pair judgments by their words, then by their titles, then in the order in which they stand."""
    names = ("title", "text", "confidence", "supported", "claims")
    left, pairs = list(before), {}
    for key in ("text", "title", None):
        for place, new in enumerate(after):
            found = next((old for old in left if key is None or (old.get(key) and old.get(key) == new.get(key))), None)
            if place not in pairs and found is not None:
                pairs[place] = found
                left.remove(found)
    for place, new in enumerate(after):
        name = str(place + 1)
        if place not in pairs:
            yield Change(of="judgment", how="added", name=name, fields={"text": (None, new["text"])})
        elif fields := _fields(pairs[place], new, names):
            yield Change(of="judgment", how="changed", name=name, fields=fields)
    for old in left:
        yield Change(of="judgment", how="withdrawn", name=old["text"], fields={})


def lines(changes: Sequence[Change]) -> Iterator[str]:
    """Yield differences as people read them: for each kind how many there are, and then each; of pages that changed the number alone."""
    if not changes:
        yield "the two say the same"
    for of in dict.fromkeys(change.of for change in changes):
        own = [change for change in changes if change.of == of]
        counts = ((how, sum(change.how == how for change in own)) for how in SIGNS)
        yield f"{of}s: " + ", ".join(f"{number} {how}" for how, number in counts if number)
        shown = [change for change in own if of != "page" or change.how != "changed"]
        for change in shown[: SHOWN if of == "page" else None]:
            yield from _lines(change)
        if of == "page" and len(shown) > SHOWN:
            yield f"  and {len(shown) - SHOWN} more"


def _lines(change: Change) -> Iterator[str]:
    yield f"  {SIGNS[change.how]} {printable(change.name)}"
    if change.of == "page":
        return  # a digest tells people nothing
    for name, (old, new) in change.fields.items():
        if change.how == "changed":
            yield f"      {name}, was: {_said(old)}"
            yield f"      {name}, is:  {_said(new)}"
        else:
            yield f"      {_said(new if new is not None else old)}"


def _said(value: Any) -> str:
    """Write a value in a line: chains by their speakers, lists by commas."""
    if isinstance(value, list):
        return ", ".join(map(_said, value)) or "nobody, nothing"
    if isinstance(value, dict):
        if "who" in value:
            return printable(str(value["who"] or value.get("as")))
        return printable(
            str(
                value.get("edtf") or value.get("letter") or value.get("number") or json.dumps(value, ensure_ascii=False)
            )
        )
    return "–" if value is None else printable(" ".join(str(value).split()))


def as_json(changes: Sequence[Change]) -> str:
    """Return a JSON list of objects with the fields of `Change`."""
    return json.dumps([asdict(change) for change in changes], ensure_ascii=False, indent=1)
