"""The citizen's page: where the report stands, who is next, what can be done, what has happened."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any

from functions.views.assets import KEEP, page_file_url
from functions.views.case_json import Shape, case_shape, place_of
from functions.views.context import Case, Context
from functions.views.data_requests import choices, waiting_shape, waiting_words
from functions.views.environment import render
from functions.views.filling import capital
from functions.views.followed import followed, followed_shape
from functions.views.followed_ladder import followed_steps
from functions.views.forms import read_forms
from functions.views.headline import LONG, headline
from functions.views.keep_card import keep_card
from functions.views.ladder_view import ladder_steps
from functions.views.problem_words import not_possible
from functions.views.restricted import citizen_notes, first_line, leaves_quickly
from functions.views.sentences import N_
from functions.views.solved_question import question_shape, solved_question
from functions.views.standing import above, label
from functions.views.timeline import citizen_lines
from functions.views.words import full_moment, say
from workflows.domain.actions.citizen import objection_to_desk, possible
from workflows.domain.actions.question import is_asked
from workflows.domain.change import EventName
from workflows.domain.complaint import ANSWERED, ASSIGNED, AT_DESK, CLOSED, MERGED, RECEIVED, Complaint
from workflows.domain.own_name import whole
from workflows.errors import ActionNotPossible, FieldError

OPERATOR_READS = N_("Laporan dibuka kembali, dan operator membacanya.")
STANDS_ALONE = N_("Laporan Anda berdiri sendiri lagi, dan operator membacanya.")
ONE_RUNG_UP = N_("Laporan dibuka kembali, dan satu jenjang di atasnya ikut diberi tahu.")
RECEIPT_FOR = timedelta(hours=1)
"""So long after it came in, the page leads with the number and the link to keep."""


def citizen_page(
    ctx: Context,
    case: Case,
    key: str,
    *,
    lang: str,
    errors: Sequence[FieldError] = (),
    typed: Mapping[str, str] | None = None,
    conflict: ActionNotPossible | None = None,
    photos_again: bool = False,
) -> str:
    """The page behind ticket and key, whatever state the report is in.

    photos_again: as in form_page.
    """
    complaint = case.complaint
    return render(
        "citizen.html",
        lang,
        complaint=complaint,
        receipt=is_receipt(ctx, complaint),
        **_status(ctx, case, lang),
        steps=followed_steps(ctx, case, case.parent, lang) if case.parent else ladder_steps(ctx, case, lang),
        followed=followed(ctx, case, lang),
        lines=citizen_lines(ctx, case, lang),
        first_line=first_line(ctx, complaint, lang),
        notes=citizen_notes(ctx, case, lang),
        leaves_quickly=leaves_quickly(complaint),
        **_to_do(ctx, case, lang),
        keep=keep_card(ctx, complaint, key),
        keep_sheet=page_file_url(KEEP),
        place=whole(place_of(ctx, complaint)),
        forms=read_forms(typed, errors, lang, photos=photos_again),
        conflict=not_possible(conflict, lang) if conflict else "",
    )


def _status(ctx: Context, case: Case, lang: str) -> dict[str, Any]:
    """How the report stands, in a word, a headline and a sentence."""
    complaint = case.complaint
    title, lead = headline(ctx, case, lang)
    return {
        "label": capital(label(ctx, complaint, lang)),
        "tone": _tone(complaint),
        "headline": title,
        "long": len(title) > LONG,
        "lead": lead,
        "moments": _moments(ctx, complaint, lang),
    }


def _to_do(ctx: Context, case: Case, lang: str) -> dict[str, Any]:
    """What the citizen can do here, and what they are asked."""
    return {
        "possible": possible(case.complaint),
        "objection_hint": _objection_hint(case.complaint, lang),
        "asked": _question(ctx, case),
        "solved_question": solved_question(case.complaint, lang),
        "data_waiting": waiting_words(case, lang),
        "data_choices": choices(lang),
    }


def citizen_json(ctx: Context, case: Case) -> Shape:
    """The same for machines; of a merged report, what it has of its own and how its parent stands."""
    question = question_shape(case.complaint)
    return case_shape(ctx, case) | question | followed_shape(ctx, case) | waiting_shape(case)


def _objection_hint(complaint: Complaint, lang: str) -> str:
    """Who reads an objection."""
    if complaint.state == MERGED:
        return say(lang, "pages")(STANDS_ALONE)
    return say(lang, "pages")(OPERATOR_READS if objection_to_desk(complaint) else ONE_RUNG_UP)


def is_receipt(ctx: Context, complaint: Complaint) -> bool:
    """New enough to lead with what must be kept, and nothing to decide yet."""
    young = ctx.now - complaint.noted_at < RECEIPT_FOR
    begun = complaint.state in (RECEIVED, AT_DESK, ASSIGNED, MERGED)
    untouched = begun and not (complaint.hops or complaint.disputes)
    return young and untouched and not complaint.returned_by


def _question(ctx: Context, case: Case) -> str:
    """What the department wants to know, as long as it is a question; empty at all other times."""
    asked = [entry.text for entry in case.timeline if entry.event == EventName.ASKED]
    return asked[-1] if asked and is_asked(case.complaint, ctx.now) else ""


def _tone(complaint: Complaint) -> str:
    """The colour of the status, which the words beside it say, too."""
    return {ANSWERED: "wait", CLOSED: "done"}.get(complaint.state, "")


def _moments(ctx: Context, complaint: Complaint, lang: str) -> list[str]:
    """The dates that count, to be set in bold where a sentence names them."""
    dates = (complaint.answer_by, complaint.desk_by, complaint.confirm_by, above(ctx, complaint)[1])
    return [full_moment(at, lang) for at in dates if at]
