"""What search is given: pages with their own words, and the other names of actors and places. Plain values only."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct

from dossier.engine.memo import digest_of


class Passage(Struct, frozen=True, kw_only=True):
    """A stretch of a page's text; `anchor` (`p6`, `c3`, `o2`) is empty where the page has none for it."""

    anchor: str
    text: str


class SearchClaim(Struct, frozen=True, kw_only=True):
    """A claim of a report: the anchor of its passage, who says it through whom, and how («متحفَّظ فيه»)."""

    anchor: str
    chain: str
    mode: str


class SearchDocument(Struct, frozen=True, kw_only=True):
    """A page as it is searched. `kind` is report, actor, event or page; `date` is YYYY-MM-DD or unknown."""

    url: str
    kind: str
    title: str
    passages: tuple[Passage, ...]
    names: tuple[str, ...] = ()
    claims: tuple[SearchClaim, ...] = ()
    actors: tuple[str, ...] = ()
    outlet: str | None = None
    date: str | None = None


class Synonym(Struct, frozen=True, kw_only=True):
    """Other words for something: `forms` as texts write them, `asked` as readers type them.

    `kind` is an actor's kind, `place`, or `word` for what is no name. `url` is the page of an actor.
    """

    kind: str
    forms: tuple[str, ...]
    asked: tuple[str, ...]
    url: str = ""


class Corpus(Struct, frozen=True, kw_only=True):
    """All that search is given: pages, names, and how actors and outlets are called, by id."""

    documents: tuple[SearchDocument, ...]
    synonyms: tuple[Synonym, ...]
    labels: Mapping[str, str]

    @property
    def digest(self) -> str:
        """A digest of all of it."""
        return digest_of(self)
