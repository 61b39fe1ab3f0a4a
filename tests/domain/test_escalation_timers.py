"""What time does: reminders, rungs, the return of a scheduled day, the end of waiting, and any life at all."""

from __future__ import annotations
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.builders import ANSWER_BY, CONFIRM_BY, DIRECTORY, MONDAY, POLICY, RULES, complaint, letters, live, wib
from workflows.domain.actions import desk as desk_acts
from workflows.domain.actions.assign import assign
from workflows.domain.actions.citizen import CITIZEN_ACTIONS, CitizenAct
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.actions.officer import forward
from workflows.domain.complaint.model import (
    ENDED,
    NO_RESPONSE,
    NOT_REACHED,
    WITH_DEPARTMENT,
    Complaint,
    State,
    from_document,
    to_document,
)
from workflows.domain.complaint.transition import EventName, Role, TimelineEvent, Transition
from workflows.domain.escalation.schedule import next_check
from workflows.domain.escalation.timers import next_timed_transition
from workflows.errors import UserError
from workflows.office import casework
from workflows.ports import CaseGrant

RUNGS = ("reminder", "overdue", "head", "sekda", "mayor")
DESK_RUNGS = ("desk_overdue", "desk_head", "desk_sekda", "desk_mayor")
AUTUMN = wib("2026-10-01 09:00")
SECOND = timedelta(seconds=1)


def told(changes: list[Transition]) -> list[set[tuple[str, str, str]]]:
    return [letters(change) for change in changes]


def climbed(changes: list[Transition]) -> list[str]:
    return [entry.facts["rung"] for change in changes for entry in change.entries if entry.event == "rung"]


def test_a_case_nobody_answers_climbs_each_rung_once_in_order() -> None:
    changes = live(complaint(State.IN_PROGRESS), MONDAY, AUTUMN)
    assert climbed(changes) == list(RUNGS)
    assert told(changes) == [
        {("reminder", Role.DEPARTMENT, "DLH")},
        {("overdue", Role.DEPARTMENT, "DLH"), ("late", Role.CITIZEN, "")},
        {("head_case", Role.HEAD, "DLH"), ("also_head", Role.DEPARTMENT, "DLH"), ("went_up", Role.CITIZEN, "")},
        {("went_up", Role.CITIZEN, "")},
        {("went_up", Role.CITIZEN, "")},
    ]
    assert [c.complaint.escalation.reported_to for c in changes] == ["", "", "", "sekda", "mayor"]


def test_each_rung_is_climbed_at_its_moment_and_not_a_second_before() -> None:
    for change in live(complaint(State.IN_PROGRESS), MONDAY, AUTUMN):
        (entry,) = change.entries
        assert entry.at == entry.facts["due"]


@pytest.mark.parametrize("moment", ["2026-07-16 10:15", "2026-07-20 16:00"])
def test_nothing_happens_before_its_time(moment: str) -> None:
    rungs = RUNGS[: ["2026-07-16 10:15", "2026-07-20 16:00"].index(moment)]
    before = complaint(State.IN_PROGRESS, escalated=rungs)
    assert next_timed_transition(before, POLICY, wib(moment) - SECOND) is None
    assert next_timed_transition(before, POLICY, wib(moment)) is not None


def test_a_rung_says_who_hears_next_and_when() -> None:
    first, *_, last = live(complaint(State.IN_PROGRESS), MONDAY, AUTUMN)
    assert (first.entries[0].facts["next_to"], first.entries[0].facts["next_at"]) == (Role.DEPARTMENT, ANSWER_BY)
    assert "next_to" not in last.entries[0].facts


def test_several_rungs_due_are_climbed_in_order_without_old_reminders() -> None:
    changes = live(complaint(State.IN_PROGRESS), AUTUMN, AUTUMN)
    assert climbed(changes) == list(RUNGS)
    assert told(changes)[:2] == [set(), set()]
    assert ("head_case", Role.HEAD, "DLH") in told(changes)[2]


def test_a_reminder_is_silent_only_when_a_later_one_is_due_as_well() -> None:
    changes = live(complaint(State.IN_PROGRESS), ANSWER_BY, ANSWER_BY)
    assert told(changes) == [set(), {("overdue", Role.DEPARTMENT, "DLH"), ("late", Role.CITIZEN, "")}]


def test_above_its_top_rung_the_desk_hears_weekly_with_a_link_that_lives() -> None:
    nudges = live(complaint(State.AT_DESK), MONDAY, AUTUMN)[4:]
    moments = [c.complaint.deadlines.nudged_at for c in nudges if c.complaint.deadlines.nudged_at]
    assert {letter for change in told(nudges) for letter in change} == {("triage_late", Role.DESK, "DESK")}
    assert len(moments) == len(nudges) > 5
    assert all(timedelta(days=7) <= b - a <= timedelta(days=9) for a, b in pairwise(moments))


def test_a_restricted_report_at_the_desk_reaches_no_head() -> None:
    changes = live(complaint(State.AT_DESK, restricted=True), MONDAY, AUTUMN)
    assert "desk_head" not in climbed(changes)
    assert not [letter for change in told(changes) for letter in change if letter[1] == Role.HEAD]


def test_a_case_that_gets_older_never_comes_down_from_the_mayor_s_table() -> None:
    changes = live(complaint(State.AT_DESK, reported_to="mayor"), MONDAY, AUTUMN)
    assert {c.complaint.escalation.reported_to for c in changes} == {"mayor"}


def test_an_overtaken_reminder_to_the_desk_is_silent_too() -> None:
    assert told(live(complaint(State.AT_DESK), AUTUMN, AUTUMN))[0] == set()


@pytest.mark.parametrize("days", range(1, 40, 6))
def test_each_rung_is_climbed_once_in_a_life_whoever_holds_the_case(days: int) -> None:
    first = live(complaint(State.IN_PROGRESS), MONDAY, MONDAY + timedelta(days=days))
    now = MONDAY + timedelta(days=days, minutes=1)
    held = first[-1].complaint if first else complaint(State.IN_PROGRESS)
    moved = forward(held, OfficerAct("forward", to="PUPR", message="Milik PUPR."), RULES, now)
    later = live(moved.complaint, now, AUTUMN)
    assert climbed(first) + climbed(later) == list(RUNGS)


def test_what_the_new_holder_s_ladder_writes_goes_to_the_new_holder() -> None:
    moved = forward(
        complaint(State.IN_PROGRESS), OfficerAct("forward", to="PUPR", message="Milik PUPR."), RULES, MONDAY
    )
    written = [letters for letters in told(live(moved.complaint, MONDAY, ANSWER_BY)) if letters]
    assert written[0] == {("reminder", Role.DEPARTMENT, "PUPR")}


def test_a_missed_date_to_accept_is_recorded_once_where_everybody_sees_it() -> None:
    changes = live(complaint(State.ASSIGNED), MONDAY, AUTUMN)
    missed = [c.entries[0] for c in changes if c.entries[0].event == "unaccepted"]
    assert [(entry.at, entry.hidden) for entry in missed] == [(wib("2026-07-08 16:00"), False)]


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.SCHEDULED])
def test_a_case_that_was_accepted_misses_no_date_to_accept(state: str) -> None:
    assert not [c for c in live(complaint(state), MONDAY, AUTUMN) if c.entries[0].event == "unaccepted"]


@pytest.mark.parametrize(("minutes", "state"), [(0, None), (29, None), (30, State.AT_DESK), (3000, State.AT_DESK)])
def test_what_nobody_routed_within_half_an_hour_goes_to_the_desk(minutes: int, state: str | None) -> None:
    change = next_timed_transition(complaint(State.RECEIVED), POLICY, MONDAY + timedelta(minutes=minutes))
    assert (change.complaint.state if change else None) == state


def test_a_scheduled_case_comes_back_on_that_morning() -> None:
    morning = wib("2026-07-15 08:00")
    assert next_timed_transition(complaint(State.SCHEDULED), POLICY, morning - SECOND) is None
    change = next_timed_transition(complaint(State.SCHEDULED), POLICY, morning)
    assert change and (change.complaint.state, change.complaint.deadlines.scheduled_for) == (State.IN_PROGRESS, None)
    assert letters(change) == {("schedule_due", Role.DEPARTMENT, "DLH")}


@pytest.mark.parametrize(("reached_at", "closed_as"), [(MONDAY, NO_RESPONSE), (None, NOT_REACHED)])
def test_silence_is_no_agreement_nor_counted_if_nobody_was_reached(reached_at: datetime | None, closed_as: str) -> None:
    before = complaint(State.ANSWERED, reached_at=reached_at, confirm_reminded=True)
    assert next_timed_transition(before, POLICY, CONFIRM_BY - SECOND) is None
    change = next_timed_transition(before, POLICY, CONFIRM_BY)
    assert change and (change.complaint.state, change.complaint.answer.closed_as) == (State.CLOSED, closed_as)
    assert letters(change) == {("closed", Role.CITIZEN, "")}


@pytest.mark.parametrize(("reachable", "expected"), [(True, ["confirm_reminder", "closed"]), (False, ["closed"])])
def test_the_citizen_is_reminded_once_before_the_case_closes(reachable: bool, expected: list[str]) -> None:
    changes = live(complaint(State.ANSWERED, has_email=reachable), MONDAY, AUTUMN)
    assert [notice.template for change in changes for notice in change.notices] == expected


def test_a_reminder_that_comes_too_late_is_left_out() -> None:
    changes = live(complaint(State.ANSWERED), CONFIRM_BY, AUTUMN)
    assert [notice.template for change in changes for notice in change.notices] == ["closed"]


@pytest.mark.parametrize("state", sorted(ENDED))
def test_time_does_nothing_to_a_finished_case(state: str) -> None:
    assert next_timed_transition(complaint(state), POLICY, AUTUMN) is None


# Any life: whatever people do, and whenever, these rules hold.

ACTIONS = ("acknowledge", "answer", "schedule", "forward", "not-ours", "renew", "confirm", "dispute")
STEP = st.tuples(
    st.sampled_from((*ACTIONS, "assign", "external", "reject", "wait", "wait")),
    st.integers(0, 3),
    st.sampled_from((1, 30, 60 * 26, 60 * 24 * 4, 60 * 24 * 15)),
)
LIFE = st.lists(STEP, min_size=12, max_size=40)


def step(before: Complaint, action: str, n: int, now: datetime) -> Transition | None:
    """One act by whoever may do it, or what the sweep finds; None when it is refused or changes nothing."""
    opd = ("DLH", "PUPR", "DISHUB", "KEC-PINANG")[n]
    day = (now + timedelta(days=n * 19)).date().isoformat()
    try:
        if action == "wait":
            return next_timed_transition(before, POLICY, now)
        if action in CITIZEN_ACTIONS.names:
            return CITIZEN_ACTIONS.decide(before, CitizenAct(action, f"Pesan {n}"), RULES, now)
        if action in desk_acts.DESK_ACTIONS.names:
            return desk_acts.decide(before, DeskAct(action, opd, "unclear", message=f"Pesan {n}"), RULES, now)
        grant = CaseGrant(before.ticket, Role.DEPARTMENT, before.assignment_no, now + timedelta(days=60))
        wanted = OfficerAct(action, message=f"Pesan {n}", date=day, to=opd)
        return casework.decide(before, wanted, grant, RULES, now)
    except UserError:
        return None


def live_through(steps: list[tuple[str, int, int]]) -> list[Transition]:
    now, changes = (
        MONDAY,
        [assign(complaint(), DIRECTORY["DLH"], TimelineEvent(EventName.ASSIGNED, Role.LAKSA), POLICY, MONDAY)],
    )
    for action, n, minutes in steps:
        now += timedelta(minutes=minutes)
        while change := step(changes[-1].complaint, action, n, now):
            changes.append(change)
            if action != "wait":
                break
    return changes


def require_sound(before: Complaint, after: Complaint) -> None:
    assert after.sequence == before.sequence + 1
    assert after.assignment_no >= before.assignment_no
    assert after.escalation.escalated[: len(before.escalation.escalated)] == before.escalation.escalated
    assert len(set(after.escalation.escalated)) == len(after.escalation.escalated)
    assert after.updated_at and before.updated_at and after.updated_at >= before.updated_at


def require_consistent(after: Complaint) -> None:
    assert (after.assignment is not None) >= (after.state in WITH_DEPARTMENT)
    assert (after.deadlines.scheduled_for is not None) == (after.state == State.SCHEDULED)
    assert (after.deadlines.desk_by is not None) == (after.state == State.AT_DESK)
    assert (next_check(after, POLICY) is None) == (after.state in ENDED)
    assert after.state not in ENDED | {State.ANSWERED} or after.escalation.reported_to == ""
    assert after.assignment is None or after.assignment.assignment_no == after.assignment_no


@pytest.mark.slow
@settings(max_examples=150)
@given(LIFE)
def test_in_any_life_numbers_grow_rungs_are_kept_and_every_state_is_whole(steps: list[tuple[str, int, int]]) -> None:
    changes = live_through(steps)
    for before, after in pairwise(change.complaint for change in changes):
        require_sound(before, after)
    for change in changes:
        require_consistent(change.complaint)
        assert from_document(to_document(change.complaint)) == change.complaint


@pytest.mark.slow
@settings(max_examples=150)
@given(LIFE)
def test_only_an_objection_or_nearer_schedule_brings_a_deadline_forward(steps: list[tuple[str, int, int]]) -> None:
    for before, after in pairwise(live_through(steps)):
        was, is_ = before.complaint.deadlines.answer_by, after.complaint.deadlines.answer_by
        allowed = (
            after.complaint.answer.disputes > before.complaint.answer.disputes or after.entries[0].event == "scheduled"
        )
        assert allowed or was is None or (is_ is not None and is_ >= was)


@pytest.mark.slow
@settings(max_examples=150)
@given(LIFE)
def test_in_any_life_each_letter_of_citizen_and_office_is_a_change(steps: list[tuple[str, int, int]]) -> None:
    for change in live_through(steps):
        who = [(notice.template, notice.role) for notice in change.notices]
        assert len(set(who)) == len(who)
        assert all(notice.role == Role.CITIZEN or notice.to in DIRECTORY.departments for notice in change.notices)


def test_an_assigned_case_starts_with_an_alarm_before_its_deadline() -> None:
    (change,) = live_through([])
    alarm: Any = next_check(change.complaint, POLICY)
    assert change.complaint.state == State.ASSIGNED
    assert MONDAY < alarm < ANSWER_BY
