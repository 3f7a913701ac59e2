"""What judgments' claims bear out, counted; and what is said where an editor states more."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.errors import ContentError
from dossier.linking.confidence import supported

# Speakers by letter: N is named, a, b and c are anonymous at one outlet each, U and V speak in an outlet's own voice.
SPEAKERS = {
    "N": "{who: ali}, {who: one}",
    "M": "{who: sara}, {who: one}",
    "a": "{who: null, as: مصدر, anonymous: true}, {who: one}",
    "b": "{who: null, as: مصدر, anonymous: true}, {who: two}",
    "c": "{who: null, as: مصدر, anonymous: true}, {who: three}",
    "U": "{who: one}",
    "V": "{who: two}",
    "W": "{who: three}",
    "?": "{who: null, as: عرض لا يُعرف ناشره}",
}
AGREES = ", agrees: [{report: a, claim: c1, certainty: probable, why: مثله}]"
FILES = {
    "content/actors/ali.md": "---\nname: علي\nkind: person\n---\n",
    "content/actors/sara.md": "---\nname: سارة\nkind: person\n---\n",
    **{f"content/actors/{o}.md": f"---\nname: صحيفة {o}\nkind: outlet\n---\n" for o in ("one", "two", "three")},
    "seeds/a.txt": "نص\n",
}


def files_of(speakers: str, confidence: str, extra: str = "") -> Mapping[str, str]:
    """A dossier whose one judgment rests on a claim of each speaker."""
    claims = "".join(
        f"  - {{id: c{n}, text: قول, said: [{SPEAKERS[s]}], at: 1, mode: reported{extra if n == 1 else AGREES}}}\n"
        for n, s in enumerate(speakers, 1)
    )
    refs = ", ".join(f'"a#c{n}"' for n in range(1, len(speakers) + 1))
    judgment = f"judgments:\n  - text: حكم\n    confidence: {confidence}\n    claims: [{refs}]\n"
    return {
        **FILES,
        "content/dossier.yaml": f"title: ملف\n{judgment}",
        "content/reports/a.md": f"---\ntitle: خبر\nseed: a.txt\nclaims:\n{claims}---\n",
    }


def problems_of(speakers: str, confidence: str, extra: str = "") -> list[str]:
    try:
        found = compose(make_snapshot(files_of(speakers, confidence, extra)), Memo()).warnings
    except ContentError as error:
        found = error.problems
    return [f"{problem.severity}: {problem}" for problem in found]


@pytest.mark.parametrize(
    ("speakers", "level"),
    [
        ("N", "low"), ("a", "low"), ("U", "low"), ("UV", "low"), ("UVW", "low"), ("aV", "low"), ("aU", "low"), ("?U", "low"),
        ("ab", "moderate"), ("NV", "moderate"), ("Nb", "moderate"), ("abc", "moderate"), ("abW", "moderate"),
        ("NM", "moderate"), ("Nbc", "moderate"), ("NVW", "moderate"), ("NMV", "high"), ("NMbc", "high"),
    ],
)  # fmt: skip
def test_confidence_is_counted_from_independent_first_sources(speakers: str, level: str) -> None:
    site = compose(make_snapshot(files_of(speakers, "low")), Memo()).site
    assert supported(site, tuple(site.claims)) == level


def test_a_contradiction_of_any_sureness_but_the_least_keeps_it_from_being_high() -> None:
    for certainty, level in (("certain", "moderate"), ("probable", "moderate"), ("possible", "high")):
        differs = f", differs: [{{report: a, claim: c2, in: date, certainty: {certainty}, why: اليوم}}]"
        site = compose(make_snapshot(files_of("NMc", "low", differs)), Memo()).site
        assert supported(site, ("a#c1", "a#c2", "a#c3")) == level
        assert supported(site, ("a#c2", "a#c1", "a#c3")) == level, "whichever of the two says so"


def test_claims_that_only_stand_beside_the_first_count_for_nothing() -> None:
    files = {path: text.replace(AGREES, "") for path, text in files_of("NMc", "low").items()}
    assert supported(compose(make_snapshot(files), Memo()).site, ("a#c1", "a#c2", "a#c3")) == "low"


def test_more_than_the_claims_bear_out_is_a_warning_at_its_place() -> None:
    assert problems_of("ab", "high") == [
        "warning: content/dossier.yaml:4:17: confidence is high, and the claims of this judgment bear out moderate: "
        "2 origins (2 anonymous) (write moderate, or name claims of further independent first sources that agree with the first)"
    ]
    assert problems_of("U", "moderate") == [
        "warning: content/dossier.yaml:4:17: confidence is moderate, and the claims of this judgment bear out low: "
        "1 origin (1 unsourced) (write low, or name claims of further independent first sources that agree with the first)"
    ]


def test_what_they_bear_out_or_less_is_in_order() -> None:
    assert problems_of("NMc", "high") == problems_of("NMc", "low") == problems_of("ab", "moderate") == []


def test_high_on_one_origin_is_an_error_however_often_it_is_told() -> None:
    assert problems_of("Na", "high")[0].startswith("warning")
    assert problems_of("NN", "high") == [
        "error: content/dossier.yaml:4:17: confidence is high, and all that bears out this judgment has one origin "
        "(lower the confidence, or name a claim with another origin)"
    ]
