"""A draft of an answer: what a unit or a reply by mail leaves with a case until an office sends it."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from workflows.domain.change import UNIT
from workflows.domain.complaint import Complaint
from workflows.domain.office_act import OfficerAct
from workflows.errors import DraftChanged

NO_DRAFT = "0"
"""What the form of an answer says where it showed no draft; a script may say nothing at all."""


def draft_of(text: str, outcome: str, by: str, officer: str, now: datetime, **more: Any) -> dict[str, Any]:
    """A draft as it lies on the complaint; by: unit or mail."""
    return {"text": text.strip(), "outcome": outcome, "by": by, "officer": officer.strip(), "at": now, **more}


def drafted_photos(complaint: Complaint) -> tuple[int, ...]:
    """The photos of a draft that nobody has sent on: not the citizen's to see yet."""
    return tuple((complaint.draft or {}).get("photos", ()))


def draft_number(complaint: Complaint) -> str:
    """The number of the draft that lies there, as the form of an answer carries it; NO_DRAFT without one."""
    return str(complaint.draft.get("sequence", "")) if complaint.draft else NO_DRAFT


def photos_kept(complaint: Complaint, unit: str = "") -> tuple[int, ...]:
    """What new words without photos keep of the draft they replace: its photos, but those of another unit."""
    of = (complaint.draft or {}).get("unit", "")
    return drafted_photos(complaint) if not unit or of in ("", unit) else ()


def replaced(complaint: Complaint) -> dict[str, Any]:
    """What a new draft and its line say of the one before it: the number of that one, which is its line's."""
    number = (complaint.draft or {}).get("sequence")
    return {"replaces": number} if number else {}


def refuse_unseen_draft(complaint: Complaint, act: OfficerAct) -> None:
    """DraftChanged where the form of an answer showed another draft than lies there now, or none.

    A unit sends none on.
    """
    says_what = act.draft or act.draft_photos
    if says_what and act.role != UNIT and (act.draft or NO_DRAFT) != draft_number(complaint):
        raise DraftChanged(complaint.draft)
