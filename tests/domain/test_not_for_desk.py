"""What accuses those who run the desk never comes to it, whatever anybody does with it, in whatever state."""

from __future__ import annotations
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import timedelta
from functools import partial
from itertools import product
from typing import Any

import pytest

from tests.builders import DIRECTORY, MONDAY, PARENT, POLICY, RULES, complaint, letters, live, refused, wib
from workflows.domain.access import LAST_RESORT
from workflows.domain.actions import citizen as citizen_acts
from workflows.domain.actions import officer as officer_acts
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.engine import OfficerAct, Rules, require_allowed
from workflows.domain.actions.merge import detach, merge, reassign_followers
from workflows.domain.actions.officer import OFFICER_ACTIONS
from workflows.domain.complaint.model import STATES, Complaint, State
from workflows.domain.complaint.records import PhotoFacts
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    DESK,
    HEAD,
    LAKSA,
    UNIT,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
)
from workflows.domain.directory import Directory
from workflows.domain.notifications.delivery import mark_bounced, record_mail_failure
from workflows.domain.notifications.notice import queued
from workflows.errors import ActionNotPossible, InvalidInput
from workflows.routing.model import Decision
from workflows.routing.route_complaint import apply_decision, read_follower

pytestmark = pytest.mark.slow

DECISION: dict[str, Any] = {
    **{"opd": "INSPEKTORAT", "accuses": "DISKOMINFO", "kept_out": ["DISKOMINFO", "SETDA"], "desk": False}
}
OUTSIDE = DECISION | {"opd": "EXTERNAL", "external": LAST_RESORT, "kept_out": ["DISKOMINFO", "INSPEKTORAT"]}
DROPPED = Rules(POLICY, Directory({c: d for c, d in DIRECTORY.departments.items() if c != "INSPEKTORAT"}))
OLD_PHOTO = (PhotoFacts(1, DEPARTMENT, taken_at=MONDAY - timedelta(days=90)),)
WORDS = "Bukan tugas kami, dan ini alasannya."
LATER = wib("2026-08-14 09:00")
Act = Callable[[Complaint], Transition | None]


def own(state: str = State.IN_PROGRESS, opd: str = "INSPEKTORAT", **fields: Any) -> Complaint:
    return complaint(state, opd, **{"decision": DECISION, "restricted": True, **fields})


def shapes() -> Iterator[Complaint]:
    """Every state such a report can have, in the hands of one office or another, again and again."""
    kinds = product(STATES, ("INSPEKTORAT", "BKPSDM"), (0, 2), (0, 1), (False, True), (DECISION, OUTSIDE))
    for state, opd, hops, disputes, urgent, decision in kinds:
        if state == State.AT_DESK:
            continue
        fields = {
            "forward_count": hops,
            "disputes": disputes,
            "urgent": urgent,
            "decision": decision,
            "photos": OLD_PHOTO,
        }
        shape = own(state, opd, **fields)
        yield shape
        yield shape.evolve(restricted=False, followed=True, quarantine="too_many")


def of_officers(rules: Rules) -> Iterator[Act]:
    for action, role, to in product(
        OFFICER_ACTIONS.names[:-1], (DEPARTMENT, HEAD, UNIT), ("BKPSDM", "INSPEKTORAT", "KESBANGPOL")
    ):
        act = OfficerAct(action, role, message=WORDS, to=to, date="2026-07-15", reason=WORDS, photos=(1,))
        if role != UNIT or action in ("answer", "progress"):
            yield partial(_officers, act, rules)


def _officers(act: OfficerAct, rules: Rules, case: Complaint) -> Transition | None:
    require_allowed(act.action, case, officer_acts.possible(case, act.role))
    return OFFICER_ACTIONS.run(case, act, rules, MONDAY)


def of_citizens(rules: Rules) -> Iterator[Act]:
    for action in citizen_acts.CITIZEN_ACTIONS.names:
        yield partial(_citizens, CitizenAct(action, WORDS, score="3"), rules)


def _citizens(act: CitizenAct, rules: Rules, case: Complaint) -> Transition | None:
    require_allowed(act.action, case, citizen_acts.possible(case))
    return citizen_acts.CITIZEN_ACTIONS.run(case, act, rules, MONDAY)


def of_laksa(rules: Rules) -> Iterator[Act]:
    yield lambda c: detach(c, TimelineEvent(EventName.AT_DESK, LAKSA), rules, MONDAY)
    yield lambda c: reassign_followers([c], None, rules, MONDAY)[0][0]
    yield lambda c: reassign_followers([c], complaint(State.IN_PROGRESS, ticket=PARENT), rules, MONDAY)[0][0]
    yield lambda c: merge(c, own(State.IN_PROGRESS, ticket=PARENT), WORDS, MONDAY)
    for role, to in ((CITIZEN, ""), (DEPARTMENT, "INSPEKTORAT"), (HEAD, "INSPEKTORAT"), (UNIT, "DLH-KEBERSIHAN")):
        letter = NoticeRequest("answer", role, to)
        yield partial(_lost, record_mail_failure, letter)
        yield partial(_lost, mark_bounced, letter)


def _lost(how: Callable[..., Transition | None], letter: NoticeRequest, case: Complaint) -> Transition | None:
    return how(case, queued(letter, case, MONDAY), "550", MONDAY)


@pytest.mark.parametrize("rules", [RULES, DROPPED], ids=["", "the office is dropped"])
@pytest.mark.parametrize("of", [of_officers, of_citizens, of_laksa])
def test_no_act_brings_it_to_the_desk_or_writes_to_it(of: Callable[[Rules], Iterator[Act]], rules: Rules) -> None:
    done = 0
    for act, case in product(list(of(rules)), shapes()):
        with suppress(InvalidInput, ActionNotPossible):
            done += _is_kept_from_the_desk(act(case))
    assert done > 100


def _is_kept_from_the_desk(change: Transition | None) -> bool:
    if change is None:
        return False
    assert change.complaint.state != State.AT_DESK, change
    assert DESK not in {letter.role for letter in change.notices}, change
    return True


def test_nor_does_time() -> None:
    lives = [live(c, MONDAY, LATER) for c in shapes() if c.state != State.RECEIVED and not c.awaiting_routing]
    changes = [change for life in lives for change in life]
    assert len(changes) > 100
    assert all(_is_kept_from_the_desk(change) for change in changes)


@pytest.mark.parametrize("urgent", [False, True])
@pytest.mark.parametrize("office", ["INSPEKTORAT", "BKPSDM", "EXTERNAL", "DESK", "KEC"])
@pytest.mark.parametrize("external", [None, "EXT-PROV-INSPEKTORAT"])
def test_nor_does_the_router(office: str, external: str | None, urgent: bool) -> None:
    fields: dict[str, Any] = {"category": "pungli", "also": (), "top": (), "confident": True, "why": ()}
    fields |= {"restricted": True, "version": "1", "reason_public": "", "kept_out": ("DISKOMINFO",), "desk": False}
    decision = Decision(opd=office, external=external, urgent=urgent, accuses="DISKOMINFO", **fields)
    for rules, read, suspect in product((RULES, DROPPED), (apply_decision, read_follower), ("", "too_many")):
        before = complaint(State.MERGED if read is read_follower else State.RECEIVED, decision=None, quarantine=suspect)
        change = read(before, decision, rules, MONDAY)
        assert _is_kept_from_the_desk(change)
        assert change.complaint.state in {State.ASSIGNED, State.EXTERNAL}
        if office == "EXTERNAL":
            assert change.complaint.external_to == (external or LAST_RESORT)
        assert "receipt" in {letter.template for letter in change.notices} or before.state == State.MERGED


def test_who_hears_of_it_cannot_give_it_back_and_keeps_it() -> None:
    with refused(("message", "not_for_desk")):
        officer_acts.not_ours(own(), OfficerAct("not-ours", message=WORDS), RULES, MONDAY)


def test_another_office_is_told_who_takes_it_back() -> None:
    case = own(opd="BKPSDM", forward_count=2)
    with pytest.raises(InvalidInput) as refused:
        officer_acts.not_ours(case, OfficerAct("not-ours", message=WORDS), RULES, MONDAY)
    (error,) = refused.value.errors
    assert (error.field, error.code, error.facts) == ("message", "not_for_desk_but", {"opd": "Inspektorat"})


@pytest.mark.parametrize("state", [State.EXTERNAL, State.REJECTED, State.MERGED])
def test_an_objection_to_its_end_is_heard_by_the_office_that_hears_it(state: str) -> None:
    change = citizen_acts.dispute(own(state), CitizenAct("dispute", WORDS), RULES, MONDAY)
    assert (change.complaint.state, change.complaint.opd, change.complaint.answer.disputes) == (
        State.ASSIGNED,
        "INSPEKTORAT",
        1,
    )
    assert [(e.event, e.text) for e in change.entries] == [("disputed", WORDS)]
    assert letters(change) == {("new_case", DEPARTMENT, "INSPEKTORAT"), ("dispute_received", CITIZEN, "")}


def test_where_nobody_in_the_city_may_hear_of_it_no_objection_is_offered() -> None:
    assert "dispute" not in citizen_acts.possible(own(State.EXTERNAL, decision=OUTSIDE))
    assert "dispute" in citizen_acts.possible(own(State.EXTERNAL))
    assert "dispute" in citizen_acts.possible(complaint(State.EXTERNAL, decision=OUTSIDE | {"desk": True}))


def test_where_its_office_is_gone_it_is_pointed_to_the_last_resort() -> None:
    change = citizen_acts.dispute(own(State.REJECTED), CitizenAct("dispute", WORDS), DROPPED, MONDAY)
    assert (change.complaint.state, change.complaint.external_to) == (State.EXTERNAL, LAST_RESORT)
    assert letters(change) == {("external", CITIZEN, "")}


def test_what_the_desk_may_read_still_comes_to_it() -> None:
    returned = officer_acts.not_ours(complaint(State.ASSIGNED), OfficerAct("not-ours", message=WORDS), RULES, MONDAY)
    assert returned.complaint.state == State.AT_DESK
    assert "triage" in {letter.template for letter in returned.notices}
