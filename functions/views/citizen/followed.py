"""What a follower reads about the complaint that theirs is merged into: its status, and its public timeline."""

from __future__ import annotations

from functions.views.shared.complaint_json import Shape, department_shape, next_shape
from functions.views.shared.context import CaseView, Context
from functions.views.shared.rendering import capitalize, fill_blanks, iso, translator
from functions.views.shared.status_text import Next, next_line, next_step, status_label
from functions.views.shared.strings import N_, TO_FOLLOWERS
from functions.views.shared.timeline import Line, event_words, moved_words, shown_events
from workflows.domain.complaint.model import ENDED, Complaint, State
from workflows.domain.complaint.transition import EventName, TimelineEvent
from workflows.domain.notifications.notice import words_to_followers
from workflows.frozen import frozen

ITS_CITIZEN = N_("Pelapor {parent}")
THEIRS = frozenset({State.ANSWERED, State.WAITING})
"""States in which that complaint's own citizen must act, and no follower."""
TOLD = frozenset(
    {
        *("received", "assigned", "at_desk", "acknowledged", "delegated", "progress", "scheduled", "schedule_due"),
        *("asked", "replied", "no_reply", "forwarded", "not_ours", "unaccepted", "rung", "answered", "confirmed"),
        *("disputed", "closed", "archived", "external", "merged", "withdrawn"),
    }
)
"""Events about the complaint that followers see, not those between its citizen and Laksa alone."""


@frozen
class Followed:
    """The parent complaint as a card on the follower's page: ticket, label, next step, and its own timeline.
    `over`: somebody has said that it is solved, or that it will not be.
    """

    ticket: str
    label: str
    tone: str
    over: bool
    next: str
    lines: list[Line]


def followed(ctx: Context, case: CaseView, lang: str) -> Followed:
    """The card of the parent of a merged complaint. `case`: the parent."""
    parent = case.complaint
    return Followed(
        ticket=parent.ticket,
        label=capitalize(follower_label(ctx, parent, lang)),
        tone="done" if parent.state == State.CLOSED else "",
        over=parent.state in ENDED | {State.ANSWERED},
        next="" if parent.state in THEIRS else next_line(ctx, parent, lang),
        lines=[_line(ctx, case, entry, lang) for entry in reversed(_told(case))],
    )


def follower_label(ctx: Context, parent: Complaint, lang: str) -> str:
    """The status label, worded for followers."""
    words = TO_FOLLOWERS.get(parent.state)
    return translator(lang)(words) if words else status_label(ctx, parent, lang)


def follower_next(ctx: Context, parent: Complaint, lang: str) -> Next:
    """The next step of a complaint, worded for followers."""
    step = next_step(ctx, parent, lang)
    if parent.state not in THEIRS:
        return step
    return Next(fill_blanks(translator(lang, "pages")(ITS_CITIZEN), {"parent": parent.ticket}), step.until, step.then)


def followed_shape(ctx: Context, case: CaseView) -> Shape:
    """For machines: the parent's holder, due date and status; {} for a complaint that is not merged."""
    if case.parent is None:
        return {}
    parent, lang = case.parent.complaint, case.complaint.lang
    step = follower_next(ctx, parent, lang)
    lines = [_line_shape(ctx, case.parent, entry, lang) for entry in _told(case.parent)]
    return {
        "department": department_shape(ctx, parent),
        "deadline": iso(parent.deadlines.answer_by),
        "next": next_shape(ctx, parent, step, lang),
        "parent": {"ticket": parent.ticket, "status": parent.state, "timeline": lines},
    }


def _told(parent: CaseView) -> list[TimelineEvent]:
    return [entry for entry in shown_events(parent) if entry.event in TOLD]


def _line(ctx: Context, parent: CaseView, entry: TimelineEvent, lang: str) -> Line:
    at = entry.at or parent.complaint.received_at
    words = event_words(ctx, parent.complaint, entry, lang, reader="follower")
    note = moved_words(ctx, parent.complaint, entry, lang) if entry.event == EventName.SCHEDULED else ""
    return Line(at, words, words_to_followers(entry, parent.timeline), note=note)


def _line_shape(ctx: Context, parent: CaseView, entry: TimelineEvent, lang: str) -> Shape:
    said = words_to_followers(entry, parent.timeline)
    words = said or event_words(ctx, parent.complaint, entry, lang, reader="follower")
    return {"at": iso(entry.at), "event": entry.event, "by": entry.by, "text": words}
