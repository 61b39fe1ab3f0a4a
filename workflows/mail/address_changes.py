"""Informs the old mailbox of an office that its mail goes elsewhere from now on, since a link to the board is
enough to change it. The notice stores its own address, which no table in force has any more; the new one is shown
masked.
"""

from __future__ import annotations
from collections.abc import Iterator, Sequence
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
from workflows.domain.notifications.notice import Notice, NoticeState, office_notice
from workflows.frozen import frozen
from workflows.ports import Store, Transaction
from workflows.unit_of_work import Services


@frozen
class AddressLetter:
    """What the mail shows: which offices have which new address (masked; '': none any more), since when."""

    opd: str
    head: bool
    changes: tuple[tuple[str, str, str], ...]
    at: datetime


def address_letters(
    before: Directory, after: Directory, version: str, now: datetime, placeholders: bool
) -> list[Notice]:
    """The notices of a table that comes into force at that moment: at most two per office, each with its own id.
    `placeholders`: default addresses count as read, as where mail is only caught.
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
    """Queue the notices in the transaction that puts the table into force."""
    for letter in letters:
        transaction.set(NOTICES, letter.id, letter.to_document())


def drop_letters(store: Store, letters: Sequence[Notice]) -> None:
    """Remove the notices when the table is taken back at once; one that is being sent goes out."""

    def work(transaction: Transaction) -> None:
        found = [(letter.id, transaction.get(NOTICES, letter.id)) for letter in letters]
        for id in (id for id, document in found if document and document["state"] == NoticeState.QUEUED):
            transaction.delete(NOTICES, id)

    if letters:
        store.transact(work)


def read_change(services: Services, notice: Notice) -> AddressLetter:
    """The change as of the moment when the table came into force."""
    changes = tuple((c["field"], c["whose"], c["new"]) for c in notice.extra["changes"])
    return AddressLetter(notice.to, notice.role == HEAD, changes, notice.created_at or services.clock.now())
