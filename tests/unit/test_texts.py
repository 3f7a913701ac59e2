"""The texts of a shelf: read where they are there, with what is wrong in them, and only those that changed."""

from __future__ import annotations

from hashlib import sha256

from dossier.content.parsing import parse_reports
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot
from dossier.linking.texts import TextShelf, read_texts

ORIGINAL = "قال أحد.\n\nثم سكت.\n".encode()
HEAD = f"---\ntitle: خبر\nseed: {{seed}}\noriginal: {{{{sha256: {sha256(ORIGINAL).hexdigest()}}}}}\n---\n"
FILES = {
    "content/reports/a.md": HEAD.format(seed="a.txt"), "content/reports/b.md": HEAD.format(seed="b.txt"),
    "seeds/a.txt": "نص.\n\nآخر.", "seeds/b.txt": "غيره.",
}  # fmt: skip


def shelf(files: dict[str, str], memo: Memo, originals: dict[str, bytes] | None = None) -> TextShelf:
    """The one shelf of a small dossier."""
    taken = make_snapshot(files, originals)
    (reports,) = parse_reports(taken, memo)
    return read_texts(reports, taken, memo)


def test_paragraphs_are_counted_in_what_is_there() -> None:
    assert [source.counts for source in shelf(FILES, Memo()).sources] == [(2, None), (1, None)]
    assert [source.counts for source in shelf(FILES, Memo(), {"x.txt": ORIGINAL}).sources] == [(2, 2), (1, 2)]
    missing = {path: text for path, text in FILES.items() if path != "seeds/b.txt"}
    assert [source.counts for source in shelf(missing, Memo()).sources] == [(2, None), None]


def test_only_a_text_that_changed_is_read_again() -> None:
    memo = Memo()
    shelf(FILES, memo)
    later = memo.next()
    found = shelf({**FILES, "seeds/b.txt": "غيره.\n\nوزيادة."}, later)
    assert (later.made["texts"], found.sources[1].counts) == (1, (2, None))


def test_control_characters_in_seeds_are_warned_of() -> None:
    found = shelf({**FILES, "seeds/a.txt": "قال\x07 علي\n\nنعم \u202e"}, Memo())
    assert [(str(problem), problem.severity) for problem in found.problems] == [
        ("seeds/a.txt:1:4: holds the control character U+0007 (delete it)", "warning"),
        ("seeds/a.txt:3:5: holds the bidi control U+202E (delete it)", "warning"),
    ]


def test_an_original_that_cannot_be_read_is_said_and_the_seed_stays() -> None:
    broken = b"%PDF-1.7 \x00"
    changed = FILES["content/reports/a.md"].replace(sha256(ORIGINAL).hexdigest(), sha256(broken).hexdigest())
    found = shelf({**FILES, "content/reports/a.md": changed}, Memo(), {"a.pdf": broken})
    assert [problem.severity for problem in found.problems] == ["error"]
    assert found.sources[0].original is None
    assert found.sources[0].counts == (2, None)
