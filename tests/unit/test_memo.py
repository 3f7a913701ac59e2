"""The memo: what was made is not made again, and what a run did not ask for is forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dossier.engine.memo import Memo


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


def test_what_is_missing_of_many_is_made_all_at_once() -> None:
    first = Memo()
    first.get("a", 1, lambda: "a1")
    asked: list[list[int]] = []

    def make(new: Sequence[int]) -> Iterable[str]:
        asked.append([*new])
        return (f"made {number}" for number in new)

    second = first.next()
    wanted = [("a", 1), ("a", 2), ("b", 1)]
    assert second.get_each(wanted, make) == ["a1", "made 1", "made 2"]
    assert second.get_each(wanted[::-1], make) == ["made 2", "made 1", "a1"]
    assert asked == [[1, 2]]
    assert second.made == {"a": 1, "b": 1}


def test_a_step_is_revised_from_what_it_came_to_and_counts_as_unchanged_where_it_gives_that_back() -> None:
    first = Memo()
    assert first.revise("sum", lambda last: (last or 0) + 1) == 1
    second = first.next()
    assert second.revise("sum", lambda last: last) == 1
    assert second.is_unchanged("sum")
    assert second.next().revise("sum", lambda last: last + 1) == 2


def test_a_run_that_ended_early_leaves_what_either_had() -> None:
    first = Memo()
    first.get("step", "a", lambda: 1)
    second = first.next()
    second.get("step", "b", lambda: 2)
    third = second.retry()
    assert [third.get("step", key, lambda: 9) for key in "ab"] == [1, 2]
