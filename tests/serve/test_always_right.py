"""Whatever is edited, what is served equals a cold build of the last files without errors, byte for byte.

`EDIT_SEQUENCES=1000` runs as many sequences; a few run otherwise.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st
from jinja2 import Environment

from dossier.commands.pipeline import all_files, compose, search_files, site_files
from dossier.commands.serve.inputs import Inputs, read_inputs, refresh_inputs
from dossier.commands.serve.last_good import LastGood
from dossier.content.addresses import NOT_FOUND
from dossier.engine.manifest import ADDRESS, with_manifest
from dossier.engine.memo import Memo
from dossier.errors import ContentError
from dossier.pages.render import make_environment

from .edits import Edit, apply, make_edit, write_all

SEQUENCES = int(os.environ.get("EDIT_SEQUENCES", "6"))
MANY = 80  # reports: so many that lists are cut, groups are large, and results of the last run are taken up again
Site = dict[str, bytes]
Step = tuple[int, bool, bool]  # the edit, whether its path is heard, whether the next comes before anybody looks
fonts = Memo()  # of a cold build only the typeface is kept: it depends on the dossier's `font` alone
environments: dict[str, Environment] = {}


def build_cold(root: Path) -> Site | None:
    """Every file of a build that knows nothing; None where the content has errors."""
    inputs = read_inputs(root)
    try:
        site = compose(inputs.snapshot, Memo()).site
        environment = prepared(inputs.templates)
        return {address: make() for address, make in site_files(site, inputs.templates, fonts, environment).items()}
    except ContentError:
        return None


def prepared(templates: Mapping[str, bytes]) -> Environment:
    """An environment by the bytes of its templates, as compiling takes longest."""
    key = repr(sorted(templates.items()))
    if key not in environments:
        environments.clear()
        environments[key] = make_environment(templates)
    return environments[key]


def hear(last_good: LastGood, root: Path, before: Inputs, paths: list[str] | None) -> Inputs:
    """Takes up what changed: by paths, or by looking at everything."""
    inputs = refresh_inputs(before, root, paths) if paths is not None else None
    inputs = inputs or read_inputs(root, before)
    last_good.take(inputs)
    return inputs


def check(last_good: LastGood, expected: Site, gone: set[str]) -> None:
    for address, body in expected.items():
        answer = last_good.answer(address)
        assert answer and (answer.status, answer.body) == (200, body), address
    for address in gone - expected.keys():
        answer = last_good.answer(address)
        assert answer and (answer.status, answer.body) == (404, expected[NOT_FOUND]), address


@settings(max_examples=SEQUENCES, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 10**6), st.booleans(), st.booleans()), min_size=1, max_size=12))
def test_what_is_served_equals_a_cold_build_after_every_edit(steps: list[Step]) -> None:
    follow(steps)


@settings(
    max_examples=max(1, SEQUENCES // 6), deadline=None, suppress_health_check=list(HealthCheck),
    phases=tuple(Phase) if SEQUENCES > 1 else (Phase.explicit,),
)  # fmt: skip
@given(st.lists(st.tuples(st.integers(0, 10**6), st.booleans(), st.just(False)), min_size=2, max_size=2))
@example([(3, True, False), (12, True, False), (32, False, False)])  # a report, the outlet of many, another name
def test_so_it_does_among_many_reports(steps: list[Step]) -> None:
    follow(steps, MANY)


def follow(steps: list[Step], more: int = 0) -> None:
    """Make one edit after the other, and compare all that is served with a cold build."""
    with tempfile.TemporaryDirectory() as folder:
        root = Path(os.path.realpath(folder))
        write_all(root, more)
        last_good = LastGood(Memo())
        inputs = hear(last_good, root, read_inputs(root), None)
        good = build_cold(root)
        seen: set[str] = set()
        heard: list[str] = []
        for number, by_path, at_once in steps:
            heard += apply(make_edit(number, more), root)
            if at_once:  # the next edit comes before anybody looked
                continue
            inputs = hear(last_good, root, inputs, heard if by_path else None)
            heard = []
            cold = build_cold(root)
            assert bool(last_good.errors) == (cold is None), last_good.problems
            good = cold or good
            assert good
            seen |= good.keys()
            check(last_good, good, seen)


def test_search_equals_that_of_a_cold_build_once_it_is_indexed(tmp_path: Path) -> None:
    write_all(tmp_path)
    last_good = LastGood(Memo())
    inputs = hear(last_good, tmp_path, read_inputs(tmp_path), None)
    apply(Edit("seeds/a.txt", "كلمة جديدة.\n\nوأخرى.\n"), tmp_path)
    hear(last_good, tmp_path, inputs, [str(tmp_path / "seeds/a.txt")])
    assert last_good.built
    last_good.take_index(search_files(last_good.built.site, Memo()))
    cold = search_files(compose(read_inputs(tmp_path).snapshot, Memo()).site, Memo())
    assert {address: answer.body for address in cold if (answer := last_good.answer(address))} == cold


def test_the_manifest_is_that_of_a_cold_build_once_search_is_indexed(tmp_path: Path) -> None:
    write_all(tmp_path)
    last_good = LastGood(Memo())
    inputs = hear(last_good, tmp_path, read_inputs(tmp_path), None)
    assert last_good.built
    last_good.take_index(search_files(last_good.built.site, Memo()))
    site = compose(inputs.snapshot, Memo()).site
    cold = dict(with_manifest(all_files(site, inputs.templates, fonts, search=True)))
    answer = last_good.answer(ADDRESS)
    assert answer and answer.body == cold[ADDRESS]
