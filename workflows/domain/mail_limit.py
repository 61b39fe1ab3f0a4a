"""How many letters an address gets before anybody has opened one: whoever types a stranger's bombs nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from workflows.domain.documents import Record, read_record, write_record

DAY = timedelta(days=1)
MOST_KNOWN = 200
"""So many letters are remembered, by which an opened link is known to be one of theirs."""


@dataclass(frozen=True)
class LetOut(Record):
    """A letter that was let out to an address: its notice's id, and when."""

    id: str
    at: datetime


@dataclass(frozen=True)
class Address(Record):
    """What is known of one citizen's address: the letters let out to it, oldest first, and whether it is read.

    waits: letters to it wait, or did.
    """

    letters: tuple[LetOut, ...] = ()
    opened_at: datetime | None = None
    waits: bool = False

    def to_document(self) -> dict[str, Any]:
        """As it is stored."""
        return write_record(self)

    def lets_through(self, letter: str) -> bool:
        """Whether a letter goes whatever the count: somebody reads here, or it is out already, or was tried."""
        return self.opened_at is not None or any(each.id == letter for each in self.letters)

    def free_at(self, per_day: int, now: datetime) -> datetime:
        """From when one more letter may go."""
        lately = [each.at for each in self.letters if each.at > now - DAY]
        return now if len(lately) < per_day else lately[-per_day] + DAY

    def with_letter(self, letter: str, now: datetime) -> Address:
        """The same after one more letter was let out."""
        return replace(self, letters=(*self.letters, LetOut(letter, now))[-MOST_KNOWN:])

    def letters_of(self, ticket: str) -> list[str]:
        """The letters with that report's link."""
        return [each.id for each in self.letters if each.id.startswith(f"{ticket}.")]


def address_from(document: Mapping[str, Any] | None) -> Address:
    """The inverse of Address.to_document; one of which nothing is known yet for None."""
    return read_record(Address, document or {})
