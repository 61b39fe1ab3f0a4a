"""Who may not see a complaint, get it or hear of it: the accused office and those excluded with it; the operators,
if it accuses those who run the desk (another office then handles it and its data requests). Operators may phone
about a restricted complaint of a department by its ticket, and read nothing of it.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from workflows.domain.complaint.model import Complaint, Visibility
from workflows.domain.complaint.transition import DEPARTMENT, NoticeRequest
from workflows.domain.directory import EXTERNAL, OWN_OFFICES, Department, Directory
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.offices import SEKDA
from workflows.errors import FieldError, InvalidInput

if TYPE_CHECKING:
    from workflows.domain.privacy.data_request import Asked

_KECAMATAN = "KEC"


def excluded_offices(complaint: Complaint) -> frozenset[str]:
    """The codes recorded by routing; for a decision of an old release the accused office alone."""
    decision = complaint.routing
    return frozenset(decision.kept_out or filter(None, (decision.accuses,)))


def can_receive(complaint: Complaint, code: str) -> bool:
    """False for the accused and excluded offices; for every kecamatan if it is unknown which one is meant."""
    out = excluded_offices(complaint)
    return code not in out and not (_KECAMATAN in out and code.startswith(f"{_KECAMATAN}-"))


def can_be_notified(complaint: Complaint, person: str) -> bool:
    """`person`: whose level or executive report it is. The people of the departments' own ladder always may."""
    return excluded_offices(complaint).isdisjoint(OWN_OFFICES.get(person, ()))


def receivers(directory: Directory, complaint: Complaint) -> tuple[Department, ...]:
    """Every department of the city that can get this complaint."""
    return tuple(department for department in directory.assignable() if can_receive(complaint, department.code))


def require_not_accused(complaint: Complaint, department: Department) -> None:
    """InvalidInput (`to`: `accused`) if that department may not get the complaint from anybody."""
    if not can_receive(complaint, department.code):
        raise InvalidInput([FieldError("to", "accused", {"opd": department.short})])


LAST_RESORT = "EXT-OMBUDSMAN"
"""The institution if nobody in the city may hear of it."""


def conflict_handler(complaint: Complaint, directory: Directory) -> Department | None:
    """The office that hears it by the city's own table; None if that is nobody in the city."""
    office = directory.receiver(heard_by(complaint))
    return office if office and can_receive(complaint, office.code) else None


def heard_outside(complaint: Complaint) -> bool:
    """Whether only somebody outside the city may hear of it: nobody here could read an objection."""
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
    """The code of the office that routing chose, possibly EXTERNAL; '' before routing."""
    return complaint.routing.opd


def is_hidden_from_desk(complaint: Complaint) -> bool:
    """Whether only its department may see its contents."""
    return complaint.restricted and complaint.assignment is not None


def is_public(complaint: Complaint) -> bool:
    """Whether anybody may read it: neither confidential nor restricted, and nobody must not hear of it."""
    apart = complaint.restricted or bool(excluded_offices(complaint))
    return complaint.visibility != Visibility.CONFIDENTIAL and not apart


ABOVE = ("INSPEKTORAT", SEKDA)


def office_of(complaint: Complaint) -> str:
    """The office that has the complaint, else the one that hears it; '' where the desk answers as usual. If that
    is nobody in the city, the first of those above the departments who is not excluded.
    """
    if complaint.desk_may_read:
        return ""
    hearing = (complaint.opd or "", heard_by(complaint), *ABOVE)
    inside = (code for code in hearing if code not in ("", EXTERNAL))
    return next((code for code in inside if can_receive(complaint, code)), ABOVE[-1])


def with_office_told(asked: Asked | None) -> Asked | None:
    """The request, with a notice to its office if it is new and not the desk's."""
    change, request = asked or (None, None)
    office = office_of(change.complaint) if change else ""
    if change is None or request is None or not office:
        return asked
    letter = NoticeRequest(NoticeName.DATA_REQUEST, DEPARTMENT, office)
    return replace(change, notices=(*change.notices, letter)), request
