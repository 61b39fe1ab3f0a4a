"""The citizen agrees or objects, and what that sets going."""

from __future__ import annotations

import pytest

from tests.builders import DESK_BY, MONDAY, POLICY, RULES, complaint, letters, refused, wib
from workflows.domain.actions import citizen as citizen_acts
from workflows.domain.actions.citizen import CitizenAct, confirm, dispute
from workflows.domain.complaint.model import CONFIRMED, STATES, State
from workflows.domain.complaint.records import LeftOut
from workflows.domain.complaint.transition import CITIZEN, DESK
from workflows.domain.escalation.schedule import next_check

FRIDAY = wib("2026-07-10 09:00")
ALL = ("reminder", "overdue", "head", "sekda", "mayor")
OBJECTION = CitizenAct("dispute", "Masih menumpuk, hanya setengah diangkut.")


@pytest.mark.parametrize("state", STATES)
def test_agreeing_needs_an_answer_and_objecting_an_end(state: str) -> None:
    possible = set(citizen_acts.possible(complaint(state)))
    assert ("confirm" in possible) == (state == State.ANSWERED)
    assert ("dispute" in possible) == (
        state in {State.ANSWERED, State.CLOSED, State.REJECTED, State.EXTERNAL, State.MERGED}
    )


def test_agreeing_closes_the_case_for_good() -> None:
    change = confirm(complaint(State.ANSWERED), CitizenAct("confirm"), RULES, FRIDAY)
    assert (change.complaint.state, change.complaint.answer.closed_as) == (State.CLOSED, CONFIRMED)
    assert next_check(change.complaint, POLICY) is None
    assert not change.notices


def test_at_the_top_an_objection_goes_back_on_the_mayors_table() -> None:
    after = dispute(complaint(State.ANSWERED, escalated=ALL), OBJECTION, RULES, FRIDAY).complaint
    assert (after.escalation.escalated, after.escalation.reported_to) == (ALL, "mayor")


def test_what_the_citizen_writes_stands_in_the_timeline() -> None:
    change = dispute(complaint(State.ANSWERED), CitizenAct("dispute", " Belum selesai. "), RULES, FRIDAY)
    assert [(e.event, e.by, e.text) for e in change.entries] == [("disputed", CITIZEN, "Belum selesai.")]


@pytest.mark.parametrize(
    ("act", "code"),
    [
        (CitizenAct("dispute"), "words_needed"),
        (CitizenAct("dispute", " \n "), "words_needed"),
        (CitizenAct("dispute", "x" * 5001), "too_long"),
        (CitizenAct("confirm", "x" * 5001), "too_long"),
        (CitizenAct("dispute", "belum \ud83d"), "unreadable"),
        (CitizenAct("confirm", "ya\x00"), "unreadable"),
    ],
)
def test_an_objection_needs_words_that_can_be_kept(act: CitizenAct, code: str) -> None:
    with refused(("message", code)):
        citizen_acts.check(act)


@pytest.mark.parametrize("act", [CitizenAct("confirm"), CitizenAct("dispute", "x" * 5000), CitizenAct("dispute", "😡")])
def test_words_within_the_limits_pass(act: CitizenAct) -> None:
    citizen_acts.check(act)


def test_from_the_second_objection_on_the_operator_and_one_rung_above_know() -> None:
    once = complaint(State.ANSWERED, disputes=1, escalated=("head",), clock_start=MONDAY, answer_by=FRIDAY)
    change = dispute(once, OBJECTION, RULES, MONDAY)
    after = change.complaint
    assert (after.state, after.opd, after.answer.disputes, after.deadlines.desk_by) == (State.AT_DESK, None, 2, DESK_BY)
    assert (after.escalation.escalated, after.escalation.reported_to) == (("head", "sekda"), "sekda")
    assert letters(change) == {("triage", DESK, "DESK"), ("dispute_received", CITIZEN, "")}
    assert (after.assignment_no, after.answer.outcome, after.answer.confirm_by) == (2, "", None)


def test_an_objection_about_an_accusation_never_reaches_the_operator() -> None:
    accusing = complaint(State.ANSWERED, disputes=1, decision={"accuses": "PUPR", "kept_out": ["PUPR"]})
    change = dispute(accusing, OBJECTION, RULES, FRIDAY)
    assert change.complaint.state == State.IN_PROGRESS
    assert not [letter for letter in letters(change) if letter[1] == DESK]


def test_an_unusable_photo_is_named_where_it_is_all_that_was_sent() -> None:
    with refused(("photo", "damaged")):
        citizen_acts.check(CitizenAct("add", left_out=(LeftOut(1, "damaged"),)))
