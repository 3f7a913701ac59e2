"""Write every claim as a nanopublication in TriG: what is claimed, through whom it came, and who published that.

Addresses are relative to the file, so that they are right wherever it is loaded from; with a published address `@base` says where that is.
The assertion is that somebody claims it, with the mode in which it is said: never that it is so.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from dossier.content.addresses import address_of
from dossier.content.model import Claim, Repeat
from dossier.linking.linked import LinkedDossier
from dossier.linking.origins import is_anonymous, reference

PREFIXES = {
    "np": "http://www.nanopub.org/nschema#",
    "prov": "http://www.w3.org/ns/prov#",
    "schema": "https://schema.org/",
    "dcterms": "http://purl.org/dc/terms/",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
FILE = "claims.trig"
# In a literal: what would end it, and controls (TriG 1.1, ECHAR and UCHAR).
_UNSAFE = re.compile(r'["\\\x00-\x1f\x7f\u2028\u2029]')


def trig_head(site: LinkedDossier) -> bytes:
    """Return what stands before the claims: where addresses begin, and the vocabularies."""
    base = f"@base <{_escaped_iri(site.url.rstrip('/'))}/{FILE}> .\n" if site.url else ""
    return (base + "".join(f"@prefix {name}: <{uri}> .\n" for name, uri in PREFIXES.items())).encode()


def _escaped_iri(url: str) -> str:
    return re.sub(r'[\x00-\x20<>"{}|^`\\]', lambda found: f"%{ord(found[0]):02X}", url)


def nanopubs(site: LinkedDossier, report: str) -> bytes:
    """Return the nanopublications of a report's claims."""
    return "".join(_nanopub(site, report, claim) for claim in site.reports[report].report.claims).encode()


def _nanopub(site: LinkedDossier, report: str, claim: Claim) -> str:
    here = name_of(report, claim.id)
    graphs = {part: f"<#{here}-{part}>" for part in ("head", "assertion", "provenance", "publication")}
    head = (
        f"<#{here}> a np:Nanopublication ; np:hasAssertion {graphs['assertion']} ; "
        f"np:hasProvenance {graphs['provenance']} ; np:hasPublicationInfo {graphs['publication']} ."
    )
    told = {
        "head": [head],
        "assertion": list(_assertion(report, claim)),
        "provenance": list(_provenance(site, report, claim, graphs["assertion"])),
        "publication": list(_publication(site, report, f"<#{here}>")),
    }
    return "\n" + "".join(
        f"{graphs[part]} {{\n" + "".join(f"  {line}\n" for line in lines) + "}\n" for part, lines in told.items()
    )


def name_of(report: str, claim: str) -> str:
    """Name a claim within the file."""
    return f"{report}-{claim}"


def _page(kind: str, identity: str, anchor: str = "") -> str:
    return f"<{address_of(kind, identity).lstrip('/')}{f'#{anchor}' if anchor else ''}>"


def _literal(text: str, suffix: str) -> str:
    escaped = _UNSAFE.sub(lambda found: f"\\u{ord(found[0]):04X}", text)
    return f'"{escaped}"{suffix}'


def _assertion(report: str, claim: Claim) -> Iterator[str]:
    itself = _page("reports", report, claim.id)
    yield f"{itself} a schema:Claim ."
    yield f"{itself} schema:text {_literal(claim.text, '@ar')} ."
    yield f"{itself} <#mode> {_literal(claim.mode, '')} ."
    for actor in claim.about:
        yield f"{itself} schema:about {_page('actors', actor)} ."
    if claim.when:
        yield f"{itself} dcterms:temporal {_literal(claim.when, '^^<http://id.loc.gov/datatypes/edtf>')} ."
    if claim.event:
        yield f"{itself} schema:mentions {_page('events', claim.event)} ."


def _provenance(site: LinkedDossier, report: str, claim: Claim, assertion: str) -> Iterator[str]:
    """Yield where a claim comes from: its chain of speakers by number, the paragraph, the claims that it repeats, its origins."""
    here = name_of(report, claim.id)
    yield f"{assertion} prov:hadPrimarySource {_page('reports', report, f'p{claim.at}')} ."
    for position, speaker in enumerate(claim.said):
        step, who = f"<#{here}-said-{position + 1}>", f"<#{here}-speaker-{position + 1}>"
        agent = _page("actors", speaker.who) if speaker.who else who
        yield f"{assertion} prov:qualifiedAttribution {step} ."
        yield f"{step} a prov:Attribution ; prov:agent {agent} ; schema:position {position + 1} ."
        if position == 0:
            yield f"{assertion} prov:wasAttributedTo {agent} ."
        if speaker.described:
            yield f"{step} rdfs:label {_literal(speaker.described, '@ar')} ."
        if is_anonymous(claim, position):
            yield f'{step} <#anonymous> "true"^^xsd:boolean .'
    yield from (_derived(link, assertion) for link in claim.repeats)
    for origin in site.ties[reference(report, claim.id)].origins:
        yield f"{assertion} <#origin> {_literal(f'{origin.kind} {origin.key}', '')} ."


def _derived(link: Repeat, assertion: str) -> str:
    """Say on which claim one relies; what is only possible is no derivation."""
    verb = "rdfs:seeAlso" if link.certainty == "possible" else "prov:wasDerivedFrom"
    return f"{assertion} {verb} <#{name_of(link.report, link.claim)}-assertion> ."


def _publication(site: LinkedDossier, report: str, itself: str) -> Iterator[str]:
    r = site.reports[report].report
    yield f"{itself} dcterms:isPartOf <./> ."
    if r.revised or r.added:
        yield f"{itself} dcterms:created {_literal(r.revised or r.added or '', '^^xsd:date')} ."
    if site.settings.publisher:
        yield f"{itself} dcterms:publisher {_literal(site.settings.publisher, '@ar')} ."
    if site.settings.licence:
        yield f"{itself} dcterms:rights {_literal(site.settings.licence, '@ar')} ."
