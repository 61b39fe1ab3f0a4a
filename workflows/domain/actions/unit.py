"""Inside a department: delegation to a unit, and drafts, which wait until an office sends them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.domain.actions.engine import OfficerAct, Rules, timeline_event_of
from workflows.domain.complaint.draft import AnswerDraft
from workflows.domain.complaint.model import ASSIGNED, IN_PROGRESS, Complaint
from workflows.domain.complaint.transition import (
    DEPARTMENT,
    UNIT,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.notifications.kinds import NoticeName
from workflows.errors import FieldError, InvalidInput


def draft_of(text: str, outcome: str, by: str, officer: str, now: datetime, **more: Any) -> AnswerDraft:
    """A draft without the space around its words; `by`: unit or mail."""
    return AnswerDraft(text.strip(), outcome, by, officer.strip(), now, **more)


def drafted_photos(complaint: Complaint) -> tuple[int, ...]:
    """The photos of an unsent draft, which the citizen may not see yet."""
    return complaint.draft.photos if complaint.draft else ()


def photos_kept(complaint: Complaint, unit: str = "") -> tuple[int, ...]:
    """The photos that new words without photos keep of the replaced draft: not those of another unit."""
    of = complaint.draft.unit if complaint.draft else ""
    return drafted_photos(complaint) if not unit or of in ("", unit) else ()


def replaced(complaint: Complaint) -> dict[str, Any]:
    """What a new draft and its event say about the previous one: its number, which is its event's."""
    number = complaint.draft.sequence if complaint.draft else 0
    return {"replaces": number} if number else {}


def delegate(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """Owner and clock stay; delegating also accepts. A unit that had it before loses it."""
    unit = rules.directory.unit(act.to.strip().upper())
    if unit is None or unit.opd != complaint.opd:
        raise InvalidInput([FieldError("to", "bad_choice")])
    after = complaint.with_acknowledgement(now, act.officer.strip())
    held = after.assignment
    given = replace(held, unit=unit.code, unit_key=complaint.sequence + 1) if held else None
    state = IN_PROGRESS if complaint.state == ASSIGNED else complaint.state
    entry = _inside(timeline_event_of(EventName.DELEGATED, complaint, act, unit=unit.code))
    return transition(
        after, now, entry, NoticeRequest(NoticeName.DELEGATED, UNIT, unit.code), state=state, assignment=given
    )


def draft(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """A draft that the department may send as its answer; the citizen does not see it yet. Corrected words keep
    their photos, new photos replace them.
    """
    unit = complaint.assignment.unit if complaint.assignment else ""
    earlier = replaced(complaint)
    entry = timeline_event_of(EventName.DRAFTED, complaint, act, unit=unit, outcome=act.outcome, **earlier)
    photos = tuple(act.photos or photos_kept(complaint, unit))
    kept = draft_of(act.message, act.outcome, UNIT, act.officer, now, photos=photos, unit=unit, **earlier)
    letter = NoticeRequest(NoticeName.DRAFT_READY, DEPARTMENT, complaint.opd or "")
    return transition(complaint, now, _inside(entry), letter, draft=replace(kept, sequence=complaint.sequence + 1))


def _inside(entry: TimelineEvent) -> TimelineEvent:
    """The event with its words moved to the internal part, which the citizen does not read."""
    return replace(entry, text="", internal=entry.text)
