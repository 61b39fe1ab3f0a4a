"""When an act is the same act again: a form pressed twice or sent anew, not the same words on another day."""

from __future__ import annotations
from datetime import datetime

import pytest

from tests.builders import MONDAY, wib
from workflows.domain.actions.engine import IdempotencyKey, make_key


def did(*acts: IdempotencyKey, now: datetime = MONDAY) -> list[str]:
    return [act.stored_on(now) for act in acts]


def act(action: str, words: str = "a", epoch: str = "0") -> IdempotencyKey:
    return make_key(action, words, epoch=epoch)


A, B = act("progress"), act("progress", "b")


@pytest.mark.parametrize("acts", [[A], [A, A], [A, B], [A, B, act("dispute")], [act("ask"), A, B]])
def test_the_same_again_on_one_day_is_a_repeat_whatever_came_between(acts: list[IdempotencyKey]) -> None:
    assert A.is_repeat(did(*acts), MONDAY)


@pytest.mark.parametrize("acts", [[], [B], [act("ask")], [act("progress", epoch="1")]])
def test_what_was_not_done_is_no_repeat(acts: list[IdempotencyKey]) -> None:
    assert not A.is_repeat(did(*acts), MONDAY)
    assert not A.was_done([], MONDAY)


@pytest.mark.parametrize(
    ("acts", "again"),
    [
        ([act("ask"), act("add", "ya")], act("ask")),
        ([act("add"), act("ask", "b")], act("add")),
        ([act("rate", "4"), act("rate", "2")], act("rate", "4")),
        ([act("delegate"), act("delegate", "b")], act("delegate")),
        ([act("schedule"), act("schedule", "b")], act("schedule")),
    ],
)
def test_questions_and_replies_are_new_after_being_overtaken(acts: list[IdempotencyKey], again: IdempotencyKey) -> None:
    assert not again.is_repeat(did(*acts), MONDAY)
    assert again.is_repeat(did(*acts, again), MONDAY)


def test_what_cannot_be_any_more_was_done_on_any_day_unless_said_on_many() -> None:
    later = wib("2026-07-08 09:00")
    assert act("forward").was_done(did(act("forward")), later)
    assert act("assign", epoch="2").was_done(did(act("assign", epoch="1")), later)
    assert A.was_done(did(A), MONDAY)
    assert not A.was_done(did(A), later)


def test_a_mark_of_an_earlier_release_is_nobody_s() -> None:
    assert not A.is_repeat(["0123456789abcdef"], MONDAY)
