"""The schedule of one complaint: when each level of its ladder is due, and when Laksa must act on it again."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import cached_property

from workflows.domain.access.restrictions import can_be_notified
from workflows.domain.complaint.model import (
    ANSWERED,
    ASSIGNED,
    AT_DESK,
    CLOSED,
    SCHEDULED,
    WAITING,
    WITH_DEPARTMENT,
    Complaint,
)
from workflows.domain.deadlines.policy import DESK, TABLES, EscalationLevel, Policy, levels_ahead
from workflows.domain.privacy.retention import CONTACT, WHOLE, with_erasure_dates

UNROUTED_AFTER = timedelta(minutes=30)


@dataclass(frozen=True)
class ScheduledLevel:
    """One level of this complaint's ladder and the moment when it is due if nobody acts."""

    rung: EscalationLevel
    at: datetime


@dataclass(frozen=True)
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
        left = levels_ahead(self.ladder, self.escalated)
        return tuple(level for level in self.levels if level.rung in left)

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
    ladder = rungs_of(complaint, policy)
    levels = [ScheduledLevel(rung, _moment(rung, policy, span, complaint.urgent)) for rung in ladder]
    return Schedule(tuple(sorted(levels, key=lambda level: level.at)), ladder, escalated)


def rungs_of(complaint: Complaint, policy: Policy) -> tuple[EscalationLevel, ...]:
    """The holder's ladder without those who must not be told; empty without a holder."""
    kind = complaint.assignment.kind if complaint.assignment else DESK if complaint.state == AT_DESK else ""
    rungs = policy.ladder_for(kind, complaint.urgent) if kind else ()
    return tuple(rung for rung in rungs if not _must_not_hear(rung, complaint))


def owed_by(complaint: Complaint) -> datetime | None:
    """The date by which the present holder owes an answer, or the desk its choice; None where nobody does."""
    span = _span(complaint)
    return span[1] if span else None


def accept_by(complaint: Complaint) -> datetime | None:
    """The date to accept; None once it was accepted, or the missed date was recorded."""
    held = complaint.assignment
    waits = complaint.state == ASSIGNED and held and not held.acknowledged_at and not held.ack_missed
    return held.ack_by if waits and held else None


def phone_by(complaint: Complaint) -> datetime | None:
    """The date to phone about danger; None once a department has accepted."""
    return complaint.deadlines.call_by if complaint.state in (ASSIGNED, AT_DESK) else None


def with_alarms(complaint: Complaint, policy: Policy, now: datetime) -> Complaint:
    """The complaint with each date at which Laksa must act on it, and since when each report lists it."""
    alarmed = complaint.evolve(
        next_check_at=next_check(complaint, policy), reported_since=tabled_since(complaint, now)
    )
    return with_question_due(with_erasure_dates(alarmed, policy.retention, now), policy)


def next_check(complaint: Complaint, policy: Policy) -> datetime | None:
    """When Laksa must check again; None only for a finished complaint."""
    times = [level.at for level in schedule_of(complaint, policy).pending[:1]]
    if complaint.awaiting_routing:
        times = [complaint.received_at]  # at once: if the wake-up message is lost, any sweep finds it
    elif complaint.state == WAITING and complaint.deadlines.ask_until:
        times = [complaint.deadlines.ask_until]
    elif complaint.state == ANSWERED and complaint.answer.confirm_by:
        times = [confirm_reminder(complaint, policy) or complaint.answer.confirm_by]
    elif complaint.state == SCHEDULED and complaint.deadlines.scheduled_for:
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
        if complaint.answer.questionnaire or erased or complaint.state != CLOSED
        else complaint.erasure.ended_at
    )
    due = ended + timedelta(days=policy.questionnaire_days) if ended else None
    return complaint.evolve(questionnaire_at=due)


def _must_not_hear(rung: EscalationLevel, complaint: Complaint) -> bool:
    """Whether the person must not be told: accused or excluded; for a restricted complaint at the desk, the office
    that runs the desk; and nobody's report lists what is held as spam.
    """
    unread = complaint.restricted and complaint.state == AT_DESK and rung.to == "head"
    held = bool(complaint.quarantine) and complaint.state == AT_DESK and rung.tabled
    return unread or held or not can_be_notified(complaint, rung.to)


def is_higher(table: str, other: str) -> str:
    """Whether the first report is that of a higher person: a complaint never moves down."""
    return max(table, other, key=("", *TABLES).index)


def table_of(complaint: Complaint, kind: str, policy: Policy) -> str:
    """Highest executive (“sekda”, “mayor”) whose daily report lists this complaint under a holder of `kind`.

    "" if none.
    """
    rungs = policy.ladder_for(kind, complaint.urgent)
    tables = [rung.to for rung in rungs if rung.tabled and rung.name in complaint.escalation.escalated]
    return tables[-1] if tables else ""


def tables_reached(complaint: Complaint) -> tuple[str, ...]:
    """Everybody whose executive report lists it, lowest first: it stays in those it has passed."""
    return TABLES[: TABLES.index(complaint.escalation.reported_to) + 1] if complaint.escalation.reported_to else ()


def tabled_since(complaint: Complaint, now: datetime) -> dict[str, datetime]:
    """Since when each report lists it; now for a report it has just reached."""
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
    unfinished = complaint.state in WITH_DEPARTMENT or complaint.state == AT_DESK
    return (complaint.updated_at or complaint.received_at) + timedelta(days=1) if unfinished else None


def _span(complaint: Complaint) -> tuple[datetime, datetime] | None:
    """The period by which the holder is measured."""
    if complaint.state == AT_DESK and complaint.deadlines.desk_since and complaint.deadlines.desk_by:
        return complaint.deadlines.desk_since, complaint.deadlines.desk_by
    running = complaint.state in WITH_DEPARTMENT - {WAITING} and complaint.assignment
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
