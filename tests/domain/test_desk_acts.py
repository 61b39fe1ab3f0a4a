"""What an operator's choice does to a case that waits at the desk."""

from __future__ import annotations
from dataclasses import replace

import pytest

from tests.builders import ANSWER_BY, MONDAY, PARENT, RULES, complaint, held, letters, refused, wib
from workflows.domain.actions import desk as desk_acts
from workflows.domain.actions.desk import (
    OTHERS,
    REASONS,
    DeskAct,
    answer_directly,
    called,
    external,
    reject,
    to_department,
)
from workflows.domain.complaint.model import STATES, WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, DESK
from workflows.errors import InvalidInput

LATE = complaint(
    State.AT_DESK, escalated=("desk_overdue", "desk_head", "desk_sekda"), reported_to="sekda", returned_by="PUPR"
)
QUARANTINED = complaint(State.AT_DESK, quarantine="too_many")


@pytest.mark.parametrize("state", STATES)
def test_an_operator_acts_on_what_waits_at_the_desk(state: str) -> None:
    possible = set(desk_acts.possible(complaint(state)))
    anywhere = {"merge"} if state in WITH_DEPARTMENT | {State.AT_DESK} else set()
    assert possible == ({"assign", "external", "reject", "answer"} if state == State.AT_DESK else set()) | anywhere


@pytest.mark.parametrize("to", ["DLH", "dlh", " Dlh "])
def test_an_assigned_case_goes_to_that_department_and_off_the_desk_s_clock(to: str) -> None:
    change = to_department(LATE, DeskAct("assign", to, message=" Mohon dicek. "), RULES, MONDAY)
    after = change.complaint
    assert (after.state, after.opd, after.deadlines.answer_by) == (State.ASSIGNED, "DLH", ANSWER_BY)
    assert (after.deadlines.desk_by, after.deadlines.desk_since, after.returned_by, after.escalation.reported_to) == (
        None,
        None,
        "",
        "",
    )
    assert change.entries[0].text == "Mohon dicek."
    assert letters(change) == {("new_case", DEPARTMENT, "DLH"), ("assigned", CITIZEN, "")}


def test_a_clock_that_ran_before_the_desk_goes_on() -> None:
    before = complaint(State.AT_DESK, clock_start=MONDAY, answer_by=wib("2026-07-13 16:00"))
    after = to_department(before, DeskAct("assign", "DLH"), RULES, wib("2026-07-14 09:00")).complaint
    assert (after.deadlines.clock_start, after.deadlines.answer_by) == (MONDAY, wib("2026-07-13 16:00"))


@pytest.mark.parametrize("to", ["", "NOSUCH", "DESK", "SEKDA", "WALIKOTA", "\x00"])
def test_only_a_department_of_the_city_can_be_given_a_case(to: str) -> None:
    with refused(("to", "bad_choice")):
        to_department(LATE, DeskAct("assign", to), RULES, MONDAY)


def test_a_reason_that_is_not_on_the_list_is_refused_with_the_list() -> None:
    with pytest.raises(InvalidInput) as refused:
        reject(LATE, DeskAct("reject", reason=" Duplikat. "), RULES, MONDAY)
    (error,) = refused.value.errors
    assert (error.field, error.code, error.facts) == (
        "reason",
        "not_offered",
        {"x": "Duplikat.", "possible": list(REASONS)},
    )


def test_what_only_is_not_the_city_s_goes_to_whoever_the_router_named() -> None:
    known = LATE.evolve(decision={"external": "EXT-PLN"})
    for case, institution in ((known, "EXT-PLN"), (LATE, OTHERS)):
        after = to_department(case, DeskAct("assign", "external"), RULES, MONDAY).complaint
        assert (after.state, after.external_to) == (State.EXTERNAL, institution)


@pytest.mark.parametrize("reason", ["", "  "])
def test_without_a_reason_nothing_is_archived(reason: str) -> None:
    with refused(("reason", "bad_choice")):
        reject(LATE, DeskAct("reject", reason=reason), RULES, MONDAY)


def test_what_came_from_a_machine_is_archived_without_mail_to_its_address() -> None:
    assert letters(reject(QUARANTINED, DeskAct("reject", reason="abusive"), RULES, MONDAY)) == set()


def test_what_was_held_back_but_is_somebodys_is_answered_like_any_other() -> None:
    change = reject(QUARANTINED, DeskAct("reject", reason="unclear"), RULES, MONDAY)
    assert letters(change) == {("archived", CITIZEN, "")}
    assert change.complaint.quarantine == ""


def test_an_external_case_names_the_institution() -> None:
    change = external(LATE, DeskAct("external", " PLN ", message="Gardu milik PLN."), RULES, MONDAY)
    after = change.complaint
    assert (after.state, after.external_to, after.escalation.reported_to) == (State.EXTERNAL, "PLN", "")
    assert change.entries[0].facts == {"to": "PLN"}
    assert letters(change) == {("external", CITIZEN, "")}


def test_an_institution_is_needed() -> None:
    with refused(("to", "bad_choice")):
        external(LATE, DeskAct("external", "  "), RULES, MONDAY)


@pytest.mark.parametrize("act", [DeskAct("assign", "DLH"), DeskAct("external", "PLN")])
def test_sending_a_quarantined_case_on_releases_it(act: DeskAct) -> None:
    change = desk_acts.DESK_ACTIONS.run(QUARANTINED, act, RULES, MONDAY)
    assert change and change.complaint.quarantine == ""


@pytest.mark.parametrize("action", sorted({*desk_acts.DESK_ACTIONS.names} - {"renew"}))
def test_the_line_in_the_timeline_is_the_desk_s(action: str) -> None:
    rules = replace(RULES, parent=complaint(State.ASSIGNED, ticket=PARENT))
    change = desk_acts.DESK_ACTIONS.run(LATE, DeskAct(action, "DLH", "unclear", message="Catatan."), rules, MONDAY)
    assert change and [(e.by, e.text or e.internal, e.at) for e in change.entries] == [(DESK, "Catatan.", MONDAY)]


URGENT = complaint(State.ASSIGNED, urgent=True, call_by=wib("2026-07-06 09:30"))
UNREAD = complaint(State.ASSIGNED, assignment=held(ack_missed=True))


@pytest.mark.parametrize("case", [URGENT, UNREAD], ids=["danger", "a mailbox nobody reads"])
def test_a_call_to_the_department_is_recorded_for_the_offices_alone(case: Complaint) -> None:
    assert "called" in desk_acts.possible(case)
    change = called(case, DeskAct("called", message=" Pak Danu berangkat. "), RULES, MONDAY)
    assert (change.complaint.state, change.complaint.deadlines.call_by) == (State.ASSIGNED, None)
    assert [(e.text, e.internal) for e in change.entries] == [("", "Pak Danu berangkat.")]
    assert not change.notices


@pytest.mark.parametrize(
    ("act", "expected"),
    [
        (DeskAct("assign", "DLH", message="x" * 5001), [("message", "too_long")]),
        (DeskAct("external", "x" * 301), [("to", "too_long")]),
        (DeskAct("external", "PLN\x00", message="\ufffd"), [("to", "unreadable"), ("message", "unreadable")]),
    ],
)
def test_words_that_cannot_be_kept_are_named(act: DeskAct, expected: list[tuple[str, str]]) -> None:
    with refused(*expected):
        desk_acts.check(act)


def test_words_at_the_limits_pass() -> None:
    desk_acts.check(DeskAct("external", "x" * 300, message="x" * 5000))


def test_an_answer_of_the_desk_needs_words() -> None:
    with pytest.raises(InvalidInput):
        answer_directly(complaint(State.AT_DESK), DeskAct("answer", message=" "), RULES, MONDAY)
