"""What every page and mail may look up: departments, policy, labels, the public address, the moment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from functions.app.labels import Labels
    from workflows.domain.complaint.model import Complaint
    from workflows.domain.complaint.transition import TimelineEvent
    from workflows.domain.deadlines.policy import Policy
    from workflows.domain.directory import Directory
    from workflows.ports import Links


@dataclass(frozen=True)
class Context:
    """Handed to every view; nothing in it can write."""

    directory: Directory
    policy: Policy
    labels: Labels
    links: Links
    url: str  # public address without the last slash
    now: datetime


@dataclass(frozen=True)
class CaseView:
    """One complaint with its timeline, oldest first. path: of the page it is shown on, with the reader's key.

    parent: the case it is merged into, with no more of it than its citizen may read. followers: how many it has.
    """

    complaint: Complaint
    timeline: tuple[TimelineEvent, ...] = ()
    path: str = ""
    parent: CaseView | None = None
    followers: int = 0
