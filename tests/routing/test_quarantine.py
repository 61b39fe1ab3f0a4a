"""A suspect report goes to the desk, unless it accuses the desk's own office: then to whoever hears that."""

from __future__ import annotations
from dataclasses import replace

import pytest

from tests.builders import DIRECTORY, MONDAY, POLICY, complaint
from tests.routing.given import TABLE, decided
from workflows.domain.actions.engine import Rules
from workflows.domain.complaint.model import Complaint, State
from workflows.routing.decide import decide
from workflows.routing.model import Decision
from workflows.routing.route_complaint import apply_decision, letter_of

AGAINST_THE_DESK = "Pegawai Diskominfo minta uang untuk pasang wifi gratis"
RULES = Rules(POLICY, DIRECTORY)


def after(text: str, quarantine: str) -> Complaint:
    """The complaint after its routing."""
    received = complaint(State.RECEIVED, text=text, quarantine=quarantine)
    return apply_decision(received, decide(letter_of(received), TABLE), RULES, MONDAY).complaint


@pytest.mark.parametrize("quarantine", ["", "too_many", "honeypot"])
def test_what_accuses_the_desk_s_own_office_never_lies_at_the_desk(quarantine: str) -> None:
    routed = after(AGAINST_THE_DESK, quarantine)
    assert routed.state == State.ASSIGNED
    assert routed.assignment and routed.assignment.opd == "INSPEKTORAT"
    assert (routed.quarantine, routed.restricted) == (quarantine, True)


@pytest.mark.parametrize("text", ["Lampu jalan mati sudah tiga malam", "Petugas Dishub minta uang 100 ribu"])
def test_any_other_suspect_report_waits_at_the_desk(text: str) -> None:
    assert after(text, "too_many").state == State.AT_DESK


def test_a_decision_says_whether_the_desk_may_read_it() -> None:
    assert [decided(text).desk for text in (AGAINST_THE_DESK, "Petugas Dishub minta uang")] == [False, True]
    stored = decided(AGAINST_THE_DESK).to_document()
    assert Decision.from_document(stored).desk is False
    assert Decision.from_document({key: value for key, value in stored.items() if key != "desk"}).desk is True


def test_danger_of_another_institution_is_an_operators_to_phone_first() -> None:
    text = "Kabel listrik PLN putus menjuntai di jalan depan sekolah, keluar percikan api, anak-anak lewat situ."
    told = decided(text)
    assert (told.opd, told.urgent) == ("EXTERNAL", True)
    sure = replace(told, confident=True)
    change = apply_decision(complaint(State.RECEIVED, text=text), sure, RULES, MONDAY)
    assert (change.complaint.state, change.entries[-1].facts["why"]) == (State.AT_DESK, "danger")
    assert change.complaint.deadlines.call_by
    low = apply_decision(complaint(State.RECEIVED), replace(sure, urgent=False, category="layanan_luar"), RULES, MONDAY)
    assert low.complaint.state == State.EXTERNAL
