"""A restricted case that a department has: operators may phone about it by its number, and read nothing of it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from workflows.domain.complaint import Complaint


def is_closed_to_desk(complaint: Complaint) -> bool:
    """Whether its contents are the department's alone."""
    return complaint.restricted and complaint.assignment is not None


def as_the_desk_sees_it(complaint: Complaint) -> Complaint:
    """Without a word, photo, place or reason where it is closed to the desk; else as it is."""
    return replace(complaint, **_NOTHING) if is_closed_to_desk(complaint) else complaint


_NOTHING: dict[str, Any] = {
    "text": "",
    "place": "",
    "kelurahan": None,
    "latitude": None,
    "longitude": None,
    "photos": (),
    "kind": None,
    "category": None,
    "decision": None,
    "draft": None,
}
