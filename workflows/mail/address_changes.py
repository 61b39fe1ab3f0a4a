"""Who read a department's mail until now is told where it goes from now on: a link to the board is only a link.

The letter keeps the address that it goes to, for no table in force has that any more; the new one it shows masked.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from workflows.collection_names import NOTICES
from workflows.domain.complaint.transition import DEPARTMENT, HEAD
from workflows.domain.directory import Directory
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.mailbox_check import (
    HEAD_MAILBOX,
    AddressChange,
    address_changes,
    changed_offices,
    masked,
    old_readers,
)
from workflows.domain.notifications.notice import (
    Notice,
    NoticeState,
    office_notice,
)
from workflows.ports import Store, Transaction
from workflows.unit_of_work import Services


@dataclass(frozen=True)
class AddressLetter:
    """What the letter shows: whose addresses are now which (masked; empty: none any more), since when."""

    opd: str
    head: bool
    changes: tuple[tuple[str, str, str], ...]
    at: datetime


def address_letters(
    before: Directory, after: Directory, version: str, now: datetime, placeholders: bool
) -> list[Notice]:
    """The letters of a table that comes into force at that moment: two an office at most, each with its own id.

    placeholders: the usual addresses are read too, as where mail is only caught.
    """
    told = changed_offices(address_changes(before, after), before, after)
    return [letter for opd in told for letter in _letters(before, opd, told[opd], version, now, placeholders)]


def _letters(
    before: Directory, opd: str, changes: Sequence[AddressChange], version: str, now: datetime, placeholders: bool
) -> Iterator[Notice]:
    shown = [{"field": c.field, "whose": c.whose, "new": masked(c.new) if c.new else ""} for c in changes]
    for name, address in old_readers(before[opd], placeholders).items():
        role = HEAD if name == HEAD_MAILBOX else DEPARTMENT
        id = f"address.{version[:6]}{int(now.timestamp()):x}.{opd}.{role}"
        yield office_notice(id, NoticeName.ADDRESS_CHANGED, role, opd, now, address=address, changes=shown)


def queue_letters(transaction: Transaction, letters: Sequence[Notice]) -> None:
    """In the transaction that puts the table into force, so that no table comes without its letters."""
    for letter in letters:
        transaction.set(NOTICES, letter.id, letter.to_document())


def drop_letters(store: Store, letters: Sequence[Notice]) -> None:
    """Where the table went as it came; one that has been taken in hand meanwhile goes out."""

    def work(transaction: Transaction) -> None:
        found = [(letter.id, transaction.get(NOTICES, letter.id)) for letter in letters]
        for id in (id for id, document in found if document and document["state"] == NoticeState.QUEUED):
            transaction.delete(NOTICES, id)

    if letters:
        store.transact(work)


def read_change(ports: Services, notice: Notice) -> AddressLetter:
    """As it was when the table came into force."""
    changes = tuple((c["field"], c["whose"], c["new"]) for c in notice.extra["changes"])
    return AddressLetter(notice.to, notice.role == HEAD, changes, notice.created_at or ports.clock.now())
