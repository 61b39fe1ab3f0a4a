"""What no operator may read, since it accuses those who run the desk: who has it in the desk's stead."""

from __future__ import annotations

from workflows.domain.complaint import Complaint
from workflows.domain.department import EXTERNAL, Department, Directory
from workflows.domain.keeping_out import may_get
from workflows.errors import FieldError, InvalidInput

LAST_RESORT = "EXT-OMBUDSMAN"
"""Where nobody in the city may hear of it."""


def hearing_office(complaint: Complaint, directory: Directory) -> Department | None:
    """The office that heard of it by the city's own table; None where that is nobody in the city."""
    office = directory.receiver(heard_by(complaint))
    return office if office and may_get(complaint, office.code) else None


def heard_outside(complaint: Complaint) -> bool:
    """Whether only somebody outside the city may hear of it: here nobody could read an objection."""
    return not complaint.desk_may_read and heard_by(complaint) == EXTERNAL


def refuse_desk(complaint: Complaint, directory: Directory, field: str) -> None:
    """Raise InvalidInput(field) if the action would send a complaint about the desk's own office to the desk.

    Its department keeps it, or forwards it to the office that hears such accusations: at the desk no operator
    could see it, so nobody would have it.
    """
    if complaint.desk_may_read:
        return
    office = hearing_office(complaint, directory)
    if office is None or office.code == complaint.opd:
        raise InvalidInput([FieldError(field, "not_for_desk")])
    raise InvalidInput([FieldError(field, "not_for_desk_but", {"opd": office.short})])


def heard_by(complaint: Complaint) -> str:
    """The code of the office that routing gave it to, EXTERNAL too; empty before it was read."""
    return str((complaint.decision or {}).get("opd", ""))
