"""How many letters an address gets before anybody has opened one: whoever types a stranger's bombs nobody."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta
from typing import Any

DAY = timedelta(days=1)
MOST_KNOWN = 200
"""So many letters are remembered, by which an opened link is known to be one of theirs."""


@dataclass(frozen=True)
class Address:
    """What is known of one citizen's address: the letters let out to it, oldest first, and whether it is read.

    letters: (notice's id, when). waits: letters to it wait, or did.
    """

    letters: tuple[tuple[str, datetime], ...] = ()
    opened_at: datetime | None = None
    waits: bool = False

    def to_document(self) -> dict[str, Any]:
        """As it is stored."""
        return asdict(self) | {"letters": [{"id": id, "at": at} for id, at in self.letters]}

    def lets_through(self, letter: str) -> bool:
        """Whether a letter goes whatever the count: somebody reads here, or it is out already, or was tried."""
        return self.opened_at is not None or any(id == letter for id, _ in self.letters)

    def free_at(self, per_day: int, now: datetime) -> datetime:
        """From when one more letter may go."""
        lately = [at for _, at in self.letters if at > now - DAY]
        return now if len(lately) < per_day else lately[-per_day] + DAY

    def with_letter(self, letter: str, now: datetime) -> Address:
        """The same after one more letter was let out."""
        return replace(self, letters=(*self.letters, (letter, now))[-MOST_KNOWN:])

    def letters_of(self, ticket: str) -> list[str]:
        """The letters with that report's link."""
        return [id for id, _ in self.letters if id.startswith(f"{ticket}.")]


def address_from(document: Mapping[str, Any] | None) -> Address:
    """The inverse of Address.to_document; one of which nothing is known yet for None."""
    if document is None:
        return Address()
    letters = tuple((letter["id"], letter["at"]) for letter in document["letters"])
    return Address(letters, document["opened_at"], document["waits"])
