"""Who answers a request about somebody's own data where the report may accuse those who run the desk."""

from __future__ import annotations

from dataclasses import replace

from workflows.domain.change import DEPARTMENT, NoticeRequest
from workflows.domain.complaint import Complaint
from workflows.domain.data_request import Asked
from workflows.domain.department import EXTERNAL
from workflows.domain.keeping_out import may_get
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.offices import SEKDA
from workflows.domain.past_the_desk import heard_by

ABOVE = ("INSPEKTORAT", SEKDA)


def office_of(complaint: Complaint) -> str:
    """The office that has the case, else the one that hears it; empty where the desk answers like any other.

    Where that is nobody in the city, the first of those above the departments who is not kept out.
    """
    if complaint.desk_may_read:
        return ""
    hearing = (complaint.opd or "", heard_by(complaint), *ABOVE)
    inside = (code for code in hearing if code not in ("", EXTERNAL))
    return next((code for code in inside if may_get(complaint, code)), ABOVE[-1])


def with_office_told(asked: Asked | None) -> Asked | None:
    """The same, and its letter where it is a new request that is not the desk's."""
    change, request = asked or (None, None)
    office = office_of(change.complaint) if change else ""
    if change is None or request is None or not office:
        return asked
    letter = NoticeRequest(NoticeName.DATA_REQUEST, DEPARTMENT, office)
    return replace(change, notices=(*change.notices, letter)), request
