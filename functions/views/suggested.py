"""In which order an operator is offered departments."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from workflows.domain.complaint import Complaint


def refused_last(top: Iterable[dict[str, Any]], complaint: Complaint) -> list[dict[str, Any]]:
    """The entries (`opd`, `score`) of a decision in its order; whoever sent the case back is behind all others."""
    return sorted(top, key=lambda entry: bool(entry["opd"] == complaint.returned_by))
