"""Every date of one complaint: until when it is to be accepted and answered, when each level of its ladder is
due, when the citizen is asked, what is erased when, and when Laksa must act on it again.

Due dates are working days, or for danger hours around the clock. While the citizen is asked, the clock of the
department is paused; then it continues with the time that was left.
"""

from __future__ import annotations
from calendar import monthrange
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from functools import cached_property
from typing import Any

from workflows.domain.access import can_be_notified
from workflows.domain.complaint.model import ASKED, WITH_DEPARTMENT, Complaint, State, is_asking
from workflows.domain.complaint.transition import (
    CITIZEN,
    LAKSA,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.deadlines.policy import DESK, TABLES, EscalationLevel, Policy, levels_ahead
from workflows.domain.privacy.retention import CONTACT, PHOTOS, WHOLE, Retention
from workflows.frozen import frozen

UNROUTED_AFTER = timedelta(minutes=30)


@frozen
class ScheduledLevel:
    """One level of this complaint's ladder and the moment when it is due if nobody acts."""

    rung: EscalationLevel
    at: datetime


@frozen
class Schedule:
    """When each level of one complaint is due under its present holder. levels: soonest first, () while nobody
    owes an answer. ladder: the same levels from the lowest up. escalated: names of the levels reached in its life.
    """

    levels: tuple[ScheduledLevel, ...]
    ladder: tuple[EscalationLevel, ...]
    escalated: tuple[str, ...]

    @cached_property
    def pending(self) -> tuple[ScheduledLevel, ...]:
        """The levels still to reach; each is reached once in a complaint's life, whoever holds it."""
        left = {rung.name for rung in levels_ahead(self.ladder, self.escalated)}
        return tuple(level for level in self.levels if level.rung.name in left)

    def due(self, now: datetime) -> tuple[ScheduledLevel, ...]:
        """The pending levels whose time has come."""
        return tuple(level for level in self.pending if level.at <= now)

    def after(self, level: ScheduledLevel) -> Schedule:
        """The schedule once that level is reached."""
        return replace(self, escalated=(*self.escalated, level.rung.name))


def schedule_of(complaint: Complaint, policy: Policy) -> Schedule:
    """Computed from the complaint as it is now: compute it once and pass it on."""
    span, escalated = _span(complaint), complaint.escalation.escalated
    if span is None:
        return Schedule((), (), escalated)
    ladder = levels_of(complaint, policy)
    levels = [ScheduledLevel(rung, _moment(rung, policy, span, complaint.urgent)) for rung in ladder]
    return Schedule(tuple(sorted(levels, key=lambda level: level.at)), ladder, escalated)


def levels_of(complaint: Complaint, policy: Policy) -> tuple[EscalationLevel, ...]:
    """The holder's ladder without those who must not be told; empty without a holder."""
    kind = complaint.assignment.kind if complaint.assignment else DESK if complaint.state == State.AT_DESK else ""
    rungs = policy.ladder_for(kind, complaint.urgent) if kind else ()
    return tuple(rung for rung in rungs if not _must_not_hear(rung, complaint))


def owed_by(complaint: Complaint) -> datetime | None:
    """The date by which the present holder owes an answer, or the desk its choice; None where nobody does."""
    span = _span(complaint)
    return span[1] if span else None


def accept_by(complaint: Complaint) -> datetime | None:
    """The date to accept; None once it was accepted, or the missed date was recorded."""
    held = complaint.assignment
    waits = complaint.state == State.ASSIGNED and held and not held.acknowledged_at and not held.ack_missed
    return held.ack_by if waits and held else None


def phone_by(complaint: Complaint) -> datetime | None:
    """The date to phone about danger; None once a department has accepted."""
    return complaint.deadlines.call_by if complaint.state in (State.ASSIGNED, State.AT_DESK) else None


def with_alarms(complaint: Complaint, policy: Policy, now: datetime) -> Complaint:
    """The complaint with each date at which Laksa must act on it, and since when each report lists it."""
    alarmed = complaint.evolve(
        next_check_at=next_check(complaint, policy), reported_since=reported_since(complaint, now)
    )
    return with_question_due(with_erasure_dates(alarmed, policy.retention, now), policy)


def next_check(complaint: Complaint, policy: Policy) -> datetime | None:
    """When Laksa must check again; None only for a finished complaint."""
    times = [level.at for level in schedule_of(complaint, policy).pending[:1]]
    if complaint.awaiting_routing:
        times = [complaint.received_at]  # at once: if the wake-up message is lost, any sweep finds it
    elif complaint.state == State.WAITING and complaint.deadlines.ask_until:
        times = [complaint.deadlines.ask_until]
    elif complaint.state == State.ANSWERED and complaint.answer.confirm_by:
        times = [confirm_reminder(complaint, policy) or complaint.answer.confirm_by]
    elif complaint.state == State.SCHEDULED and complaint.deadlines.scheduled_for:
        times.append(complaint.deadlines.scheduled_for)
    elif accept := accept_by(complaint):
        times.append(accept)
    if call := phone_by(complaint):
        times.append(call)
    due, held = min(times, default=_top(complaint)), complaint.recallable_until
    return max(due, held) if due and held else due


def with_question_due(complaint: Complaint, policy: Policy) -> Complaint:
    """The complaint with the survey's alarm; none if it is not closed, was asked, or has lost its reporter."""
    erased = complaint.erasure.erased.keys() & {CONTACT, WHOLE}
    ended = (
        None
        if complaint.answer.questionnaire or erased or complaint.state != State.CLOSED
        else complaint.erasure.ended_at
    )
    due = ended + timedelta(days=policy.questionnaire_days) if ended else None
    return complaint.evolve(questionnaire_at=due)


def _must_not_hear(rung: EscalationLevel, complaint: Complaint) -> bool:
    """Whether the person must not be told: accused or excluded; for a restricted complaint at the desk, the office
    that runs the desk; and nobody's report lists what is held as spam.
    """
    unread = complaint.restricted and complaint.state == State.AT_DESK and rung.to == "head"
    held = bool(complaint.quarantine) and complaint.state == State.AT_DESK and rung.tabled
    return unread or held or not can_be_notified(complaint, rung.to)


def higher_report(table: str, other: str) -> str:
    """The report of the higher person: a complaint never moves down. One of a newer release stays."""
    known = ("", *TABLES)
    return table if table not in known else max(table, other, key=known.index)


def table_of(complaint: Complaint, kind: str, policy: Policy) -> str:
    """Highest executive (“sekda”, “mayor”) whose daily report lists this complaint under a holder of `kind`.

    "" if none.
    """
    rungs = policy.ladder_for(kind, complaint.urgent)
    tables = [rung.to for rung in rungs if rung.tabled and rung.name in complaint.escalation.escalated]
    return tables[-1] if tables else ""


def tables_reached(complaint: Complaint) -> tuple[str, ...]:
    """Everybody whose executive report lists it, lowest first: it stays in those it has passed."""
    highest = complaint.escalation.reported_to
    return TABLES[: TABLES.index(highest) + 1] if highest in TABLES else ()


def reported_since(complaint: Complaint, now: datetime) -> dict[str, datetime]:
    """Since when each report lists it; now for a report it has just reached."""
    if complaint.escalation.reported_to not in ("", *TABLES):
        return complaint.escalation.reported_since  # a newer release's report: its dates are that release's
    return {person: complaint.escalation.reported_since.get(person, now) for person in tables_reached(complaint)}


def confirm_reminder(complaint: Complaint, policy: Policy) -> datetime | None:
    """When the citizen is reminded to choose: once, with most of the time gone; None when done."""
    if complaint.answer.confirm_reminded or not (complaint.answer.answered_at and complaint.answer.confirm_by):
        return None
    if not complaint.has_contact_channel:
        return None
    return policy.calendar().working_fraction(complaint.answer.answered_at, complaint.answer.confirm_by, 0.7)


def _top(complaint: Complaint) -> datetime | None:
    """Above the top level nothing is due, but an open complaint is checked once a day."""
    unfinished = complaint.state in WITH_DEPARTMENT or complaint.state == State.AT_DESK
    return (complaint.updated_at or complaint.received_at) + timedelta(days=1) if unfinished else None


def _span(complaint: Complaint) -> tuple[datetime, datetime] | None:
    """The period by which the holder is measured."""
    if complaint.state == State.AT_DESK and complaint.deadlines.desk_since and complaint.deadlines.desk_by:
        return complaint.deadlines.desk_since, complaint.deadlines.desk_by
    running = complaint.state in WITH_DEPARTMENT - {State.WAITING} and complaint.assignment
    if running and complaint.deadlines.clock_start and complaint.deadlines.answer_by:
        return complaint.deadlines.clock_start, complaint.deadlines.answer_by
    return None


def _moment(rung: EscalationLevel, policy: Policy, span: tuple[datetime, datetime], urgent: bool) -> datetime:
    start, deadline = span
    calendar = policy.calendar()
    if rung.share is not None and urgent:
        return start + (deadline - start) * rung.share
    if rung.share is not None:
        return calendar.working_fraction(start, deadline, rung.share)
    if rung.after_hours:
        return deadline + timedelta(hours=rung.after_hours)
    return calendar.add_working_days(deadline, rung.after_days) if rung.after_days else deadline


def ask_whether_solved(complaint: Complaint, now: datetime) -> Transition | None:
    """Ask when it is due: by mail if there is an address, and on the page in any case. Not if the reporter is due
    to be erased, after an outage of Laksa: the mail would outlive the erasure.
    """
    if (
        complaint.state != State.CLOSED
        or not complaint.answer.questionnaire_at
        or complaint.answer.questionnaire_at > now
    ):
        return None
    if complaint.erasure.erase_at and complaint.erasure.erase_at <= now:
        return None
    entry = TimelineEvent(EventName.QUESTIONNAIRE, LAKSA, hidden=True)
    letter = NoticeRequest("questionnaire", CITIZEN)
    return transition(complaint, now, entry, letter, questionnaire=ASKED, questionnaire_at=None)


def answered(complaint: Complaint, answer: str) -> Complaint:
    """The complaint with the answer, if it was asked; it is not asked again."""
    return complaint.evolve(questionnaire=answer) if is_asking(complaint) else complaint


def accept_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """The date to accept, for a department that gets the complaint now."""
    days = policy.days_for(complaint.category, complaint.kind).ack
    return _since_arrival(complaint, policy, now, days, policy.urgent.ack)


def answer_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """The date to answer, for a complaint whose clock starts now."""
    days = policy.days_for(complaint.category, complaint.kind).answer
    return _sooner(complaint, policy, now, days, policy.urgent.answer)


def answer_again_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """The date of a new answer, after the citizen's objection."""
    return _sooner(complaint, policy, now, policy.dispute_days, policy.urgent.answer)


def choose_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime:
    """The date by which the desk must choose a department."""
    return _since_arrival(complaint, policy, now, policy.desk_days, policy.urgent.ack)


def clock_start_of(complaint: Complaint) -> datetime | None:
    """When a complaint reached the city that was entered later and never assigned; else None."""
    return complaint.deadlines.clock_start if complaint.deadlines.answer_by is None else None


def _since_arrival(complaint: Complaint, policy: Policy, now: datetime, days: int, hours: timedelta) -> datetime:
    """The due date counted from when the complaint reached the city; but a new holder has at least a working day,
    or with danger the time to phone: no date is past already.
    """
    began = clock_start_of(complaint)
    if began is None:
        return _sooner(complaint, policy, now, days, hours)
    least = _sooner(complaint, policy, now, 1, policy.urgent.call)
    return max(_sooner(complaint, policy, began, days, hours), least)


def _sooner(complaint: Complaint, policy: Policy, now: datetime, days: int, hours: timedelta) -> datetime:
    at_work = policy.calendar().add_working_days(now, days)
    return min(at_work, now + hours) if complaint.urgent else at_work


MINUTE = timedelta(minutes=1)
NO_OPEN_QUESTION: dict[str, Any] = {"asked_at": None, "ask_until": None}
"""Field values without an open question to the citizen."""


def pause_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime | None:
    """Until when the clock may be paused from now on; None when this complaint has used all its time."""
    left = _allowed(complaint, policy, now) - complaint.deadlines.paused_minutes * MINUTE
    return _later(complaint, policy, now, left) if left > timedelta() else None


def resume_clock(complaint: Complaint, policy: Policy, now: datetime) -> Complaint:
    """The complaint with its clock running, its dates moved by the actual pause; else unchanged. The citizen's
    question stays open.
    """
    if complaint.state != State.WAITING or complaint.deadlines.asked_at is None:
        return complaint
    stood = _stood(complaint, policy, min(now, complaint.deadlines.ask_until or now))

    def moved(at: datetime | None) -> datetime | None:
        return _later(complaint, policy, at, stood) if at and stood else at

    return complaint.evolve(
        state=State.IN_PROGRESS,
        clock_start=moved(complaint.deadlines.clock_start),
        answer_by=moved(complaint.deadlines.answer_by),
        promised_by=moved(complaint.deadlines.promised_by),
        paused_minutes=complaint.deadlines.paused_minutes + stood // MINUTE,
    )


def _allowed(complaint: Complaint, policy: Policy, now: datetime) -> timedelta:
    """The total pause of a complaint: working days of today's length, or hours around the clock."""
    return policy.urgent.ask if complaint.urgent else policy.ask_days * policy.calendar().day_length(now)


def _stood(complaint: Complaint, policy: Policy, until: datetime) -> timedelta:
    """The pause in whole minutes: of working time, or with danger around the clock."""
    since = complaint.deadlines.asked_at or until
    stood = until - since if complaint.urgent else policy.calendar().working_time(since, until)
    return stood // MINUTE * MINUTE


def _later(complaint: Complaint, policy: Policy, at: datetime, span: timedelta) -> datetime:
    return at + span if complaint.urgent else policy.calendar().add_working_time(at, span)


def asked_until(complaint: Complaint, policy: Policy, now: datetime) -> datetime | None:
    """Until when the clock would be paused for a question asked now: another question gives no more time."""
    standing = complaint.deadlines.ask_until if complaint.state == State.WAITING else None
    return standing or pause_until(complaint, policy, now)


def with_erasure_dates(complaint: Complaint, retention: Retention, now: datetime) -> Complaint:
    """The complaint with the moment of its end and the alarm of its next erasure; an open one has neither."""
    from workflows.domain.complaint.model import ENDED

    ended = (complaint.erasure.ended_at or now) if complaint.state in ENDED else None
    kept = _kept_until(complaint.evolve(ended_at=ended), retention)
    return complaint.evolve(ended_at=ended, erase_at=min(kept.values(), default=None))


def erasure_due(complaint: Complaint, retention: Retention, now: datetime) -> tuple[str, ...]:
    """The parts of a complaint that have been kept long enough."""
    return tuple(what for what, at in _kept_until(complaint, retention).items() if at <= now)


def _kept_until(complaint: Complaint, retention: Retention) -> dict[str, datetime]:
    """Kind of erasure → when it is due. The reporter is erased again after each end: a reopened complaint may have
    new words.
    """
    ended, erased = complaint.erasure.ended_at, complaint.erasure.erased
    if ended is None or WHOLE in erased:
        return {}
    kept = {PHOTOS: _midnight_after(ended, retention.photo_months)} if complaint.photos else {}
    if CONTACT not in erased or erased[CONTACT] < ended:
        kept[CONTACT] = _midnight_after(ended, retention.contact_months)
    return kept


def _midnight_after(at: datetime, months: int) -> datetime:
    """The first midnight of Tangerang after that many months, so that a night's work comes due together."""
    from workflows.domain.deadlines.calendar import WIB, local_day

    day = local_day(at)
    years, month = divmod(day.month - 1 + months, 12)
    year, month = day.year + years, month + 1
    last = day.replace(year=year, month=month, day=min(day.day, monthrange(year, month)[1]))
    return datetime.combine(last + timedelta(days=1), time(), WIB).astimezone(UTC)


def leaves_at(complaint: Complaint, now: datetime) -> datetime | None:
    """When the notices of the present assignment are sent; None once they may be, or if there was no window."""
    until = complaint.recallable_until
    return until if until and now < until else None
