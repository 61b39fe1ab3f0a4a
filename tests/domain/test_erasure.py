"""What an erasure takes from a case and its timeline, and what stays so that counts add up."""

from __future__ import annotations
from typing import Any

import pytest

from tests.builders import MONDAY, TICKET, complaint, held, letters
from workflows.domain.complaint.model import ENDED, OPEN, STATES, Complaint, State, to_document
from workflows.domain.complaint.records import AnswerDraft, PhotoFacts, RecentNotices
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, DESK, LAKSA, EventName, TimelineEvent, Transition
from workflows.domain.documents import values_of
from workflows.domain.privacy.erasure import ERASED_FIELDS, ERASED_TEXT, erase, extent, without_in_line
from workflows.domain.privacy.retention import CONTACT, PHOTOS, WHOLE

NAME = "Siti Zubaedah"
WORDS = "Saya Siti, hp 0812-3456-7890, siti@contoh.example. Sampah di gang kami belum diangkut."
PHOTO = PhotoFacts(1, CITIZEN, name=f"{TICKET}-a.jpg")

STAYS = {
    *("ticket", "received_at", "state", "kelurahan", "kind", "visibility", "lang", "arrival", "quarantine"),
    *("sequence", "updated_at", "decision", "category", "restricted", "urgent", "assignment", "assignment_no"),
    *("forward_count", "previous_assignments", "external_to", "reason", "clock_start", "answer_by", "desk_since"),
    *("desk_by", "returned_by"),
    *("scheduled_for", "escalated", "reported_to", "reported_since", "asked_at", "ask_until", "paused_minutes"),
    *("promised_by", "added_at"),
    *("call_by", "calls_missed", "contact_shown", "outcome", "answered_at", "answer_sequence", "confirm_by"),
    *("confirm_reminded", "reached_at", "closed_as", "disputes", "rating", "renewed", "nudged_at", "key_version"),
    *("reached_by", "questionnaire", "questionnaire_at"),
    *("ended_at", "erased", "erase_at", "next_check_at", "followed"),
}
"""None of these holds words of a person, but for those that `full` fills and the tests below look for."""


def full(state: str = State.CLOSED, **more: Any) -> Complaint:
    """A case with something personal wherever there is room for it."""
    shape: dict[str, Any] = {
        "text": WORDS,
        "place": "Gang Mangga 7, rumah Siti",
        "latitude": -6.17,
        "longitude": 106.63,
        "photos": (PHOTO,),
        "proofs": (1,),
        "consent": True,
        "draft": AnswerDraft("Ibu Siti, sudah diangkut.", officer="Rani", photos=(1,)),
        "decision": {"opd": "DLH", "why": ["“rumah Siti”"], "because": [{"opd": "DLH", "why": ["Gang Mangga"]}]},
        "reason": "Ibu Siti sudah pindah",
        "external_to": "Pak RT rumah Siti",
        "acts": ("0123456789abcdef",),
        "recent": RecentNotices(link_sent_at=MONDAY),
    }
    return complaint(state, **shape | more)


def erased(case: Complaint, what: str, known: bool = True) -> Transition:
    change = erase(case, what, NAME, known, MONDAY)
    assert change
    return change


def test_every_field_of_a_complaint_is_decided() -> None:
    every = set(values_of(full()))
    assert (every - STAYS - set(ERASED_FIELDS), STAYS & set(ERASED_FIELDS)) == (set(), set())


@pytest.mark.parametrize("state", STATES)
def test_what_has_ended_goes_whole_and_of_the_rest_who_wrote(state: str) -> None:
    assert extent(complaint(state), whole=False) == (WHOLE if state in ENDED else CONTACT)
    assert extent(complaint(state), whole=True) == WHOLE


def test_whole_leaves_no_word_and_all_that_is_counted() -> None:
    before = full(assignment=held(officer="Rani"), category="sampah_angkut", closed_as="confirmed", rating=4)
    after = erased(before, WHOLE).complaint
    assert after.text == ERASED_TEXT
    left = repr(to_document(after))
    assert [word for word in ("Siti", "Mangga", "Rani", "0812", "-6.17", "0123", TICKET + "-a") if word in left] == []
    same = ("ticket", "state", "category", "received_at", "answer_by", "closed_as", "rating", "opd", "kelurahan")
    was, now = (values_of(each) | {"opd": each.opd} for each in (before, after))
    assert [now[name] for name in same] == [was[name] for name in same]


def test_whole_turns_the_key() -> None:
    assert erased(full(key_version=3), WHOLE).complaint.key_version == 4


@pytest.mark.parametrize("state", sorted(OPEN | {State.MERGED}))
def test_what_could_still_come_to_a_desk_is_withdrawn_and_its_office_told(state: str) -> None:
    change = erased(full(state, parent="LKS-0000-0000-0" if state == State.MERGED else ""), WHOLE)
    assert change.complaint.parent == ""
    assert change.complaint.state == State.WITHDRAWN
    assert [entry.event for entry in change.entries] == ["erased", "withdrawn"]
    assert [entry.sequence for entry in change.entries] == [2, 3]
    told = {("withdrawn", DEPARTMENT, "DLH")} if change.complaint.assignment else set()
    assert letters(change) == told


@pytest.mark.parametrize("state", sorted(ENDED - {State.MERGED} | {State.ANSWERED}))
def test_what_nobody_works_on_keeps_its_state(state: str) -> None:
    change = erased(full(state), WHOLE)
    assert (change.complaint.state, letters(change)) == (state, set())


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.CLOSED])
def test_without_contact_the_case_goes_on_and_names_nobody(state: str) -> None:
    before = full(state)
    after = erased(before, CONTACT).complaint
    assert (after.reach.has_email, after.reach.consent, after.state) == (False, False, state)
    assert after.text.endswith("Sampah di gang kami belum diangkut.")
    words = " ".join([after.text, after.place, after.reason, str(after.draft)])
    assert [word for word in ("Siti", "0812", "@") if word in words] == []
    assert (after.key_version, after.photos, after.latitude) == (before.key_version, before.photos, -6.17)


def test_without_photos_the_words_stay() -> None:
    before = full()
    after = erased(before, PHOTOS, known=False).complaint
    assert (after.photos, after.answer.proofs, after.draft and after.draft.photos) == ((), (), ())
    assert (after.text, after.reach.has_email) == (before.text, before.reach.has_email)


@pytest.mark.parametrize("what", [CONTACT, PHOTOS, WHOLE])
def test_the_same_again_changes_nothing(what: str) -> None:
    after = erased(full(), what).complaint
    assert after.erasure.erased == {what: MONDAY}
    assert erase(after, what, NAME, False, MONDAY) is None


def test_where_there_was_nothing_it_is_marked_and_nothing_told() -> None:
    anonymous = complaint(State.CLOSED, has_email=False)
    change = erased(anonymous, CONTACT, known=False)
    assert (change.entries, change.complaint) == ((), anonymous.evolve(erased={CONTACT: MONDAY}))


LINES = [
    TimelineEvent(EventName.ADDED, CITIZEN, text=WORDS),
    TimelineEvent(EventName.CALLED, DESK, internal="Bicara dengan Siti, 0812-3456-7890"),
    TimelineEvent(EventName.ARCHIVED, DESK, facts={"reason": "Ibu Siti sudah pindah"}),
]


@pytest.mark.parametrize("entry", LINES, ids=lambda entry: entry.event)
@pytest.mark.parametrize("what", [CONTACT, WHOLE])
def test_a_line_of_the_timeline_names_nobody_any_more(entry: TimelineEvent, what: str) -> None:
    after = without_in_line(entry, what, NAME)
    assert [word for word in ("Siti", "0812", "@") if word in repr(after)] == []
    assert (after.event, after.by, after.opd) == (entry.event, entry.by, entry.opd)


def test_whole_takes_who_typed_what_and_leaves_codes_and_dates() -> None:
    facts = {"outcome": "done", "old": MONDAY, "score": 4, "to": "Pak RT", "left_out": [{"name": "siti.pdf"}]}
    entry = TimelineEvent(
        EventName.ANSWERED, DEPARTMENT, text="Sudah.", officer="Rani", opd="DLH", facts=facts | {"new fact": "x"}
    )
    after = without_in_line(entry, WHOLE, NAME)
    assert (after.text, after.officer, after.opd) == ("", "", "DLH")
    assert after.facts == {"outcome": "done", "old": MONDAY, "score": 4}


@pytest.mark.parametrize(("reason", "kept"), [("unclear", {"reason": "unclear"}), ("Siti", {})])
def test_a_reason_from_the_list_stays_an_operators_own_words_do_not(reason: str, kept: dict[str, str]) -> None:
    assert without_in_line(TimelineEvent(EventName.ARCHIVED, DESK, facts={"reason": reason}), WHOLE, "").facts == kept


def test_what_a_server_said_of_the_citizens_mailbox_goes_with_the_contact() -> None:
    facts = {"role": CITIZEN, "cause": "550 zubaedah unknown", "template": "receipt"}
    line = without_in_line(TimelineEvent(EventName.MAIL_FAILED, LAKSA, facts=facts), CONTACT, NAME)
    assert line.facts == {"role": CITIZEN, "template": "receipt"}


def test_an_offices_mailbox_is_no_secret_of_the_citizen() -> None:
    entry = TimelineEvent(EventName.MAIL_FAILED, LAKSA, opd="DLH", facts={"role": DEPARTMENT, "cause": "550 full"})
    assert without_in_line(entry, CONTACT, NAME) == entry
