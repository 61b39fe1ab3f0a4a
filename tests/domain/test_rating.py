"""A citizen says how satisfied they are."""

from __future__ import annotations

import pytest

from tests.builders import MONDAY, RULES, complaint, refused
from workflows.domain.actions import citizen as citizen_acts
from workflows.domain.actions.citizen import CitizenAct, rate
from workflows.domain.complaint.model import STATES, State
from workflows.domain.complaint.transition import CITIZEN


@pytest.mark.parametrize("state", STATES)
def test_an_answer_and_every_end_can_be_rated(state: str) -> None:
    ratable = {State.ANSWERED, State.CLOSED, State.REJECTED, State.EXTERNAL, State.MERGED}
    assert ("rate" in citizen_acts.possible(complaint(state))) == (state in ratable)


def test_a_score_is_kept_with_its_words_and_changes_nothing_else() -> None:
    before = complaint(State.ANSWERED)
    change = rate(before, CitizenAct("rate", " Cepat, terima kasih. ", "5"), RULES, MONDAY)
    assert (change.complaint.answer.rating, change.complaint.state) == (5, State.ANSWERED)
    assert [(e.event, e.by, e.text, e.facts) for e in change.entries] == [
        ("rated", CITIZEN, "Cepat, terima kasih.", {"score": 5})
    ]
    assert not change.notices
    assert change.complaint.answer.confirm_by == before.answer.confirm_by


def test_said_again_the_last_score_counts() -> None:
    once = rate(complaint(State.CLOSED), CitizenAct("rate", score="2"), RULES, MONDAY).complaint
    assert rate(once, CitizenAct("rate", score="4"), RULES, MONDAY).complaint.answer.rating == 4


@pytest.mark.parametrize("score", ["", "0", "6", "lima", "4.5", "-1", " 3", "٣"])
def test_a_score_is_one_to_five(score: str) -> None:
    with refused(("score", "no_score")):
        citizen_acts.check(CitizenAct("rate", score=score))
