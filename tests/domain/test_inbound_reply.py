"""A reply by mail decides nothing: an office's is a draft, a citizen's is added; a late one is told so once."""

from __future__ import annotations
from datetime import datetime, timedelta
from typing import Any

import pytest

from tests.builders import ANSWER_BY, MONDAY, POLICY, RULES, TICKET, complaint, held, letters
from workflows.domain.complaint.model import OPEN, WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.records import PhotoFacts
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, DESK, HEAD, UNIT, Transition
from workflows.domain.directory import DESK_HEAD
from workflows.domain.documents import write_record
from workflows.domain.notifications.inbound_reply import (
    BY_LINK,
    EMPTY,
    GONE,
    MAX_LETTERS,
    REPEAT,
    TOLD,
    MailReply,
    citizen_reply,
    obstacle,
    office_reply,
)
from workflows.domain.notifications.inbound_reply import CLOSED as NOBODY_WAITS
from workflows.domain.notifications.notice import Notice

WORDS = "Sudah kami angkut pagi ini."
PHOTO = PhotoFacts(0, "department", name="a.jpg")


def about(role: str = DEPARTMENT, to: str = "DLH", **fields: Any) -> Notice:
    return Notice("n", TICKET, 1, "new_case", role, to, assignment_no=1, **fields)


def reply(role: str = DEPARTMENT, to: str = "DLH", words: str = WORDS, **fields: Any) -> MailReply:
    return MailReply(about(role, to), words, **fields)


def taken(case: Complaint, answer: MailReply) -> Transition:
    change = office_reply(case, answer, MONDAY)
    assert isinstance(change, Transition)
    return change


def added(case: Complaint, answer: MailReply, now: datetime = MONDAY) -> Transition:
    change = citizen_reply(case, answer, RULES, now)
    assert isinstance(change, Transition)
    return change


@pytest.mark.parametrize("state", sorted(WITH_DEPARTMENT))
def test_an_office_s_reply_is_a_draft_and_changes_nothing_else(state: str) -> None:
    before = complaint(state)
    after = taken(before, reply(name="Budi")).complaint
    assert after.draft and write_record(after.draft) == {
        "text": WORDS,
        "outcome": "done",
        "by": "mail",
        "officer": "Budi",
        "at": MONDAY,
        "photos": [],
        "sequence": 2,
    }
    same = after.evolve(draft=None, recent=before.recent, sequence=before.sequence, updated_at=before.updated_at)
    assert same == before


def test_the_case_is_not_accepted_by_it() -> None:
    assert taken(complaint(State.ASSIGNED), reply()).complaint.assignment == held()


def test_only_offices_read_the_words_before_they_are_sent() -> None:
    (entry,) = taken(complaint(State.ASSIGNED), reply(name="Budi")).entries
    assert (entry.event, entry.by, entry.opd, entry.officer) == ("draft_by_mail", DEPARTMENT, "DLH", "Budi")
    assert (entry.text, entry.internal) == ("", WORDS)


@pytest.mark.parametrize(("role", "to"), [(DEPARTMENT, "DLH"), (HEAD, "DLH")])
def test_whoever_replied_gets_the_link_to_send_it(role: str, to: str) -> None:
    assert letters(taken(complaint(State.IN_PROGRESS), reply(role, to))) == {("draft_ready", role, to)}


@pytest.mark.parametrize(
    ("case", "role", "to"),
    [
        (complaint(State.AT_DESK), DESK, "DESK"),
        (complaint(State.AT_DESK), HEAD, DESK_HEAD),
        (complaint(State.ASSIGNED, restricted=True), DEPARTMENT, "DLH"),
        (complaint(State.IN_PROGRESS, restricted=True), HEAD, "DLH"),
    ],
)
def test_holders_of_a_restricted_case_and_the_desk_must_answer_by_link(case: Complaint, role: str, to: str) -> None:
    change = taken(case, reply(role, to))
    assert (letters(change), change.entries[0].facts) == ({("reply_late", role, to)}, {"reply": BY_LINK})
    assert change.complaint.draft is None and WORDS not in str(change)


def test_a_unit_s_reply_is_its_draft_and_goes_to_its_department() -> None:
    case = complaint(State.IN_PROGRESS, assignment=held(unit="DLH-ANGKUT", unit_key=1))
    change = taken(case, reply(UNIT, "DLH-ANGKUT"))
    assert letters(change) == {("draft_ready", DEPARTMENT, "DLH")}
    assert (change.entries[0].event, change.entries[0].facts["unit"]) == ("drafted", "DLH-ANGKUT")
    assert change.complaint.draft and change.complaint.draft.by == UNIT


def test_photos_are_numbered_and_files_left_out_are_told_with_their_names() -> None:
    left_out = ({"n": 2, "why": "not_a_photo", "name": "surat.pdf"},)
    old = PhotoFacts(1, CITIZEN, name="old.jpg")
    change = taken(complaint(State.ASSIGNED, photos=(old,)), reply(photos=(PHOTO,), left_out=left_out))
    assert [photo.n for photo in change.complaint.photos] == [1, 2]
    assert change.entries[0].facts == {"photos": [2], "left_out": list(left_out)}
    assert change.complaint.draft and change.complaint.draft.photos == (2,)


def test_the_same_words_again_are_no_second_draft_but_with_a_photo_are() -> None:
    drafted = taken(complaint(State.ASSIGNED), reply()).complaint
    assert office_reply(drafted, reply(), MONDAY) == REPEAT
    assert taken(drafted, reply(photos=(PHOTO,))).complaint.draft != drafted.draft


def test_newer_words_replace_the_draft() -> None:
    drafted = taken(complaint(State.ASSIGNED), reply()).complaint
    newer = taken(drafted, reply(words="Besok diangkut.")).complaint.draft
    assert newer and newer.text == "Besok diangkut."


def test_a_machine_that_nothing_gives_away_is_not_answered_for_ever() -> None:
    case, told = complaint(State.ASSIGNED), 0
    for n in range(20):
        change = taken(case, reply(words=f"Terima kasih, surat ke-{n} kami terima."))
        case, told = change.complaint, told + len(change.notices)
    assert told == MAX_LETTERS
    later = office_reply(case, reply(words="Besok lagi."), MONDAY + timedelta(days=1, minutes=1))
    assert isinstance(later, Transition) and letters(later) == {("draft_ready", DEPARTMENT, "DLH")}
    assert len(later.complaint.recent.draft_ready_at) == 1


@pytest.mark.parametrize(
    ("case", "role", "to", "why"),
    [
        (complaint(State.ASSIGNED, "PUPR"), DEPARTMENT, "DLH", GONE),
        (complaint(State.ASSIGNED, "PUPR"), HEAD, "DLH", GONE),
        (complaint(State.AT_DESK), DEPARTMENT, "DLH", GONE),
        (complaint(State.AT_DESK), HEAD, "DLH", GONE),
        (complaint(State.RECEIVED), HEAD, DESK_HEAD, GONE),
        (complaint(State.IN_PROGRESS, assignment=held(unit="DLH-LAIN")), UNIT, "DLH-ANGKUT", GONE),
        (complaint(State.ANSWERED), DEPARTMENT, "DLH", NOBODY_WAITS),
        (complaint(State.CLOSED), HEAD, "DLH", NOBODY_WAITS),
        (complaint(State.ASSIGNED), DESK, "DESK", NOBODY_WAITS),
        (complaint(State.REJECTED), DESK, "DESK", NOBODY_WAITS),
    ],
)
def test_a_reply_to_a_case_that_has_moved_on_is_answered_and_kept_nowhere(
    case: Complaint, role: str, to: str, why: str
) -> None:
    assert obstacle(case, about(role, to)) == why
    change = taken(case, reply(role, to))
    assert letters(change) == {("reply_late", role, to)}
    assert (change.entries[0].facts, change.entries[0].hidden) == ({"reply": why}, True)
    assert WORDS not in str(change)
    assert change.complaint.draft is None
    assert office_reply(change.complaint, reply(role, to), MONDAY) == TOLD
    assert letters(taken(change.complaint, reply(role, to, "Lain lagi."))) == {("reply_late", role, to)}


def test_replies_that_are_not_taken_are_not_answered_for_ever() -> None:
    case, told = complaint(State.ANSWERED), 0
    for n in range(20):
        change = office_reply(case, reply(words=f"Surat ke-{n}."), MONDAY)
        if isinstance(change, Transition):
            case, told = change.complaint, told + len(change.notices)
    assert (told, change) == (MAX_LETTERS, TOLD)
    tomorrow = office_reply(case, reply(words="Surat ke-0."), MONDAY + timedelta(days=1))
    assert isinstance(tomorrow, Transition) and len(tomorrow.complaint.recent.late_replies) == 1


def test_the_department_that_runs_the_desk_drafts_like_any_other() -> None:
    case = complaint(State.ASSIGNED, DESK_HEAD)
    assert [obstacle(case, about(role, DESK_HEAD)) for role in (DEPARTMENT, HEAD)] == ["", ""]


def test_an_office_that_has_the_case_again_may_answer_its_old_letter() -> None:
    assert obstacle(complaint(State.ASSIGNED, assignment_no=3), about()) == ""


def test_nothing_found_in_a_reply_is_said_and_a_file_alone_is_something() -> None:
    change = taken(complaint(State.ASSIGNED), reply(words=""))
    assert (letters(change), change.entries[0].facts) == ({("reply_late", DEPARTMENT, "DLH")}, {"reply": EMPTY})
    pdf = ({"n": 1, "why": "not_a_photo", "name": "surat.pdf"},)
    assert letters(taken(complaint(State.ASSIGNED), reply(words="", left_out=pdf))) == {
        ("draft_ready", DEPARTMENT, "DLH")
    }


def from_citizen(words: str = "Lampunya di depan masjid.", **fields: Any) -> MailReply:
    return reply(CITIZEN, "", words, **fields)


@pytest.mark.parametrize("state", sorted(OPEN - {State.WAITING}))
def test_a_citizen_s_reply_to_an_open_case_is_added(state: str) -> None:
    change = added(complaint(state), from_citizen())
    assert not change.notices
    (entry,) = change.entries
    assert (entry.event, entry.by, entry.text, entry.hidden) == ("added", CITIZEN, from_citizen().words, False)
    assert change.complaint.state == state


def test_to_a_question_it_is_the_answer() -> None:
    change = added(complaint(State.WAITING, asked_at=MONDAY, ask_until=ANSWER_BY), from_citizen())
    assert letters(change) == {("citizen_replied", DEPARTMENT, "DLH")}
    assert (change.entries[0].event, change.complaint.state) == ("replied", State.IN_PROGRESS)


def test_a_reply_to_an_answer_that_seemed_lost_counts_as_arrived() -> None:
    case = complaint(State.ANSWERED, sequence=5, answer_sequence=4, mail_comes_back=True)
    letter = MailReply(Notice("n", TICKET, 4, "answer", CITIZEN, "", assignment_no=1), "Belum selesai!")
    change = added(case, letter)
    assert [(entry.event, entry.sequence) for entry in change.entries] == [("reached", 6), ("reply_by_link", 7)]
    assert (change.complaint.answer.reached_at, change.complaint.reach.mail_comes_back) == (MONDAY, False)
    later = change.complaint.evolve(mail_comes_back=True)
    again = added(later, letter)
    assert (again.entries, again.complaint.reach.mail_comes_back) == ((), False)


def test_over_the_days_additions_it_is_not_stored_and_gets_the_link() -> None:
    case = complaint(State.ASSIGNED)
    for number in range(POLICY.additions_per_day):
        change = added(case, from_citizen(f"Keterangan {number}."))
        assert change.entries[0].event == "added"
        case = change.complaint
    over = added(case, from_citizen("Satu lagi."))
    assert letters(over) == {("reply_by_link", CITIZEN, "")}


def test_the_same_words_again_are_not_added_twice() -> None:
    first = added(complaint(State.SCHEDULED), from_citizen())
    assert citizen_reply(first.complaint, from_citizen(), RULES, MONDAY) == REPEAT
    second = added(first.complaint, from_citizen("Ada ular juga."))
    assert citizen_reply(second.complaint, from_citizen(), RULES, MONDAY) == REPEAT
    assert added(second.complaint, from_citizen(), MONDAY + timedelta(days=2))


def test_a_citizens_photos_are_numbered_and_file_names_are_not_kept() -> None:
    left_out = ({"n": 2, "why": "not_a_photo", "name": "KTP Siti.pdf"},)
    change = added(complaint(State.ASSIGNED), from_citizen(photos=(PHOTO,), left_out=left_out))
    assert [photo.n for photo in change.complaint.photos] == [1]
    assert change.entries[0].facts == {"photos": [1], "left_out": [{"n": 2, "why": "not_a_photo"}]}
