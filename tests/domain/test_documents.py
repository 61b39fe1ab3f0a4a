"""What is stored is what comes back: complaint, line of the timeline, notice."""

from __future__ import annotations
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import MONDAY, POLICY, TICKET, complaint, held
from workflows.adapters.document_store import plain_document
from workflows.domain.complaint.model import (
    ENDED,
    KINDS,
    LANGUAGES,
    STATES,
    VISIBILITIES,
    Complaint,
    State,
    from_document,
    new_complaint,
    to_document,
)
from workflows.domain.complaint.records import (
    Arrival,
    Assignment,
    DayCount,
    PhotoFacts,
    PreviousAssignment,
    RecentNotices,
)
from workflows.domain.complaint.transition import EventName, NoticeRequest, Role, TimelineEvent, timeline_id
from workflows.domain.documents import SCHEMA, read_record, write_record
from workflows.domain.notifications.delivery import Address, AdmittedMail, address_from
from workflows.domain.notifications.mailbox_check import MailboxCheck, check_from
from workflows.domain.notifications.notice import (
    Notice,
    NoticeState,
    is_obsolete,
    next_try,
    notice_from,
    notice_id,
    queued,
)
from workflows.domain.privacy.data_request import DataRequest
from workflows.domain.privacy.erasure import without_in_line, without_words
from workflows.domain.privacy.retention import WHOLE as EVERY_WORD
from workflows.privacy.ledger import Erasure, read_line
from workflows.records.accesses import Access

pytestmark = pytest.mark.slow

TEXT = st.text(max_size=20)
WHOLE = st.integers(0, 10**6)
MOMENT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
MAYBE = st.none() | MOMENT
PLAIN = st.none() | st.booleans() | WHOLE | TEXT | MOMENT
FACTS = st.dictionaries(st.text("abcdef_", min_size=1, max_size=8).filter(lambda k: "__" not in k), PLAIN, max_size=4)
WORDS = st.lists(TEXT, max_size=4).map(tuple)

ASSIGNMENTS = st.builds(Assignment, TEXT, TEXT, WHOLE, MOMENT, MOMENT, MAYBE, TEXT, TEXT)
PHOTOS = st.builds(PhotoFacts, WHOLE, TEXT, TEXT, MAYBE, TEXT, WHOLE, WHOLE)
RECENT = st.builds(
    RecentNotices,
    st.lists(MOMENT, max_size=3).map(tuple),
    st.dictionaries(st.text("abcdef0123456789", min_size=1), MOMENT, max_size=3),
    MAYBE,
    MAYBE,
    st.none() | st.builds(DayCount, TEXT, WHOLE),
)
COMPLAINTS = st.builds(
    new_complaint,
    ticket=TEXT,
    text=TEXT,
    received_at=MOMENT,
    state=st.sampled_from(STATES),
    kelurahan=st.none() | TEXT,
    latitude=st.none() | st.floats(-90, 90),
    longitude=st.none() | st.floats(-180, 180),
    kind=st.sampled_from((None, *KINDS)),
    visibility=st.sampled_from(VISIBILITIES),
    lang=st.sampled_from(LANGUAGES),
    arrival=st.builds(Arrival, TEXT, TEXT, MAYBE),
    decision=st.none() | FACTS,
    assignment=st.none() | ASSIGNMENTS,
    escalated=WORDS,
    acts=WORDS,
    clock_start=MAYBE,
    answer_by=MAYBE,
    next_check_at=MAYBE,
    reached_at=MAYBE,
    photos=st.lists(PHOTOS, max_size=4).map(tuple),
    proofs=st.lists(WHOLE, max_size=4).map(tuple),
    recent=RECENT,
)
ENTRIES = st.builds(TimelineEvent, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, FACTS, st.booleans(), WHOLE, MAYBE)
NOTICES = st.builds(
    Notice,
    id=TEXT,
    ticket=TEXT,
    sequence=WHOLE,
    template=TEXT,
    role=TEXT,
    to=TEXT,
    assignment_no=WHOLE,
    urgent=st.booleans(),
    state=st.sampled_from(NoticeState),
    attempts=WHOLE,
    created_at=MAYBE,
    next_try_at=MAYBE,
    sent_at=MAYBE,
    extra=FACTS,
)


@given(COMPLAINTS)
def test_a_complaint_comes_back_as_it_was_stored(before: Complaint) -> None:
    assert from_document(plain_document(to_document(before))) == before


@given(ENTRIES, NOTICES)
def test_an_event_and_a_notice_come_back_as_they_were_stored(event: TimelineEvent, before: Notice) -> None:
    assert read_record(TimelineEvent, plain_document(event.to_document())) == event
    document = plain_document(before.to_document())
    assert notice_from(before.id, document) == before
    assert ("next_try_at" in document) == (before.next_try_at is not None)


@pytest.mark.parametrize("state", STATES)
def test_a_finished_complaint_has_no_alarm_in_the_store_at_all(state: str) -> None:
    alarm = None if state in ENDED else MONDAY
    document = to_document(complaint(state, next_check_at=alarm))
    assert ("next_check_at" in document) == (alarm is not None)


DATED = ("tabled", "renewed", "erased", "late_told")
"""Maps from codes to moments, which are no records."""


def grown(value: Any, more: dict[str, Any]) -> Any:
    """The same document with further fields in each of its maps, in lists of maps too."""
    if isinstance(value, dict):
        return more | {name: inner if name in DATED else grown(inner, more) for name, inner in value.items()}
    return [grown(inner, more) for inner in value] if isinstance(value, list) else value


LATER = st.dictionaries(TEXT.map("later_{}".format), PLAIN | FACTS, max_size=3)
"""Fields that no class of this release names."""


@given(COMPLAINTS, LATER)
def test_fields_of_a_newer_release_are_kept_at_every_level_of_a_complaint(before: Complaint, more: Any) -> None:
    document = grown(to_document(before), more)
    assert to_document(from_document(document)) == document


@given(ENTRIES, NOTICES, LATER)
def test_fields_of_a_newer_release_are_kept_in_the_timeline_and_in_notices(
    entry: TimelineEvent, notice: Notice, more: Any
) -> None:
    line, letter = grown(entry.to_document(), more), grown(notice.to_document(), more)
    assert read_record(TimelineEvent, line).to_document() == line
    assert notice_from(notice.id, letter).to_document() == letter


@pytest.mark.parametrize(
    ("read", "record"),
    [
        (partial(read_record, DataRequest), DataRequest(TICKET, "copy", MONDAY, 1, MONDAY)),
        (check_from, MailboxCheck(TICKET, "2026-Q4", "0badcafe", MONDAY, MONDAY)),
        (address_from, Address((AdmittedMail("a.1", MONDAY),))),
        (partial(read_record, Access), Access(TICKET, MONDAY, "head", "DLH", 1, "opened")),
        (partial(read_record, Erasure), Erasure(TICKET, "whole", MONDAY, "asked")),
        (partial(read_record, PhotoFacts), PhotoFacts(1, "citizen")),
    ],
)
def test_every_other_document_keeps_fields_of_a_newer_release(read: Callable[[Any], Any], record: Any) -> None:
    document = grown(record.to_document() if hasattr(record, "to_document") else write_record(record), {"later": 1})
    assert write_record(read(document)) == document
    assert read(document) == record


def test_the_ledger_file_keeps_fields_of_a_newer_release() -> None:
    line = Erasure(TICKET, "whole", MONDAY, "asked", unknown={"later": 1}).to_line()
    known = read_line(line)
    assert known and known.to_line() == line


@pytest.mark.parametrize(("stored", "written"), [(None, SCHEMA), (SCHEMA, SCHEMA), (SCHEMA + 1, SCHEMA + 1)])
def test_the_schema_is_that_of_the_newest_release_whose_fields_it_holds(stored: int | None, written: int) -> None:
    document = to_document(complaint(State.CLOSED))
    document = {name: value for name, value in document.items() if name != "schema"}
    document |= {"schema": stored} if stored else {}
    assert to_document(from_document(document))["schema"] == written


def test_what_is_looked_up_by_is_not_taken_for_a_field_of_a_newer_release() -> None:
    document = to_document(complaint(State.IN_PROGRESS, visibility="public", latitude=-6.2, longitude=106.6))
    assert {"near_cell", "assignment_opd"} < set(document)
    closed = to_document(from_document(document).evolve(state=State.CLOSED))
    assert "near_cell" not in closed and not closed["assignment_opd"]


def test_an_erasure_of_the_whole_takes_what_a_newer_release_has_added() -> None:
    added, former = {"later": "the reporter's words"}, (PreviousAssignment(1, "PUPR", MONDAY),)
    decision = {"opd": "DLH", "top": [{"opd": "DLH", "score": 0.9}], "why": [], "because": [{"opd": "DLH", "why": []}]}
    case = complaint(State.CLOSED, assignment=held(), decision=decision, previous_assignments=former)
    line = grown(TimelineEvent(EventName.ANSWERED, Role.DEPARTMENT).to_document(), added)
    left = to_document(without_words(from_document(grown(to_document(case), added)), EVERY_WORD, ""))
    assert added["later"] not in repr((left, without_in_line(read_record(TimelineEvent, line), EVERY_WORD, "")))


def test_fields_that_an_older_release_did_not_know_get_their_default() -> None:
    document = to_document(complaint(State.IN_PROGRESS))
    for name in ("table", "acts", "rungs", "extra", "quarantine"):
        del document[name]
    assert from_document(document) == complaint(State.IN_PROGRESS)


def test_no_field_of_a_complaint_a_line_or_a_notice_names_a_person() -> None:
    records = (TimelineEvent(EventName.ANSWERED, Role.DESK), Notice("i", "t", 1, "n", "r"))
    names = {*to_document(complaint()), *(name for record in records for name in record.to_document())}
    assert not names & {"name", "email", "phone", "sender", "address"}


def test_the_lines_of_a_timeline_sort_by_their_ids() -> None:
    numbers = [1, 9, 10, 99, 100, 12345]
    assert sorted(map(timeline_id, reversed(numbers))) == list(map(timeline_id, numbers))


def test_a_letter_has_the_same_identity_however_often_it_is_asked_for() -> None:
    assert notice_id("LKS-1", 7, "answer", "citizen") == "LKS-1.7.answer.citizen"


@pytest.mark.parametrize("role", ["department", "head"])
@pytest.mark.parametrize(("assignment_no", "gone"), [(1, False), (2, True)])
def test_a_letter_to_an_office_is_overtaken_by_a_new_assignment(role: str, assignment_no: int, gone: bool) -> None:
    letter = Notice("id", "t", 1, "reminder", role, "DLH", assignment_no=1)
    after = complaint(
        State.IN_PROGRESS, assignment_no=assignment_no, assignment=held("PUPR", assignment_no=assignment_no)
    )
    assert is_obsolete(letter, after) == gone


@pytest.mark.parametrize("role", ["citizen", "desk"])
def test_the_citizen_and_the_desk_hear_of_a_case_wherever_it_is(role: str) -> None:
    assert not is_obsolete(Notice("id", "t", 1, "receipt", role), complaint(assignment_no=9))


def test_a_letter_carries_what_the_change_left_behind() -> None:
    before = complaint(State.IN_PROGRESS, sequence=4, assignment_no=3, urgent=True)
    letter = queued(NoticeRequest("reminder", Role.DEPARTMENT, "DLH"), before, MONDAY)
    assert (letter.id, letter.assignment_no, letter.urgent) == (f"{before.ticket}.4.reminder.department", 3, True)
    assert (letter.state, letter.attempts, letter.next_try_at) == (NoticeState.QUEUED, 0, MONDAY)


@pytest.mark.parametrize(("failures", "minutes"), [(1, 1), (2, 5), (3, 15), (4, 60), (5, 60), (40, 60)])
def test_a_letter_is_tried_again_after_longer_and_longer_pauses(failures: int, minutes: int) -> None:
    letter = Notice("id", "t", 1, "x", "desk", attempts=failures, created_at=MONDAY)
    again = next_try(letter, MONDAY, POLICY.mail)
    assert again and (again - MONDAY).total_seconds() == minutes * 60


@pytest.mark.parametrize(("hours", "tried"), [(0, True), (71, True), (72, False), (500, False)])
def test_after_three_days_a_letter_is_not_tried_again(hours: int, tried: bool) -> None:
    letter = Notice("id", "t", 1, "x", "desk", attempts=9, created_at=MONDAY)
    assert (next_try(letter, MONDAY + timedelta(hours=hours), POLICY.mail) is not None) == tried
