"""Two reports of one thing: which may be merged, what each is told, and how a follower stands alone again."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import MONDAY, PARENT, POLICY, RULES, complaint, held, letters, wib
from workflows.domain.actions.citizen import CitizenAct, dispute, objection_to_desk
from workflows.domain.actions.desk import DeskAct, decide, possible
from workflows.domain.actions.merge import may_be_followed, merge, reassign_followers
from workflows.domain.complaint.model import OPEN, STATES, Complaint, State
from workflows.domain.complaint.records import PendingAssignment
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Role, Transition
from workflows.domain.escalation.schedule import next_check
from workflows.errors import InvalidInput

ACCUSES: dict[str, Any] = {"accuses": "DLH", "kept_out": ["DLH"]}
SECRET: dict[str, Any] = {"restricted": True, "category": "pungli", "decision": ACCUSES}
OWN_OFFICE: dict[str, Any] = {"restricted": True, "decision": {"desk": False, "kept_out": ["DISKOMINFO"]}}
OBJECTION = CitizenAct("dispute", "Lampu saya lampu lain, di gang sebelah.")
TUESDAY = wib("2026-07-07 09:00")


def parent(state: str = State.ASSIGNED, **fields: Any) -> Complaint:
    return complaint(state, **{"ticket": PARENT, "visibility": "public", **fields})


def other(number: int, **fields: Any) -> Complaint:
    fields = {"received_at": MONDAY + timedelta(minutes=number), "decision": {"opd": "DLH"}, **fields}
    return complaint(State.MERGED, **{"ticket": new_ticket(number.to_bytes(5, "big")), **fields})


def merged(case: Complaint, into: Complaint | None) -> Transition | None:
    return decide(case, DeskAct("merge", into=into.ticket if into else "LKS-?"), replace(RULES, parent=into), TUESDAY)


def refused(case: Complaint, into: Complaint | None) -> str:
    """Why an operator cannot merge one into the other."""
    with pytest.raises(InvalidInput) as why:
        merged(case, into)
    (error,) = why.value.errors
    assert error.field == "into"
    return error.code


def test_its_citizen_is_told_and_whoever_had_it() -> None:
    assert letters(merged(complaint(State.AT_DESK), parent())) == {("merged", Role.CITIZEN, "")}
    with_unit = complaint(State.ASSIGNED, assignment=held("PUPR", unit="PUPR-OP"))
    assert letters(merged(with_unit, parent())) == {
        ("merged", Role.CITIZEN, ""),
        ("merged_office", Role.DEPARTMENT, "PUPR"),
        ("merged_office", Role.UNIT, "PUPR-OP"),
    }


@pytest.mark.parametrize(("until", "told"), [(TUESDAY, True), (TUESDAY + timedelta(minutes=1), False)])
def test_a_department_that_has_not_heard_of_it_yet_never_does(until: Any, told: bool) -> None:
    """The board holds an assignment back for a while; what it holds back goes with the merging."""
    case = complaint(State.ASSIGNED, pending_assignment=PendingAssignment(until, 1, 1))
    assert (("merged_office", Role.DEPARTMENT, "DLH") in letters(merged(case, parent()))) == told


@pytest.mark.parametrize("state", STATES)
def test_news_come_only_from_what_somebody_works_on_or_has_answered(state: str) -> None:
    into = parent(state)
    codes = {State.WITHDRAWN: "no_more_news", State.REJECTED: "no_more_news", State.RECEIVED: "not_read_yet"}
    if state in codes:
        assert refused(complaint(State.AT_DESK), into) == codes[State(state)]
    elif state != State.MERGED:  # whoever types its number gets the case that it is merged into
        assert merged(complaint(State.AT_DESK), into)


def test_a_number_that_is_nobody_s_its_own_or_not_released_yet_is_named() -> None:
    case = complaint(State.AT_DESK)
    assert refused(case, None) == "unknown_ticket"
    assert refused(case, case) == "itself"
    assert refused(case, parent(State.AT_DESK, quarantine="too_many")) == "not_read_yet"


@pytest.mark.parametrize(
    ("case", "into", "allowed"),
    [
        ({}, SECRET, False),
        (SECRET, {}, False),
        ({}, {"decision": ACCUSES}, False),
        ({"decision": ACCUSES}, {"decision": ACCUSES}, False),
        (SECRET, SECRET | {"category": "kdrt"}, False),
        (SECRET, SECRET | {"decision": {"kept_out": ["PUPR"]}}, False),
        (SECRET, SECRET, True),
        ({"decision": {"opd": "DLH"}}, {"visibility": "confidential"}, True),
    ],
)
def test_what_few_may_read_is_merged_with_its_like(case: dict[str, Any], into: dict[str, Any], allowed: bool) -> None:
    if allowed:
        assert merged(complaint(State.AT_DESK, **case), parent(**into))
    else:
        assert refused(complaint(State.AT_DESK, **case), parent(**into)) == "not_alike"


def test_of_what_the_desk_may_not_read_it_does_not_learn_that_it_exists() -> None:
    assert refused(complaint(State.AT_DESK), parent(**OWN_OFFICE)) == "unknown_ticket"


def test_contents_that_are_a_departments_alone_are_not_merged() -> None:
    assert "merge" not in possible(complaint(State.ASSIGNED, restricted=True, call_by=TUESDAY))
    assert "merge" in possible(complaint(State.AT_DESK, restricted=True))


# Who may be followed by a stranger


@pytest.mark.parametrize("state", STATES)
def test_only_an_open_case_is_followed_and_none_that_nobody_has_read(state: str) -> None:
    assert may_be_followed(parent(state)) == (state in OPEN - {State.RECEIVED})


# Standing alone again


@pytest.mark.parametrize("case", [complaint(State.MERGED), complaint(State.MERGED, assignment=held())])
def test_an_objection_makes_it_a_case_of_its_own_at_the_desk(case: Complaint) -> None:
    assert objection_to_desk(case)
    change = dispute(case, OBJECTION, RULES, TUESDAY)
    after = change.complaint
    assert (after.state, after.parent, after.assignment, after.deadlines.answer_by) == (State.AT_DESK, "", None, None)
    assert (after.answer.disputes, after.assignment_no) == (1, case.assignment_no + 1)
    (entry,) = change.entries
    assert (entry.event, entry.by, entry.text) == ("disputed", Role.CITIZEN, OBJECTION.message)
    assert entry.facts == {"at_desk": True, "parent": PARENT}
    assert next_check(after, POLICY) is not None


def test_until_the_router_has_read_it_nobody_knows_whom_it_accuses() -> None:
    unread, read = complaint(State.MERGED, assignment_no=0), other(1, assignment_no=0)
    assert dispute(unread, OBJECTION, RULES, TUESDAY).complaint.restricted
    assert not dispute(read, OBJECTION, RULES, TUESDAY).complaint.restricted


def handed_on(*followers: Complaint, heir: Complaint | None = None) -> dict[str, tuple[str, str]]:
    changes, _ = reassign_followers(followers, heir, RULES, TUESDAY)
    assert [change.complaint.ticket for change in changes] == [follower.ticket for follower in followers]
    return {change.complaint.ticket: (change.complaint.state, change.complaint.parent) for change in changes}


def test_what_nobody_has_read_or_is_unlike_stands_alone_unfollowed() -> None:
    one, four = (other(number, decision=None, assignment_no=0) for number in (1, 4))
    two, three = other(2), other(3, **SECRET)
    alone = {case.ticket: (State.AT_DESK, "") for case in (one, two, three, four)}
    assert handed_on(one, two, three, four) == alone


def test_merging_by_a_person_says_whatever_they_wrote() -> None:
    (entry,) = merge(complaint(State.AT_DESK), parent(), "Lampu yang sama.", TUESDAY).entries
    assert entry.text == "Lampu yang sama."
