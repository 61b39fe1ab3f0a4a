"""Giving a complaint to a department, to the desk, or to nobody in the city."""

from __future__ import annotations
from datetime import datetime
from typing import Any

import pytest

from tests.builders import ANSWER_BY, DIRECTORY, MONDAY, POLICY, RULES, complaint, letters, live, wib
from workflows.domain.actions.assign import assign, to_desk, to_external, unrouted
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    DESK,
    HEAD,
    LAKSA,
    EventName,
    TimelineEvent,
    Transition,
)

ENTRY = TimelineEvent(EventName.ASSIGNED, LAKSA)


def given(before: Complaint, opd: str = "PUPR", now: datetime = MONDAY, notice: str = "", **fields: Any) -> Transition:
    return assign(before, DIRECTORY[opd], ENTRY, POLICY, now, notice, **fields)


def test_the_citizen_gets_a_letter_only_where_one_is_named() -> None:
    assert letters(given(complaint())) == {("new_case", DEPARTMENT, "PUPR")}


def test_danger_is_the_desk_s_to_phone_about_before_anybody_reads_a_mail() -> None:
    change = given(complaint(urgent=True), "BPBD", now=wib("2026-07-11 23:00"))
    assert [(n.template, n.role) for n in change.notices] == [("call_now", DESK), ("new_case", DEPARTMENT)]
    assert change.complaint.deadlines.call_by == wib("2026-07-11 23:30")
    assert change.complaint.deadlines.answer_by == wib("2026-07-12 23:00")


def test_what_accuses_an_office_is_nobody_s_to_phone_about() -> None:
    change = given(complaint(urgent=True), "INSPEKTORAT")
    assert letters(change) == {("new_case", DEPARTMENT, "INSPEKTORAT")}
    assert change.complaint.deadlines.call_by is None


@pytest.mark.parametrize("at", ["2026-07-10 16:30", "2026-07-11 10:00", "2026-07-12 23:59", "2026-07-13 07:00"])
def test_what_comes_after_hours_or_at_the_weekend_counts_from_monday(at: str) -> None:
    assert given(complaint(), now=wib(at)).complaint.deadlines.answer_by == wib("2026-07-27 16:00")


@pytest.mark.parametrize(
    "before", [complaint(), complaint(State.AT_DESK, assignment_no=4), complaint(State.IN_PROGRESS)]
)
def test_every_new_assignment_raises_its_number(before: Complaint) -> None:
    entry = TimelineEvent(EventName.ASSIGNED, LAKSA)
    changes = [given(before), to_desk(before, entry, RULES, MONDAY), to_external(before, "PLN", entry, MONDAY)]
    assert {c.complaint.assignment_no for c in changes} == {before.assignment_no + 1}


def test_the_assignment_carries_its_number() -> None:
    after = given(complaint(State.AT_DESK, assignment_no=4)).complaint
    assert after.assignment and after.assignment.assignment_no == after.assignment_no == 5


def test_at_the_desk_the_departments_clock_is_not_stopped_nor_forgotten() -> None:
    after = to_desk(complaint(State.SCHEDULED), TimelineEvent(EventName.NOT_OURS, DEPARTMENT), RULES, MONDAY).complaint
    assert (after.deadlines.clock_start, after.deadlines.answer_by, after.deadlines.scheduled_for) == (
        MONDAY,
        ANSWER_BY,
        None,
    )


def test_an_external_case_can_end_without_a_letter() -> None:
    assert not letters(to_external(complaint(), "PLN", TimelineEvent(EventName.EXTERNAL, LAKSA), MONDAY, notice=""))


def test_what_nobody_routed_goes_to_a_person_and_the_citizen_has_a_number() -> None:
    change = unrouted(complaint(State.RECEIVED), POLICY, MONDAY)
    assert change.complaint.state == State.AT_DESK
    assert letters(change) == {("triage", DESK, "DESK"), ("receipt", CITIZEN, "")}


def test_every_change_adds_one_numbered_and_dated_line() -> None:
    change = given(complaint(sequence=7))
    assert [(e.sequence, e.at, e.opd) for e in change.entries] == [(8, MONDAY, "PUPR")]
    assert change.complaint.sequence == 8


def test_danger_at_the_desk_waits_as_long_as_a_department_may_accept() -> None:
    night = wib("2026-07-11 23:00")
    after = to_desk(complaint(urgent=True), TimelineEvent(EventName.NOT_OURS, DEPARTMENT), RULES, night).complaint
    assert (after.deadlines.desk_by, after.deadlines.call_by) == (wib("2026-07-12 01:00"), wib("2026-07-11 23:30"))
    told = [(at.template, at.role) for change in live(after, night, wib("2026-07-12 02:30")) for at in change.notices]
    assert told.count(("triage_late", DESK)) >= 3
    assert ("head_desk", HEAD) in told
