"""Define the types of what people write by hand: reports, claims, actors, events, pages and the dossier itself.

Frozen values with the field names of the format. They know nothing of files, Markdown or HTML.
"""

from __future__ import annotations

from typing import Annotated, Literal, Self, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, model_validator

from dossier.content.value_checks import (
    check_day,
    check_edtf,
    check_file_name,
    check_visible,
    check_words,
    check_words_by_claim,
    unfit,
)
from dossier.language.arabic import Digits

Text = Annotated[str, StringConstraints(min_length=1, strip_whitespace=True)]
Name = Annotated[Text, AfterValidator(check_visible)]
Id = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*$", max_length=100)]
ClaimId = Annotated[str, StringConstraints(pattern=r"^c[1-9][0-9]{0,4}$")]
ClaimRef = Annotated[str, StringConstraints(pattern=r"^[a-z0-9][a-z0-9_-]*#c[1-9][0-9]{0,4}$")]
Sha256 = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
Day = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"), AfterValidator(check_day)]
Edtf = Annotated[str, StringConstraints(min_length=1, max_length=100), AfterValidator(check_edtf)]
FileName = Annotated[Text, AfterValidator(check_file_name)]
Url = Annotated[str, StringConstraints(pattern=r"^https?://\S+$")]
SITE_URL = r"^https?://[^\s?#]+$"
MinisignKey = Annotated[str, StringConstraints(pattern=r"^RW[Q-T][A-Za-z0-9+/]{53}$")]  # 42 bytes, the first two are Ed
Language = Annotated[str, StringConstraints(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$", max_length=35)]
ShortName = Annotated[
    str, StringConstraints(min_length=1, max_length=30, strip_whitespace=True), AfterValidator(check_visible)
]
SiteUrl = Annotated[str, StringConstraints(pattern=SITE_URL)]
ParagraphNumber = Annotated[int, Field(ge=1, strict=True)]

Certainty = Literal["certain", "probable", "possible"]
Confidence = Literal["low", "moderate", "high"]
Mode = Literal["reported", "hedged", "conditional", "denied", "feared", "opinion", "planned"]
Relation = Literal["repeats", "agrees", "differs"]  # of a claim to others, each a field of it
RELATIONS: tuple[Relation, ...] = get_args(Relation)
Genre = Literal["news", "opinion", "digest", "interview", "analysis"]
Aspect = Literal["date", "actor", "place", "object", "number", "wording"]
ActorKind = Literal[
    "person", "state", "government", "parliament", "armed-force", "armed-group", "intelligence",
    "organisation", "party", "institute", "outlet",
]  # fmt: skip


class FrozenModel(BaseModel):
    """A frozen value read from YAML; a field it does not know is an error."""

    # Deferred: most builds read few files, and need few of the validators.
    model_config = ConfigDict(frozen=True, extra="forbid", populate_by_name=True, defer_build=True)


class Speaker(FrozenModel):
    """One link of the chain by which a claim came: an actor, or somebody whom the text only describes."""

    who: Id | None
    described: Annotated[Text | None, Field(alias="as")] = None
    anonymous: bool = False

    @model_validator(mode="after")
    def _names_somebody(self) -> Self:
        if self.who is None and self.described is None:
            message = "a speaker is an actor (who) or described (as), and this one is neither"
            raise unfit(message, "add as: and the text's own words")
        return self


class Repeat(FrozenModel):
    """A claim that this one relies on."""

    report: Id
    claim: ClaimId
    certainty: Certainty
    why: Text


class Agreement(FrozenModel):
    """A claim that says the same without either relying on the other."""

    report: Id
    claim: ClaimId
    certainty: Certainty = "probable"
    why: Text | None = None


class Difference(FrozenModel):
    """A claim that contradicts this one, and in what."""

    report: Id
    claim: ClaimId
    aspect: Annotated[Aspect, Field(alias="in")]
    certainty: Certainty = "probable"
    why: Text


class Credibility(FrozenModel):
    """How far one claim can be believed: the number of the NATO Admiralty code."""

    number: Annotated[int, Field(ge=1, le=6, strict=True)]
    note: Text | None = None


class Reliability(FrozenModel):
    """How far an outlet can be relied on: the letter of the NATO Admiralty code, and whose interest it has."""

    letter: Literal["A", "B", "C", "D", "E", "F"] = "F"
    note: Text | None = None
    interest: Text | None = None


class Claim(FrozenModel):
    """One thing that a report says happened or is so, with who says it, first speaker first."""

    id: ClaimId
    text: Text
    said: Annotated[tuple[Speaker, ...], Field(min_length=1)]
    about: tuple[Id, ...] = ()
    when: Edtf | None = None
    when_text: Text | None = None
    at: ParagraphNumber
    original_at: ParagraphNumber | None = None
    mode: Mode
    credibility: Credibility | None = None
    event: Id | None = None
    repeats: tuple[Repeat, ...] = ()
    agrees: tuple[Agreement, ...] = ()
    differs: tuple[Difference, ...] = ()


class Meaning(FrozenModel):
    """An ambiguous name settled by the editor, paragraph by paragraph of seed and original."""

    text: Text
    actor: Id
    at: tuple[ParagraphNumber, ...] = ()
    original_at: tuple[ParagraphNumber, ...] = ()


class Citation(FrozenModel):
    """A report here that this article relies on."""

    report: Id
    certainty: Certainty
    why: Text


class OriginalRef(FrozenModel):
    """Which captured article a seed stands for, known by its SHA-256."""

    sha256: Sha256
    file: Text | None = None
    headline: Text | None = None
    url: Url | None = None
    archived_url: Url | None = None
    captured: Text | None = None
    leave: Text | None = None


class ReportHead(FrozenModel):
    """A report without its brief."""

    id: Id
    title: Name
    short: ShortName | None = None
    lang: Language = "ar"
    seed: FileName
    added: Day | None = None
    revised: Day | None = None
    original: OriginalRef | None = None
    originals: tuple[OriginalRef, ...] = ()
    outlet: Id | None = None
    via: tuple[Id, ...] = ()
    author: Text | None = None
    published: Edtf | None = None
    published_basis: Text | None = None
    genre: Genre = "news"
    topics: tuple[Text, ...] = ()
    means: tuple[Meaning, ...] = ()
    was: tuple[Id, ...] = ()
    cites: tuple[Citation, ...] = ()
    claims: tuple[Claim, ...] = ()
    draft: bool = False


class Report(ReportHead):
    """One article of the dossier: its front matter, and the brief (Markdown)."""

    body: str = ""


def head_of(report: Report) -> ReportHead:
    """Return a report without its brief."""
    values = {name: getattr(report, name) for name in ReportHead.model_fields}
    return ReportHead.model_construct(report.model_fields_set - {"body"}, **values)


class Actor(FrozenModel):
    """Somebody or something that texts name."""

    id: Id
    name: Name
    latin: Text | None = None
    kind: ActorKind
    aliases: tuple[Name, ...] = ()
    spellings: tuple[Text, ...] = ()
    ambiguous: tuple[Text, ...] = ()
    part_of: tuple[Id, ...] = ()
    wikidata: Annotated[str, StringConstraints(pattern=r"^Q[1-9][0-9]*$")] | None = None
    role: Text | None = None
    reliability: Reliability | None = None
    was: tuple[Id, ...] = ()
    draft: bool = False
    body: str = ""


class Event(FrozenModel):
    """Something that claims speak of, with when it is said to have been."""

    id: Id
    title: Name
    when: Edtf | None = None
    when_basis: Text | None = None
    place: Text | None = None
    actors: tuple[Id, ...] = ()
    was: tuple[Id, ...] = ()
    draft: bool = False
    body: str = ""


class Place(FrozenModel):
    """A place that readers may search by other spellings."""

    name: Text
    latin: Text | None = None
    spellings: tuple[Text, ...] = ()


class Synonym(FrozenModel):
    """Words of the texts, and others by which readers may ask for them."""

    word: Text
    asked: Annotated[tuple[Text, ...], Field(min_length=1)]


class ContentPage(FrozenModel):
    """A page beside the reports, such as about, method or corrections."""

    id: Id
    title: Name
    draft: bool = False
    body: str = ""


class Judgment(FrozenModel):
    """A key judgment, worded with who says so, and the claims it rests on. `confidence` is what these bear out."""

    title: Text | None = None
    text: Text
    confidence: Confidence
    claims: Annotated[tuple[ClaimRef, ...], Field(min_length=1)]


class Unknown(FrozenModel):
    """Something that the sources do not settle."""

    text: Text
    claims: tuple[ClaimRef, ...] = ()


class TableRow(FrozenModel):
    """A row of a table: whom it is about."""

    actor: Id
    note: Text | None = None


class TableColumn(FrozenModel):
    """A column of a table: what is said to have been done."""

    id: Id
    title: Text


class TableCell(FrozenModel):
    """What is said of one actor in one respect, and the claims that say so."""

    row: Id
    column: Id
    text: Text
    claims: Annotated[tuple[ClaimRef, ...], Field(min_length=1)]


class Table(FrozenModel):
    """Who is said to have done what: rows are actors, every cell rests on claims."""

    id: Id
    title: Text
    note: Text | None = None
    rows: Annotated[tuple[TableRow, ...], Field(min_length=1)]
    columns: Annotated[tuple[TableColumn, ...], Field(min_length=1)]
    cells: tuple[TableCell, ...] = ()


class WebSource(FrozenModel):
    """A page of the web that something rests on."""

    title: Text
    url: Url


class Background(FrozenModel):
    """Something beyond dispute that a reader has to know, and where it can be looked up."""

    text: Text
    sources: Annotated[tuple[WebSource, ...], Field(min_length=1)]


class Term(FrozenModel):
    """A word of the glossary, and what it means."""

    term: Text
    text: Text


class SigningKey(FrozenModel):
    """A public key with which copies are signed, as `dossier keygen` tells it, and the days between which it signs."""

    key: MinisignKey
    since: Day | None = None
    until: Day | None = None
    note: Text | None = None


class Settings(FrozenModel):
    """`content/dossier.yaml`: what the dossier is, and its first page."""

    title: Name
    description: Text | None = None
    url: SiteUrl | None = None
    publisher: Text | None = None
    contact: Text | None = None
    licence: Text | None = None
    digits: Digits = "latn"
    font: Text | None = None
    installable: bool = True
    tables: tuple[Table, ...] = ()
    judgments: tuple[Judgment, ...] = ()
    unknowns: tuple[Unknown, ...] = ()
    background: tuple[Background, ...] = ()
    glossary: tuple[Term, ...] = ()
    keys: tuple[SigningKey, ...] = ()


class Withdrawn(FrozenModel):
    """Words that must not be shown again, and why."""

    withdrawn: Text


Words = Annotated[Text | Withdrawn | None, BeforeValidator(check_words)]


class Release(FrozenModel):
    """What was published on a day: the words of every claim that changed since the release before."""

    date: Day
    note: Text | None = None
    claims: Annotated[dict[ClaimRef, Words], BeforeValidator(check_words_by_claim)]


class Dossier(FrozenModel):
    """Everything that was written by hand, each part ordered by its id."""

    settings: Settings
    reports: tuple[Report, ...]
    actors: tuple[Actor, ...] = ()
    events: tuple[Event, ...] = ()
    places: tuple[Place, ...] = ()
    synonyms: tuple[Synonym, ...] = ()
    pages: tuple[ContentPage, ...] = ()
    releases: tuple[Release, ...] = ()
