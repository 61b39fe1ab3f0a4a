"""What a transition decides: the new complaint, what the timeline says, which notices go out."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field, replace
from datetime import datetime
from typing import Any

from workflows.domain.complaint import Complaint

CITIZEN = "citizen"
DEPARTMENT = "department"
HEAD = "head"
UNIT = "unit"
DESK = "desk"
LAKSA = "laksa"
FOLLOWERS = "followers"
"""Those whose reports were merged into a case: what is written to them becomes a letter to each."""


@dataclass(frozen=True)
class Entry:
    """One line of the timeline. `text` is public to the citizen, `internal` only to offices."""

    event: str
    by: str
    text: str = ""
    internal: str = ""
    officer: str = ""
    opd: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    hidden: bool = False
    sequence: int = 0
    at: datetime | None = None

    def to_document(self) -> dict[str, Any]:
        """As it is stored under complaints/<ticket>/timeline/<sequence>."""
        return asdict(self)


@dataclass(frozen=True)
class NoticeRequest:
    """One letter to one recipient, to be written when it is sent. `to` is an office's code.

    not_before: until then it waits, and can be taken back.
    """

    template: str
    role: str
    to: str = ""
    not_before: datetime | None = None


@dataclass(frozen=True)
class Change:
    """A decision, complete: the unit of work saves it in one transaction."""

    complaint: Complaint
    entries: tuple[Entry, ...] = ()
    notices: tuple[NoticeRequest, ...] = ()


def changed(complaint: Complaint, now: datetime, entry: Entry, *notices: NoticeRequest, **fields: Any) -> Change:
    """A change with one timeline entry, numbered and dated; further fields go onto the complaint."""
    sequence = complaint.sequence + 1
    after = replace(complaint, sequence=sequence, updated_at=now, **fields)
    return Change(after, (replace(entry, sequence=sequence, at=now),), notices)


def entry_from(document: dict[str, Any]) -> Entry:
    """The inverse of Entry.to_document."""
    return Entry(**document)


def timeline_id(sequence: int) -> str:
    """Zero-padded, so that the ids sort as the numbers do."""
    return f"{sequence:06d}"
