"""Who must not get, or hear of, a case: the office it accuses, and who is kept out with it."""

from __future__ import annotations

from workflows.domain.complaint import Complaint
from workflows.domain.department import OWN_OFFICES, Department, Directory
from workflows.errors import FieldError, InvalidInput

_KECAMATAN = "KEC"


def kept_out(complaint: Complaint) -> frozenset[str]:
    """The codes that routing wrote down; of a decision before it did so, the accused office alone."""
    decision = complaint.decision or {}
    return frozenset(decision.get("kept_out") or filter(None, (decision.get("accuses"),)))


def may_get(complaint: Complaint, code: str) -> bool:
    """False for the accused and those kept out; for every kecamatan where it is not known which one is meant."""
    out = kept_out(complaint)
    return code not in out and not (_KECAMATAN in out and code.startswith(f"{_KECAMATAN}-"))


def may_hear(complaint: Complaint, person: str) -> bool:
    """person: whose rung or daily table it is; the people of the departments' own ladder may always."""
    return kept_out(complaint).isdisjoint(OWN_OFFICES.get(person, ()))


def receivers(directory: Directory, complaint: Complaint) -> tuple[Department, ...]:
    """Every department of the city that this case can be given to."""
    return tuple(department for department in directory.assignable() if may_get(complaint, department.code))


def refuse_accused(complaint: Complaint, department: Department) -> None:
    """InvalidInput (`to`: `accused`) where that department may not get the case, by whomsoever's hand."""
    if not may_get(complaint, department.code):
        raise InvalidInput([FieldError("to", "accused", {"opd": department.short})])
