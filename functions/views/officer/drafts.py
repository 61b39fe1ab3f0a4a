"""A draft as an office reads it before sending: whose it is, and which one it replaced."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from functions.views.shared.context import CaseView, Context
from functions.views.shared.i18n import full_moment
from functions.views.shared.photos import Shown, photos_of
from functions.views.shared.status_text import unit_name
from workflows.domain.actions.officer import draft_number
from workflows.domain.complaint.draft import AnswerDraft
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import UNIT, EventName, TimelineEvent


@dataclass(frozen=True)
class Draft:
    """`whose`: by whom, how and when it was written, worded to follow “Konsep”. `foreign`: as in MailReply."""

    whose: str
    text: str
    outcome: str = "done"
    photos: Sequence[Shown] = ()
    foreign: bool = False


def present_draft(ctx: Context, complaint: Complaint) -> Draft | None:
    """The complaint's present draft; its photos have their place in the form."""
    draft = complaint.draft
    if not draft:
        return None
    held = complaint.assignment.unit if complaint.assignment else ""
    unit = draft.unit or held if draft.by == UNIT else ""
    said = _whose(ctx, unit, draft.officer, draft.at, draft.foreign)
    return Draft(said, draft.text, draft.outcome, foreign=draft.foreign)


def draft_shape(draft: AnswerDraft) -> dict[str, Any]:
    """A draft for machines, by the names of the fields in which an answer would send it."""
    number, photos = str(draft.sequence or ""), list(draft.photos)
    shape = {"draft": number, "message": draft.text, "outcome": draft.outcome, "photos": photos}
    return shape | ({"foreign": True} if draft.foreign else {})


def unseen_draft(ctx: Context, complaint: Complaint, typed: Mapping[str, str]) -> Draft | None:
    """A draft newer than the form of an answer, for a form that comes back."""
    is_seen = typed.get("action") != "answer" or typed.get("draft") == draft_number(complaint)
    return None if is_seen else present_draft(ctx, complaint)


def earlier_draft(ctx: Context, case: CaseView) -> Draft | None:
    """The draft that the present one replaced, from its timeline event; None if nothing was lost."""
    draft = case.complaint.draft
    line = line_of(case, draft.replaces) if draft else None
    if draft is None or line is None:
        return None
    lost_photos = set(line.facts.get("photos", ())) - set(draft.photos)
    is_lost = lost_photos or line.internal not in ("", draft.text)
    return _earlier(ctx, case, line) if is_lost else None


def line_of(case: CaseView, number: int | None) -> TimelineEvent | None:
    """The timeline event with that number, which contains a draft."""
    return next((entry for entry in case.timeline if entry.sequence == number), None)


def whose(ctx: Context, line: TimelineEvent) -> str:
    """Whose draft a timeline event is about."""
    unit = str(line.facts.get("unit", "")) if line.event == EventName.DRAFTED else ""
    return _whose(ctx, unit, line.officer, line.at, bool(line.facts.get("foreign")))


def _earlier(ctx: Context, case: CaseView, line: TimelineEvent) -> Draft:
    photos = photos_of(case, line, "id", "office")
    return Draft(whose(ctx, line), line.internal, line.facts.get("outcome", "done"), photos)


def _whose(ctx: Context, unit: str, officer: str, at: datetime | None, foreign: bool) -> str:
    who = f"dari {unit_name(ctx, unit, short=True)}" if unit else "dari balasan email"
    who += " dari alamat lain" if foreign else ""
    who += f" ({officer})" if officer else ""
    return f"{who}, {full_moment(at, 'id') if at else '–'}"


def sends_drafted(complaint: Complaint, typed: Mapping[str, str]) -> bool:
    """Whether the draft's photos are ticked: yes by default, as before in a form that came back. Not those of a
    newer draft, which the person had not seen.
    """
    if typed.get("action") != "answer":
        return True
    return typed.get("draft_photos") == "yes" and typed.get("draft") == draft_number(complaint)
