"""Whether somebody reads a department's mailbox: asked once a quarter, and anew where its address has changed."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any

from workflows.domain.calendar import WorkCalendar, local_day
from workflows.domain.documents import Record, read_record, write_record

MAILBOX_CHECK = "mailbox_check"
"""The letter that asks. It goes to the very address that it asks about, and to none behind it."""
DAYS_TO_CONFIRM = 5
"""Working days until the desk phones."""


@dataclass(frozen=True)
class MailboxCheck(Record):
    """The newest question to a department. address: the mark of the mailbox it went to; until: None once somebody
    has pressed, or the desk has phoned.
    """

    opd: str
    quarter: str
    address: str
    asked_at: datetime
    until: datetime | None
    confirmed_at: datetime | None = None
    called_at: datetime | None = None

    def to_document(self) -> dict[str, Any]:
        """As it is stored; a question that is settled has no alarm."""
        return write_record(self, if_set=("until",))

    def is_about(self, quarter: str, address: str) -> bool:
        """Whether it is that quarter's question to that mailbox."""
        return (self.quarter, self.address) == (quarter, address)


def check_from(document: Mapping[str, Any]) -> MailboxCheck:
    """The inverse of MailboxCheck.to_document."""
    return read_record(MailboxCheck, {"until": None, **document})


def quarter_of(day: date) -> str:
    """2026-Q4"""
    return f"{day.year}-Q{(day.month - 1) // 3 + 1}"


def begins_today(calendar: WorkCalendar, today: date, last: date | None) -> bool:
    """Whether this is the first working morning of a quarter, or the first on which Laksa ran again in it."""
    if last is not None:
        return quarter_of(last) != quarter_of(today)
    opens, _ = calendar.office_day(today.replace(month=(today.month - 1) // 3 * 3 + 1, day=1))
    return local_day(opens) == today


def is_wanted(known: MailboxCheck | None, quarter: str, address: str, begins: bool, own: bool = False) -> bool:
    """Whether to ask: with the quarter, and where the address has changed since it was asked about.

    own: the city has named this address, and it is not the usual one that nobody reads: asked about at once.
    """
    if known is None:
        return begins or own
    return known.address != address or (begins and known.quarter != quarter)


def confirmed(known: MailboxCheck, now: datetime) -> MailboxCheck:
    """Somebody reads it; the first press stays."""
    return known if known.confirmed_at else replace(known, confirmed_at=now, until=None)


def phoned(known: MailboxCheck, now: datetime) -> MailboxCheck:
    """The desk has asked for the right address; a repeat changes nothing."""
    return replace(known, called_at=now, until=None) if known.until else known
