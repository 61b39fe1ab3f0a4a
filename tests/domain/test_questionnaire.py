"""The one question put weeks after closing: when, to whom, once; and what its two answers do."""

from __future__ import annotations
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import MONDAY, POLICY, RULES, complaint, letters
from workflows.domain.actions.citizen import CitizenAct, confirm, dispute, possible
from workflows.domain.complaint.model import (
    ASKED,
    CONFIRMED,
    NO_RESPONSE,
    NOT_REACHED,
    NOT_SOLVED,
    STATES,
    Complaint,
    State,
    is_asking,
    to_document,
)
from workflows.domain.complaint.transition import CITIZEN, Transition
from workflows.domain.escalation.schedule import ask_whether_solved, with_question_due
from workflows.domain.escalation.timers import next_timed_transition
from workflows.domain.notifications.notice import Notice, add_follower_notices, is_obsolete
from workflows.domain.privacy.retention import CONTACT, PHOTOS, WHOLE

DUE = MONDAY + timedelta(days=28)


def closed(how: str = NO_RESPONSE, **fields: Any) -> Complaint:
    """Closed on Monday, with its alarm."""
    return with_question_due(complaint(State.CLOSED, ended_at=MONDAY, closed_as=how, **fields), POLICY)


def asked(how: str = NO_RESPONSE, **fields: Any) -> Complaint:
    """The same, four weeks later."""
    change = next_timed_transition(closed(how, **fields), POLICY, DUE)
    assert change
    return change.complaint


def act(what: str) -> CitizenAct:
    return CitizenAct(what, "Masih gelap.")


@pytest.mark.parametrize("how", [CONFIRMED, NO_RESPONSE, NOT_REACHED])
def test_it_is_put_four_weeks_after_closing_and_not_a_second_before(how: str) -> None:
    before = closed(how)
    assert before.answer.questionnaire_at == DUE
    assert next_timed_transition(before, POLICY, DUE - timedelta(seconds=1)) is None
    change = next_timed_transition(before, POLICY, DUE)
    assert change and letters(change) == {("questionnaire", CITIZEN, "")}
    assert [(entry.event, entry.hidden) for entry in change.entries] == [("questionnaire", True)]
    assert (change.complaint.answer.questionnaire, change.complaint.answer.closed_as) == (ASKED, how)


def test_it_is_put_once() -> None:
    assert (asked().answer.questionnaire_at, with_question_due(asked(), POLICY).answer.questionnaire_at) == (None, None)
    assert next_timed_transition(asked(), POLICY, DUE + timedelta(days=99)) is None


@pytest.mark.parametrize("state", [state for state in STATES if state != State.CLOSED])
def test_only_what_is_closed_is_asked_about(state: str) -> None:
    assert with_question_due(complaint(state, ended_at=MONDAY), POLICY).answer.questionnaire_at is None


@pytest.mark.parametrize(("erased", "due"), [(CONTACT, None), (WHOLE, None), (PHOTOS, DUE)])
def test_whose_traces_are_erased_is_not_asked(erased: str, due: object) -> None:
    assert closed(erased={erased: MONDAY}).answer.questionnaire_at == due


def test_an_alarm_that_is_none_is_not_stored() -> None:
    stored = [to_document(case) for case in (closed(), asked())]
    assert ["questionnaire_at" in document for document in stored] == [True, False]


def test_before_it_is_put_a_closed_case_cannot_be_confirmed() -> None:
    assert possible(closed()) == ("dispute", "rate")


def test_no_reopens_the_case_and_it_is_never_asked_again() -> None:
    after = dispute(asked(), act("dispute"), RULES, DUE).complaint
    assert (after.state, after.answer.questionnaire, is_asking(after)) == (State.IN_PROGRESS, NOT_SOLVED, False)
    again = after.evolve(state=State.CLOSED, ended_at=DUE + timedelta(days=30))
    assert with_question_due(again, POLICY).answer.questionnaire_at is None


def test_the_second_no_is_read_by_the_operator_as_every_second_objection() -> None:
    after = dispute(asked(disputes=1), act("dispute"), RULES, DUE).complaint
    assert (after.state, after.answer.questionnaire) == (State.AT_DESK, NOT_SOLVED)


def test_a_case_reopened_before_it_was_asked_is_asked_after_its_second_end() -> None:
    reopened = dispute(closed(), act("dispute"), RULES, MONDAY).complaint
    assert with_question_due(reopened, POLICY).answer.questionnaire_at is None
    again = reopened.evolve(state=State.CLOSED, ended_at=DUE)
    assert with_question_due(again, POLICY).answer.questionnaire_at == DUE + timedelta(days=28)


@pytest.mark.parametrize("answer", [confirm, dispute])
def test_the_letter_is_dropped_where_the_answer_was_quicker(answer: Any) -> None:
    letter = Notice("id", complaint().ticket, 2, "questionnaire", CITIZEN)
    assert not is_obsolete(letter, asked())
    assert is_obsolete(letter, answer(asked(), act("x"), RULES, DUE).complaint)


def test_followers_hear_of_a_no_but_not_a_second_time_that_it_is_closed() -> None:
    before = asked(followed=True)

    def news(change: Transition) -> list[str]:
        return [letter.template for letter in add_follower_notices(change) if letter.role == "followers"]

    assert news(confirm(before, act("confirm"), RULES, DUE)) == []
    assert news(dispute(before, act("dispute"), RULES, DUE)) == ["reopened"]


def test_who_is_to_be_forgotten_by_now_is_not_asked() -> None:
    late = complaint(State.CLOSED, questionnaire_at=MONDAY, erase_at=MONDAY)
    assert ask_whether_solved(late, MONDAY) is None
    assert ask_whether_solved(late.evolve(erase_at=MONDAY + timedelta(days=1)), MONDAY) is not None
