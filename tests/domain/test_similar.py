"""Which reports are offered to somebody who is about to send one more."""

from __future__ import annotations
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import MONDAY, complaint
from workflows.domain.actions.merge import MAX_OFFERED, nearby_complaints, same_matter
from workflows.domain.complaint.model import OPEN, STATES, Complaint, State, to_document
from workflows.domain.intake.submission import Submission

CIKOKOL = "36.71.01.1005"
HERE: dict[str, Any] = {"latitude": -6.1783, "longitude": 106.6319}
METRES_100 = 100 / 111_195
SENT = Submission("Lampu jalan mati.", place="Jl. Merdeka no. 5", kelurahan=CIKOKOL, **HERE)
STREET: dict[str, Any] = {"kelurahan": CIKOKOL, "place": "jalan merdeka, depan pasar"}


def case(n: int = 1, state: str = State.ASSIGNED, **fields: Any) -> Complaint:
    """A public report about a lamp, with nothing that says where it is."""
    known = {"ticket": f"LKS-0000-000{n}-0", "visibility": "public", "category": "pju_mati", "kelurahan": None}
    return complaint(state, **known | fields)


def offered(*found: Complaint, sent: Submission = SENT) -> list[str]:
    return [one.ticket[9:13] for one in same_matter(nearby_complaints(found, sent), "pju_mati")]


def north(metres: int) -> dict[str, Any]:
    return HERE | {"latitude": HERE["latitude"] + METRES_100 * metres / 100}


def test_what_is_near_is_offered_the_nearest_first() -> None:
    assert offered(case(1, **north(249)), case(2, **north(20)), case(3, **north(251))) == ["0002", "0001"]


def test_what_is_in_the_same_street_is_offered_after_what_is_near() -> None:
    elsewhere = case(3, **STREET | {"kelurahan": "36.71.01.1006"})
    assert offered(case(1, **STREET), case(2, **north(240)), elsewhere) == ["0002", "0001"]
    assert offered(case(1, **STREET, **north(900))) == ["0001"]


def test_of_many_in_one_street_the_five_newest_are_offered() -> None:
    found = [case(n, **STREET, received_at=MONDAY + timedelta(hours=n)) for n in (4, 1, 6, 2, 3, 5, 7)]
    assert offered(*found) == ["0007", "0006", "0005", "0004", "0003"]
    assert MAX_OFFERED == 5


def test_a_report_that_is_found_twice_is_offered_once() -> None:
    assert offered(case(1, **STREET, **HERE), case(1, **STREET, **HERE)) == ["0001"]


def test_another_category_is_another_matter() -> None:
    assert offered(case(1, **HERE, category="jalan_rusak"), case(2, **HERE, category=None)) == []


def test_a_report_without_a_place_is_like_no_other() -> None:
    assert offered(case(1, **HERE, **STREET), sent=Submission("Lampu jalan mati.")) == []


@pytest.mark.parametrize("state", STATES)
def test_only_open_reports_that_somebody_has_read_are_offered(state: str) -> None:
    assert bool(offered(case(1, state, **HERE))) is (state in OPEN - {State.RECEIVED})


HIDDEN: dict[str, dict[str, Any]] = {
    "confidential": {"visibility": "confidential"},
    "restricted": {"restricted": True},
    "not looked at yet": {"quarantine": "honeypot"},
    "about an office": {"decision": {"kept_out": ["DLH"], "desk": True}},
}


@pytest.mark.parametrize("fields", HIDDEN.values(), ids=HIDDEN.keys())
@pytest.mark.parametrize("state", [State.ASSIGNED, State.AT_DESK])
def test_what_is_not_for_everybody_is_never_offered(state: str, fields: dict[str, Any]) -> None:
    assert offered(case(1, state, **HERE)) == ["0001"]
    assert offered(case(1, state, **HERE | fields)) == []


def test_only_open_reports_not_confidential_are_found_by_their_place() -> None:
    def keys(state: str, **fields: Any) -> set[str]:
        return {"near_cell", "near_street"} & to_document(case(1, state, **STREET, **HERE, **fields)).keys()

    assert {state for state in STATES if keys(state)} == OPEN
    assert keys(State.ASSIGNED, visibility="anonymous") == {"near_cell", "near_street"}
    assert keys(State.ASSIGNED, visibility="confidential") == set()
