"""Whether a department reads its mailbox (asked once a quarter), and who is told of a changed address."""

from __future__ import annotations
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from workflows.domain.deadlines.calendar import WorkCalendar, local_day
from workflows.domain.directory import EXTERNAL, NO_DEPARTMENT, Department, Directory, usual_head_mailbox
from workflows.domain.documents import Record, read_record, write_record
from workflows.domain.offices import usual_mailbox
from workflows.frozen import frozen

DAYS_TO_CONFIRM = 5
"""Working days until the desk phones."""


@frozen
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


MAILBOX, HEAD_MAILBOX, FALLBACK, UNIT = "mailbox", "head_mailbox", "fallback_mailbox", "unit"
TELLING = (MAILBOX, HEAD_MAILBOX, FALLBACK)
"""Of which a department is told; a unit's is its department's own affair."""


@frozen
class AddressChange:
    """opd: the department, also of a unit. whose: a name or a head's title. Empty: there was, or is, no address.

    field: MAILBOX, HEAD_MAILBOX, FALLBACK or UNIT; code: the department's or the unit's.
    """

    opd: str
    code: str
    field: str
    whose: str
    old: str
    new: str


_Place = tuple[str, str, str]


def address_changes(before: Directory, after: Directory) -> tuple[AddressChange, ...]:
    """Every address that is another, new or gone; upper and lower case are the same."""
    old, new = dict(_addresses(before)), dict(_addresses(after))
    places = dict.fromkeys((*old, *new))
    found = (_change(place, old.get(place), new.get(place)) for place in places)
    return tuple(change for change in found if change.old.casefold() != change.new.casefold())


def _change(place: _Place, old: tuple[str, str] | None, new: tuple[str, str] | None) -> AddressChange:
    whose = (new or old or ("", ""))[0]
    return AddressChange(*place, whose, old[1] if old else "", new[1] if new else "")


def _addresses(directory: Directory) -> Iterator[tuple[_Place, tuple[str, str]]]:
    for office in directory.departments.values():
        if office.code != EXTERNAL:
            yield from _of_office(office)
    for unit in directory.units.values():
        yield (unit.opd, unit.code, UNIT), (f"{unit.short} ({unit.opd})", unit.mailbox)


def _of_office(office: Department) -> Iterator[tuple[_Place, tuple[str, str]]]:
    """An office that gets no case has one reader, and no head of whom Laksa asks anything."""
    code = office.code
    yield (code, code, MAILBOX), (office.short, office.mailbox)
    if office.kind != NO_DEPARTMENT:
        yield (code, code, HEAD_MAILBOX), (office.head, office.head_mailbox)
    if office.fallback_mailbox:
        yield (code, code, FALLBACK), (office.short, office.fallback_mailbox)


def changed_offices(
    changes: Sequence[AddressChange], before: Directory, after: Directory
) -> dict[str, list[AddressChange]]:
    """What there is to tell each office that both tables have."""
    told: dict[str, list[AddressChange]] = {}
    for change in changes:
        if change.field in TELLING and change.opd in before.departments and change.opd in after.departments:
            told.setdefault(change.opd, []).append(change)
    return told


def old_readers(before: Department, placeholders: bool) -> dict[str, str]:
    """Column → the address that was read until now, each once. placeholders: the usual ones are read too."""
    found = {MAILBOX: before.mailbox}
    if before.kind != NO_DEPARTMENT and before.head_mailbox.casefold() != before.mailbox.casefold():
        found[HEAD_MAILBOX] = before.head_mailbox
    usual = {usual_mailbox(before.code), usual_head_mailbox(before.code)}
    return {name: address for name, address in found.items() if placeholders or address.casefold() not in usual}


def masked(address: str) -> str:
    """`r•••@kota.example`: enough to know one's own by."""
    name, at, domain = address.rpartition("@")
    return f"{name[:1]}•••{at}{domain}"
