"""Who read what: one line of the record that the law asks for. Offices have no accounts, so a link is who."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workflows.domain.documents import Record, read_record, write_record

OPENED, CONTACT = "opened", "contact_read"
"""The page of a case; how its citizen is reached. Any other act is that of a POST."""
BOARD = "board"
"""The desk's board, beside the roles of a case's links."""
MAX_NAME_LENGTH = 100


@dataclass(frozen=True)
class Access(Record):
    """One link that did one thing with one case within an hour. It tells nothing of the citizen.

    office: whose link it is (a department's or a unit's code, DESK). officer: as typed beside an act.
    network: a keyed hash of where it was opened from, so that a link which is passed on is seen; empty for
    this machine.
    """

    ticket: str
    at: datetime
    role: str
    office: str
    generation: int
    act: str
    officer: str = ""
    network: str = ""

    @property
    def id(self) -> str:
        """The same for whatever comes again within the hour, so that a refresh writes nothing new."""
        hour = self.at.astimezone(UTC).strftime("%Y%m%d%H")
        return f"{self.ticket}.{hour}.{self.role}.{self.generation}.{self.act}.{self.network or 'here'}"

    def to_document(self) -> dict[str, Any]:
        """As it is stored."""
        return write_record(self)


def access_from(document: Mapping[str, Any]) -> Access:
    """The inverse of Access.to_document."""
    return read_record(Access, document)
