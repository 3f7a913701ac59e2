"""The memo: what was made is not made again, and a foreign or damaged one is as good as none."""

from __future__ import annotations

from pathlib import Path

from dossier.memo import Memo, load_memo, save_memo


def test_a_step_is_done_once_for_a_key() -> None:
    memo = Memo()
    assert [memo.get("double", 2, lambda: 4), memo.get("double", 2, lambda: 5)] == [4, 4]
    assert memo.made == {"double": 1}


def test_the_next_run_makes_only_what_changed_and_forgets_the_rest() -> None:
    first = Memo()
    first.get("step", "a", lambda: 1)
    first.get("step", "b", lambda: 2)
    second = first.next()
    assert second.get("step", "a", lambda: 9) == 1
    assert second.made == {}
    third = second.next()
    assert third.get("step", "b", lambda: 3) == 3


def test_a_memo_survives_on_disk_for_the_same_code_only(tmp_path: Path) -> None:
    memo = Memo()
    memo.get("step", "a", lambda: 1)
    save_memo(memo, tmp_path / "cache/memo", "c0de")
    assert load_memo(tmp_path / "cache/memo", "c0de").get("step", "a", lambda: 9) == 1
    assert load_memo(tmp_path / "cache/memo", "0ther").get("step", "a", lambda: 9) == 9


def test_a_damaged_memo_is_an_empty_one(tmp_path: Path) -> None:
    path = tmp_path / "memo"
    for data in (b"", b"c0de\n", b"c0de\nrubbish", b"\xff\xfe"):
        path.write_bytes(data)
        assert load_memo(path, "c0de").results == {}
