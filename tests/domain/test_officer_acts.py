"""What an officer's act does to a case, in every state that allows it."""

from __future__ import annotations
from collections.abc import Callable
from datetime import timedelta

import pytest

from tests.builders import ANSWER_BY, DESK_BY, MONDAY, RULES, complaint, held, letters, refused, wib
from workflows.domain.actions import officer as officer_acts
from workflows.domain.actions.engine import MESSAGE_MAX, OfficerAct
from workflows.domain.actions.officer import acknowledge, answer, forward, not_ours, schedule
from workflows.domain.actions.renew_link import renew
from workflows.domain.complaint.model import STATES, WITH_DEPARTMENT, State
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, DESK, HEAD, Transition
from workflows.domain.escalation.schedule import next_check
from workflows.errors import FieldError, InvalidInput

OPEN = sorted(WITH_DEPARTMENT)
TUESDAY = wib("2026-07-07 10:00")
LONG = "x" * MESSAGE_MAX


def codes(refused: pytest.ExceptionInfo[InvalidInput]) -> list[tuple[str, str]]:
    return [(e.field, e.code) for e in refused.value.errors]


def errors(act: OfficerAct) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        officer_acts.check(act)
    return codes(refused)


@pytest.mark.parametrize("state", STATES)
def test_a_department_can_act_while_it_owes_an_answer_and_renew_its_link(state: str) -> None:
    possible = set(officer_acts.possible(complaint(state)))
    every = {"answer", "ask", "progress", "schedule", "delegate", "forward", "not-ours"}
    owed = every if state in WITH_DEPARTMENT else set()
    accepting = {"acknowledge"} if state == State.ASSIGNED else set()
    assert possible == {"renew"} | owed | accepting


def test_accepting_starts_the_work_and_writes_to_nobody() -> None:
    change = acknowledge(complaint(State.ASSIGNED), OfficerAct("acknowledge", officer=" Bu Rina "), RULES, TUESDAY)
    assert change.complaint.state == State.IN_PROGRESS
    assert change.complaint.assignment == held(acknowledged_at=TUESDAY, officer="Bu Rina")
    assert not change.notices


@pytest.mark.parametrize("act", [acknowledge, answer])
def test_the_first_acceptance_stays(act: Callable[..., Transition]) -> None:
    before = complaint(State.IN_PROGRESS, assignment=held(acknowledged_at=MONDAY, officer="Pak Danu"))
    for officer in ("", "Bu Rina"):
        change = act(before, OfficerAct("answer", message="Sudah.", officer=officer), RULES, TUESDAY)
        assert change and change.complaint.assignment == before.assignment


@pytest.mark.parametrize("state", OPEN)
@pytest.mark.parametrize(
    ("date", "comes_back", "answer_by"),
    [
        ("2026-07-07", "2026-07-07 16:00", "2026-07-20 16:00"),  # today: when it is over
        ("2026-07-15", "2026-07-15 08:00", "2026-07-20 16:00"),  # before the deadline, which stays
        ("2026-07-20", "2026-07-20 08:00", "2026-07-20 16:00"),
        ("2026-08-03", "2026-08-03 08:00", "2026-08-03 16:00"),
        ("2026-08-15", "2026-08-18 08:00", "2026-08-18 16:00"),  # a Saturday before Independence Day
        ("2026-09-04", "2026-09-04 08:00", "2026-09-04 16:00"),  # sixty days after the case began
    ],
)
def test_scheduled_work_comes_back_and_the_deadline_is_never_earlier(
    state: str, date: str, comes_back: str, answer_by: str
) -> None:
    change = schedule(complaint(state), OfficerAct("schedule", date=date), RULES, TUESDAY)
    after = change.complaint
    assert (after.state, after.deadlines.scheduled_for, after.deadlines.answer_by) == (
        State.SCHEDULED,
        wib(comes_back),
        wib(answer_by),
    )
    assert after.assignment and after.assignment.acknowledged_at == TUESDAY
    assert change.entries[0].facts == {"date": wib(comes_back), "old": ANSWER_BY, "new": wib(answer_by)}
    assert letters(change) == {("scheduled", CITIZEN, "")}


def test_a_department_cannot_put_a_case_off_again_and_again() -> None:
    once = schedule(complaint(State.IN_PROGRESS), OfficerAct("schedule", date="2026-09-01"), RULES, TUESDAY).complaint
    late = wib("2026-08-31 09:00")
    with pytest.raises(InvalidInput):
        schedule(once, OfficerAct("schedule", date="2026-10-15"), RULES, late)
    assert schedule(once, OfficerAct("schedule", role=HEAD, date="2026-10-15"), RULES, late)


def test_a_date_that_was_mistyped_can_be_taken_back() -> None:
    far = schedule(
        complaint(State.IN_PROGRESS), OfficerAct("schedule", HEAD, date="2027-06-01"), RULES, TUESDAY
    ).complaint
    near = schedule(far, OfficerAct("schedule", date="2026-07-15"), RULES, TUESDAY).complaint
    assert (near.deadlines.scheduled_for, near.deadlines.answer_by) == (wib("2026-07-15 08:00"), ANSWER_BY)


def test_laksa_looks_again_on_the_morning_of_the_scheduled_day() -> None:
    after = schedule(complaint(State.IN_PROGRESS), OfficerAct("schedule", date="2026-07-09"), RULES, TUESDAY).complaint
    assert next_check(after, RULES.policy) == wib("2026-07-09 08:00")


@pytest.mark.parametrize(
    ("date", "code"),
    [
        ("2026-07-06", "date_past"),
        ("2019-01-01", "date_past"),
        ("2026-09-05", "date_too_far"),
        ("9999-12-31", "date_too_far"),
        ("", "bad_date"),
        ("besok", "bad_date"),
        ("2026-02-30", "bad_date"),
        ("07/07/2026", "bad_date"),
        ("2026-07-07T10:00", "bad_date"),
        ("\ud800", "bad_date"),
    ],
)
def test_a_day_that_cannot_be_scheduled_is_named(date: str, code: str) -> None:
    with refused(("date", code)):
        schedule(complaint(State.IN_PROGRESS), OfficerAct("schedule", date=date), RULES, TUESDAY)


def test_a_head_is_not_told_to_ask_the_head() -> None:
    with refused(("date", "date_beyond_all")):
        schedule(complaint(State.IN_PROGRESS), OfficerAct("schedule", HEAD, date="2028-01-01"), RULES, TUESDAY)


def test_only_the_head_s_link_reaches_further_than_sixty_days() -> None:
    act = OfficerAct("schedule", role=HEAD, date="2027-01-18")
    assert schedule(complaint(State.IN_PROGRESS), act, RULES, TUESDAY).complaint.deadlines.scheduled_for == wib(
        "2027-01-18 08:00"
    )


@pytest.mark.parametrize(
    ("hops", "state"), [(0, State.ASSIGNED), (1, State.ASSIGNED), (2, State.AT_DESK), (3, State.AT_DESK)]
)
def test_from_the_third_forward_on_an_operator_decides(hops: int, state: str) -> None:
    change = forward(complaint(State.ASSIGNED, forward_count=hops), OfficerAct("forward", to="PUPR"), RULES, TUESDAY)
    after = change.complaint
    assert (after.state, after.forward_count, after.deadlines.answer_by) == (state, hops + 1, ANSWER_BY)
    assert (after.returned_by == "DLH") == (state == State.AT_DESK)


@pytest.mark.parametrize("to", ["", "NOSUCH", "DLH", "dlh", " Dlh ", "EXTERNAL", "DESK", "SEKDA", "WALIKOTA"])
def test_a_forward_goes_to_another_department_of_the_city_only(to: str) -> None:
    with refused(("to", "bad_choice")):
        forward(complaint(State.ASSIGNED), OfficerAct("forward", to=to), RULES, TUESDAY)


@pytest.mark.parametrize("state", OPEN)
def test_not_ours_goes_back_to_the_desk_with_reason_and_same_deadline(state: str) -> None:
    act = OfficerAct("not-ours", message="Itu lahan provinsi.", officer="Pak Danu")
    change = not_ours(complaint(state), act, RULES, MONDAY)
    after, entry = change.complaint, change.entries[0]
    assert (after.state, after.returned_by, after.deadlines.desk_by) == (State.AT_DESK, "DLH", DESK_BY)
    assert (after.deadlines.answer_by, after.deadlines.clock_start) == (ANSWER_BY, MONDAY)
    assert (entry.text, entry.officer, entry.opd) == ("Itu lahan provinsi.", "Pak Danu", "DLH")
    assert letters(change) == {("triage", DESK, "DESK")}


@pytest.mark.parametrize("role", [DEPARTMENT, HEAD])
@pytest.mark.parametrize("state", [*OPEN, State.ANSWERED, State.CLOSED])
def test_a_new_link_goes_to_the_role_of_the_old_one_no_typed_address(state: str, role: str) -> None:
    change = renew(complaint(state), role, TUESDAY)
    assert letters(change) == {("link_renewed", role, "DLH")}
    assert change and change.complaint.state == state


@pytest.mark.parametrize(("minutes", "mailed"), [(0, False), (59, False), (60, True), (600, True)])
def test_a_new_link_is_mailed_at_most_once_an_hour(minutes: int, mailed: bool) -> None:
    now = TUESDAY + timedelta(minutes=minutes)
    change = renew(complaint(State.IN_PROGRESS, renewed={DEPARTMENT: TUESDAY}), DEPARTMENT, now)
    assert (change is not None) == mailed


def test_a_link_renewed_by_the_department_leaves_the_head_s_own_hour_alone() -> None:
    assert renew(complaint(State.IN_PROGRESS, renewed={DEPARTMENT: TUESDAY}), HEAD, TUESDAY)


@pytest.mark.parametrize("action", ["answer", "ask", "progress", "forward", "not-ours"])
@pytest.mark.parametrize("message", ["", " \n\t "])
def test_what_needs_words_is_refused_without_them(action: str, message: str) -> None:
    assert errors(OfficerAct(action, to="PUPR", message=message)) == [("message", "words_needed")]


def test_forwarding_names_each_field_that_is_missing() -> None:
    assert errors(OfficerAct("forward", to=" ")) == [("to", "bad_choice"), ("message", "words_needed")]


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (OfficerAct("acknowledge", message=LONG + "x"), [("message", "too_long")]),
        (OfficerAct("renew", officer="n" * 101), [("officer", "too_long")]),
        (OfficerAct("answer", message="Sudah.", outcome="maybe"), [("outcome", "bad_choice")]),
        (OfficerAct("answer", message="a\ud800"), [("message", "unreadable")]),
        (OfficerAct("acknowledge", officer="a\x00"), [("officer", "unreadable")]),
        (
            OfficerAct("answer", officer="n" * 101, outcome=""),
            [("message", "words_needed"), ("officer", "too_long"), ("outcome", "bad_choice")],
        ),
    ],
)
def test_every_field_that_needs_a_look_is_named(act: OfficerAct, expected: list[tuple[str, str]]) -> None:
    assert errors(act) == expected


@pytest.mark.parametrize("action", ["answer", "ask", "progress", "forward", "not-ours"])
def test_only_an_answer_has_blanks_to_fill_and_only_those_of_a_canned_one(action: str) -> None:
    blanks = frozenset({"[tanggal]"})
    quoted = "Nomor Anda [nomor HP disamarkan], lampu [LED]?"
    officer_acts.check(OfficerAct(action, to="PUPR", message=quoted), blanks)
    left = OfficerAct(action, to="PUPR", message="Selesai [Tanggal].")
    if action == "answer":
        with pytest.raises(InvalidInput) as refused:
            officer_acts.check(left, blanks)
        assert refused.value.errors == (FieldError("message", "fill_blanks", {"blanks": "[Tanggal]"}),)
    else:
        officer_acts.check(left, blanks)


def test_a_field_error_says_the_limit() -> None:
    with pytest.raises(InvalidInput) as refused:
        officer_acts.check(OfficerAct("answer", message=LONG + "x"))
    assert refused.value.errors == (FieldError("message", "too_long", {"max": 5000}),)


def test_a_forwarded_case_s_line_names_both_departments() -> None:
    change = forward(complaint(State.ASSIGNED), OfficerAct("forward", to="PUPR"), RULES, TUESDAY)
    assert change.entries[0].facts == {"to": "PUPR", "from": "DLH"}
