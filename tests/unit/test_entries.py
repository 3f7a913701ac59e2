"""Reports with their texts: read where they are there, with what is wrong in them, and only those that changed."""

from __future__ import annotations

from hashlib import sha256

import pytest

from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.entries import Entries, read_entries

ORIGINAL = "قال أحد.\n\nثم سكت.\n".encode()
HEAD = f"---\ntitle: خبر\nseed: {{seed}}\noriginal: {{{{sha256: {sha256(ORIGINAL).hexdigest()}}}}}\n---\n"
FILES = {
    "content/reports/a.md": HEAD.format(seed="a.txt"), "content/reports/b.md": HEAD.format(seed="b.txt"),
    "seeds/a.txt": "نص.\n\nآخر.", "seeds/b.txt": "غيره.",
}  # fmt: skip


def read(files: dict[str, str], memo: Memo, originals: dict[str, bytes] | None = None) -> Entries:
    return read_entries(make_snapshot(files, originals), memo)


def test_paragraphs_are_counted_in_what_is_there() -> None:
    assert [entry.counts for entry in read(FILES, Memo()).entries] == [(2, None), (1, None)]
    assert [entry.counts for entry in read(FILES, Memo(), {"x.txt": ORIGINAL}).entries] == [(2, 2), (1, 2)]
    missing = {path: text for path, text in FILES.items() if path != "seeds/b.txt"}
    assert [entry.counts for entry in read(missing, Memo()).entries] == [(2, None), None]


def test_only_a_text_that_changed_is_read_again() -> None:
    memo = Memo()
    read(FILES, memo)
    later = memo.next()
    found = read({**FILES, "seeds/b.txt": "غيره.\n\nوزيادة."}, later)
    assert (later.made["texts"], found.entries[1].counts) == (1, (2, None))


def test_control_characters_in_seeds_are_warned_of() -> None:
    found = read({**FILES, "seeds/a.txt": "قال\x07 علي\n\nنعم \u202e"}, Memo())
    assert [(str(problem), problem.severity) for problem in found.problems] == [
        ("seeds/a.txt:1:4: holds the control character U+0007 (delete it)", "warning"),
        ("seeds/a.txt:3:5: holds the bidi control U+202E (delete it)", "warning"),
    ]


def test_an_original_that_cannot_be_read_is_said_and_the_seed_stays() -> None:
    broken = b"%PDF-1.7 \x00"
    changed = FILES["content/reports/a.md"].replace(sha256(ORIGINAL).hexdigest(), sha256(broken).hexdigest())
    found = read({**FILES, "content/reports/a.md": changed}, Memo(), {"a.pdf": broken})
    assert [problem.severity for problem in found.problems] == ["error"]
    assert found.entries[0].original is None
    assert found.entries[0].counts == (2, None)


@pytest.mark.parametrize(
    ("changes", "made"),
    [
        ({"content/reports/a.md": HEAD.format(seed="a.txt") + "زيادة"}, {"reports": 1}),
        ({"content/reports/a.md": HEAD.format(seed="c.txt")}, {"reports": 1, "texts": 1}),
        ({"seeds/a.txt": "نص جديد"}, {"texts": 1}),
        ({"seeds/a.txt": None}, {"texts": 1}),
        ({"seeds/c.txt": None, "seeds/d.txt": "x"}, {}),
        ({"content/actors/x.md": "---\nname: x\n---\n"}, {"content/paths": 1}),
        ({"content/reports/c.md": HEAD.format(seed="c.txt")}, {"content/paths": 1, "reports": 1, "texts": 1}),
        ({"content/reports/a.md": None}, {"content/paths": 1}),
    ],
)
def test_what_changed_is_read_and_the_whole_is_what_a_first_reading_gives(
    changes: dict[str, str | None], made: dict[str, int]
) -> None:
    before = {**FILES, "seeds/c.txt": "ثالث."}
    after = {path: text for path, text in {**before, **changes}.items() if text is not None}
    memo = Memo()
    read(before, memo, {"x.txt": ORIGINAL})
    later = memo.next()
    assert read(after, later, {"x.txt": ORIGINAL}) == read(after, Memo(), {"x.txt": ORIGINAL})
    assert later.made == made


def test_an_original_that_comes_or_goes_changes_its_reports_alone() -> None:
    memo = Memo()
    read(FILES, memo)
    later = memo.next()
    assert read(FILES, later, {"x.txt": ORIGINAL}) == read(FILES, Memo(), {"x.txt": ORIGINAL})
    assert later.made == {"texts": 2}
    last = later.next()
    assert [entry.original for entry in read(FILES, last).entries] == [None, None]
