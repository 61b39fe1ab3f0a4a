"""The citizen's key to one report: whether it is genuine, and whether it still opens it."""

from __future__ import annotations

from workflows.domain.complaint import Complaint
from workflows.domain.retention import WHOLE
from workflows.domain.ticket import parse_ticket
from workflows.errors import Forbidden, ReportErased
from workflows.unit_of_work import Services


def refuse_old_key(complaint: Complaint, version: int) -> None:
    """Forbidden for a key of another version; ReportErased for the one that opened it before its erasure."""
    if complaint.key_version == version:
        return
    raise ReportErased(complaint) if WHOLE in complaint.erased and version < complaint.key_version else Forbidden


def read_key(ports: Services, ticket: str, key: str) -> tuple[str, int]:
    """The ticket as it is written, and the version of its genuine key; Forbidden."""
    known = parse_ticket(ticket)
    if known is None:
        raise Forbidden
    return known, ports.links.check_citizen_key(known, key)
