"""What it means for a complaint that a letter arrived, or did not."""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime

import pytest

from tests.builders import ANSWER_BY, CONFIRM_BY, MONDAY, POLICY, complaint, wib
from workflows.domain.complaint.model import STATES, Complaint, State
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, DESK, UNIT
from workflows.domain.notifications.delivery import (
    PAGE,
    mark_accepted,
    mark_bounced,
    mark_delivered,
    mark_page_opened,
    mark_replied,
    record_mail_failure,
)
from workflows.domain.notifications.kinds import ANSWER_NOTICES
from workflows.domain.notifications.notice import Notice

THURSDAY = wib("2026-07-09 10:00")


def notice(role: str, to: str = "") -> Notice:
    return Notice("id", complaint().ticket, 3, "new_case", role, to)


def test_the_time_to_object_runs_from_when_the_answer_arrived() -> None:
    before = complaint(State.ANSWERED, answer_sequence=4)
    change = mark_delivered(before, 4, POLICY, THURSDAY)
    assert before.answer.confirm_by == CONFIRM_BY
    assert change and change.complaint.answer.reached_at == THURSDAY
    assert change.complaint.answer.confirm_by == wib("2026-07-23 16:00")
    (entry,) = change.entries
    assert (entry.event, entry.hidden, entry.facts) == ("reached", True, {"answer": 4, "by": "answer"})
    assert not change.notices


def test_that_an_older_answer_arrived_starts_no_time_for_the_present_one() -> None:
    assert mark_delivered(complaint(State.ANSWERED, answer_sequence=7), 4, POLICY, THURSDAY) is None


def test_a_unit_s_letter_is_its_department_s_matter() -> None:
    change = record_mail_failure(complaint(State.IN_PROGRESS), notice(UNIT, "DLH-KEBERSIHAN"), "550", THURSDAY)
    assert change
    (entry,) = change.entries
    assert (entry.opd, entry.facts["unit"], entry.facts["to"]) == ("DLH", "DLH-KEBERSIHAN", "DLH-KEBERSIHAN")


@pytest.mark.parametrize("state", [State.IN_PROGRESS, State.CLOSED])
def test_a_failed_letter_leaves_state_and_deadline_alone(state: str) -> None:
    change = record_mail_failure(complaint(state), notice(DEPARTMENT, "DLH"), "", THURSDAY)
    assert change and (change.complaint.state, change.complaint.deadlines.answer_by) == (state, ANSWER_BY)


def by(how: str, at: datetime | None = MONDAY) -> Complaint:
    """Answered on Monday, and heard of that way."""
    return complaint(State.ANSWERED, answer_sequence=4, reached_at=at, reached_by=how)


def test_a_page_opened_after_the_letter_arrived_moves_no_date() -> None:
    change = mark_page_opened(by("answer"), POLICY, THURSDAY)
    assert change and not change.entries and not change.notices
    assert (change.complaint.answer.reached_at, change.complaint.answer.confirm_by) == (MONDAY, CONFIRM_BY)
    assert change.complaint.answer.reached_by == PAGE


@pytest.mark.parametrize("state", [state for state in STATES if state != State.ANSWERED])
def test_where_nothing_is_answered_a_page_that_is_opened_changes_nothing(state: str) -> None:
    assert mark_page_opened(complaint(state), POLICY, THURSDAY) is None


NO_MAILBOX = "550 5.1.1 User unknown"
REMINDER = Notice("id", complaint().ticket, 6, "confirm_reminder", CITIZEN)


def test_after_a_bounced_letter_the_next_one_alone_reaches_nobody() -> None:
    answer = Notice("id", complaint().ticket, 4, "answer", CITIZEN)
    after = mark_bounced(by("answer"), answer, NO_MAILBOX, THURSDAY).complaint
    assert (after.answer.reached_at, after.reach.mail_comes_back) == (None, True)
    assert mark_accepted(after, REMINDER, POLICY, THURSDAY) is None
    seen = mark_page_opened(after, POLICY, THURSDAY)
    assert seen and seen.complaint.answer.reached_by == PAGE


@pytest.mark.parametrize(
    ("role", "cause"), [(CITIZEN, "552 5.2.2 Mailbox full"), (CITIZEN, "550 5.7.1 blocked"), (DESK, NO_MAILBOX)]
)
def test_what_says_nothing_of_the_mailbox_leaves_the_next_letter_to_count(role: str, cause: str) -> None:
    letter = Notice("id", complaint().ticket, 4, "answer", role)
    after = mark_bounced(by("answer"), letter, cause, THURSDAY).complaint
    change = mark_accepted(after.evolve(reached_at=None), REMINDER, POLICY, THURSDAY)
    assert change and change.complaint.answer.reached_by == "confirm_reminder"


def test_a_reply_shows_that_the_mailbox_is_read_and_its_letter_arrived() -> None:
    dead = by("", at=None).evolve(mail_comes_back=True)
    heard = mark_replied(dead, REMINDER, POLICY, THURSDAY)
    assert heard and (heard.complaint.reach.mail_comes_back, heard.complaint.answer.reached_at) == (False, THURSDAY)
    other = mark_replied(dead, replace(REMINDER, template="progress"), POLICY, THURSDAY)
    assert other and (other.complaint.reach.mail_comes_back, other.complaint.answer.reached_at) == (False, None)
    assert mark_replied(by("answer"), REMINDER, POLICY, THURSDAY) is None


@pytest.mark.parametrize("template", ANSWER_NOTICES)
@pytest.mark.parametrize("how", ["answer", "confirm_reminder", PAGE])
def test_a_bounce_undoes_only_what_that_letter_alone_had_done(template: str, how: str) -> None:
    letter = Notice("id", complaint().ticket, 4 if template == "answer" else 6, template, CITIZEN)
    change = mark_bounced(by(how), letter, "mailbox full", THURSDAY)
    assert change
    assert (change.complaint.answer.reached_at is None) == (template == how)


def test_a_bounce_of_an_answer_from_before_arrivals_were_noted_counts() -> None:
    letter = Notice("id", complaint().ticket, 4, "answer", CITIZEN)
    change = mark_bounced(by(""), letter, "mailbox full", THURSDAY)
    assert change and change.complaint.answer.reached_at is None
