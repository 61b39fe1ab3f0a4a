"""Small things the tests are built of: rules and offices of their own, fixed moments, a complaint in any state."""

from __future__ import annotations
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from functions.app.data_files import load_policy
from workflows.domain.actions.engine import Rules
from workflows.domain.complaint.model import CONFIRMED, Complaint, State, new_complaint
from workflows.domain.complaint.records import Assignment
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import Transition
from workflows.domain.deadlines.calendar import WIB
from workflows.domain.directory import read_departments
from workflows.domain.escalation.schedule import next_check
from workflows.domain.escalation.timers import next_timed_transition
from workflows.errors import InvalidInput

DATA = Path(__file__).parent / "data"
"""A policy and offices of the tests' own: an edit of the shipped files moves no date here."""
POLICY = load_policy(DATA / "policy.toml")
OFFICES = ("departments.csv", "units.csv")
DIRECTORY = read_departments(*((DATA / "routing" / name).read_text(encoding="utf-8") for name in OFFICES))
RULES = Rules(POLICY, DIRECTORY)
CALENDAR = POLICY.calendar()


def wib(text: str) -> datetime:
    """A moment of Tangerang's clock, `2026-07-06 09:00`, in UTC."""
    return datetime.fromisoformat(text).replace(tzinfo=WIB).astimezone(UTC)


# Six weeks without a holiday begin here, so that every date below can be counted on the fingers.
MONDAY = wib("2026-07-06 09:00")
ACK_BY = wib("2026-07-08 16:00")
ANSWER_BY = wib("2026-07-20 16:00")
DESK_BY = wib("2026-07-07 16:00")
CONFIRM_BY = ANSWER_BY
TICKET = new_ticket(b"laksa")
PARENT = new_ticket(b"induk")
"""Of the case that a merged one follows."""
TEXT = "Tempat sampah di ujung gang kami penuh sejak Jumat dan mulai berbau."

HELD: dict[str, Any] = {"clock_start": MONDAY, "answer_by": ANSWER_BY, "assignment_no": 1}
ANSWER: dict[str, Any] = {"answered_at": MONDAY, "outcome": "done", "confirm_by": CONFIRM_BY}
SHAPES: dict[str, dict[str, Any]] = {
    State.AT_DESK: {"desk_since": MONDAY, "desk_by": DESK_BY},
    State.ASSIGNED: HELD,
    State.IN_PROGRESS: HELD,
    State.WAITING: HELD,
    State.SCHEDULED: HELD | {"scheduled_for": wib("2026-07-15 08:00")},
    State.ANSWERED: HELD | ANSWER,
    State.CLOSED: HELD | ANSWER | {"closed_as": CONFIRMED},
    State.REJECTED: {"reason": "unclear"},
    State.EXTERNAL: {"external_to": "PLN"},
    State.MERGED: {"parent": PARENT, "assignment_no": 1},
}


def complaint(state: str = State.RECEIVED, opd: str = "DLH", **fields: Any) -> Complaint:
    """A complaint of Monday morning in that state, as a department's or the desk's work would have left it."""
    shape: dict[str, Any] = {"sequence": 1, "updated_at": MONDAY, "has_email": True, **SHAPES.get(state, {})}
    if "clock_start" in shape:
        shape["assignment"] = held(opd, assignment_no=fields.get("assignment_no", 1))
    shape |= {"ticket": TICKET, "text": TEXT, "received_at": MONDAY, "state": state}
    return new_complaint(**shape | fields)


def held(opd: str = "DLH", assignment_no: int = 1, **fields: Any) -> Assignment:
    """What a department of the directory has been given on Monday morning."""
    return replace(Assignment(opd, DIRECTORY[opd].kind, assignment_no, MONDAY, ACK_BY), **fields)


@contextmanager
def refused(*wrong: tuple[str, str]) -> Iterator[None]:
    """What is done inside is refused, and names these fields, each with its code."""
    with pytest.raises(InvalidInput) as found:
        yield
    assert [(error.field, error.code) for error in found.value.errors] == list(wrong)


def letters(change: Transition | None) -> set[tuple[str, str, str]]:
    """What a change writes: template, role and office."""
    return {(n.template, n.role, n.to) for n in change.notices} if change else set()


def live(before: Complaint, start: datetime, until: datetime) -> list[Transition]:
    """Everything that time alone does to a complaint, each at the very moment its alarm rings."""
    now, changes = start, []
    while now <= until:
        if change := next_timed_transition(before, POLICY, now):
            changes.append(change)
            before = change.complaint
            continue
        alarm = next_check(before, POLICY)
        if alarm is None:
            break
        now = alarm if alarm > now else now + timedelta(days=1)
    return changes
