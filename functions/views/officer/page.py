"""The officer's page: one complaint behind a link, what is asked, and the forms that its state allows, with their
first contents (draft, canned answer, unit names, pause).
"""

from __future__ import annotations
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from functions.views.shared.complaint_json import Shape, office_shape
from functions.views.shared.context import CaseView, Context
from functions.views.shared.forms import left_out_words, photos_of, photos_of_draft, read_forms
from functions.views.shared.office_case import (
    Draft,
    draft_shape,
    earlier_draft,
    office_case,
    present_draft,
    sends_drafted,
    unseen_draft,
)
from functions.views.shared.problem_page import draft_changed, not_possible
from functions.views.shared.rendering import Blanks, full_moment, render
from functions.views.shared.status_text import office_name, unit_name
from functions.views.shared.timeline import shown_events
from workflows.domain.access import receivers
from workflows.domain.actions.officer import draft_number, last_day, possible
from workflows.domain.canned import ANY, Canned
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import DEPARTMENT, HEAD, NO_EVENT, UNIT, EventName
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.escalation.schedule import asked_until
from workflows.errors import ActionNotPossible, DraftChanged, FieldError

CONTACT = {"name": "Nama", "email": "Email", "phone": "Telepon"}
FOREIGN = "Alamat pengirimnya bukan alamat terdaftar kantor Anda: pastikan dulu siapa yang menulisnya."


def held_by_unit(ctx: Context, complaint: Complaint) -> str:
    """The unit that the complaint was delegated to; '' without one."""
    return unit_name(ctx, complaint.assignment.unit if complaint.assignment else "", short=True)


def starting(role: str, canned: Sequence[Canned], picked: int | None, draft: Draft | None) -> Blanks:
    """The first content of the answer's form: the canned answer picked, else the draft. `note`:
    whose draft it is.
    """
    if picked is not None and 0 <= picked < len(canned):
        return Blanks({"message": canned[picked].text, "outcome": canned[picked].outcome})
    if not draft:
        return Blanks()
    note = f"Konsep {draft.whose}." + (f" {FOREIGN}" if draft.foreign else "")
    note += "" if role == UNIT else " Periksa, ubah bila perlu, lalu kirim."
    return Blanks({"message": draft.text, "outcome": draft.outcome, "note": note})


def asking_words(ctx: Context, complaint: Complaint) -> str:
    """The effect of a question on the department's clock."""
    until = asked_until(complaint, ctx.policy, ctx.now)
    if until is None:
        return "Batas waktu Anda sudah pernah berhenti selama yang diizinkan, jadi kini tetap berjalan."
    return f"Selama menunggu pelapor, batas waktu Anda berhenti, paling lama sampai {full_moment(until, 'id')}."


def contact_fields(reporter: Mapping[str, str] | None) -> dict[str, str]:
    """Name, e-mail and phone as given, without empty ones."""
    return {field: reporter[field] for field in CONTACT if reporter.get(field)} if reporter else {}


Facts = dict[str, Any]


def officer_page(
    ctx: Context,
    case: CaseView,
    role: str,
    *,
    errors: Sequence[FieldError] = (),
    typed: Mapping[str, str] | None = None,
    conflict: ActionNotPossible | DraftChanged | None = None,
    contact: Mapping[str, str] | None = None,
    canned: Sequence[Canned] = (),
    picked: int | None = None,
    picked_earlier: bool = False,
    photos_again: bool = False,
) -> str:
    """The page of a department, its head or its unit; the only names on it are officers'. `contact`: name, email,
    phone, if the citizen allowed it and this office has asked. `picked`: the number of a canned answer.
    `picked_earlier`: begin with the replaced draft. `photos_again`: as in form_page.
    """
    earlier = earlier_draft(ctx, case)
    begin_with = (earlier if picked_earlier else None) or present_draft(ctx, case.complaint)
    return render(
        "officer.html",
        "id",
        **office_case(ctx, case),
        **_office(ctx, case.complaint, role),
        **_drafts(ctx, case, typed or {}),
        **_days(ctx, case.complaint, role),
        contact={CONTACT[field]: value for field, value in (contact or {}).items()},
        starting=starting(role, canned, picked, begin_with),
        earlier=earlier,
        canned=[(number, answer.title) for number, answer in enumerate(canned)],
        answer=_answer(ctx, case),
        left_out=_left_out(case),
        forms=read_forms(typed, errors, "id", office=True, photos=photos_again),
        conflict=conflict_words(ctx, case, conflict) if conflict else "",
    )


def _office(ctx: Context, complaint: Complaint, role: str) -> Facts:
    """Who has the complaint, what they can do, and whom they can assign it to."""
    return {
        "opd": office_name(ctx, complaint.opd),
        "head": _head(ctx, complaint),
        "role": role,
        "unit": held_by_unit(ctx, complaint),
        "possible": [action for action in possible(complaint, role) if action != "renew"],
        "units": [(unit.code, unit.name) for unit in ctx.directory.units_of(complaint.opd or "")],
        "others": _others(ctx, complaint),
        "asking": asking_words(ctx, complaint),
    }


def _drafts(ctx: Context, case: CaseView, typed: Mapping[str, str]) -> Facts:
    """The present draft, and its part that the form which came back had not shown."""
    complaint = case.complaint
    return {
        "unseen": unseen_draft(ctx, complaint, typed),
        "drafted": photos_of_draft(case),
        "draft": draft_number(complaint),
        "send_drafted": sends_drafted(complaint, typed),
    }


def _days(ctx: Context, complaint: Complaint, role: str) -> Facts:
    """The first and last day that the office may schedule."""
    return {
        "first_day": local_day(ctx.now).isoformat(),
        "last_day": last_day(complaint, role, ctx.policy, ctx.now).isoformat(),
        "max_days": ctx.policy.max_schedule_days,
    }


def officer_json(ctx: Context, case: CaseView, role: str) -> Shape:
    """The page for machines; a department and its head can do the same. `draft`: None without one."""
    draft = case.complaint.draft
    shape = office_shape(ctx, case, possible(case.complaint, role))
    return shape | {"draft": draft_shape(draft) if draft else None}


def conflict_words(ctx: Context, case: CaseView, conflict: ActionNotPossible | DraftChanged) -> str:
    """Why the action was not carried out: somebody was faster, or the state forbids it."""
    if isinstance(conflict, DraftChanged):
        return f"{draft_changed(conflict)} Tulisan Anda masih ada di bawah."
    answers = [e for e in case.timeline if e.event == EventName.ANSWERED and e.at]
    if conflict.action != "answer" or not answers or conflict.state != "answered":
        return not_possible(conflict, "id", to_office=True)
    last = answers[-1]
    who, at = last.officer or office_name(ctx, last.opd), full_moment(last.at, "id") if last.at else "–"
    return f"{who} sudah menjawab pada {at}. Tulisan Anda masih ada di bawah."


def _answer(ctx: Context, case: CaseView) -> dict[str, Any] | None:
    """The last answer, as the citizen reads it."""
    answers = [e for e in case.timeline if e.event == EventName.ANSWERED]
    if not answers:
        return None
    last = answers[-1]
    return {
        "at": last.at,
        "officer": last.officer,
        "done": last.facts.get("outcome") != "not_done",
        "text": last.text,
        "photos": photos_of(case, last, "id", "office"),
    }


def _left_out(case: CaseView) -> list[str]:
    """A sentence about each photo that was not accepted with the office's last action."""
    lines = shown_events(case, "office")
    last = next((line for line in reversed(lines) if line.by in (DEPARTMENT, HEAD, UNIT)), NO_EVENT)
    return left_out_words(last, "id")


def _others(ctx: Context, complaint: Complaint) -> list[tuple[str, str]]:
    return [(d.code, d.name) for d in receivers(ctx.directory, complaint) if d.code != complaint.opd]


def _head(ctx: Context, complaint: Complaint) -> str:
    department = ctx.directory.get(complaint.opd or "")
    return department.head if department else ""


def for_category(answers: Iterable[Canned], category: str | None) -> tuple[Canned, ...]:
    """The answers for a complaint: the category's own, then the general ones, in the file's order."""
    fitting = [answer for answer in answers if answer.category in (category, ANY)]
    return tuple(sorted(fitting, key=lambda answer: answer.category == ANY))
