"""The citizen's page in its states: headline and status, who is next, what can be done, the card to keep (link, QR
code, recovery code), the timeline with the photos this citizen may see, the survey question weeks after the end,
and the page for a lost link.
"""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from functions.views.citizen.followed import followed, followed_shape
from functions.views.citizen.ladder import followed_steps, ladder_steps
from functions.views.shared.complaint_json import Shape, case_shape
from functions.views.shared.context import CaseView, Context
from functions.views.shared.data_requests import choices, waiting_shape, waiting_words
from functions.views.shared.forms import error_sentences, read_forms
from functions.views.shared.problem_page import not_possible
from functions.views.shared.rendering import (
    KEEP,
    Blanks,
    Say,
    capitalize,
    fill_blanks,
    full_date,
    full_moment,
    page_file_url,
    render,
    translator,
)
from functions.views.shared.status_text import (
    citizen_notes,
    escalated_levels,
    first_line,
    highest_level,
    leaves_quickly,
    level_title,
    levels_above,
    office_name,
    overdue_levels,
    place_of,
    raised_to,
    reason_words,
    routing_due,
    status_label,
)
from functions.views.shared.strings import (
    CHOOSE,
    CLOSED_SENTENCES,
    DONE,
    HELD,
    N_,
    NOT_DONE,
    NOT_SENT_YET,
    OBJECTED_AT_DESK,
    REOPENED,
    RETURNED,
    SENTENCES,
    STATE_OF_NEWER_RELEASE,
)
from functions.views.shared.timeline import citizen_lines, shown_events, why_moved
from workflows.domain.actions.citizen import objection_to_desk, possible
from workflows.domain.actions.question import is_asked
from workflows.domain.complaint.model import CONFIRMED, Complaint, State, is_asking
from workflows.domain.complaint.transition import CITIZEN, EventName
from workflows.domain.deadlines.policy import EscalationLevel
from workflows.domain.escalation.schedule import leaves_at
from workflows.domain.privacy.redaction import untagged
from workflows.errors import ActionNotPossible, FieldError
from workflows.frozen import frozen
from workflows.urls import path_by_key

LONG = 60
"""Characters from which a headline is set in smaller type."""

SHORT = {
    State.AT_DESK: N_("Operator Laksa membaca laporan Anda"),
    State.IN_PROGRESS: N_("Laporan Anda sedang dikerjakan {opd}"),
}
ANOTHER = N_("Operator Laksa memilih OPD lain")


def headline(ctx: Context, case: CaseView, lang: str) -> tuple[str, str]:
    """(headline, lead); past its deadline the lead says so and what comes next, else why the deadline moved."""
    complaint = case.complaint
    whole = status_sentence(ctx, complaint, lang)
    first, rest = _first_sentence(whole, ctx.labels.institution(complaint.external_to)[0])
    if _is_short(complaint):
        words = ANOTHER if complaint.returned_by and complaint.state == State.AT_DESK else SHORT[complaint.state]
        first, rest = translator(lang, "pages")(words).format(opd=office_name(ctx, complaint.opd)), whole
    return first, late_sentence(ctx, case, lang) or " ".join(filter(None, (rest, why_moved(ctx, case, lang))))


def _is_short(complaint: Complaint) -> bool:
    """Whether the state has a headline of its own, since its sentence begins with a long date."""
    reopened = complaint.state == State.IN_PROGRESS and complaint.answer.disputes
    return complaint.state in SHORT and not reopened


def _first_sentence(whole: str, name: str) -> tuple[str, str]:
    """The text split after its first sentence; a full stop inside a typed name does not count."""
    guarded = whole.replace(name, "\0") if name else whole
    first, _, rest = guarded.partition(". ")
    return first.rstrip(".").replace("\0", name), rest.replace("\0", name)


@frozen
class KeepCard:
    """Ticket, full URL, its QR code as SVG, the recovery code, and how a lost link can be sent again: `again` is
    `email`, `phone`, or '' if only the card leads to the complaint.
    """

    ticket: str
    link: str
    qr: str
    code: str
    again: str


def keep_card(ctx: Context, complaint: Complaint, key: str) -> KeepCard:
    """The card that the citizen keeps."""
    link = ctx.url + path_by_key(complaint.ticket, key)
    code = ctx.links.spoken_code(complaint.ticket, complaint.key_version)
    return KeepCard(complaint.ticket, link, qr_code(link), code, _brought_back_by(complaint))


def _brought_back_by(complaint: Complaint) -> str:
    if complaint.reach.has_email:
        return "email"
    return "phone" if complaint.has_contact_channel else ""


@lru_cache(maxsize=256)
def qr_code(link: str) -> str:
    """An inline SVG without styles, as a strict content security policy requires."""
    import segno

    code = segno.make(link, micro=False, error="m")
    return str(code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))


def for_citizen(case: CaseView) -> Complaint:
    """The complaint with the citizen's own photos and those of timeline events they can read."""
    told = {n for entry in shown_events(case) for n in entry.facts.get("photos", ())}
    photos = (photo for photo in case.complaint.photos if photo.by == CITIZEN or photo.n in told)
    return case.complaint.evolve(photos=tuple(photos))


REALLY_SOLVED = N_("Apakah masalahnya benar-benar selesai?")


def solved_question(complaint: Complaint, lang: str) -> str:
    """The survey question while it waits for its answer; else ''."""
    return translator(lang, "pages")(REALLY_SOLVED) if is_asking(complaint) else ""


def question_shape(complaint: Complaint) -> Shape:
    """For machines: “confirm” and “dispute” answer it; {} while nothing is asked."""
    question = solved_question(complaint, complaint.lang)
    return {"question": question} if question else {}


OPERATOR_READS = N_("Laporan dibuka kembali, dan operator membacanya.")
STANDS_ALONE = N_("Laporan Anda berdiri sendiri lagi, dan operator membacanya.")
ONE_RUNG_UP = N_("Laporan dibuka kembali, dan satu jenjang di atasnya ikut diberi tahu.")
RECEIPT_FOR = timedelta(hours=1)
"""How long after receipt the page begins with the ticket and the link to keep."""


def citizen_page(
    ctx: Context,
    case: CaseView,
    key: str,
    *,
    lang: str,
    errors: Sequence[FieldError] = (),
    typed: Mapping[str, str] | None = None,
    conflict: ActionNotPossible | None = None,
    photos_again: bool = False,
) -> str:
    """The page behind ticket and key in any state. `photos_again`: as in form_page."""
    complaint = case.complaint
    return render(
        "citizen.html",
        lang,
        complaint=complaint,
        receipt=is_receipt(ctx, complaint),
        **_status(ctx, case, lang),
        steps=followed_steps(ctx, case, case.parent, lang) if case.parent else ladder_steps(ctx, case, lang),
        followed=followed(ctx, case.parent, lang) if case.parent else None,
        lines=citizen_lines(ctx, case, lang),
        first_line=first_line(ctx, complaint, lang),
        notes=citizen_notes(ctx, case, lang),
        leaves_quickly=leaves_quickly(complaint),
        **_to_do(ctx, case, lang),
        keep=keep_card(ctx, complaint, key),
        keep_sheet=page_file_url(KEEP),
        place=untagged(place_of(ctx, complaint)),
        forms=read_forms(typed, errors, lang, photos=photos_again),
        conflict=not_possible(conflict, lang) if conflict else "",
    )


def _status(ctx: Context, case: CaseView, lang: str) -> dict[str, Any]:
    """The status as a word, a headline and a sentence."""
    complaint = case.complaint
    title, lead = headline(ctx, case, lang)
    return {
        "label": capitalize(status_label(ctx, complaint, lang)),
        "tone": _tone(complaint),
        "headline": title,
        "long": len(title) > LONG,
        "lead": lead,
        "moments": _moments(ctx, complaint, lang),
    }


def _to_do(ctx: Context, case: CaseView, lang: str) -> dict[str, Any]:
    """The citizen's possible actions, and what they are asked."""
    return {
        "possible": possible(case.complaint),
        "objection_hint": _objection_hint(case.complaint, lang),
        "asked": _question(ctx, case),
        "solved_question": solved_question(case.complaint, lang),
        "data_waiting": waiting_words(case, lang),
        "data_choices": choices(lang),
    }


def citizen_json(ctx: Context, case: CaseView) -> Shape:
    """The page for machines; of a merged complaint its own data and its parent's status."""
    question = question_shape(case.complaint)
    return case_shape(ctx, case) | question | followed_shape(ctx, case) | waiting_shape(case)


def _objection_hint(complaint: Complaint, lang: str) -> str:
    """Who reads an objection."""
    if complaint.state == State.MERGED:
        return translator(lang, "pages")(STANDS_ALONE)
    return translator(lang, "pages")(OPERATOR_READS if objection_to_desk(complaint) else ONE_RUNG_UP)


def is_receipt(ctx: Context, complaint: Complaint) -> bool:
    """Whether it is new enough to begin with the card, and there is nothing to decide yet."""
    young = ctx.now - complaint.noted_at < RECEIPT_FOR
    begun = complaint.state in (State.RECEIVED, State.AT_DESK, State.ASSIGNED, State.MERGED)
    untouched = begun and not (complaint.forward_count or complaint.answer.disputes)
    return young and untouched and not complaint.returned_by


def _question(ctx: Context, case: CaseView) -> str:
    """The department's open question; '' without one."""
    asked = [entry.text for entry in case.timeline if entry.event == EventName.ASKED]
    return asked[-1] if asked and is_asked(case.complaint, ctx.now) else ""


def _tone(complaint: Complaint) -> str:
    """The colour of the status; the words say the same."""
    return {State.ANSWERED: "wait", State.CLOSED: "done"}.get(complaint.state, "")


def _moments(ctx: Context, complaint: Complaint, lang: str) -> list[str]:
    """Dates that are set in bold where a sentence names them."""
    dates = (
        complaint.deadlines.answer_by,
        complaint.deadlines.desk_by,
        complaint.answer.confirm_by,
        levels_above(ctx, complaint)[1],
    )
    return [full_moment(at, lang) for at in dates if at]


FIELDS = ("ticket", "email", "phone", "code")
NOTHING: Mapping[str, str] = {}


def lost_page(
    ctx: Context,
    lang: str,
    *,
    values: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] = (),
    sent: bool = False,
) -> str:
    """Asks for ticket and contact; the answer is always the same and never tells whether they matched."""
    typed, by_code = values or NOTHING, "code" in (values or NOTHING)
    sentences = error_sentences(errors, lang)
    at_fields = {name: words for name, words in sentences.items() if name in FIELDS}
    return render(
        "lost.html",
        lang,
        values=Blanks({} if by_code else typed),
        errors=Blanks({} if by_code else at_fields),
        code_values=Blanks(typed if by_code else {}),
        code_errors=Blanks(at_fields if by_code else {}),
        general=[words for name, words in sentences.items() if name not in FIELDS],
        sent=sent,
    )


def status_sentence(ctx: Context, complaint: Complaint, lang: str = "id") -> str:
    """What the status means for the citizen and what comes next."""
    _ = translator(lang)
    facts = _status_facts(ctx, complaint, _, lang)
    return " ".join(_(part).format(**facts) for part in _sentence_of(complaint, ctx.now))


def _sentence_of(complaint: Complaint, now: datetime) -> tuple[str, ...]:
    if leaves_at(complaint, now):
        return (NOT_SENT_YET,)
    if complaint.quarantine and complaint.state in (State.RECEIVED, State.AT_DESK):
        return (HELD,)
    if complaint.state == State.AT_DESK and complaint.returned_by:
        return (RETURNED,)
    if complaint.state == State.AT_DESK and complaint.answer.disputes:
        return (OBJECTED_AT_DESK,)
    if complaint.state == State.IN_PROGRESS and complaint.answer.disputes:
        return (REOPENED,)
    if complaint.state == State.ANSWERED:
        return (DONE if complaint.answer.outcome == "done" else NOT_DONE, CHOOSE)
    if complaint.state == State.CLOSED:
        return CLOSED_SENTENCES.get(complaint.answer.closed_as, CLOSED_SENTENCES[CONFIRMED])
    return (SENTENCES.get(complaint.state, STATE_OF_NEWER_RELEASE),)


def _status_facts(ctx: Context, complaint: Complaint, _: Say, lang: str) -> dict[str, str]:
    held = complaint.assignment
    until = complaint.deadlines.answer_by
    if complaint.state == State.AT_DESK:
        until = complaint.deadlines.desk_by
    elif complaint.state in (State.ANSWERED, State.CLOSED):
        until = complaint.answer.confirm_by
    elif complaint.state == State.WAITING:
        until = complaint.deadlines.ask_until
    elif complaint.state == State.RECEIVED:
        until = routing_due(ctx, complaint)
    institution, how = ctx.labels.institution(complaint.external_to)
    desk = _("Operator Laksa")
    return {
        "opd": office_name(ctx, complaint.opd or complaint.returned_by, full=complaint.state == State.ASSIGNED) or desk,
        "opd_short": office_name(ctx, complaint.opd or complaint.returned_by) or desk,
        "until": full_moment(until, lang) if until else "–",
        "sent_at": full_moment(leaving, lang) if (leaving := leaves_at(complaint, ctx.now)) else "–",
        "ack_by": full_moment(held.ack_by, lang) if held else "–",
        "raised": raised_to(ctx, complaint),
        "head": levels_above(ctx, complaint)[0] or level_title(ctx, complaint, highest_level(ctx, complaint)),
        "date": full_date(complaint.deadlines.scheduled_for, lang) if complaint.deadlines.scheduled_for else "–",
        "at": full_moment(complaint.erasure.ended_at or complaint.updated_at or complaint.received_at, lang),
        "instansi": institution or _("instansi lain"),
        "how": how or _("lewat kantor atau situs resminya"),
        "reason": reason_words(complaint.reason, _),
        "parent": complaint.parent,
    }


MAYOR = "mayor"

OVERDUE = N_(
    "{opd} melewati batas waktu {until}. Kami sudah mengingatkannya. Bila belum ada jawaban sampai "
    "{next_rung_at}, laporan naik ke {next_head}. Maaf, Anda harus menunggu lebih lama."
)
AT_THE_TOP = N_("{opd} melewati batas waktu {until}. Maaf, Anda harus menunggu lebih lama.")
WENT_UP = {
    "head": N_(
        "Laporan Anda naik ke {head} pada {at}. {opd} tetap yang menjawab, dan {head} tahu bahwa batas "
        "waktunya lewat. Berikutnya: {next_head}, pada {next_rung_at}."
    ),
    "sekda": N_(
        "Laporan Anda ada di daftar harian {head} sejak {at}, karena {opd} belum menjawab. Berikutnya: "
        "{next_head}, pada {next_rung_at}."
    ),
    MAYOR: N_(
        "Laporan Anda ada di daftar harian Wali Kota sejak {at}, dan tetap di sana sampai dijawab. Di atas "
        "itu tidak ada lagi jenjang di kota. Anda juga berhak mengadu ke Ombudsman RI Perwakilan Banten."
    ),
}

DESK_OVERDUE = N_(
    "Operator melewati batas waktu {until}. Bila OPD belum dipilih sampai {next_rung_at}, laporan naik ke "
    "{next_head}. Maaf, Anda harus menunggu lebih lama."
)
DESK_WENT_UP = N_(
    "Laporan Anda naik ke {head} pada {at}, karena operator belum memilih OPD. Operator tetap yang memilih. "
    "Maaf, Anda harus menunggu lebih lama."
)


def late_sentence(ctx: Context, case: CaseView, lang: str) -> str:
    """The sentence of the highest level reached by time; '' while nothing is late."""
    due = overdue_levels(ctx, case)
    if not due:
        return ""
    facts = _escalation_facts(ctx, case, due[-1], escalated_levels(ctx, case), lang)
    return fill_blanks(translator(lang, "pages")(_late_words(ctx, case, due[-1])), facts)


def _late_words(ctx: Context, case: CaseView, rung: EscalationLevel) -> str:
    if case.complaint.state == State.AT_DESK:
        return DESK_WENT_UP if rung.to in WENT_UP else DESK_OVERDUE
    if rung.to == MAYOR or levels_above(ctx, case.complaint)[1]:
        return WENT_UP.get(rung.to, OVERDUE)
    return AT_THE_TOP


def _escalation_facts(
    ctx: Context, case: CaseView, rung: EscalationLevel, moments: dict[str, datetime], lang: str
) -> dict[str, str]:
    complaint = case.complaint
    next_head, next_at = levels_above(ctx, complaint)
    until = complaint.deadlines.desk_by if complaint.state == State.AT_DESK else complaint.deadlines.answer_by
    return {
        "opd": office_name(ctx, complaint.opd) or translator(lang, "pages")("Operator Laksa"),
        "until": full_moment(until, lang) if until else "–",
        "at": full_moment(moments[rung.name], lang),
        "head": level_title(ctx, complaint, rung.to),
        "next_head": next_head,
        "next_rung_at": full_moment(next_at, lang) if next_at else "–",
    }
