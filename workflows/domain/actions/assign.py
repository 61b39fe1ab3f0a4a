"""Assignment of a complaint to a department, to the desk, or to an institution outside the city; also the notices
to offices that lose it.
"""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.domain.access import LAST_RESORT, conflict_handler
from workflows.domain.actions.engine import Rules
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.records import Assignment
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    DESK,
    LAKSA,
    UNIT,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.deadlines.policy import Policy
from workflows.domain.directory import Department
from workflows.domain.escalation.schedule import (
    NO_OPEN_QUESTION,
    accept_until,
    answer_until,
    choose_until,
    clock_start_of,
    table_of,
)
from workflows.domain.notifications.kinds import NoticeName

INSPECTORATE_KIND = "inspektorat"
"""Nobody phones about a complaint that accuses an office."""


def assign(
    complaint: Complaint,
    department: Department,
    entry: TimelineEvent,
    policy: Policy,
    now: datetime,
    citizen_notice: str = "",
    **fields: Any,
) -> Transition:
    """Assign to a department. The answer's deadline is set once in a complaint's life; only the date to accept is
    new.
    """
    given = complaint.evolve(**fields)
    start, answer_by = _clock(given, policy, now)
    held = _new_assignment(given, department, policy, now, answer_by)
    calling = given.urgent and department.kind != INSPECTORATE_KIND and given.desk_may_read
    return transition(
        given.evolve(**OFF_THE_DESK),
        now,
        replace(entry, opd=department.code),
        *_letters(department, calling, citizen_notice),
        state=State.ASSIGNED,
        parent="",
        assignment=held,
        assignment_no=held.assignment_no,
        previous_assignments=complaint.close_assignment(now),
        clock_start=start,
        answer_by=answer_by,
        call_by=now + policy.urgent.call if calling else None,
        reported_to=table_of(given, department.kind, policy),
    )


OFF_THE_DESK: dict[str, Any] = {
    "desk_by": None,
    "desk_since": None,
    "returned_by": "",
    "scheduled_for": None,
    "draft": None,
    "calls_missed": 0,
    **NO_OPEN_QUESTION,
}
"""Field values with which a new assignment begins."""


def _new_assignment(
    given: Complaint, department: Department, policy: Policy, now: datetime, answer_by: datetime
) -> Assignment:
    """The new assignment; the date to accept is never later than the answer's, unless that has passed."""
    ack_by = accept_until(given, policy, now)
    ack_by = min(ack_by, answer_by) if answer_by > now else ack_by
    return Assignment(department.code, department.kind, given.assignment_no + 1, now, ack_by)


def _letters(department: Department, calling: bool, citizen_notice: str) -> list[NoticeRequest]:
    """The notices of an assignment; with danger the desk's first, since it phones before anybody reads a mail."""
    letters = [NoticeRequest(NoticeName.CALL_NOW, DESK, "DESK")] if calling else []
    letters.append(NoticeRequest(NoticeName.NEW_CASE, DEPARTMENT, department.code))
    return letters + ([NoticeRequest(citizen_notice, CITIZEN)] if citizen_notice else [])


def _clock(complaint: Complaint, policy: Policy, now: datetime) -> tuple[datetime, datetime]:
    if complaint.deadlines.clock_start and complaint.deadlines.answer_by:
        return complaint.deadlines.clock_start, complaint.deadlines.answer_by
    start = complaint.deadlines.clock_start or now
    return start, answer_until(complaint, policy, start)


def to_desk(
    complaint: Complaint, entry: TimelineEvent, rules: Rules, now: datetime, *letters: NoticeRequest, **fields: Any
) -> Transition:
    """Send to the desk, which has a due date of its own; a running clock continues. What no operator may read goes
    to the office that hears it, or else to the last resort.
    """
    if complaint.desk_may_read:
        return _waiting_at_desk(complaint, entry, rules.policy, now, *letters, **fields)
    office = conflict_handler(complaint, rules.directory)
    words = entry if entry.by == CITIZEN else None
    if office is None:
        entry = words or TimelineEvent(EventName.EXTERNAL, LAKSA, facts={"to": LAST_RESORT})
        notice = "receipt" if complaint.state == State.RECEIVED else "external"
        return to_external(complaint, LAST_RESORT, entry, now, notice, **fields)
    entry = words or TimelineEvent(EventName.ASSIGNED, LAKSA, facts={"category": complaint.category or ""})
    change = assign(complaint, office, entry, rules.policy, now, **fields)
    return replace(change, notices=(*change.notices, *letters))


def _waiting_at_desk(
    complaint: Complaint, entry: TimelineEvent, policy: Policy, now: datetime, *letters: NoticeRequest, **fields: Any
) -> Transition:
    return transition(
        complaint,
        now,
        entry,
        NoticeRequest(NoticeName.TRIAGE, DESK, "DESK"),
        *letters,
        state=State.AT_DESK,
        parent="",
        assignment=None,
        assignment_no=complaint.assignment_no + 1,
        previous_assignments=complaint.close_assignment(now),
        desk_since=clock_start_of(complaint) or now,
        desk_by=choose_until(complaint, policy, now),
        scheduled_for=None,
        draft=None,
        call_by=now + policy.urgent.call if complaint.urgent else None,
        calls_missed=0,
        **NO_OPEN_QUESTION,
        **fields,
    )


def to_desk_with_new_clock(
    complaint: Complaint, entry: TimelineEvent, rules: Rules, now: datetime, *letters: NoticeRequest, **fields: Any
) -> Transition:
    """Send to the desk as if it were new: the next department has the whole time to answer."""
    anew = complaint.evolve(**_UNASSIGNED)
    return to_desk(anew, entry, rules, now, *letters, **fields)


_UNASSIGNED: dict[str, Any] = {
    "external_to": "",
    "reason": "",
    "closed_as": "",
    "clock_start": None,
    "answer_by": None,
    "promised_by": None,
    "outcome": "",
    "confirm_by": None,
}
"""Field values for an ended complaint that becomes nobody's again."""


def to_external(
    complaint: Complaint, institution: str, entry: TimelineEvent, now: datetime, notice: str = "external", **fields: Any
) -> Transition:
    """End the complaint at an institution outside the city; the citizen can still object."""
    letters = (NoticeRequest(notice, CITIZEN),) if notice else ()
    return transition(
        complaint,
        now,
        entry,
        *letters,
        state=State.EXTERNAL,
        parent="",
        assignment=None,
        assignment_no=complaint.assignment_no + 1,
        previous_assignments=complaint.close_assignment(now),
        reported_to="",
        external_to=institution,
        desk_by=None,
        desk_since=None,
        **fields,
    )


def unrouted(complaint: Complaint, policy: Policy, now: datetime) -> Transition:
    """Send a complaint that was not routed in time to a person."""
    entry = TimelineEvent(EventName.AT_DESK, LAKSA, facts={"why": "unrouted"})
    unread = complaint.evolve(restricted=True)  # nobody knows yet whom it accuses
    return _waiting_at_desk(unread, entry, policy, now, NoticeRequest(NoticeName.RECEIPT, CITIZEN))


def to_holders(template: str, complaint: Complaint, now: datetime) -> list[NoticeRequest]:
    """Notices to the department and its unit; none while they have not been told of the complaint."""
    held = complaint.assignment
    if held is None or _not_told_yet(complaint, now):
        return []
    unit = [NoticeRequest(template, UNIT, held.unit)] if held.unit else []
    return [NoticeRequest(template, DEPARTMENT, held.opd), *unit]


def _not_told_yet(complaint: Complaint, now: datetime) -> bool:
    """Whether the notices of its assignment still wait, whatever its citizen has written since."""
    held = complaint.pending_assignment
    if held is None or now >= held.until:
        return False
    return held.assignment_no == complaint.assignment_no and complaint.state == State.ASSIGNED
