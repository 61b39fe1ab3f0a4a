"""Inside a department: its unit works and drafts, the department keeps the case and answers."""

from __future__ import annotations
from typing import Any

import pytest

from tests.builders import ANSWER_BY, RULES, complaint, letters, refused, wib
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.actions.officer import possible
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, UNIT, Transition
from workflows.domain.notifications.notice import is_obsolete, queued
from workflows.errors import ActionNotPossible, LinkSuperseded
from workflows.office.casework import decide
from workflows.ports import CaseGrant

TUESDAY = wib("2026-07-07 10:00")
LATER = wib("2026-08-20 00:00")
OWNER = CaseGrant("t", DEPARTMENT, 1, LATER)


def act(case: Complaint, action: str, grant: CaseGrant = OWNER, **more: Any) -> Transition:
    wanted = OfficerAct(action, role=grant.role, **more)
    change = decide(case, wanted, grant, RULES, TUESDAY)
    assert change
    return change


def delegated(to: str = "KEL-CIPETE", state: str = State.ASSIGNED) -> Transition:
    case = complaint(state, "KEC-PINANG")
    return act(case, "delegate", to=to, message="Mohon ditinjau besok.", officer="Pak Camat")


def unit_of(case: Complaint) -> CaseGrant:
    assert case.assignment
    return CaseGrant("t", UNIT, case.assignment.unit_key, LATER)


def test_owner_and_clock_stay_and_the_unit_gets_a_letter_of_its_own() -> None:
    change = delegated()
    after = change.complaint
    assert (after.state, after.opd, after.deadlines.answer_by) == (State.IN_PROGRESS, "KEC-PINANG", ANSWER_BY)
    assert after.assignment and (after.assignment.unit, after.assignment.assignment_no) == ("KEL-CIPETE", 1)
    assert after.assignment.acknowledged_at == TUESDAY
    assert letters(change) == {("delegated", UNIT, "KEL-CIPETE")}
    assert (change.entries[0].text, change.entries[0].internal) == ("", "Mohon ditinjau besok.")


def test_a_scheduled_case_stays_scheduled() -> None:
    assert delegated(state=State.SCHEDULED).complaint.state == State.SCHEDULED


@pytest.mark.parametrize("to", ["", "KEL-CIKOKOL", "PUPR", "KEL-NOSUCH"])
def test_a_case_goes_to_the_department_s_own_units_only(to: str) -> None:
    with refused(("to", "bad_choice")):
        delegated(to)


def test_a_unit_tells_the_citizen_of_its_progress() -> None:
    case = delegated().complaint
    change = act(case, "progress", unit_of(case), message="Petugas sedang di lokasi.")
    assert letters(change) == {("progress", CITIZEN, "")}


def test_a_unit_decides_nothing_that_is_its_department_s() -> None:
    case = delegated().complaint
    assert possible(case, UNIT) == ("answer", "progress", "renew")
    for action in ("forward", "not-ours", "schedule", "delegate", "ask", "contact"):
        with pytest.raises(ActionNotPossible):
            act(case, action, unit_of(case), message="x", to="PUPR", date="2026-07-10", reason="x")


def test_a_unit_s_link_ends_when_another_unit_or_department_gets_the_case() -> None:
    case = delegated().complaint
    old = unit_of(case)
    other = act(case, "delegate", to="KEL-PINANG").complaint
    gone = act(case, "forward", to="PUPR", message="Ini jalan kota.").complaint
    for later in (other, gone):
        with pytest.raises(LinkSuperseded):
            act(later, "progress", old, message="Sudah.")
    letter = queued(delegated().notices[0], case, TUESDAY)
    assert not is_obsolete(letter, case)
    assert is_obsolete(letter, other)
    assert is_obsolete(letter, gone)


def test_contact_is_shown_only_where_allowed_and_never_in_secret() -> None:
    with pytest.raises(ActionNotPossible):
        act(complaint(State.IN_PROGRESS), "contact", reason="Menanyakan patokan rumah.")
    allowed = complaint(State.IN_PROGRESS, consent=True)
    assert "contact" in possible(allowed)
    change = act(allowed, "contact", reason="Menanyakan patokan rumah.")
    assert change.complaint.reach.contact_shown == 1
    assert change.entries[0].text == "Menanyakan patokan rumah."
    assert letters(change) == {("contact_shown", CITIZEN, "")}
    assert "contact" not in possible(change.complaint)
    forwarded = act(change.complaint, "forward", to="PUPR", message="Ini jalan kota.").complaint
    assert "contact" in possible(forwarded.evolve())
