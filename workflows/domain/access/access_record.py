"""Access records, which the law asks for: who read what. Offices have no accounts, so a link stands
for a person.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from workflows.domain.documents import Record, read_record, write_record

OPENED, CONTACT = "opened", "contact_read"
"""Actions that are reads: the complaint's page; the citizen's contact. Others are those of a POST."""
BOARD = "board"
"""The desk's board, in addition to the roles of a complaint's links."""
MAX_NAME_LENGTH = 100


@dataclass(frozen=True)
class Access(Record):
    """One link that did one thing with one complaint within an hour; nothing about the citizen. `office`: whose
    link it is (a department's or unit's code, DESK). `officer`: as typed with an action. `network`: a keyed hash
    of the caller's network, which shows that a link was passed on; '' for this machine.
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
        """The id, the same for a repetition within the hour, so that reloading writes nothing new."""
        hour = self.at.astimezone(UTC).strftime("%Y%m%d%H")
        return f"{self.ticket}.{hour}.{self.role}.{self.generation}.{self.act}.{self.network or 'here'}"

    def to_document(self) -> dict[str, Any]:
        """The record as it is stored."""
        return write_record(self)


def access_from(document: Mapping[str, Any]) -> Access:
    """The inverse of Access.to_document."""
    return read_record(Access, document)
