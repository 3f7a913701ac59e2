"""Several captures of one article: each with its hash, and what differs in it."""

from __future__ import annotations

import json
from hashlib import sha256

from dossier.articles.differences import Run, compare
from dossier.articles.source_text import make_text
from dossier.commands.pipeline import all_files, compose
from dossier.commands.templates import TEMPLATES
from dossier.engine.memo import Memo
from dossier.engine.snapshot import make_snapshot, read_templates

FIRST = "السوق يفتح أبوابه\n\nقالت البلدية إن السوق القديم سيفتح أبوابه في الصيف.\n\nوانتهى العمل فيه.\n"
SECOND = "السوق يفتح أبوابه\n\nقالت البلدية إن السوق القديم سيفتح أبوابه في الخريف.\n\nتصحيح: كان الموعد خطأ.\n"


def changes(first: str, second: str) -> list[tuple[int | None, int | None, list[Run]]]:
    found = compare(make_text("", "", first, noise=False), make_text("", "", second, noise=False))
    assert found is not None
    return [(change.before, change.after, list(change.runs)) for change in found]


def test_a_changed_paragraph_shows_its_words_and_others_come_and_go() -> None:
    assert changes(FIRST, SECOND) == [
        (
            2,
            2,
            [
                Run("same", "قالت البلدية إن السوق القديم سيفتح أبوابه في "),
                Run("removed", "الصيف."),
                Run("added", "الخريف."),
            ],
        ),
        (3, None, [Run("removed", "وانتهى العمل فيه.")]),
        (None, 3, [Run("added", "تصحيح: كان الموعد خطأ.")]),
    ]


def test_white_space_is_no_difference() -> None:
    assert changes(FIRST, FIRST.replace("\n\n", "\r\n\r\n\r\n").replace(" في", "  في")) == []


def test_a_paragraph_that_was_put_in_moves_no_other() -> None:
    assert changes("أ\n\nب\n\nج\n", "أ\n\nجديد\n\nب\n\nج\n") == [(None, 2, [Run("added", "جديد")])]


def test_texts_without_end_are_not_compared() -> None:
    long = make_text("", "", "نص\n\n" * 2_001, noise=False)
    assert compare(long, long) is None


def built(files: dict[str, str], originals: dict[str, bytes], memo: Memo) -> tuple[str, str]:
    """Return the report's page and the data."""
    site = compose(make_snapshot(files, originals), memo).site
    made = dict(all_files(site, read_templates(TEMPLATES), memo, search=False))
    return made["/reports/a/"].decode(), made["/dossier.json"].decode()


def test_a_page_shows_further_captures_with_what_differs_and_the_data_name_them() -> None:
    digests = [sha256(text.encode()).hexdigest() for text in (FIRST, SECOND, "غائبة")]
    files = {
        "content/dossier.yaml": "title: ملف",
        "content/reports/a.md": f"---\ntitle: ت\nseed: a.txt\noriginal: {{sha256: {digests[0]}}}\noriginals:\n"
        f"- {{sha256: {digests[1]}, file: b.txt, captured: بعد يومين}}\n- {{sha256: {digests[2]}, file: c.txt}}\n---\n",
        "seeds/a.txt": "نص",
    }
    memo = Memo()
    page, data = built(files, {"a.txt": FIRST.encode(), "b.txt": SECOND.encode()}, memo)
    assert "<del>الصيف.</del><ins>الخريف.</ins>" in page
    assert "بعد يومين" in page
    assert all(digest in page for digest in digests)
    record = json.loads(data)["reports"][0]
    assert record["originals"] == [
        {"sha256": digests[1], "file": "b.txt", "present": True},
        {"sha256": digests[2], "file": "c.txt", "present": False},
    ]
    corrected = SECOND.replace("الخريف", "الشتاء")
    files["content/reports/a.md"] = files["content/reports/a.md"].replace(
        digests[1], sha256(corrected.encode()).hexdigest()
    )
    page, _ = built(files, {"a.txt": FIRST.encode(), "b.txt": corrected.encode()}, memo)
    assert "<ins>الشتاء.</ins>" in page
