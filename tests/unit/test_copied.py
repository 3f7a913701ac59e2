"""Seeds that are the publisher's text are refused before they are published, and told of before."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

import pytest

from dossier.commands.pipeline import compose
from dossier.engine.memo import Memo
from dossier.engine.snapshot import HeldOriginals, make_snapshot
from dossier.errors import ContentError, Problem
from dossier.linking.copied import LONG_RUN, LONGEST_QUOTATION, find_run

WORDS = [f"كلمة{number}" for number in range(200)]
ORIGINAL = f"{' '.join(WORDS[:100])}\n\n{' '.join(WORDS[100:])}\n"


def problems(seed: str, *, leave: str = "", held: bool = True, drafts: bool = False) -> list[Problem]:
    data = ORIGINAL.encode()
    digest = sha256(data).hexdigest()
    files = {
        "content/dossier.yaml": "title: ملف\n",
        "content/reports/a.md": f"---\ntitle: خبر\nseed: a.txt\noriginal:\n  sha256: {digest}\n{leave}---\n",
        "seeds/a.txt": seed,
    }
    originals = dict(make_snapshot({}, {"a.txt": data}).originals) if held else {}
    try:
        return list(compose(make_snapshot(files), Memo(), drafts=drafts, held=originals).warnings)
    except ContentError as error:
        return list(error.problems)


def test_the_original_itself_is_known_by_its_digest_alone() -> None:
    (found,) = problems(ORIGINAL, held=False)
    assert (found.severity, found.where) == ("error", "content/reports/a.md:3:7")
    assert found.message.startswith("the seed is the original itself")


def test_a_long_run_is_refused_at_its_place_and_shown_while_one_writes() -> None:
    seed = f"بكلماتنا نحن.\n\nويضيف: {' '.join(WORDS[20 : 20 + LONG_RUN + 3])} وهكذا.\n"
    (found,) = problems(seed)
    assert (found.severity, found.where) == ("error", "seeds/a.txt:3:8")
    assert found.message.startswith(f"{LONG_RUN + 3} words stand here as they do in the original")
    assert [p.severity for p in problems(seed, drafts=True)] == ["warning"]
    assert problems(seed, leave="  leave: إذن الناشر\n") == []


def test_an_original_that_comes_later_is_compared_then(tmp_path: Path) -> None:
    data = ORIGINAL.encode()
    report = f"---\ntitle: خبر\nseed: a.txt\noriginal: {{sha256: {sha256(data).hexdigest()}}}\n---\n"
    files = {
        "content/dossier.yaml": "title: ملف\n",
        "content/reports/a.md": report,
        "seeds/a.txt": ORIGINAL + "زيادة\n",
    }
    memo = Memo()
    assert compose(make_snapshot(files), memo, held=HeldOriginals(tmp_path / "none")).warnings == ()
    (tmp_path / "kept").mkdir()
    (tmp_path / "kept/any name.txt").write_bytes(data)
    for again in (memo.next(), memo.next().next()):
        with pytest.raises(ContentError):
            compose(make_snapshot(files), again, held=HeldOriginals(tmp_path))


@pytest.mark.parametrize(
    ("seed", "is_found"),
    [
        (" ".join(WORDS[: LONG_RUN - 1]), False),
        (" ".join(WORDS[:LONG_RUN]), True),
        (f"قال «{' '.join(WORDS[: LONG_RUN * 2])}»", False),
        (f"قال «{' '.join(WORDS[:LONGEST_QUOTATION])}»", True),
        (" ".join(f"{word}ٌ" for word in WORDS[:LONG_RUN]), True),
        (" ".join(WORDS[LONG_RUN::-1]), False),
    ],
    ids=["short", "long", "quoted", "quoted at length", "vowelled", "in another order"],
)
def test_what_counts_as_long(seed: str, is_found: bool) -> None:
    assert (find_run(seed, ORIGINAL) is not None) == is_found
