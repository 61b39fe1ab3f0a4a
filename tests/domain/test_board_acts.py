"""Many assignments from the board, each judged by itself: who may get what, and what can be taken back."""

from __future__ import annotations
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import ANSWER_BY, MONDAY, POLICY, RULES, TICKET, complaint, letters, refused
from workflows.domain.actions.bulk_assign import MOST, Choice, choose, read_choices
from workflows.domain.actions.citizen import CitizenAct, add, withdraw
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.actions.officer import acknowledge, forward
from workflows.domain.actions.undo_window import UNDO_WINDOW, take_back
from workflows.domain.complaint.model import Complaint, State, to_document
from workflows.domain.complaint.records import PreviousAssignment
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.domain.escalation.schedule import next_check
from workflows.domain.escalation.timers import next_timed_transition
from workflows.errors import ActionNotPossible, InvalidInput, UndoOver

LATER = MONDAY + timedelta(minutes=9)
OTHER = new_ticket(b"other")


def waiting(**fields: Any) -> Complaint:
    return complaint(State.AT_DESK, **{"returned_by": "DISHUB", "quarantine": "", **fields})


def row(to: str = "DLH", seen: int | None = 0) -> Choice:
    return Choice(f"to.{TICKET}", TICKET, to, seen)


def assigned(case: Complaint | None = None, to: str = "DLH") -> Transition:
    case = case or waiting()
    change = choose(case, row(to, case.assignment_no), RULES, MONDAY)
    assert change
    return change


def wrong(fields: dict[str, str]) -> list[tuple[str, str]]:
    with pytest.raises(InvalidInput) as refused:
        read_choices(fields)
    return [(error.field, error.code) for error in refused.value.errors]


def test_a_form_is_read_row_by_row_and_rows_without_a_choice_are_skipped() -> None:
    fields = {"action": "assign", f"to.{TICKET}.3": " dlh ", f"to.{OTHER}": "", "officer": "Bu Rina"}
    assert read_choices(fields) == (Choice(f"to.{TICKET}.3", TICKET, "DLH", 3),)
    assert read_choices({f"to.{OTHER.lower()}": "PUPR"}) == (Choice(f"to.{OTHER.lower()}", OTHER, "PUPR", None),)


@pytest.mark.parametrize("name", ["x", "", "LKS-0000-0000-1", f"{TICKET}.x", f"{TICKET}.3.4", f"{TICKET}.-1"])
def test_a_field_that_names_no_case_is_named_itself(name: str) -> None:
    assert wrong({f"to.{name}": "DLH", f"to.{TICKET}": "DLH"}) == [(f"to.{name}", "not_on_board")]


def test_nothing_chosen_too_much_chosen_and_one_case_chosen_twice_are_said() -> None:
    assert wrong({"action": "assign", f"to.{TICKET}": ""}) == [("action", "nothing_chosen")]
    many = {f"to.{new_ticket(n.to_bytes(5, 'big'))}": "DLH" for n in range(MOST + 1)}
    assert wrong(many) == [("action", "too_many_rows")]
    twice = {f"to.{TICKET}": "DLH", f"to.{TICKET}.1": "PUPR"}
    assert wrong(twice) == [(name, "chosen_twice") for name in twice]


def test_danger_waits_for_nothing_and_cannot_be_taken_back() -> None:
    change = assigned(waiting(urgent=True))
    assert {letter.not_before for letter in change.notices} == {None}
    assert change.complaint.recallable_until is None
    with pytest.raises(UndoOver):
        take_back(change.complaint, 1, MONDAY)


def test_a_report_taken_back_before_its_department_heard_is_never_told() -> None:
    held, taken = assigned().complaint, CitizenAct("withdraw")
    added = add(held, CitizenAct("add", "Masih penuh."), RULES, LATER).complaint
    for case in (held, added):
        assert letters(withdraw(case, taken, RULES, LATER)) == set()
        assert letters(withdraw(case, taken, RULES, MONDAY + UNDO_WINDOW)) == {("withdrawn", "department", "DLH")}
    known = acknowledge(held, OfficerAct("acknowledge"), RULES, LATER).complaint
    moved = forward(held, OfficerAct("forward", message="Bukan kami.", to="PUPR"), RULES, LATER).complaint
    assert letters(withdraw(known, taken, RULES, LATER)) == {("withdrawn", "department", "DLH")}
    assert letters(withdraw(moved, taken, RULES, LATER)) == {("withdrawn", "department", "PUPR")}


@pytest.mark.parametrize(
    ("case", "to", "code"),
    [
        (waiting(), "NASA", "bad_choice"),
        (waiting(), "DESK", "bad_choice"),
        (waiting(), "EXTERNAL", "bad_choice"),
        (waiting(decision={"kept_out": ["DISHUB"]}), "DISHUB", "accused"),
        (waiting(restricted=True), "DLH", "open_it_first"),
        (waiting(restricted=True, decision={"desk": False}), "DLH", "not_on_board"),
        (complaint(State.ASSIGNED, "DISHUB", decision={"desk": False}), "DISHUB", "not_on_board"),
        (complaint(State.ASSIGNED, "DISHUB", restricted=True), "DLH", "not_on_board"),
        (complaint(State.REJECTED, restricted=True), "DLH", "not_on_board"),
    ],
)
def test_a_choice_that_cannot_be_is_named_by_its_field(case: Complaint, to: str, code: str) -> None:
    with refused((f"to.{TICKET}", code)):
        choose(case, row(to), RULES, MONDAY)


def test_the_same_again_changes_nothing() -> None:
    after = assigned().complaint
    assert choose(after, row("DLH"), RULES, LATER) is None
    assert choose(after, row("DLH", None), RULES, LATER) is None


@pytest.mark.parametrize("state", [State.ASSIGNED, State.REJECTED, State.CLOSED])
def test_what_somebody_else_did_meanwhile_is_not_overwritten(state: str) -> None:
    with pytest.raises(ActionNotPossible):
        choose(complaint(state, "PUPR"), row("DLH", None), RULES, MONDAY)


def test_a_case_that_has_left_the_desk_and_come_back_is_looked_at_again() -> None:
    with pytest.raises(ActionNotPossible):
        choose(waiting(assignment_no=2), row("DLH", 1), RULES, MONDAY)
    assert choose(waiting(assignment_no=2), row("DLH", None), RULES, MONDAY)


@pytest.mark.parametrize(
    "fields",
    [
        {},
        {"quarantine": "honeypot"},
        {"clock_start": MONDAY - timedelta(days=3), "answer_by": ANSWER_BY - timedelta(days=3), "reported_to": "sekda"},
        {"calls_missed": 2},
    ],
)
def test_taken_back_it_waits_as_before_under_a_number_of_its_own(fields: dict[str, object]) -> None:
    before = waiting(**fields)
    change = take_back(assigned(before).complaint, 1, LATER)
    assert change
    after = change.complaint
    moved = ("sequence", "updated_at", "assignment_no", "previous_assignments", "acts")
    assert after.evolve(**{name: getattr(before, name) for name in moved}) == before
    assert after.assignment_no == 2
    assert after.previous_assignments == (PreviousAssignment(1, "DLH", LATER),)
    assert [(entry.event, entry.by, entry.opd) for entry in change.entries] == [("recalled", "desk", "DLH")]
    assert change.notices == ()


def test_taking_it_back_twice_is_once_and_it_can_be_assigned_anew() -> None:
    change = take_back(assigned().complaint, 1, LATER)
    assert change
    assert take_back(change.complaint, 1, LATER) is None
    again = choose(change.complaint, row("DLH", 2), RULES, LATER)
    assert again and again.complaint.assignment_no == 3
    assert take_back(again.complaint, 1, LATER) is None
    assert take_back(again.complaint, 3, LATER)


def test_after_ten_minutes_it_stands() -> None:
    after = assigned().complaint
    with pytest.raises(UndoOver) as late:
        take_back(after, 1, MONDAY + UNDO_WINDOW)
    assert not late.value.moved
    assert take_back(after, 1, MONDAY + UNDO_WINDOW - timedelta(microseconds=1))


def test_what_has_happened_to_the_case_since_makes_it_stand() -> None:
    after = assigned().complaint
    for case in (after.evolve(sequence=after.sequence + 1), after.evolve(assignment_no=2)):
        with pytest.raises(UndoOver) as moved:
            take_back(case, 1, LATER)
        assert moved.value.moved


def test_nobody_is_told_of_lateness_while_it_can_be_taken_back() -> None:
    late = {"clock_start": MONDAY - timedelta(days=40), "answer_by": MONDAY - timedelta(days=20)}
    after = assigned(waiting(**late)).complaint
    assert next_timed_transition(after, POLICY, LATER) is None
    assert next_check(after, POLICY) == MONDAY + UNDO_WINDOW
    assert next_timed_transition(after, POLICY, MONDAY + UNDO_WINDOW)


def test_only_what_can_be_taken_back_is_found_as_such() -> None:
    after = assigned().complaint
    assert to_document(after)["recall_until"] == MONDAY + UNDO_WINDOW
    assert "recall_until" not in to_document(after.evolve(sequence=after.sequence + 1))
    assert "recall_until" not in to_document(waiting())
