"""Phone tasks: news that an operator tells a citizen who has no e-mail, one open task a complaint."""

from __future__ import annotations
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.domain.complaint.model import CONFIRMED, Complaint, State, is_asking
from workflows.domain.complaint.transition import Transition
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.deadlines.policy import Policy
from workflows.domain.notifications.kinds import ANSWER_NOTICES, NoticeName, is_asked_for
from workflows.domain.notifications.notice import Notice, NoticeState, PhoneNews, PhoneTask, is_obsolete


def new_task(notice: Notice) -> Notice:
    """The first news of a complaint becomes its task."""
    task = PhoneTask((_news(notice),))
    return replace(notice, state=NoticeState.PHONE_PENDING, next_try_at=None, extra=notice.extra_with(task))


def join_task(task: Notice, notice: Notice) -> dict[str, Any]:
    """What changes on the task when there is more to tell; a link that is asked for twice is sent once."""
    again = notice.template == NoticeName.LOST_LINK and _holds(task, NoticeName.LOST_LINK)
    known = phone_task_of(task)
    news = known.news if again else (*known.news, _news(notice))
    return {"extra": task.extra_with(replace(known, news=news))}


def joined_fields(task: Notice) -> dict[str, Any]:
    """What changes on the letter that has joined it."""
    return {"state": NoticeState.BUNDLED, "bundle": task.id}


def _news(notice: Notice) -> PhoneNews:
    if notice.created_at is None:
        raise ValueError(f"{notice.id} was never queued")
    return PhoneNews(notice.template, notice.sequence, notice.about, notice.created_at)


def phone_task_of(notice: Notice) -> PhoneTask:
    """What is stored in a notice that is a phone task."""
    task = notice.phone_task
    if task is None:
        raise ValueError(f"{notice.id} is no phone task")
    return task


def pending_news(task: Notice) -> Sequence[PhoneNews]:
    """What the citizen has not been told, oldest first."""
    return phone_task_of(task).pending


def _holds(task: Notice, name: NoticeName) -> bool:
    return any(news.template == name for news in pending_news(task))


def count_seen(task: Notice) -> int:
    """Number of its news items now: those that an operator who phones has seen."""
    return len(phone_task_of(task).news)


def complete(task: Notice, seen: int, now: datetime) -> dict[str, Any] | None:
    """The fields once the citizen knows what the operator had seen; None for a repeat. Newer items keep the task
    open.
    """
    known = phone_task_of(task) if task.state == NoticeState.PHONE_PENDING else None
    if known is None or not known.told < seen <= len(known.news):
        return None
    over = {"state": NoticeState.PHONED, "sent_at": now} if seen == len(known.news) else {}
    return over | {"extra": task.extra_with(replace(known, told=seen, missed=0, tried_at=None))}


def tells_answer(task: Notice, seen: int, complaint: Complaint) -> bool:
    """Whether the first `seen` items contain the current answer."""
    known = phone_task_of(task)
    heard = known.news[known.told : seen]
    return any(news.template in ANSWER_NOTICES and is_of_answer(news, complaint) for news in heard)


def is_of_answer(news: PhoneNews, complaint: Complaint) -> bool:
    """Whether it came with or after the current answer of this very complaint."""
    return news.sequence >= complaint.answer.answer_sequence and not news.about


def record_no_answer(task: Notice, tries: int, now: datetime) -> dict[str, Any] | None:
    """The fields when nobody answered; None if today's try is recorded already. After `tries` tries the task has
    failed.
    """
    if task.state != NoticeState.PHONE_PENDING or not may_try(task, now):
        return None
    known = phone_task_of(task)
    missed = known.missed + 1
    over = {"state": NoticeState.PHONE_FAILED, "lost_at": now} if missed >= tries else {}
    return over | {"extra": task.extra_with(replace(known, missed=missed, tried_at=now))}


def may_try(task: Notice, now: datetime) -> bool:
    """One try a day counts, so that nobody is given up within a minute."""
    tried = phone_task_of(task).tried_at
    return tried is None or local_day(tried) < local_day(now)


def is_outdated(task: Notice, complaint: Complaint) -> bool:
    """Whether nobody needs to hear of it: the citizen withdrew or agreed, or the news is obsolete. Never if the
    citizen asked for some of it.
    """
    if any(is_asked_for(news.template) for news in pending_news(task)):
        return False
    asks = is_asking(complaint) and _holds(task, NoticeName.QUESTIONNAIRE)
    agreed = complaint.answer.closed_as == CONFIRMED and complaint.state == State.CLOSED
    if complaint.state == State.WITHDRAWN or (agreed and not asks):
        return True
    own = [_letter(task, news) for news in pending_news(task) if not news.about]
    return len(own) == len(pending_news(task)) and all(is_obsolete(letter, complaint) for letter in own)


def is_wanted(task: Notice, complaint: Complaint) -> bool:
    """Whether it is still to be told, and by the desk."""
    return may_be_told_by_desk(complaint) and not is_outdated(task, complaint)


def _letter(task: Notice, news: PhoneNews) -> Notice:
    return replace(task, template=news.template, sequence=news.sequence, about=news.about)


def may_be_told_by_desk(complaint: Complaint) -> bool:
    """False for a complaint that accuses those who run the desk: the number would reveal its reporter."""
    return complaint.reach.phone_only and complaint.has_contact_channel and not complaint.quarantine


def would_close_unheard(complaint: Complaint, now: datetime) -> bool:
    """Whether the time to object is over for a citizen whom only the desk tells, and who was not told."""
    over = complaint.answer.confirm_by is not None and complaint.answer.confirm_by <= now
    return (
        over
        and complaint.reach.phone_only
        and complaint.state == State.ANSWERED
        and complaint.answer.reached_at is None
    )


def holds_answer(task: Notice, complaint: Complaint) -> bool:
    """Whether the pending items contain the current answer; a reminder of it alone does not count."""
    answers = (news for news in pending_news(task) if news.template == NoticeName.ANSWER)
    return any(is_of_answer(news, complaint) for news in answers)


def restart_objection_time(complaint: Complaint, policy: Policy, now: datetime) -> Transition | None:
    """Restart the whole time to object; None if the citizen has the answer or the complaint has moved on."""
    if complaint.state != State.ANSWERED or complaint.answer.reached_at:
        return None
    until = policy.calendar().add_working_days(now, policy.confirm_days)
    return Transition(complaint.evolve(confirm_by=until))
