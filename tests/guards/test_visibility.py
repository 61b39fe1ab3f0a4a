"""Each field that is stored has a row that says who may see it; without one it is shown to nobody."""

from __future__ import annotations
from dataclasses import dataclass, fields

import pytest

from tests.builders import complaint
from workflows.domain.access import (
    COMPLAINT,
    EVENT,
    SUBMISSION,
    Audience,
    _blanks,
    all_seen_by,
    declared,
    is_public,
    seen_by,
    timeline_seen_by,
)
from workflows.domain.complaint.model import Complaint, State, from_document, to_document
from workflows.domain.complaint.transition import CITIZEN, EventName, TimelineEvent
from workflows.domain.documents import stored_fields
from workflows.domain.intake import manual
from workflows.domain.intake.submission import FIELDS
from workflows.domain.reporting import FIELDS as READ_FOR_OPEN_DATA
from workflows.routing.model import Decision

WHERE = "declare in workflows/domain/access.py who may see"
DECISION = {f"decision.{each.name}" for each in fields(Decision)}


@dataclass(frozen=True)
class Page:
    rows: tuple[tuple[Complaint, int], ...]
    title: str


def tops(names: set[str] | frozenset[str]) -> set[str]:
    return {name.partition(".")[0] for name in names}


def test_every_field_of_a_complaint_says_who_may_see_it() -> None:
    stored = (set(stored_fields(Complaint)) - {"decision"}) | DECISION
    missing, gone = stored - declared("complaint"), declared("complaint") - stored
    assert not missing, f"{WHERE} these fields of a complaint: {sorted(missing)}"
    assert not gone, f"no complaint has these fields, take their rows away: {sorted(gone)}"


def test_every_field_can_be_withheld_and_a_strange_visibility_withholds_all() -> None:
    assert set(_blanks()) == tops(set(stored_fields(Complaint)))
    strange = complaint(visibility="offices_only")
    assert not is_public(strange) and "near_cell" not in to_document(strange)
    assert seen_by(strange, Audience.PUBLIC).text == seen_by(strange, Audience.EXPORT).ticket == ""


def test_every_field_of_a_timeline_event_says_who_may_see_it() -> None:
    stored = set(stored_fields(TimelineEvent))
    assert stored == declared("event"), f"{WHERE} these fields of an event: {sorted(stored ^ declared('event'))}"


def test_every_field_of_the_forms_says_who_gets_it_back() -> None:
    typed = {*FIELDS, *manual.FIELDS}
    differ = sorted(typed ^ declared("submission"))
    assert not differ, f"{WHERE} these fields of a form: {differ}"


@pytest.mark.parametrize("rows", [COMPLAINT, EVENT, SUBMISSION], ids=["complaint", "event", "submission"])
def test_no_field_is_declared_twice(rows: tuple[tuple[str, object], ...]) -> None:
    names = [name for words, _ in rows for name in words.split()]
    assert len(names) == len(set(names))


def test_the_declaration_names_what_is_stored() -> None:
    derived = {"assignment_opd", "silent_opd", "board", "recall_until", "near_cell", "near_street", "schema"}
    written = set(to_document(complaint(State.ASSIGNED, visibility="public"))) - derived
    assert written <= tops(declared("complaint"))


@pytest.mark.parametrize("audience", Audience)
def test_a_field_of_a_newer_release_is_shown_to_nobody_who_is_shown_less_than_all(audience: Audience) -> None:
    stored = to_document(complaint(State.ASSIGNED, decision={"opd": "DLH", "why": ["kata"]}))
    later = stored | {"pole": "tiang 12", "assignment": stored["assignment"] | {"pole": "tiang 12"}}
    seen = seen_by(from_document(later), audience)
    if seen.text and seen.decision and seen.decision["why"]:
        return  # an office: the complaint comes back as it is, and no view reads what this release does not know
    assert "tiang 12" not in str(to_document(seen))


@pytest.mark.parametrize("audience", Audience)
def test_what_is_seen_is_a_complaint_and_can_be_looked_at_again(audience: Audience) -> None:
    case = complaint(State.ASSIGNED, restricted=True, decision={"opd": "DLH", "accuses": None, "why": ["kata"]})
    seen = seen_by(case, audience)
    assert (seen.state, seen.received_at, seen.opd) == (case.state, case.received_at, case.opd)
    assert seen_by(seen, audience) == seen


def test_an_event_without_a_row_for_the_reader_is_left_out_and_its_inner_words_are_taken_away() -> None:
    case = complaint(State.ASSIGNED, restricted=True)
    line = TimelineEvent(EventName.PROGRESS, CITIZEN, text="kabar", internal="rahasia", officer="Rani")
    assert timeline_seen_by([line], case, Audience.DEPARTMENT) == (line,)
    assert timeline_seen_by([line], case, Audience.DESK) == timeline_seen_by([line], case, Audience.FOLLOWER) == ()
    (seen,) = timeline_seen_by([line], case, Audience.REPORTER)
    assert (seen.text, seen.internal, seen.officer) == ("kabar", "", "")


def test_complaints_inside_of_a_page_are_found() -> None:
    case = complaint(State.ASSIGNED, restricted=True)
    page = Page(((case, 1),), "text")
    seen = all_seen_by(page, Audience.DESK)
    assert (seen.rows[0][0].text, seen.rows[0][1], page.rows[0][0]) == ("", 1, case)
    assert all_seen_by(page, Audience.DEPARTMENT) == page


def test_open_data_reads_no_more_than_its_readers_see_and_what_decides_that() -> None:
    seen = {name for words, viewers in COMPLAINT if Audience.EXPORT in viewers for name in words.split()}
    assert set(READ_FOR_OPEN_DATA) <= tops(seen)
