"""The memo: what was made is not made again, and a foreign or damaged one is as good as none."""

from __future__ import annotations

from pathlib import Path

from dossier.engine.memo import Memo, load_memo, save_memo


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


def sum_of(memo: Memo, rows: dict[str, int]) -> int:
    """A shelf of numbers that are doubled and added up."""
    keys, values = tuple(rows), tuple(rows.values())

    def double(place: int) -> int:
        return 2 * values[place]

    def add_up(doubled: tuple[int, ...]) -> int:
        return sum(doubled)

    return memo.get_shelf("double", "shelf", (keys, values), lambda: tuple(rows.items()), double, add_up)


def test_a_shelf_is_summed_up_again_and_only_its_new_rows_are_made() -> None:
    first = Memo()
    assert sum_of(first, {"a": 1, "b": 2, "c": 3}) == 12
    assert first.made == {"double": 3}
    second = first.next()
    assert sum_of(second, {"a": 1, "c": 4}) == 10
    assert second.made == {"double": 1}
    third = second.next()
    assert sum_of(third, {"c": 4, "a": 1}) == 10
    assert third.made == {}
    assert not third.unchanged
    fourth = third.next()
    assert sum_of(fourth, {"c": 4, "a": 1}) == 10
    assert fourth.unchanged


def test_a_shelf_that_lost_a_row_is_kept_on_disk_anew(tmp_path: Path) -> None:
    first = Memo()
    sum_of(first, {"a": 1, "b": 2})
    save_memo(first, tmp_path / "memo", "c0de")
    second = load_memo(tmp_path / "memo", "c0de")
    assert sum_of(second, {"a": 1}) == 2
    save_memo(second, tmp_path / "memo", "c0de")
    third = load_memo(tmp_path / "memo", "c0de")
    assert sum_of(third, {"a": 1}) == 2
    assert third.unchanged
