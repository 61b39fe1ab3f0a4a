"""From when a case is counted that was written down later than it reached the city."""

from __future__ import annotations
from datetime import datetime, timedelta
from typing import Any

from tests.builders import ACK_BY, ANSWER_BY, DESK_BY, DIRECTORY, MONDAY, POLICY, RULES, complaint, live, wib
from workflows.domain.actions.assign import assign, to_desk, to_desk_with_new_clock
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.records import Arrival
from workflows.domain.complaint.transition import LAKSA, EventName, TimelineEvent
from workflows.domain.escalation.timers import next_timed_transition

LATER = wib("2026-07-13 10:00")
"""A Monday on which an operator writes down what came a week before."""


def noted(at: datetime = MONDAY, now: datetime = LATER, **fields: Any) -> Complaint:
    came = Arrival("letter", noted_at=now)
    return complaint(received_at=at, arrival=came, clock_start=at, **fields)


def given(case: Complaint, now: datetime = LATER) -> Complaint:
    return assign(case, DIRECTORY["DLH"], TimelineEvent(EventName.ASSIGNED, LAKSA), POLICY, now).complaint


def waiting(case: Complaint, now: datetime = LATER) -> Complaint:
    return to_desk(case, TimelineEvent(EventName.AT_DESK, LAKSA), RULES, now).complaint


def test_written_down_at_once_it_has_the_time_of_any_other() -> None:
    held = given(noted(MONDAY, MONDAY), MONDAY)
    assert (held.deadlines.clock_start, held.deadlines.answer_by) == (MONDAY, ANSWER_BY)
    assert held.assignment and held.assignment.ack_by == ACK_BY
    assert waiting(noted(MONDAY, MONDAY), MONDAY).deadlines.desk_by == DESK_BY


def test_an_answer_is_due_from_when_it_reached_the_city() -> None:
    held = given(noted())
    assert (held.deadlines.clock_start, held.deadlines.answer_by) == (MONDAY, ANSWER_BY)


def test_who_accepts_or_chooses_keeps_a_working_day_where_the_date_passed() -> None:
    held, desk = given(noted()), waiting(noted())
    assert held.assignment and held.assignment.ack_by == wib("2026-07-14 16:00")
    assert (desk.deadlines.desk_since, desk.deadlines.desk_by) == (MONDAY, wib("2026-07-14 16:00"))


def test_it_is_one_clock_also_where_the_desk_had_it_first() -> None:
    held = given(waiting(noted()), LATER + timedelta(days=1))
    assert (held.deadlines.clock_start, held.deadlines.answer_by) == (MONDAY, ANSWER_BY)


def test_danger_leaves_the_time_to_phone() -> None:
    held = given(noted(urgent=True))
    assert held.deadlines.answer_by == MONDAY + POLICY.urgent.answer
    assert held.assignment and held.assignment.ack_by == LATER + POLICY.urgent.call
    assert held.deadlines.call_by == LATER + POLICY.urgent.call


def test_where_the_answer_is_late_already_it_goes_up_at_once() -> None:
    held = given(noted(MONDAY - timedelta(days=21)))
    assert held.deadlines.answer_by and held.deadlines.answer_by < LATER
    events = [change.entries[0].event for change in live(held, LATER, LATER)]
    assert events and set(events) == {"rung"}


def test_a_case_that_begins_anew_is_counted_from_then() -> None:
    again = to_desk_with_new_clock(given(noted()), TimelineEvent(EventName.DISPUTED, LAKSA), RULES, LATER).complaint
    assert (again.state, again.deadlines.desk_since, again.deadlines.desk_by) == (
        State.AT_DESK,
        LATER,
        wib("2026-07-14 16:00"),
    )
    assert given(again).deadlines.clock_start == LATER


def test_a_report_of_last_week_is_not_taken_for_one_the_router_left() -> None:
    assert next_timed_transition(noted(), POLICY, LATER + timedelta(minutes=29)) is None
    left = next_timed_transition(noted(), POLICY, LATER + timedelta(minutes=30))
    assert left and left.complaint.state == State.AT_DESK
