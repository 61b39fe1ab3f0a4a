"""The result of a pure decision: the new complaint, its timeline events, the notices to send."""

from __future__ import annotations
from dataclasses import field, replace
from datetime import datetime
from enum import StrEnum
from typing import Any, cast

from workflows.domain.complaint.model import Complaint
from workflows.domain.documents import Record, with_schema, write_record
from workflows.frozen import frozen


class Role(StrEnum):
    """Who did something, or is written to. `followers`: those whose complaints were merged into this one; what is
    written to them becomes a notice to each."""

    CITIZEN = "citizen"
    DEPARTMENT = "department"
    HEAD = "head"
    UNIT = "unit"
    DESK = "desk"
    LAKSA = "laksa"
    FOLLOWERS = "followers"


CITIZEN = Role.CITIZEN
DEPARTMENT = Role.DEPARTMENT
HEAD = Role.HEAD
UNIT = Role.UNIT
DESK = Role.DESK
LAKSA = Role.LAKSA
FOLLOWERS = Role.FOLLOWERS


class EventName(StrEnum):
    """Every kind of line that a timeline can hold. functions/views/shared/timeline has the words for each."""

    RECEIVED = "received"
    ASSIGNED = "assigned"
    AT_DESK = "at_desk"
    EXTERNAL = "external"
    MERGED = "merged"
    FOLLOWED = "followed"
    ACKNOWLEDGED = "acknowledged"
    ANSWERED = "answered"
    SCHEDULED = "scheduled"
    SCHEDULE_DUE = "schedule_due"
    ASKED = "asked"
    REPLIED = "replied"
    NO_REPLY = "no_reply"
    ADDED = "added"
    PROGRESS = "progress"
    DELEGATED = "delegated"
    DRAFTED = "drafted"
    DRAFT_BY_MAIL = "draft_by_mail"
    CONTACT_SHOWN = "contact_shown"
    CALLED = "called"
    FORWARDED = "forwarded"
    NOT_OURS = "not_ours"
    DISPUTED = "disputed"
    CONFIRMED = "confirmed"
    RATED = "rated"
    QUESTIONNAIRE = "questionnaire"
    WITHDRAWN = "withdrawn"
    RECALLED = "recalled"
    RUNG = "rung"
    NUDGED = "nudged"
    UNACCEPTED = "unaccepted"
    UNCALLED = "uncalled"
    CONFIRM_REMINDED = "confirm_reminded"
    REACHED = "reached"
    CLOSED = "closed"
    ARCHIVED = "archived"
    ERASED = "erased"
    MAIL_FAILED = "mail_failed"
    REPLY_LATE = "reply_late"
    REPLY_BY_LINK = "reply_by_link"
    LINK_RENEWED = "link_renewed"
    LINK_SENT = "link_sent"
    DATA_ASKED = "data_asked"
    DATA_ANSWERED = "data_answered"


@frozen
class TimelineEvent(Record):
    """One line of the timeline. `text` is public to the citizen, `internal` only to offices."""

    event: EventName
    by: Role
    text: str = ""
    internal: str = ""
    officer: str = ""
    opd: str = ""
    facts: dict[str, Any] = field(default_factory=dict)
    hidden: bool = False
    sequence: int = 0
    at: datetime | None = None

    def to_document(self) -> dict[str, Any]:
        """The event as it is stored under complaints/<ticket>/timeline/<sequence>."""
        return with_schema(write_record(self))


NO_EVENT = TimelineEvent(cast(EventName, ""), cast(Role, ""))
"""Stands for no timeline event."""


@frozen
class NoticeRequest:
    """A request for one notice to one recipient; the mail is written when it is sent. `to` is an office's code.
    `not_before`: until then it waits, and can be withdrawn.
    """

    template: str
    role: Role
    to: str = ""
    not_before: datetime | None = None


@frozen
class Transition:
    """A decision, complete: the unit of work saves it in one transaction."""

    complaint: Complaint
    entries: tuple[TimelineEvent, ...] = ()
    notices: tuple[NoticeRequest, ...] = ()


def transition(
    complaint: Complaint, now: datetime, entry: TimelineEvent, *notices: NoticeRequest, **fields: Any
) -> Transition:
    """A transition with one timeline event, numbered and dated; further fields are set on the complaint."""
    sequence = complaint.sequence + 1
    after = complaint.evolve(sequence=sequence, updated_at=now, **fields)
    return Transition(after, (replace(entry, sequence=sequence, at=now),), notices)


def timeline_id(sequence: int) -> str:
    """Zero-padded, so that the ids sort as the numbers do."""
    return f"{sequence:06d}"
