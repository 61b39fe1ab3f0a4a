"""One report as a row of open data: how the city worked, nothing of what anybody wrote or of who wrote it."""

from __future__ import annotations

from datetime import datetime

from workflows.domain.calendar import local_day
from workflows.domain.complaint import CLOSED, Complaint, Visibility
from workflows.domain.tally import stage

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
    """The cells under COLUMNS; lead: the case that a merged one follows.

    A confidential report has neither number nor kelurahan, lest a neighbour know it by its row. Dates are days.
    """
    told = case.visibility != Visibility.CONFIDENTIAL
    held = (lead or case).assignment
    return (
        *(case.ticket if told else "", _day(case.received_at), case.arrival.channel, case.kind or ""),
        *(case.category or "", kecamatan, case.kelurahan or "" if told else "", "yes" if case.urgent else "no"),
        *((lead or case).opd or "", stage(case, lead), case.state),
        *(case.closed_as if case.state == CLOSED else "", case.outcome),
        *(_day(held.acknowledged_at) if held else "", _day(case.answered_at), _day(case.answer_by)),
        *(_day(case.ended_at), str(case.hops), str(case.disputes)),
        *(" ".join(case.rungs), str(case.rating or "")),
    )


def _day(at: datetime | None) -> str:
    """A day of the city, empty where there is none."""
    return f"{local_day(at):%Y-%m-%d}" if at else ""
