"""What every page and mail may look up: departments, policy, labels, the public URL, the moment."""

from __future__ import annotations
from datetime import datetime
from typing import TYPE_CHECKING

from workflows.frozen import frozen

if TYPE_CHECKING:
    from functions.app.routing_tables import Labels
    from workflows.domain.complaint.model import Complaint
    from workflows.domain.complaint.transition import TimelineEvent
    from workflows.domain.deadlines.policy import Policy
    from workflows.domain.directory import Directory
    from workflows.ports import Links


@frozen
class Context:
    """Passed to every view; nothing in it can write."""

    directory: Directory
    policy: Policy
    labels: Labels
    links: Links
    url: str  # public URL without the last slash
    now: datetime


@frozen
class CaseView:
    """One complaint with its timeline, oldest first. `path`: of its page, with the reader's key. `parent`: the
    complaint it is merged into, with only what its citizen may read. `followers`: their number.
    """

    complaint: Complaint
    timeline: tuple[TimelineEvent, ...] = ()
    path: str = ""
    parent: CaseView | None = None
    followers: int = 0
