"""Which rung comes when, and when Laksa must look again."""

from __future__ import annotations
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import CONFIRM_BY, DIRECTORY, MONDAY, POLICY, complaint, wib
from workflows.domain.complaint.model import ENDED, STATES, WITH_DEPARTMENT, State
from workflows.domain.escalation.schedule import confirm_reminder, next_check, schedule_of

RUNGS = ("reminder", "overdue", "head", "sekda", "mayor")
DESK_RUNGS = ("desk_overdue", "desk_head", "desk_sekda", "desk_mayor")


def test_the_desk_has_a_ladder_of_its_own() -> None:
    steps = {step.rung.name: step.at for step in schedule_of(complaint(State.AT_DESK), POLICY).levels}
    assert steps == {
        "desk_overdue": wib("2026-07-07 16:00"),
        "desk_head": wib("2026-07-08 16:00"),
        "desk_sekda": wib("2026-07-10 16:00"),
        "desk_mayor": wib("2026-07-21 16:00"),
    }


@pytest.mark.parametrize("state", sorted(set(STATES) - WITH_DEPARTMENT - {State.AT_DESK} | {State.WAITING}))
def test_nobody_climbs_while_nobody_owes_an_answer(state: str) -> None:
    assert schedule_of(complaint(state), POLICY).levels == ()


@pytest.mark.parametrize("opd", [d.code for d in DIRECTORY.assignable()])
def test_every_department_of_the_city_has_a_ladder(opd: str) -> None:
    climbs = [step.rung.name for step in schedule_of(complaint(State.IN_PROGRESS, opd), POLICY).levels]
    without_sekda = DIRECTORY[opd].kind in ("inspektorat", "sekretariat")
    assert climbs == [rung for rung in RUNGS if rung != "sekda" or not without_sekda]


def test_two_kinds_climb_at_their_own_pace() -> None:
    lamp, water = (schedule_of(complaint(State.IN_PROGRESS, opd), POLICY).levels for opd in ("DISHUB", "PDAM"))
    assert [step.at for step in lamp[3:]] == [wib("2026-07-27 16:00"), wib("2026-08-03 16:00")]
    assert [step.at for step in water[3:]] == [wib("2026-07-23 16:00"), wib("2026-07-29 16:00")]


@pytest.mark.parametrize("opd", ["INSPEKTORAT", "SETDA"])
def test_danger_is_told_to_nobody_off_the_holders_own_ladder(opd: str) -> None:
    steps = schedule_of(complaint(State.IN_PROGRESS, opd, urgent=True), POLICY).levels
    assert [step.rung.name for step in steps] == ["reminder", "overdue", "head", "mayor"]


@pytest.mark.parametrize("climbed", range(len(RUNGS) + 1))
def test_a_climbed_rung_is_not_pending_again(climbed: int) -> None:
    left = schedule_of(complaint(State.IN_PROGRESS, escalated=RUNGS[:climbed]), POLICY).pending
    assert [step.rung.name for step in left] == list(RUNGS[climbed:])


def test_the_rungs_of_the_desk_use_up_none_of_the_department_s() -> None:
    assert len(schedule_of(complaint(State.IN_PROGRESS, escalated=DESK_RUNGS), POLICY).pending) == len(RUNGS)


@given(
    state=st.sampled_from(STATES),
    rungs=st.sets(st.sampled_from(RUNGS + DESK_RUNGS)),
    reminded=st.booleans(),
    reachable=st.booleans(),
    days=st.integers(0, 400),
)
def test_every_unfinished_complaint_has_an_alarm_and_no_finished_one(
    state: str, rungs: set[str], reminded: bool, reachable: bool, days: int
) -> None:
    fields: dict[str, Any] = {
        "updated_at": MONDAY + timedelta(days=days),
        "has_email": reachable,
        "confirm_reminded": reminded,
    }
    alarm = next_check(complaint(state, escalated=tuple(sorted(rungs)), **fields), POLICY)
    assert (alarm is None) == (state in ENDED)


def test_the_citizen_is_reminded_once_with_most_of_the_time_gone() -> None:
    assert confirm_reminder(complaint(State.ANSWERED), POLICY) == wib("2026-07-15 13:54")
    assert confirm_reminder(complaint(State.ANSWERED, confirm_reminded=True), POLICY) is None


@pytest.mark.parametrize("fields", [{"has_email": False}, {"answered_at": None}, {"confirm_by": None}])
def test_nobody_is_reminded_of_what_cannot_be_told_or_is_not_due(fields: dict[str, Any]) -> None:
    assert confirm_reminder(complaint(State.ANSWERED, **fields), POLICY) is None


def test_a_closed_case_keeps_its_dates_but_no_alarm() -> None:
    after = complaint(State.CLOSED)
    assert (after.answer.confirm_by, next_check(after, POLICY)) == (CONFIRM_BY, None)
