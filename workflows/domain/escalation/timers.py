"""What time does to a complaint: reminders, escalation, the return of a scheduled day, the end of a
waiting time.
"""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime, timedelta

from workflows.domain.actions.assign import unrouted
from workflows.domain.actions.question import silence
from workflows.domain.complaint.model import NO_RESPONSE, NOT_REACHED, Complaint, State
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    DESK,
    HEAD,
    LAKSA,
    UNIT,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.deadlines.policy import Policy
from workflows.domain.directory import DESK_HEAD
from workflows.domain.escalation.schedule import (
    UNROUTED_AFTER,
    Schedule,
    ScheduledLevel,
    accept_by,
    ask_whether_solved,
    confirm_reminder,
    higher_report,
    phone_by,
    schedule_of,
)
from workflows.domain.notifications.kinds import NoticeName

NUDGE_AFTER = timedelta(days=7)


def next_timed_transition(complaint: Complaint, policy: Policy, now: datetime) -> Transition | None:
    """The next transition that is due, or None; call it until None. Within the undo window nobody is told of
    anything.
    """
    if complaint.recallable_until and now < complaint.recallable_until:
        return None
    if complaint.awaiting_routing:
        late = now - complaint.noted_at >= UNROUTED_AFTER
        return unrouted(complaint, policy, now) if late else None
    if complaint.state == State.CLOSED:
        return ask_whether_solved(complaint, now)
    if complaint.state == State.ANSWERED:
        return _waiting_for_confirmation(complaint, policy, now)
    if (
        complaint.state == State.SCHEDULED
        and complaint.deadlines.scheduled_for
        and complaint.deadlines.scheduled_for <= now
    ):
        return _scheduled_day(complaint, now)
    if complaint.state == State.WAITING and complaint.deadlines.ask_until:
        return silence(complaint, policy, now) if complaint.deadlines.ask_until <= now else None
    call = phone_by(complaint)
    if call and call <= now:
        return _uncalled(complaint, policy, now)
    accept = accept_by(complaint)
    if accept and accept <= now:
        return _unaccepted(complaint, now)
    schedule = schedule_of(complaint, policy)
    return escalate(complaint, schedule, now) or _nudge(complaint, schedule, now)


def _unaccepted(complaint: Complaint, now: datetime) -> Transition:
    """Record that nobody accepted in time; everybody who opens the complaint sees it, the head included."""
    held = complaint.assignment
    entry = TimelineEvent(
        EventName.UNACCEPTED, LAKSA, opd=complaint.opd or "", facts={"due": held.ack_by if held else None}
    )
    return transition(complaint, now, entry, assignment=replace(held, ack_missed=True) if held else None)


def _uncalled(complaint: Complaint, policy: Policy, now: datetime) -> Transition:
    """Danger, not accepted and not phoned: remind the desk, each time after twice the interval."""
    missed = complaint.deadlines.calls_missed + 1
    again = now + policy.urgent.call * 2**missed
    entry = TimelineEvent(EventName.UNCALLED, LAKSA, opd=complaint.opd or "", hidden=True)
    letter = NoticeRequest(NoticeName.TRIAGE_LATE if complaint.state == State.AT_DESK else "call_late", DESK, "DESK")
    return transition(complaint, now, entry, letter, call_by=again, calls_missed=missed)


def _nudge(complaint: Complaint, schedule: Schedule, now: datetime) -> Transition | None:
    """Above the top of the desk's ladder: a weekly mail to the operators with a valid link."""
    if complaint.state != State.AT_DESK or schedule.pending or not complaint.deadlines.desk_by:
        return None
    if now - (complaint.deadlines.nudged_at or schedule.levels[-1].at) < NUDGE_AFTER:
        return None
    entry = TimelineEvent(EventName.NUDGED, LAKSA, hidden=True)
    return transition(complaint, now, entry, NoticeRequest(NoticeName.TRIAGE_LATE, DESK, "DESK"), nudged_at=now)


def escalate(complaint: Complaint, schedule: Schedule, now: datetime) -> Transition | None:
    """Reach the lowest due level; None without one. Reminders that a higher level overtakes send no mail."""
    due = schedule.due(now)
    if not due:
        return None
    step, reported_to = due[0], complaint.escalation.reported_to
    overtaken = step.rung.to in (DEPARTMENT, DESK) and len(due) > 1
    after = schedule.after(step)
    facts = {"rung": step.rung.name, "to": step.rung.to, "due": step.at, "deadline": _deadline(complaint)}
    if after.pending:
        facts |= {"next_to": after.pending[0].rung.to, "next_at": after.pending[0].at}
    if step.rung.tabled:
        reported_to = higher_report(reported_to, step.rung.to)
    entry = TimelineEvent(EventName.RUNG, LAKSA, opd=complaint.opd or "", facts=facts)
    letters = () if overtaken else letters_of(step, complaint)
    return transition(complaint, now, entry, *letters, escalated=after.escalated, reported_to=reported_to)


def letters_of(step: ScheduledLevel, complaint: Complaint) -> tuple[NoticeRequest, ...]:
    """The notices of a level: the holder with its unit, its head, and the citizen from the deadline on."""
    if complaint.state == State.AT_DESK:
        return _desk_letters(step)
    opd, rung = complaint.opd or "", step.rung
    if rung.to == DEPARTMENT:
        before = rung.share is not None
        template = "reminder" if before else "overdue"
        told = () if before else (NoticeRequest(NoticeName.LATE, CITIZEN),)
        return (NoticeRequest(template, DEPARTMENT, opd), *_to_unit(template, complaint), *told)
    letters = [NoticeRequest(NoticeName.WENT_UP, CITIZEN)]
    if not rung.tabled:
        letters += [
            NoticeRequest(NoticeName.HEAD_CASE, HEAD, opd),
            NoticeRequest(NoticeName.ALSO_HEAD, DEPARTMENT, opd),
        ]
    return tuple(letters)


def _to_unit(template: str, complaint: Complaint) -> tuple[NoticeRequest, ...]:
    """A reminder for the unit as well, until it has left a draft."""
    unit = complaint.assignment.unit if complaint.assignment else ""
    drafted = complaint.draft is not None and complaint.draft.unit == unit
    return (NoticeRequest(template, UNIT, unit),) if unit and not drafted else ()


def _desk_letters(step: ScheduledLevel) -> tuple[NoticeRequest, ...]:
    if step.rung.tabled:
        return (NoticeRequest(NoticeName.WENT_UP, CITIZEN),)
    if step.rung.to == HEAD:
        return (NoticeRequest(NoticeName.HEAD_DESK, HEAD, DESK_HEAD), NoticeRequest(NoticeName.WENT_UP, CITIZEN))
    return (NoticeRequest(NoticeName.TRIAGE_LATE, DESK, "DESK"),)


def _deadline(complaint: Complaint) -> datetime | None:
    return complaint.deadlines.desk_by if complaint.state == State.AT_DESK else complaint.deadlines.answer_by


def _scheduled_day(complaint: Complaint, now: datetime) -> Transition:
    opd = complaint.opd or ""
    entry = TimelineEvent(EventName.SCHEDULE_DUE, LAKSA, opd=opd, facts={"date": complaint.deadlines.scheduled_for})
    letter = NoticeRequest(NoticeName.SCHEDULE_DUE, DEPARTMENT, opd)
    return transition(complaint, now, entry, letter, state=State.IN_PROGRESS, scheduled_for=None)


def _waiting_for_confirmation(complaint: Complaint, policy: Policy, now: datetime) -> Transition | None:
    if complaint.answer.confirm_by and complaint.answer.confirm_by <= now:
        return _close_unconfirmed(complaint, now)
    remind = confirm_reminder(complaint, policy)
    if remind and remind <= now:
        entry = TimelineEvent(EventName.CONFIRM_REMINDED, LAKSA, hidden=True)
        return transition(
            complaint, now, entry, NoticeRequest(NoticeName.CONFIRM_REMINDER, CITIZEN), confirm_reminded=True
        )
    return None


def _close_unconfirmed(complaint: Complaint, now: datetime) -> Transition:
    """Close without agreement: silence never counts as agreement, and not as silence if nobody was reached."""
    how = NO_RESPONSE if complaint.answer.reached_at else NOT_REACHED
    entry = TimelineEvent(EventName.CLOSED, LAKSA, facts={"as": how, "until": complaint.answer.confirm_by})
    return transition(
        complaint, now, entry, NoticeRequest(NoticeName.CLOSED, CITIZEN), state=State.CLOSED, closed_as=how
    )
