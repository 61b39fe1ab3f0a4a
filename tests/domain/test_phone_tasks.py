"""One task a report: what it holds, when it is told, and when it is given up."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import MONDAY, TICKET, complaint
from workflows.domain.complaint.model import ASKED, CONFIRMED, NO_RESPONSE, SOLVED, Complaint, State
from workflows.domain.complaint.transition import CITIZEN, NoticeRequest, Role
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.notice import Notice, NoticeState, queued
from workflows.domain.notifications.phone_tasks import (
    complete,
    count_seen,
    is_outdated,
    is_wanted,
    join_task,
    may_be_told_by_desk,
    may_try,
    new_task,
    pending_news,
    record_no_answer,
    tells_answer,
)

TRIES = 3
CLOSED_TO_DESK: dict[str, Any] = {"decision": {"desk": False}}


def letter(template: str = "progress", sequence: int = 3, **fields: Any) -> Notice:
    made = Notice(
        f"{TICKET}.{sequence}.{template}.citizen", TICKET, sequence, template, CITIZEN, state=NoticeState.SENDING
    )
    return replace(made, created_at=MONDAY, extra={"by_phone": True}, **fields)


def after(task: Notice, changes: dict[str, Any] | None) -> Notice:
    assert changes is not None
    return replace(task, **changes)


def by_phone(state: str = State.IN_PROGRESS, **fields: Any) -> Complaint:
    return complaint(state, **{"has_email": False, "phone_only": True, **fields})


TASK = new_task(letter())


def test_only_a_letter_to_who_left_only_a_number_knows_it() -> None:
    to_citizen, to_office = NoticeRequest("progress", CITIZEN), NoticeRequest("reminder", Role.DEPARTMENT, "DLH")
    assert queued(to_citizen, by_phone(), MONDAY).extra == {"by_phone": True}
    assert queued(to_office, by_phone(), MONDAY).extra == {}
    assert queued(to_citizen, complaint(), MONDAY).extra == {}


def test_the_first_news_is_the_task_and_what_follows_joins_it() -> None:
    assert (TASK.state, TASK.next_try_at) == (NoticeState.PHONE_PENDING, None)
    task = after(TASK, join_task(TASK, letter("answer", 5)))
    assert [(news.template, news.sequence) for news in pending_news(task)] == [("progress", 3), ("answer", 5)]


def test_a_link_asked_for_twice_is_sent_once_and_again_once_it_was_sent() -> None:
    task = new_task(letter(NoticeName.LOST_LINK))
    assert count_seen(after(task, join_task(task, letter(NoticeName.LOST_LINK, 4)))) == 1
    part = after(task, join_task(task, letter("answer", 5)))
    assert count_seen(after(part, join_task(part, letter(NoticeName.LOST_LINK, 6)))) == 2
    heard = after(part, complete(part, 1, MONDAY))
    assert count_seen(after(heard, join_task(heard, letter(NoticeName.LOST_LINK, 6)))) == 3


def test_told_is_told_once_and_a_repeat_changes_nothing() -> None:
    done = after(TASK, complete(TASK, 1, MONDAY))
    assert (done.state, done.sent_at) == (NoticeState.PHONED, MONDAY)
    assert complete(done, 1, MONDAY) is None


@pytest.mark.parametrize("seen", [0, 2, 9])
def test_nobody_can_have_told_what_was_not_there(seen: int) -> None:
    assert complete(TASK, seen, MONDAY) is None


def test_news_that_came_while_the_operator_phoned_keeps_the_task_open() -> None:
    task = after(TASK, join_task(TASK, letter("answer", 5)))
    half = after(task, complete(task, 1, MONDAY))
    assert (half.state, [news.template for news in pending_news(half)]) == (NoticeState.PHONE_PENDING, ["answer"])
    assert complete(half, 1, MONDAY) is None
    assert after(half, complete(half, 2, MONDAY)).state == NoticeState.PHONED


@pytest.mark.parametrize(
    ("template", "sequence", "about", "heard"),
    [
        ("answer", 5, "", True),
        ("confirm_reminder", 6, "", True),
        ("answer", 4, "", False),
        ("progress", 6, "", False),
        ("answer", 5, TICKET, False),
    ],
)
def test_only_the_answer_that_stands_reaches_the_citizen(template: str, sequence: int, about: str, heard: bool) -> None:
    task = new_task(letter(template, sequence, about=about))
    assert tells_answer(task, 1, by_phone(State.ANSWERED, answer_sequence=5)) == heard


def test_one_try_a_day_counts_and_after_so_many_it_is_over() -> None:
    task = TASK
    for day in range(TRIES):
        now = MONDAY + timedelta(days=day)
        assert may_try(task, now)
        task = after(task, record_no_answer(task, TRIES, now))
        assert (record_no_answer(task, TRIES, now + timedelta(hours=3)), may_try(task, now)) == (None, False)
    assert (task.state, task.extra["missed"], task.lost_at) == (NoticeState.PHONE_FAILED, TRIES, now)


def test_who_was_reached_after_all_has_all_tries_again() -> None:
    task = after(TASK, record_no_answer(TASK, TRIES, MONDAY))
    task = after(task, join_task(task, letter("answer", 5)))
    assert after(task, complete(task, 1, MONDAY)).extra["missed"] == 0


@pytest.mark.parametrize(
    ("template", "case", "outdated"),
    [
        ("progress", by_phone(), False),
        ("progress", by_phone(State.WITHDRAWN), True),
        ("closed", by_phone(State.CLOSED, closed_as=CONFIRMED), True),
        ("closed", by_phone(State.CLOSED, closed_as=NO_RESPONSE), False),
        ("answer", by_phone(State.ANSWERED, answer_sequence=3), False),
        ("answer", by_phone(State.IN_PROGRESS, answer_sequence=3), True),
    ],
)
def test_what_the_citizen_knows_or_is_overtaken_needs_no_call(template: str, case: Complaint, outdated: bool) -> None:
    assert is_outdated(new_task(letter(template)), case) == outdated


def test_who_agreed_is_asked_all_the_same_whether_it_is_really_solved() -> None:
    task = new_task(letter("questionnaire"))
    agreed = by_phone(State.CLOSED, closed_as=CONFIRMED)
    assert not is_outdated(task, agreed.evolve(questionnaire=ASKED))
    assert is_outdated(task, agreed.evolve(questionnaire=SOLVED))


@pytest.mark.parametrize("template", [NoticeName.LOST_LINK, "data_asked", "data_answered"])
@pytest.mark.parametrize("case", [by_phone(State.WITHDRAWN), by_phone(State.CLOSED, closed_as=CONFIRMED)])
def test_what_the_citizen_asked_for_is_told_however_the_report_stands(template: str, case: Complaint) -> None:
    task = new_task(letter())
    task = after(task, join_task(task, letter(template, 4)))
    assert not is_outdated(task, case) and is_wanted(task, case)
    heard = after(task, complete(task, 1, MONDAY))
    assert not is_outdated(heard, case)


@pytest.mark.parametrize(
    ("case", "may"),
    [
        (by_phone(), True),
        (by_phone(restricted=True), True),
        (complaint(), False),
        (by_phone(quarantine="honeypot"), False),
        (by_phone(restricted=True, **CLOSED_TO_DESK), False),
    ],
)
def test_the_desk_gets_no_number_from_a_report_that_may_accuse_it(case: Complaint, may: bool) -> None:
    assert may_be_told_by_desk(case) == may
