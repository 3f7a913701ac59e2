"""Every export is loaded by the library that owns its format, without one complaint, and holds what the dossier holds."""

from __future__ import annotations

import json
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast

import pytest
import rdflib
from followthemoney import model
from nanopub.nanopub import Nanopub
from rdflib.namespace import PROV, RDF
from rocrate.rocrate import ROCrate

from dossier.commands.pipeline import compose, site_files
from dossier.commands.templates import TEMPLATES
from dossier.content.model import ActorKind
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates, snapshot
from dossier.linking.linked import LinkedDossier
from dossier.pages.annotations import QUOTED, beginning_of
from dossier.pages.ftm import SCHEMAS
from tests.conftest import ROOT, run_build

NP = rdflib.Namespace("http://www.nanopub.org/nschema#")
HOSTILE = 'قال "نعم" \\ ثم <b> {x} \\u0041 @ar . } #'


@pytest.fixture(scope="module")
def site() -> LinkedDossier:
    return compose(snapshot(ROOT), Memo(), url="https://example.org/ملف").site


def made(site: LinkedDossier, address: str) -> bytes:
    return site_files(site, read_templates(TEMPLATES), Memo())[address]()


def entities_of(data: bytes) -> list[dict[str, Any]]:
    return [json.loads(line) for line in data.splitlines()]


def check_entities(data: bytes) -> dict[str, int]:
    """Load and validate every entity; return their numbers by schema."""
    entities = entities_of(data)
    ids = {entity["id"] for entity in entities}
    assert len(ids) == len(entities)
    numbers: dict[str, int] = {}
    for entity in entities:
        proxy = model.get_proxy(entity, cleaned=False)
        proxy.schema.validate(cast("Any", entity))
        for name, values in entity["properties"].items():
            assert set(proxy.get(name)) == {str(value) for value in values}, (entity["id"], name)
        for prop, value in proxy.itervalues():
            if prop.type.name == "entity":
                assert value in ids, (entity["id"], prop.name, value)
                target = model.get(next(e["schema"] for e in entities if e["id"] == value))
                assert target and prop.range and target.is_a(prop.range), (entity["id"], prop.name, value)
        numbers[entity["schema"]] = numbers.get(entity["schema"], 0) + 1
    return numbers


def test_every_entity_is_valid_and_all_are_there(site: LinkedDossier) -> None:
    numbers = check_entities(made(site, "/entities.ftm.json"))
    assert numbers["Article"] == len(site.reports)
    assert numbers["Event"] == len(site.events)
    assert numbers["Documentation"] == sum(len(r.counts) for r in site.reports.values())
    assert sum(numbers.get(schema, 0) for schema in set(SCHEMAS.values())) == len(site.actors)


def test_every_kind_of_actor_has_a_schema() -> None:
    assert set(SCHEMAS) == set(ActorKind.__args__)  # type: ignore[attr-defined]


def test_no_claim_is_made_a_link(site: LinkedDossier) -> None:
    text = made(site, "/entities.ftm.json").decode()
    assert not any(linked.claim.text in text for linked in site.claims.values())


def nanopubs_in(data: bytes) -> Iterator[tuple[Any, Any]]:
    """Each nanopublication by its address, in a dataset of its own, as the library takes them."""
    every: Any = rdflib.Dataset()
    every.parse(data=data, format="trig", publicID="https://example.org/claims.trig")
    for itself, _, _, graph in every.quads((None, RDF.type, NP.Nanopublication, None)):
        alone: Any = rdflib.ConjunctiveGraph()
        head = every.graph(graph)
        parts = [head.value(itself, p) for p in (NP.hasAssertion, NP.hasProvenance, NP.hasPublicationInfo)]
        for name in (graph, *parts):
            alone.addN((s, p, o, alone.get_context(name)) for s, p, o in every.graph(name))
        yield itself, alone


def test_every_claim_is_a_valid_nanopublication(site: LinkedDossier) -> None:
    found = dict(nanopubs_in(made(site, "/claims.trig")))
    assert len(found) == len(site.claims)
    for itself, graph in found.items():
        assert Nanopub(rdf=graph).is_valid, itself


def test_a_nanopublication_has_the_chain_and_the_mode(site: LinkedDossier) -> None:
    found = {str(key).partition("#")[2]: graph for key, graph in nanopubs_in(made(site, "/claims.trig"))}
    for ref, linked in site.claims.items():
        report, _, claim = ref.partition("#")
        graph = found[f"{report}-{claim}"]
        modes = [str(o) for _, p, o in graph.triples((None, None, None)) if str(p).endswith("#mode")]
        assert modes == [linked.claim.mode]
        assert len(list(graph.subjects(RDF.type, PROV.Attribution))) == len(linked.claim.said)
        texts = [str(o) for o in graph.objects(None, rdflib.URIRef("https://schema.org/text"))]
        assert texts == [linked.claim.text]


def test_hostile_words_stay_words() -> None:
    report = f"---\ntitle: {json.dumps(HOSTILE, ensure_ascii=False)}\nseed: a.txt\nclaims:\n  - {{id: c1, text: {json.dumps(HOSTILE, ensure_ascii=False)}, said: [{{who: null, as: {json.dumps(HOSTILE, ensure_ascii=False)}}}], at: 1, mode: hedged}}\n---\n"
    files = {
        "content/dossier.yaml": f"title: {json.dumps(HOSTILE, ensure_ascii=False)}\npublisher: {json.dumps(HOSTILE, ensure_ascii=False)}\n",
        "content/reports/a.md": report,
        "seeds/a.txt": f"{HOSTILE}\n",
    }
    site = compose(make_snapshot(files), Memo(), url='https://example.org/a"b>').site
    ((_, graph),) = nanopubs_in(made(site, "/claims.trig"))
    assert {HOSTILE} == {str(o) for o in graph.objects(None, rdflib.URIRef("https://schema.org/text"))}
    assert Nanopub(rdf=graph).is_valid
    check_entities(made(site, "/entities.ftm.json"))
    assert json.loads(made(site, "/annotations.jsonld"))["items"][0]["body"] == "reports/a/#c1"


def test_without_a_published_address_all_is_relative(site: LinkedDossier) -> None:
    here = compose(snapshot(ROOT / "tests/invalid/base"), Memo()).site
    assert here.claims
    assert b"@base" not in made(here, "/claims.trig")
    assert len(dict(nanopubs_in(made(here, "/claims.trig")))) == len(here.claims)


def find(annotation: dict[str, Any], text: str) -> list[int]:
    """Where the words of an annotation's first target stand in a text."""
    quote = annotation["target"][0]["selector"][0]
    words = quote["exact"] + quote["suffix"]
    return [at for at in range(len(text)) if text.startswith(words, at)]


def test_every_claim_has_its_place_and_it_survives_new_numbers(site: LinkedDossier) -> None:
    items = json.loads(made(site, "/annotations.jsonld"))["items"]
    assert len(items) == len(site.claims)
    for item, (ref, linked) in zip(items, site.claims.items(), strict=True):
        assert item["body"] == f"reports/{ref.replace('#', '/#')}"
        seed = site.reports[linked.report].texts.seed
        paragraph = seed.paragraphs[linked.claim.at - 1]
        position = item["target"][0]["selector"][1]
        assert (position["start"], position["end"]) == (paragraph.start, paragraph.end)
        before = "فقرة جديدة في أول النص.\n\n"
        assert find(item, before + seed.text) == [len(before) + paragraph.start]
        assert len(item["target"][0]["selector"][0]["exact"]) <= QUOTED
        assert len(item["target"]) == 1, "no original is here, and none of its words"


def test_a_beginning_is_cut_between_words() -> None:
    assert beginning_of("قصير") == "قصير"
    long = " ".join(["كلمة"] * 40)
    assert long.startswith(beginning_of(long) + " ")
    assert len(beginning_of("ا" * 200)) == QUOTED


def test_the_archive_is_a_crate(tmp_path: Path) -> None:
    done = run_build("archive", "--out", str(tmp_path / "a.zip"))
    assert done.returncode == 0, done.stderr
    with zipfile.ZipFile(tmp_path / "a.zip") as packed:
        packed.extractall(tmp_path)
    crate = ROCrate(tmp_path / "dossier/data")
    ids = {entity.id for entity in crate.get_entities()}
    assert {"site/", "content/", "seeds/", "site/dossier.json", "site/claims.trig", "site/entities.ftm.json"} <= ids
    for entity in crate.data_entities:
        path = tmp_path / "dossier/data" / entity.id
        assert path.exists()
        if path.is_file():
            assert entity["contentSize"] == str(path.stat().st_size)
    assert crate.root_dataset["name"]
    assert run_build("verify", str(tmp_path / "a.zip")).returncode == 0
