"""Which department has a complaint, since when, and who in it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.domain.documents import Record


@dataclass(frozen=True)
class Assignment(Record):
    """Which department has the complaint; `generation` grows by one at every change of hands.

    called_at: when the desk last phoned it about this case. unit: the kelurahan, bidang or UPT it was handed on to
    inside; unit_key: the number of the entry that says so.
    """

    opd: str
    kind: str
    generation: int
    since: datetime
    ack_by: datetime
    acknowledged_at: datetime | None = None
    ack_missed: bool = False
    officer: str = ""
    unit: str = ""
    unit_key: int = 0
    called_at: datetime | None = None
