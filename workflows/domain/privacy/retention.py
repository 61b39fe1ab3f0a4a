"""How long personal data is kept by the policy, and when a finished complaint's next erasure is due."""

from __future__ import annotations

from calendar import monthrange
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import TYPE_CHECKING

if TYPE_CHECKING:  # the policy has months, and every page the policy
    from workflows.domain.complaint.model import Complaint
    from workflows.domain.toml_table import Table

CONTACT, PHOTOS, WHOLE = "contact", "photos", "whole"
"""What an erasure takes: who wrote; the pictures; both and every word."""


@dataclass(frozen=True)
class Retention:
    """Months from a complaint's end on; `raw_mail`: for an incoming mail that belongs to no complaint."""

    contact_months: int
    photo_months: int
    raw_mail: timedelta


def read_retention(table: Table) -> Retention:
    """The policy's table `retention`; ValueError names the key that is wrong."""
    retention = Retention(
        contact_months=table.integer("contact_months", least=1),
        photo_months=table.integer("photo_months", least=1),
        raw_mail=timedelta(days=table.integer("raw_mail_days", least=1)),
    )
    table.finish()
    return retention


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
