"""Statistics: a row of the monthly summary (complaints received, their state, how they were answered), and a
complaint as a row of open data, without anybody's words.
"""

from __future__ import annotations
from collections import Counter
from dataclasses import dataclass, field
from datetime import date, datetime

from workflows.domain.access import Audience, seen_by
from workflows.domain.complaint.model import ENDED, Complaint, State
from workflows.domain.deadlines.calendar import WorkCalendar, local_day
from workflows.domain.offices import DESK

PENDING, UNDER_WAY, FINISHED = "menunggu", "proses", "selesai"
"""LAKSA's three."""
NO_END = ""
_BY_STATE = {
    **dict.fromkeys((State.RECEIVED, State.AT_DESK, State.ASSIGNED), PENDING),
    **dict.fromkeys((State.IN_PROGRESS, State.WAITING, State.SCHEDULED, State.ANSWERED), UNDER_WAY),
}

Key = tuple[str, date]
"""A holder's code (a department's, EXTERNAL, DESK for nobody's yet) and the first day of the month of receipt."""


@dataclass
class Tally:
    """Counts of some reports; `received` is always the sum of `stages`."""

    received: int = 0
    stages: Counter[str] = field(default_factory=Counter)
    ends: Counter[str] = field(default_factory=Counter)
    in_time: int = 0
    late: int = 0
    objections: int = 0
    days: Counter[int] = field(default_factory=Counter)
    scores: Counter[int] = field(default_factory=Counter)

    def count(self, case: Complaint, lead: Complaint | None, calendar: WorkCalendar) -> None:
        """Count one complaint; `lead`: the complaint that a merged one follows, or None."""
        self.received += 1
        self.stages[stage(case, lead)] += 1
        self.ends[end(case)] += 1
        self.objections += case.answer.disputes
        self.scores[case.answer.rating] += 1
        if case.answer.answered_at and case.answer.outcome:
            in_time = case.deadlines.answer_by is None or case.answer.answered_at <= case.deadlines.answer_by
            self.in_time, self.late = self.in_time + in_time, self.late + (not in_time)
            self.days[calendar.working_days_between(case.received_at, case.answer.answered_at)] += 1

    def add(self, other: Tally) -> None:
        """Take in what another row has counted."""
        self.received += other.received
        self.in_time += other.in_time
        self.late += other.late
        self.objections += other.objections
        self.stages.update(other.stages)
        self.ends.update(other.ends)
        self.days.update(other.days)
        self.scores.update(other.scores)

    @property
    def ratings(self) -> int:
        """How many citizens gave a score."""
        return self.scores.total() - self.scores[0]

    @property
    def mean_rating(self) -> float | None:
        """Their mean, None without any."""
        return sum(score * count for score, count in self.scores.items()) / self.ratings if self.ratings else None

    @property
    def median_days(self) -> float | None:
        """Working days from receipt to the answer that stands, None without any."""
        total = self.days.total()
        if not total:
            return None
        return (_nth(self.days, (total - 1) // 2) + _nth(self.days, total // 2)) / 2


def key_of(case: Complaint, lead: Complaint | None) -> Key:
    """The row of a complaint; a merged one counts with the holder of its parent."""
    holder = (lead or case).opd or case.opd or DESK
    return holder, local_day(case.received_at).replace(day=1)


def stage(case: Complaint, lead: Complaint | None) -> str:
    """Its stage by LAKSA's three; a merged one has its parent's. A state of a newer release is under way."""
    state = (lead or case).state
    return FINISHED if state in ENDED else _BY_STATE.get(state, UNDER_WAY)


def end(case: Complaint) -> str:
    """How it ended: its state, of a closed one how it was closed; NO_END while it has not."""
    if case.state == State.CLOSED:
        return case.answer.closed_as
    return case.state if case.state in ENDED else NO_END


def _nth(counted: Counter[int], n: int) -> int:
    """The n-th smallest, n from 0."""
    for value in sorted(counted):
        n -= counted[value]
        if n < 0:
            return value
    raise IndexError(n)


COLUMNS = (
    *("number", "received", "channel", "kind", "category", "kecamatan", "kelurahan", "urgent", "department"),
    *("stage", "status", "closed_as", "outcome", "accepted", "answered", "deadline", "ended"),
    *("forwards", "objections", "rungs", "rating"),
)
FIELDS = (
    *("ticket", "received_at", "arrival", "kind", "category", "kelurahan", "urgent", "assignment"),
    *("state", "parent", "closed_as", "outcome", "answered_at", "answer_by", "ended_at"),
    *("hops", "disputes", "rungs", "rating", "visibility", "restricted", "quarantine"),
)
"""All that is read of a report."""


def is_open(case: Complaint) -> bool:
    """Not what few may read, and nothing that is held back; the monthly summary counts them all."""
    return not case.restricted and not case.quarantine


def open_row(case: Complaint, lead: Complaint | None, kecamatan: str) -> tuple[str, ...]:
    """The cells for COLUMNS; `lead`: the complaint that a merged one follows. A confidential complaint has neither
    ticket nor kelurahan, so that a neighbour cannot recognise it. Dates are days.
    """
    case, lead = seen_by(case, Audience.EXPORT), seen_by(lead, Audience.EXPORT) if lead else None
    held = (lead or case).assignment
    return (
        *(case.ticket, _day(case.received_at), case.arrival.channel, case.kind or ""),
        *(case.category or "", kecamatan, case.kelurahan or "", "yes" if case.urgent else "no"),
        *((lead or case).opd or "", stage(case, lead), case.state),
        *(case.answer.closed_as if case.state == State.CLOSED else "", case.answer.outcome),
        *(_day(held.acknowledged_at) if held else "", _day(case.answer.answered_at), _day(case.deadlines.answer_by)),
        *(_day(case.erasure.ended_at), str(case.forward_count), str(case.answer.disputes)),
        *(" ".join(case.escalation.escalated), str(case.answer.rating or "")),
    )


def _day(at: datetime | None) -> str:
    """A day of the city, empty where there is none."""
    return f"{local_day(at):%Y-%m-%d}" if at else ""
