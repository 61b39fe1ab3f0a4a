"""A citizen takes their report back."""

from __future__ import annotations
from dataclasses import replace

import pytest

from tests.builders import MONDAY, POLICY, RULES, complaint, letters
from workflows.domain.actions import citizen as citizen_acts
from workflows.domain.actions.citizen import CitizenAct, withdraw
from workflows.domain.complaint.model import OPEN, STATES, State
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, DESK, HEAD, UNIT
from workflows.domain.escalation.schedule import next_check
from workflows.domain.notifications.notice import Notice, is_obsolete

WORDS = CitizenAct("withdraw", "Sudah beres sendiri.")


@pytest.mark.parametrize("state", STATES)
def test_only_a_report_that_is_open_or_follows_another_can_be_taken_back(state: str) -> None:
    assert ("withdraw" in citizen_acts.possible(complaint(state))) == (state in OPEN | {State.MERGED})


@pytest.mark.parametrize("state", sorted(OPEN))
def test_nothing_is_due_any_more(state: str) -> None:
    after = withdraw(complaint(state), WORDS, RULES, MONDAY).complaint
    assert (after.state, after.escalation.reported_to, after.deadlines.call_by) == (State.WITHDRAWN, "", None)
    assert next_check(after, POLICY) is None
    assert citizen_acts.possible(after) == ()


def test_what_follows_another_leaves_it_and_nobody_is_told() -> None:
    merged = complaint(State.IN_PROGRESS).evolve(state=State.MERGED, parent="LKS-0000-0000-0")
    change = withdraw(merged, WORDS, RULES, MONDAY)
    assert (change.complaint.state, change.complaint.parent, change.notices) == (State.WITHDRAWN, "", ())


def test_whoever_had_it_is_told_with_the_words() -> None:
    held = complaint(State.IN_PROGRESS)
    assert held.assignment
    handed = held.evolve(assignment=replace(held.assignment, unit="DLH-UPT", unit_key=3))
    assert letters(withdraw(held, WORDS, RULES, MONDAY)) == {("withdrawn", DEPARTMENT, "DLH")}
    assert ("withdrawn", UNIT, "DLH-UPT") in letters(withdraw(handed, WORDS, RULES, MONDAY))
    assert not withdraw(complaint(State.AT_DESK), WORDS, RULES, MONDAY).notices
    assert not withdraw(complaint(State.RECEIVED), WORDS, RULES, MONDAY).notices


def test_letters_under_way_to_offices_are_not_sent_any_more() -> None:
    after = withdraw(complaint(State.ASSIGNED), WORDS, RULES, MONDAY).complaint

    def late(template: str, role: str, to: str = "DLH") -> bool:
        return is_obsolete(Notice("n", after.ticket, 2, template, role, to, assignment_no=after.assignment_no), after)

    assert late("new_case", DEPARTMENT)
    assert late("head_case", HEAD)
    assert late("triage", DESK)
    assert not late("withdrawn", DEPARTMENT)
    assert not late("receipt", CITIZEN)
