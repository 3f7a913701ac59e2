"""The files of this dossier: without a warning, valid by the schemas, every claim somebody's, every export allowed."""

from __future__ import annotations

import json

import jsonschema
import pytest

from dossier.commands.pipeline import compose
from dossier.content.fences import split_front_matter
from dossier.content.schema import json_schema
from dossier.content.yaml_text import read_yaml
from dossier.engine.memo import Memo
from dossier.engine.snapshot import snapshot
from dossier.linking.linked import LinkedDossier
from tests.conftest import ROOT, run_build
from tests.unit.test_invalid import find_problems
from tests.unit.test_json_ld import check_all
from tests.unit.test_schema import as_json

FOLDERS = ("reports", "actors", "events", "pages")


@pytest.fixture(scope="module")
def linked() -> LinkedDossier:
    return compose(snapshot(ROOT), Memo()).site


def test_nothing_is_to_be_said_of_it() -> None:
    assert find_problems(snapshot(ROOT)) == ()
    assert run_build("check", "--root", str(ROOT)).returncode == 0


@pytest.mark.parametrize("folder", FOLDERS)
def test_every_file_is_valid_by_its_schema(folder: str) -> None:
    validator = jsonschema.Draft202012Validator(json_schema(folder.removesuffix("s")))  # type: ignore[arg-type]
    paths = sorted((ROOT / "content" / folder).glob("*.md"))
    assert paths
    for path in paths:
        halves = split_front_matter(path.read_text("utf-8"))
        assert halves is not None
        assert [error.message for error in validator.iter_errors(as_json(read_yaml(halves.head).value))] == [], path


@pytest.mark.parametrize("kind", ["dossier", "places", "synonyms"])
def test_a_file_of_one_kind_is_valid_by_its_schema(kind: str) -> None:
    validator = jsonschema.Draft202012Validator(json_schema(kind))  # type: ignore[arg-type]
    value = read_yaml((ROOT / f"content/{kind}.yaml").read_text("utf-8")).value
    assert [error.message for error in validator.iter_errors(as_json(value))] == []


def test_every_report_has_claims_and_every_claim_somebody_who_makes_it(linked: LinkedDossier) -> None:
    assert linked.reports
    for report in linked.reports.values():
        assert report.report.claims, report.report.id
        assert all(claim.said for claim in report.report.claims)


def test_its_data_for_machines_says_only_what_schema_org_allows(linked: LinkedDossier) -> None:
    check_all(linked)


def test_the_exported_data_holds_every_report(linked: LinkedDossier, site: object) -> None:
    data = json.loads((ROOT.joinpath(str(site)) / "dossier.json").read_text("utf-8"))
    assert {report["id"] for report in data["reports"]} == set(linked.reports)
