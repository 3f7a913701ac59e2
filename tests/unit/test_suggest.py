"""What is suggested, why, and how well it does on two dossiers; passages are found however texts are cut."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from dossier.commands.suggest import suggest_links
from dossier.errors import WrongUse
from dossier.linking.passages import SHORTEST, index_runs, shared_passages, words_of
from dossier.linking.suggest import build_index, known_links, suggest
from tests.conftest import ROOT
from tests.second.measure import HERE, agreement, by_bm25, by_suggest, measure, read_links, site_at, stated_links


def test_it_finds_more_of_the_second_dossier_s_links_than_words_alone() -> None:
    """Its weights were chosen on this dossier, never on the second."""
    site, links = site_at(HERE), read_links("links-author.json")
    ours, words = measure(by_suggest(site), links), measure(by_bm25(site), links)
    assert ours.at_5 >= 0.9 and ours.at_10 >= 0.95 and ours.first >= 0.85
    assert ours.at_5 > words.at_5 and ours.first > words.first


def test_it_finds_most_links_of_this_dossier() -> None:
    site = site_at(ROOT)
    ours, words = measure(by_suggest(site), stated_links(site)), measure(by_bm25(site), stated_links(site))
    assert ours.at_5 >= 0.65 and ours.at_10 >= 0.75
    assert ours.at_5 > words.at_5 + 0.2


def test_what_is_weak_beside_the_best_is_left_out() -> None:
    site = site_at(HERE)
    index = build_index(site)
    lists = [suggest(index, ref) for ref in site.claims]
    assert sum(map(len, lists)) < 8 * len(lists)
    assert all(found[-1].score >= found[0].score / 5 for found in lists if found)


def test_a_difference_and_a_repetition_are_told_apart() -> None:
    index = build_index(site_at(HERE))

    def guess(ref: str, other: str) -> tuple[str, str]:
        found = next(s for s in suggest(index, ref) if s.other == other)
        return found.relation, found.aspect

    assert guess("turjuman-cranes#c1", "magazine-cranes#c1")[0] == "repeats"
    assert guess("turjuman-cranes#c2", "magazine-cranes#c2") == ("differs", "number")
    assert guess("agency-denial#c1", "manara-lease#c1") == ("differs", "wording")
    assert guess("agency-strike#c1", "manara-strike#c1")[0] == "agrees"


def test_nothing_is_suggested_that_is_linked_already_or_of_the_same_report() -> None:
    lines = "\n".join(suggest_links(ROOT, None))
    known = known_links(site_at(ROOT))
    blocks = [block.split("\n") for block in lines.split("\n\n") if block.strip()]
    assert len(blocks) > 80
    for block in blocks:
        ref = block[0].strip().split(": ")[0]
        offered = {
            line.split("? ")[1].split(": ")[0] for line in block[1:] if line.startswith("  ") and "? " in line[:12]
        }
        assert len(offered) <= 10
        assert not offered & known.get(ref, frozenset())
        assert all(other.split("#")[0] != ref.split("#")[0] for other in offered)


def test_a_line_can_be_pasted_and_says_why() -> None:
    lines = list(suggest_links(HERE, "turjuman-cranes"))
    wanted = "    differs: [{report: magazine-cranes, claim: c2, in: number, certainty: possible, why: "
    offered = [line for line in lines if line.startswith(wanted)]
    assert any("ينقل عن: مجلة المال والبحر" in line and "مصرف الدلتا" in line for line in offered)
    assert yaml.safe_load(offered[0])["differs"][0]["in"] == "number"


def test_an_unknown_report_is_refused() -> None:
    with pytest.raises(WrongUse, match='"nowhere": `dossier list reports` names all'):
        list(suggest_links(ROOT, "nowhere"))
    with pytest.raises(WrongUse, match='"turjuman-crane": did you mean "turjuman-cranes"'):
        list(suggest_links(HERE, "turjuman-crane"))


COPIED = "قرر المجلس أن يفتح الميناء أمام السفن كلها من أول الشهر المقبل بلا رسوم"


def raw_dossier(root: Path, first: str, second: str) -> Path:
    files = {"content/dossier.yaml": "title: ملف\n", "seeds/a.txt": first, "seeds/b.txt": second}
    files |= {f"content/reports/{n}.md": f"---\ntitle: {n}\nseed: {n}.txt\n---\n" for n in "ab"}
    for path, text in files.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, "utf-8")
    return root


def test_a_raw_text_shows_at_once_which_report_it_passes_on_and_nothing_is_written(tmp_path: Path) -> None:
    root = raw_dossier(tmp_path, f"وقال الموقع. {COPIED}.\n", f"خبر آخر هنا.\n\nو«{COPIED}».\n")
    before = {path: path.read_bytes() for path in root.rglob("*") if path.is_file()}
    lines = list(suggest_links(root, "a"))
    assert lines[0] == "a and b share 14 words in 1 passage: does one pass on the other (cites)?"
    assert lines[1] == f"    «{COPIED}»"
    assert {path: path.read_bytes() for path in root.rglob("*") if path.is_file()} == before


@given(st.lists(st.sampled_from("بتثجح"), max_size=40), st.lists(st.sampled_from("بتثجح"), max_size=40))
def test_passages_are_the_runs_that_both_texts_have(one: list[str], two: list[str]) -> None:
    mine, theirs = words_of(" ".join(one)), words_of("، ".join(two))
    found = list(shared_passages(mine, theirs, index_runs(theirs)))
    for passage in found:
        assert passage.words >= SHORTEST
        ours = " ".join(one)[passage.start : passage.end].split()
        assert len(ours) == passage.words
        assert any(two[n : n + len(ours)] == ours for n in range(len(two)))
    starts = [p.start for p in found]
    assert starts == sorted(starts)
    runs = {tuple(two[n : n + SHORTEST]) for n in range(len(two) - SHORTEST + 1)}
    assert bool(found) == any(tuple(one[n : n + SHORTEST]) in runs for n in range(len(one) - SHORTEST + 1))


def test_agreement_counts_links_that_both_readers_have() -> None:
    one, two = frozenset({("a", "b"), ("c", "d")}), frozenset({("b", "a"), ("e", "f")})
    assert agreement(one, two) == 0.5


def test_no_claim_of_the_second_dossier_is_linked_in_its_files() -> None:
    assert stated_links(site_at(HERE)) == frozenset()
