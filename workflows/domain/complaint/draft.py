"""The draft of an answer, which a unit or a reply by mail has left and an office may send."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.documents import Record, stored_as


@dataclass(frozen=True)
class AnswerDraft(Record):
    """A draft that waits until an office sends it.

    by: unit or mail. photos: numbers of the complaint's photos. unit: the unit that wrote it, if one did.
    replaces: the number of the draft before it, of which something was lost. sequence: its own number, which is
    that of its event. foreign: the mail came from another address than the office's.
    """

    text: str
    outcome: str = "done"
    by: str = ""
    officer: str = ""
    at: datetime | None = None
    photos: tuple[int, ...] = ()
    unit: str = stored_as("unit", "", if_set=True)
    replaces: int = stored_as("replaces", 0, if_set=True)
    sequence: int = stored_as("sequence", 0, if_set=True)
    foreign: bool = stored_as("foreign", False, if_set=True)
