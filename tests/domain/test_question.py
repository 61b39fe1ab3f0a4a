"""A question to the citizen: the clock stands still, and neither silence nor an answer loses time."""

from __future__ import annotations
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import ANSWER_BY, MONDAY, POLICY, RULES, complaint, held, letters, wib
from workflows.domain.actions.citizen import CitizenAct, add
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.actions.question import ask, silence
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, UNIT
from workflows.domain.escalation.schedule import next_check, resume_clock, schedule_of
from workflows.domain.escalation.timers import next_timed_transition
from workflows.office.casework import decide
from workflows.ports import CaseGrant

TUESDAY = wib("2026-07-07 10:00")
QUESTION = OfficerAct("ask", message="Di gang mana tepatnya?", officer="Bu Rina")


def asked(**fields: Any) -> Complaint:
    return ask(complaint(State.IN_PROGRESS, **fields), QUESTION, RULES, TUESDAY).complaint


def test_a_question_stops_the_clock_for_as_many_days_as_the_policy_says() -> None:
    change = ask(complaint(State.IN_PROGRESS), QUESTION, RULES, TUESDAY)
    after = change.complaint
    assert (after.state, after.deadlines.ask_until) == (State.WAITING, wib("2026-07-14 10:00"))
    assert letters(change) == {("question", CITIZEN, "")}
    assert after.assignment and after.assignment.acknowledged_at
    assert schedule_of(after, POLICY).levels == ()
    assert next_check(after, POLICY) == wib("2026-07-14 10:00")


def test_silence_starts_it_again_when_the_days_are_over() -> None:
    waiting = asked()
    assert next_timed_transition(waiting, POLICY, wib("2026-07-14 09:59")) is None
    change = next_timed_transition(waiting, POLICY, wib("2026-07-14 10:00"))
    assert change and change.complaint.state == State.IN_PROGRESS
    assert letters(change) == {("no_reply", DEPARTMENT, "DLH")}
    assert change.complaint.deadlines.answer_by == wib("2026-07-27 16:00")


def test_a_case_stands_still_no_longer_than_its_days_however_often_asked() -> None:
    once = silence(asked(), POLICY, wib("2026-07-14 10:00")).complaint
    again = ask(once, QUESTION, RULES, wib("2026-07-15 09:00"))
    assert (again.complaint.state, again.complaint.deadlines.ask_until) == (State.IN_PROGRESS, None)
    assert again.complaint.deadlines.answer_by == once.deadlines.answer_by
    assert letters(again) == {("question", CITIZEN, "")}


def test_asking_and_going_on_at_once_moves_nothing() -> None:
    case = complaint(State.IN_PROGRESS)
    for _ in range(5):
        case = resume_clock(ask(case, QUESTION, RULES, TUESDAY).complaint, POLICY, TUESDAY + timedelta(seconds=40))
    assert (case.deadlines.answer_by, case.deadlines.paused_minutes) == (ANSWER_BY, 0)


def test_danger_stands_no_longer_than_its_hours_in_all() -> None:
    fire = asked(urgent=True, answer_by=wib("2026-07-08 09:00"))
    after = resume_clock(fire, POLICY, TUESDAY + timedelta(hours=12))
    assert ask(after, QUESTION, RULES, TUESDAY + timedelta(hours=13)).complaint.deadlines.ask_until is None


def test_a_unit_s_news_leaves_the_question_of_its_department_open() -> None:
    case = asked(assignment=held(unit="DLH-X", unit_key=1))
    grant = CaseGrant("t", UNIT, 1, wib("2026-08-01 00:00"))
    news = OfficerAct("progress", role=UNIT, message="Kami di lokasi.")
    change = decide(case, news, grant, RULES, wib("2026-07-08 10:00"))
    assert change and (change.complaint.state, change.complaint.deadlines.asked_at) == (State.WAITING, TUESDAY)


def test_another_question_while_waiting_gives_no_more_time() -> None:
    again = ask(asked(), QUESTION, RULES, wib("2026-07-10 09:00")).complaint
    assert (again.deadlines.asked_at, again.deadlines.ask_until) == (TUESDAY, wib("2026-07-14 10:00"))


@pytest.mark.parametrize("action", ["answer", "progress", "schedule", "forward", "not-ours"])
def test_whatever_else_the_department_does_its_clock_goes_on(action: str) -> None:
    act = OfficerAct(action, message="Sudah.", to="PUPR", date="2026-07-10")
    grant = CaseGrant("t", DEPARTMENT, 1, wib("2026-08-01 00:00"))
    change = decide(asked(), act, grant, RULES, wib("2026-07-09 10:00"))
    assert change
    assert change.complaint.deadlines.answer_by == wib("2026-07-22 16:00")


def going(case: Complaint, action: str, at: str) -> Complaint:
    """The case after another act of its department."""
    act = OfficerAct(action, message="Sudah.", to="PUPR", date="2026-07-13")
    change = decide(case, act, CaseGrant("t", DEPARTMENT, 1, wib("2026-08-01 00:00")), RULES, wib(at))
    assert change
    return change.complaint


def test_an_open_question_ends_when_its_time_is_over() -> None:
    case = going(asked(), "progress", "2026-07-09 10:00")
    for at, event in (("2026-07-14 09:59", "replied"), ("2026-07-14 10:00", "added")):
        assert [e.event for e in add(case, CitizenAct("add", "Gang Melati."), RULES, wib(at)).entries] == [event]


@pytest.mark.parametrize("action", ["answer", "forward", "not-ours"])
def test_a_question_ends_with_an_answer_and_with_other_hands(action: str) -> None:
    for case in (asked(), going(asked(), "progress", "2026-07-08 10:00")):
        after = going(case, action, "2026-07-09 10:00")
        assert (after.deadlines.asked_at, after.deadlines.ask_until) == (None, None)


def test_another_question_after_going_on_begins_its_own_time() -> None:
    case = going(asked(), "progress", "2026-07-09 10:00")
    again = ask(case, QUESTION, RULES, wib("2026-07-10 10:00")).complaint
    assert (again.state, again.deadlines.asked_at) == (State.WAITING, wib("2026-07-10 10:00"))
    assert again.deadlines.ask_until == wib("2026-07-15 10:00")  # five days in all, of which two were used
    used = silence(again, POLICY, wib("2026-07-15 10:00")).complaint
    last = ask(used, QUESTION, RULES, wib("2026-07-16 10:00")).complaint
    assert (last.state, last.deadlines.ask_until) == (State.IN_PROGRESS, None)


def test_while_danger_waits_for_an_answer_every_hour_counts() -> None:
    fire = asked(urgent=True, answer_by=wib("2026-07-08 09:00"))
    assert fire.deadlines.ask_until == TUESDAY + timedelta(hours=12)
    after = resume_clock(fire, POLICY, TUESDAY + timedelta(hours=3))
    assert after.deadlines.answer_by == wib("2026-07-08 12:00")


def test_what_nobody_asked_for_waits_for_the_next_digest_and_moves_no_date() -> None:
    change = add(complaint(State.IN_PROGRESS), CitizenAct("add", "Sekarang juga berbau."), RULES, TUESDAY)
    assert (change.complaint.state, change.complaint.deadlines.answer_by) == (State.IN_PROGRESS, ANSWER_BY)
    assert change.complaint.deadlines.added_at == TUESDAY
    assert not change.notices


@given(st.integers(0, 60 * 24 * 20), st.integers(0, 60 * 24 * 30))
def test_standing_never_shortens_a_deadline_nor_gives_more_than_the_policy(start: int, wait: int) -> None:
    at = MONDAY + timedelta(minutes=start)
    waiting = ask(complaint(State.IN_PROGRESS), QUESTION, RULES, at).complaint
    after = resume_clock(waiting, POLICY, at + timedelta(minutes=wait))
    assert after.deadlines.answer_by and after.deadlines.clock_start
    moved = POLICY.calendar().working_days_between(ANSWER_BY, after.deadlines.answer_by)
    assert 0 <= moved <= POLICY.ask_days + 1
    assert after.deadlines.clock_start >= MONDAY
