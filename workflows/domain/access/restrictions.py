"""What no operator may read, since it accuses those who run the desk: who has it in the desk's stead.

Who must not get, or hear of, a case: the office it accuses, and who is kept out with it.

A restricted case that a department has: operators may phone about it by its number, and read nothing of it.

Who answers a request about somebody's own data where the report may accuse those who run the desk.
"""

from __future__ import annotations

from dataclasses import replace

from workflows.domain.complaint.model import Complaint, Visibility
from workflows.domain.complaint.transition import DEPARTMENT, NoticeRequest
from workflows.domain.directory import EXTERNAL, OWN_OFFICES, Department, Directory
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.offices import SEKDA
from workflows.domain.privacy.data_request import Asked
from workflows.errors import FieldError, InvalidInput

_KECAMATAN = "KEC"


def excluded_offices(complaint: Complaint) -> frozenset[str]:
    """The codes that routing wrote down; of a decision before it did so, the accused office alone."""
    decision = complaint.decision or {}
    return frozenset(decision.get("kept_out") or filter(None, (decision.get("accuses"),)))


def can_receive(complaint: Complaint, code: str) -> bool:
    """False for the accused and those kept out; for every kecamatan where it is not known which one is meant."""
    out = excluded_offices(complaint)
    return code not in out and not (_KECAMATAN in out and code.startswith(f"{_KECAMATAN}-"))


def can_be_notified(complaint: Complaint, person: str) -> bool:
    """person: whose rung or daily table it is; the people of the departments' own ladder may always."""
    return excluded_offices(complaint).isdisjoint(OWN_OFFICES.get(person, ()))


def receivers(directory: Directory, complaint: Complaint) -> tuple[Department, ...]:
    """Every department of the city that this case can be given to."""
    return tuple(department for department in directory.assignable() if can_receive(complaint, department.code))


def require_not_accused(complaint: Complaint, department: Department) -> None:
    """InvalidInput (`to`: `accused`) where that department may not get the case, by whomsoever's hand."""
    if not can_receive(complaint, department.code):
        raise InvalidInput([FieldError("to", "accused", {"opd": department.short})])


LAST_RESORT = "EXT-OMBUDSMAN"
"""Where nobody in the city may hear of it."""


def conflict_handler(complaint: Complaint, directory: Directory) -> Department | None:
    """The office that heard of it by the city's own table; None where that is nobody in the city."""
    office = directory.receiver(heard_by(complaint))
    return office if office and can_receive(complaint, office.code) else None


def heard_outside(complaint: Complaint) -> bool:
    """Whether only somebody outside the city may hear of it: here nobody could read an objection."""
    return not complaint.desk_may_read and heard_by(complaint) == EXTERNAL


def require_not_for_desk(complaint: Complaint, directory: Directory, field: str) -> None:
    """Raise InvalidInput(field) if the action would send a complaint about the desk's own office to the desk.

    Its department keeps it, or forwards it to the office that hears such accusations: at the desk no operator
    could see it, so nobody would have it.
    """
    if complaint.desk_may_read:
        return
    office = conflict_handler(complaint, directory)
    if office is None or office.code == complaint.opd:
        raise InvalidInput([FieldError(field, "not_for_desk")])
    raise InvalidInput([FieldError(field, "not_for_desk_but", {"opd": office.short})])


def heard_by(complaint: Complaint) -> str:
    """The code of the office that routing gave it to, EXTERNAL too; empty before it was read."""
    return str((complaint.decision or {}).get("opd", ""))


def is_hidden_from_desk(complaint: Complaint) -> bool:
    """Whether its contents are the department's alone."""
    return complaint.restricted and complaint.assignment is not None


def is_public(complaint: Complaint) -> bool:
    """Whether anybody may read it: neither confidential nor restricted, and nobody must not hear of it."""
    apart = complaint.restricted or bool(excluded_offices(complaint))
    return complaint.visibility != Visibility.CONFIDENTIAL and not apart


ABOVE = ("INSPEKTORAT", SEKDA)


def office_of(complaint: Complaint) -> str:
    """The office that has the case, else the one that hears it; empty where the desk answers like any other.

    Where that is nobody in the city, the first of those above the departments who is not kept out.
    """
    if complaint.desk_may_read:
        return ""
    hearing = (complaint.opd or "", heard_by(complaint), *ABOVE)
    inside = (code for code in hearing if code not in ("", EXTERNAL))
    return next((code for code in inside if can_receive(complaint, code)), ABOVE[-1])


def with_office_told(asked: Asked | None) -> Asked | None:
    """The same, and its letter where it is a new request that is not the desk's."""
    change, request = asked or (None, None)
    office = office_of(change.complaint) if change else ""
    if change is None or request is None or not office:
        return asked
    letter = NoticeRequest(NoticeName.DATA_REQUEST, DEPARTMENT, office)
    return replace(change, notices=(*change.notices, letter)), request
