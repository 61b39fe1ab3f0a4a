"""The operator's page for one complaint: the best departments with their reasons, and one POST that decides."""

from __future__ import annotations
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from functions.views.shared.complaint_json import Shape, office_shape
from functions.views.shared.context import CaseView, Context
from functions.views.shared.forms import doubts_of, photos_of, read_forms
from functions.views.shared.office_case import clock, kind_mark, office_case
from functions.views.shared.problem_page import not_possible
from functions.views.shared.rendering import render
from functions.views.shared.status_text import office_name
from functions.views.shared.strings import REASON_WORDS
from workflows.domain.access import receivers
from workflows.domain.actions.desk import REASONS, possible
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.records import Suggestion
from workflows.domain.complaint.transition import EventName
from workflows.errors import ActionNotPossible, FieldError


def refused_last(top: Iterable[Suggestion], complaint: Complaint) -> list[Suggestion]:
    """The suggestions of a decision in order, with the department that returned the
    complaint last.
    """
    return sorted(top, key=lambda entry: entry.opd == complaint.returned_by)


BEST = 3
REFUSED_IT = "menyatakan ini bukan tugasnya"
DANGER = "Laporan ini mendesak, dan OPD belum menerimanya."
UNREAD = "OPD belum menerima laporan ini sampai batas waktu terimanya. Mungkin emailnya tidak dibaca."
REASON_LABELS = {
    "unclear": "Tidak jelas apa atau di mana",
    "no_reply": "Pertanyaan tidak dijawab",
    "private_matter": "Urusan antarwarga atau pribadi",
    "in_court": "Sedang di pengadilan atau polisi",
    "already_answered": "Sudah dijawab, tidak ada hal baru",
    "thanks": "Ucapan terima kasih",
    "not_a_report": "Uji coba, iklan, pesan berantai",
    "abusive": "Hanya makian atau ancaman",
}


def desk_page(
    ctx: Context,
    case: CaseView,
    *,
    errors: Sequence[FieldError] = (),
    typed: Mapping[str, str] | None = None,
    conflict: ActionNotPossible | None = None,
) -> str:
    """The page behind a desk link, in any state of the complaint."""
    complaint = case.complaint
    outside = is_outside(complaint)
    return render(
        "desk.html",
        "id",
        **office_case(ctx, case, desk=True),
        possible=possible(complaint),
        **_choices(ctx, complaint, outside),
        reasons=[(code, REASON_LABELS[code]) for code in REASONS],
        public_words=[(REASON_LABELS[code], REASON_WORDS[code]) for code in REASONS],
        notes=[*notes_of(ctx, complaint), *([_outside(ctx, complaint)] if outside else [])],
        **_doubtful(case),
        opd=office_name(ctx, complaint.opd, full=True) if complaint.state != State.MERGED else "",
        phone=_phone(ctx, complaint),
        call_why=DANGER if complaint.deadlines.call_by else UNREAD,
        called_at=_called_at(ctx, complaint),
        forms=read_forms(typed or ({"action": "external"} if outside else None), errors, "id", office=True),
        conflict=not_possible(conflict, "id", to_office=True) if conflict else "",
    )


def _choices(ctx: Context, complaint: Complaint, outside: bool) -> dict[str, Any]:
    """Where the complaint can go: the best departments, the others, institutions outside the city."""
    best = suggestions(ctx, complaint)
    offered = {s["code"] for s in best}
    return {
        "suggestions": [s | {"short": office_name(ctx, s["code"])} | ({"why": []} if outside else {}) for s in best],
        "others": [(d.code, d.name) for d in receivers(ctx.directory, complaint) if d.code not in offered],
        "institutions": sorted((code, name) for code, (name, _) in ctx.labels.institutions.items()),
        "likely_institution": ctx.labels.institution(complaint.routing.external or "")[0],
    }


def desk_json(ctx: Context, case: CaseView) -> Shape:
    """The page for machines, with the suggestions."""
    shape = office_shape(ctx, case, possible(case.complaint))
    return shape | {"suggestions": suggestions(ctx, case.complaint)}


def suggestions(ctx: Context, complaint: Complaint) -> list[dict[str, Any]]:
    """The best departments of the routing decision with their reasons; one that returned the
    complaint comes last.
    """
    from workflows.domain.privacy.redaction import mask_identifiers

    decision = complaint.routing
    real = {d.code: d for d in receivers(ctx.directory, complaint)}
    top = refused_last([entry for entry in decision.top if entry.opd in real], complaint)[:BEST]
    whys = {entry.opd: decision.why for entry in top[:1]}  # older decisions have only these
    whys |= {entry.opd: entry.why for entry in decision.because}
    return [
        {
            "code": code,
            "name": real[code].name,
            "score": entry.score,
            "why": [mask_identifiers(why) for why in whys.get(code, ())],
        }
        | ({"score": 0.0, "why": [REFUSED_IT]} if code == complaint.returned_by else {})
        for entry in top
        for code in [entry.opd]
    ]


def _phone(ctx: Context, complaint: Complaint) -> str:
    department = ctx.directory.get(complaint.opd or "")
    return department.phone if department else ""


def _called_at(ctx: Context, complaint: Complaint) -> str:
    """When this department was last phoned about this complaint; '' if never."""
    held = complaint.assignment
    return clock(held.called_at, ctx.now) if held and held.called_at else ""


def likely_institution(ctx: Context, complaint: Complaint) -> str:
    """The name of the institution that the router suggests."""
    return ctx.labels.institution(complaint.routing.external or "")[0] or "instansi lain"


def is_outside(complaint: Complaint) -> bool:
    """Whether the best suggestion is an institution outside the city, and can still be followed."""
    return complaint.routing.opd == "EXTERNAL" and "external" in possible(complaint)


def _outside(ctx: Context, complaint: Complaint) -> str:
    """The link to the form for institutions, if the first suggestion is no department of the city."""
    from markupsafe import Markup

    from workflows.domain.privacy.redaction import mask_identifiers

    name = likely_institution(ctx, complaint)
    why = "; ".join(mask_identifiers(reason) for reason in complaint.routing.why)
    sentence = 'Saran pertama: {}, bukan kewenangan kota ({}). <a href="#external-to">Arahkan ke instansi</a>'
    return Markup(sentence).format(name, why)


def _doubtful(case: CaseView) -> dict[str, Any]:
    """The doubts about the photos of the current answer, and those photos."""
    answers = [entry for entry in case.timeline if entry.event == EventName.ANSWERED]
    doubts = doubts_of(answers[-1]) if answers else []
    return {"doubts": doubts, "proofs": photos_of(case, answers[-1], "id", "office") if doubts else []}


HELD = {
    "": "Laporan ini ditahan: email belum dikirim sebelum Anda memutuskan.",
    "too_many": "Laporan ini ditahan, karena banyak laporan datang dari satu alamat jaringan dalam satu jam. "
    "Email belum dikirim sebelum Anda memutuskan: pilih OPD untuk melepasnya, atau arsipkan.",
}
"""Sentence by the reason for which a complaint is held."""


def notes_of(ctx: Context, complaint: Complaint) -> list[str]:
    """Why this complaint waits here."""
    notes = []
    if complaint.state == State.AT_DESK and kind_mark(complaint):
        notes.append(kind_mark(complaint))
    if complaint.quarantine:
        notes.append(HELD.get(complaint.quarantine, HELD[""]))
    if complaint.returned_by and complaint.state == State.AT_DESK:
        notes.append(f"{office_name(ctx, complaint.returned_by)} menyatakan ini bukan tugasnya.")
    if complaint.answer.disputes and complaint.state == State.AT_DESK:
        notes.append("Pelapor menyatakan keberatan.")
    return notes
