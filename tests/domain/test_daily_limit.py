"""A case takes so many additions in a day; what a department asked for is never one too many."""

from __future__ import annotations
from datetime import datetime

import pytest

from tests.builders import ANSWER_BY, MONDAY, POLICY, RULES, complaint, wib
from workflows.domain.actions.citizen import CitizenAct, add
from workflows.domain.complaint.model import Complaint, State
from workflows.errors import InvalidInput

ONE_MORE = CitizenAct("add", "Satu hal lagi.")
EVENING = wib("2026-07-06 23:59")


def added(times: int, at: datetime) -> Complaint:
    """A case to which so much has been added at that moment."""
    case = complaint(State.ASSIGNED)
    for _ in range(times):
        case = add(case, ONE_MORE, RULES, at).complaint
    return case


def test_twenty_times_a_day_and_then_a_plain_refusal() -> None:
    case = added(POLICY.additions_per_day, MONDAY)
    with pytest.raises(InvalidInput) as refused:
        add(case, ONE_MORE, RULES, EVENING)
    (error,) = refused.value.errors
    assert (error.field, error.code, error.facts) == ("message", "too_many_today", {"max": 20})


def test_the_next_day_in_tangerang_begins_anew() -> None:
    case = added(POLICY.additions_per_day, EVENING)
    change = add(case, ONE_MORE, RULES, wib("2026-07-07 00:00"))
    assert change.entries[0].event == "added"


def test_an_answer_to_a_question_is_taken_however_much_was_added_before() -> None:
    case = added(POLICY.additions_per_day, MONDAY)
    asked = case.evolve(state=State.WAITING, asked_at=MONDAY, ask_until=ANSWER_BY)
    change = add(asked, ONE_MORE, RULES, MONDAY)
    assert change.entries[0].event == "replied"
