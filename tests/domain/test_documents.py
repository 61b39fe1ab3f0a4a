"""What is stored is what comes back: complaint, line of the timeline, notice."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.builders import MONDAY, POLICY, complaint, held
from workflows.adapters.document_values import plain_document
from workflows.domain.arrival import Arrival
from workflows.domain.assignment import Assignment
from workflows.domain.change import Entry, NoticeRequest, entry_from, timeline_id
from workflows.domain.complaint import (
    CLOSED,
    ENDED,
    IN_PROGRESS,
    KINDS,
    LANGUAGES,
    STATES,
    VISIBILITIES,
    Complaint,
    from_document,
    to_document,
)
from workflows.domain.notifications.notice import (
    Notice,
    NoticeState,
    is_obsolete,
    next_try,
    notice_from,
    notice_id,
    queued,
)
from workflows.domain.photo import PhotoFacts

pytestmark = pytest.mark.slow

TEXT = st.text(max_size=20)
WHOLE = st.integers(0, 10**6)
MOMENT = st.datetimes(datetime(2000, 1, 1), datetime(2100, 1, 1), timezones=st.just(UTC))
MAYBE = st.none() | MOMENT
PLAIN = st.none() | st.booleans() | WHOLE | TEXT | MOMENT
FACTS = st.dictionaries(
    st.text("abcdef_", min_size=1, max_size=8).filter(lambda k: "__" not in k), PLAIN, max_size=4
)
WORDS = st.lists(TEXT, max_size=4).map(tuple)

ASSIGNMENTS = st.builds(Assignment, TEXT, TEXT, WHOLE, MOMENT, MOMENT, MAYBE, TEXT, TEXT)
PHOTOS = st.builds(PhotoFacts, WHOLE, TEXT, TEXT, MAYBE, TEXT, WHOLE, WHOLE)
COMPLAINTS = st.builds(
    Complaint,
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
    rungs=WORDS,
    acts=WORDS,
    clock_start=MAYBE,
    answer_by=MAYBE,
    next_check_at=MAYBE,
    reached_at=MAYBE,
    photos=st.lists(PHOTOS, max_size=4).map(tuple),
    proofs=st.lists(WHOLE, max_size=4).map(tuple),
    extra=FACTS,
)
ENTRIES = st.builds(Entry, TEXT, TEXT, TEXT, TEXT, TEXT, TEXT, FACTS, st.booleans(), WHOLE, MAYBE)
NOTICES = st.builds(
    Notice,
    id=TEXT,
    ticket=TEXT,
    sequence=WHOLE,
    template=TEXT,
    role=TEXT,
    to=TEXT,
    generation=WHOLE,
    urgent=st.booleans(),
    state=st.sampled_from(
        (NoticeState.QUEUED, NoticeState.SENDING, NoticeState.SENT, NoticeState.FAILED, NoticeState.DROPPED)
    ),
    attempts=WHOLE,
    created_at=MAYBE,
    next_try_at=MAYBE,
    sent_at=MAYBE,
    extra=FACTS,
)


@given(COMPLAINTS)
def test_a_complaint_comes_back_as_it_was_stored(before: Complaint) -> None:
    assert from_document(plain_document(to_document(before))) == before


@given(ENTRIES)
def test_a_line_of_the_timeline_comes_back_as_it_was_stored(before: Entry) -> None:
    assert entry_from(plain_document(before.to_document())) == before


@given(NOTICES)
def test_a_notice_comes_back_as_it_was_stored(before: Notice) -> None:
    document = plain_document(before.to_document())
    assert notice_from(before.id, document) == before
    assert ("next_try_at" in document) == (before.next_try_at is not None)


@pytest.mark.parametrize("state", STATES)
def test_a_finished_complaint_has_no_alarm_in_the_store_at_all(state: str) -> None:
    alarm = None if state in ENDED else MONDAY
    document = to_document(complaint(state, next_check_at=alarm))
    assert ("next_check_at" in document) == (alarm is not None)


def test_fields_of_a_newer_release_are_left_alone() -> None:
    assert from_document(to_document(complaint(CLOSED)) | {"mood": "better"}) == complaint(CLOSED)


def test_fields_that_an_older_release_did_not_know_get_their_default() -> None:
    document = to_document(complaint(IN_PROGRESS))
    for name in ("table", "acts", "rungs", "extra", "quarantine"):
        del document[name]
    assert from_document(document) == complaint(IN_PROGRESS)


def test_no_field_of_a_complaint_a_line_or_a_notice_names_a_person() -> None:
    names = {
        *to_document(complaint()),
        *Entry("x", "y").to_document(),
        *Notice("i", "t", 1, "n", "r").to_document(),
    }
    assert not names & {"name", "email", "phone", "sender", "address"}


def test_the_lines_of_a_timeline_sort_by_their_ids() -> None:
    numbers = [1, 9, 10, 99, 100, 12345]
    assert sorted(map(timeline_id, reversed(numbers))) == list(map(timeline_id, numbers))


def test_a_letter_has_the_same_identity_however_often_it_is_asked_for() -> None:
    assert notice_id("LKS-1", 7, "answer", "citizen") == "LKS-1.7.answer.citizen"


@pytest.mark.parametrize("role", ["department", "head"])
@pytest.mark.parametrize(("generation", "gone"), [(1, False), (2, True)])
def test_a_letter_to_an_office_is_overtaken_when_the_case_has_changed_hands(
    role: str, generation: int, gone: bool
) -> None:
    letter = Notice("id", "t", 1, "reminder", role, "DLH", generation=1)
    after = complaint(IN_PROGRESS, generation=generation, assignment=held("PUPR", generation=generation))
    assert is_obsolete(letter, after) == gone


@pytest.mark.parametrize("role", ["citizen", "desk"])
def test_the_citizen_and_the_desk_hear_of_a_case_wherever_it_is(role: str) -> None:
    assert not is_obsolete(Notice("id", "t", 1, "receipt", role), complaint(generation=9))


def test_a_letter_carries_what_the_change_left_behind() -> None:
    before = complaint(IN_PROGRESS, sequence=4, generation=3, urgent=True)
    letter = queued(NoticeRequest("reminder", "department", "DLH"), before, MONDAY)
    assert (letter.id, letter.generation, letter.urgent) == (f"{before.ticket}.4.reminder.department", 3, True)
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
