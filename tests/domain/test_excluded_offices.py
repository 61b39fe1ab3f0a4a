"""Whom a case accuses gets it by nobody's hand, and does not hear of it from above."""

from __future__ import annotations
from typing import Any

import pytest

from tests.builders import DIRECTORY, MONDAY, POLICY, RULES, complaint, refused
from workflows.domain.access import can_receive, excluded_offices, receivers
from workflows.domain.actions.desk import DeskAct, to_department
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.actions.officer import forward
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.escalation.schedule import schedule_of

DISHUB = {"accuses": "DISHUB", "kept_out": ["DISHUB", "SETDA"]}
RSUD = {"accuses": "RSUD", "kept_out": ["DINKES", "RSUD", "SETDA"]}
BOTH = {"accuses": "INSPEKTORAT", "kept_out": ["DISHUB", "INSPEKTORAT", "SETDA"]}
PLACED = {"accuses": "KEC-PINANG", "kept_out": ["KEC-PINANG", "SETDA"]}
SOMEWHERE = {"accuses": "KEC", "kept_out": ["KEC", "SETDA"]}
EARLIER = {"accuses": "DISHUB"}
OF_THE_MAYOR = {"accuses": "WALIKOTA", "kept_out": ["INSPEKTORAT", "SETDA", "WALIKOTA"]}


def accusing(decision: dict[str, Any], state: str = State.AT_DESK) -> Complaint:
    return complaint(state, opd="INSPEKTORAT", decision=decision, restricted=True)


REFUSED = [
    (DISHUB, "DISHUB"),
    (DISHUB, "dishub"),
    (DISHUB, "SETDA"),
    (RSUD, "DINKES"),
    (BOTH, "DISHUB"),
    (PLACED, "KEC-PINANG"),
    (SOMEWHERE, "KEC-PINANG"),
    (SOMEWHERE, "KEC-BENDA"),
    (EARLIER, "DISHUB"),
]


@pytest.mark.parametrize(("decision", "to"), REFUSED)
def test_an_operator_cannot_give_it_to_whom_it_accuses(decision: dict[str, Any], to: str) -> None:
    with refused(("to", "accused")):
        to_department(accusing(decision), DeskAct("assign", to), RULES, MONDAY)


@pytest.mark.parametrize("hops", [0, 5], ids=["to the office", "past the third forward"])
@pytest.mark.parametrize(("decision", "to"), REFUSED)
def test_not_even_the_inspektorat_forwards_it_there(decision: dict[str, Any], to: str, hops: int) -> None:
    given = complaint(State.ASSIGNED, opd="BKPSDM", decision=decision, forward_count=hops)
    with refused(("to", "accused")):
        forward(given, OfficerAct("forward", to=to, message="Mohon ditindaklanjuti."), RULES, MONDAY)


@pytest.mark.parametrize(
    ("decision", "to"),
    [(DISHUB, "INSPEKTORAT"), (DISHUB, "KEC-PINANG"), (PLACED, "KEC-BENDA"), (EARLIER, "SETDA"), (None, "DISHUB")],
)
def test_any_other_office_can_still_be_chosen(decision: dict[str, Any] | None, to: str) -> None:
    after = to_department(complaint(State.AT_DESK, decision=decision), DeskAct("assign", to), RULES, MONDAY).complaint
    assert after.opd == to


def test_who_may_get_it_is_everybody_else() -> None:
    everybody = set(DIRECTORY.assignable())
    assert {d.code for d in everybody - set(receivers(DIRECTORY, accusing(RSUD)))} == {"RSUD", "DINKES", "SETDA"}
    assert {d.kind for d in everybody - set(receivers(DIRECTORY, accusing({"accuses": "KEC"})))} == {"kecamatan"}
    assert set(receivers(DIRECTORY, complaint(State.AT_DESK))) == everybody


def test_a_decision_without_the_list_keeps_out_the_accused_alone() -> None:
    assert excluded_offices(accusing(EARLIER)) == {"DISHUB"}
    assert excluded_offices(accusing({"accuses": None})) == excluded_offices(complaint(State.AT_DESK)) == frozenset()
    assert not can_receive(accusing(EARLIER), "DISHUB")


@pytest.mark.parametrize(
    ("decision", "missing"),
    [
        (None, set()),
        ({"accuses": "DISHUB"}, set()),
        (DISHUB, {"sekda"}),
        ({"accuses": "SEKDA"}, {"sekda"}),
        ({"accuses": "WALIKOTA"}, {"mayor"}),
        (OF_THE_MAYOR, {"sekda", "mayor"}),
    ],
)
@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.AT_DESK])
def test_the_ladder_leaves_out_the_accused(decision: dict[str, Any] | None, missing: set[str], state: str) -> None:
    rungs = {step.rung.to for step in schedule_of(complaint(state, opd="BKPSDM", decision=decision), POLICY).levels}
    assert {"sekda", "mayor"} - rungs == missing
