"""Further variables of mails to offices: the masked text, what happened so far, who could take it."""

from __future__ import annotations

from functions.views.desk.page import refused_last
from functions.views.mail.facts import MailContext, TemplateVars, category, shared_facts
from functions.views.shared.forms import doubts_of
from functions.views.shared.office_case import line_of, next_rung_words, whose
from functions.views.shared.plain_text import one_line, plain_typed
from functions.views.shared.rendering import short_date
from functions.views.shared.status_text import office_label, office_name, unit_name
from functions.views.shared.timeline import event_words, moved_words, shown_events
from workflows.domain.access import receivers
from workflows.domain.complaint.model import WITH_DEPARTMENT
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT, DESK, HEAD, NO_EVENT, UNIT, EventName
from workflows.domain.privacy.redaction import mask_identifiers

OPERATOR = "operator Laksa"
TRIAGE = {
    "not_ours": "{opd} menyatakan laporan ini bukan tugasnya.",
    "forwarded": "{from} menyarankan {wanted}. Laporan sudah beberapa kali dialihkan, maka operator memutuskan.",
    "disputed": "Pelapor menyatakan keberatan, dan laporan dibuka kembali.",
    "danger": "Ada tanda bahaya, dan urusannya milik instansi lain. Telepon instansi itu, lalu arahkan pelapor.",
    "unrouted": "Laksa belum berhasil memilih OPD untuk laporan ini.",
    "quarantine": "Laporan ini ditahan sampai operator membacanya. Belum ada OPD yang dikabari.",
}
UNSURE = "Laksa belum yakin laporan ini tugas OPD mana."


def office_facts(m: MailContext) -> TemplateVars:
    """For departments, heads and the desk; in Indonesian, personal numbers masked."""
    area = m.ctx.labels.area(m.complaint.kelurahan)
    place = one_line(mask_identifiers(m.complaint.place))
    return {
        **shared_facts(m),
        **addressee(m),
        "report": plain_typed(mask_identifiers(m.complaint.text)),
        "place": "\n".join(filter(None, (place, area))) or "tidak disebut",
        "area": area,
        "kelurahan": m.ctx.labels.kelurahan.get(m.complaint.kelurahan or "", ("", ""))[0],
        "category": category(m),
        "office_label": one_line(office_label(m.ctx, m.complaint)),
        "urgent": m.complaint.urgent,
        "doubts": doubts_of(m.entry),
        "message": plain_typed(mask_identifiers("\n".join(filter(None, (m.entry.text, m.entry.internal))))),
        "writer": _writer(m),
        **_so_far(m),
        "if_nobody_acts": next_rung_words(m.ctx, m.complaint),
        **_days(m),
        **_choice(m),
        **_undelivered(m),
        **act_facts(m),
    }


def addressee(m: MailContext) -> TemplateVars:
    """The office's greeting, and its short name."""
    if m.notice.role == UNIT:
        short = unit_name(m.ctx, m.notice.to, short=True)
        return {"addressee": f"petugas {short}", "addressee_short": short}
    department = m.ctx.directory.get(m.notice.to)
    if m.notice.role == DESK or department is None:
        return {"addressee": OPERATOR, "addressee_short": OPERATOR}
    if m.notice.role == HEAD:
        return {"addressee": department.head, "addressee_short": department.head}
    return {"addressee": f"petugas {department.short}", "addressee_short": department.short}


def _writer(m: MailContext) -> str:
    if m.entry.by == CITIZEN:
        return "Pelapor"
    if m.entry.by == DESK:
        return "Operator Laksa"
    if m.entry.by == UNIT:
        return unit_name(m.ctx, m.entry.facts.get("unit"))
    return office_name(m.ctx, m.entry.facts.get("from") or m.entry.opd)


def _so_far(m: MailContext) -> TemplateVars:
    upto = [e for e in shown_events(m.case, "office") if not m.entry.sequence or e.sequence <= m.entry.sequence]
    lines = [(e, event_words(m.ctx, m.complaint, e, "id", reader="office")) for e in upto]
    done = [words for e, words in lines if e.event != "rung" and e.sequence != m.notice.sequence]
    dated = [f"{short_date(e.at)}: {words}" for e, words in lines if e.at]
    return {"last_event": done[-1] if done else "Laporan diterima", "history": dated[-3:]}


def _hours(m: MailContext) -> TemplateVars:
    """Whether deadlines count around the clock, as for danger."""
    until = m.complaint.deadlines.answer_by or m.ctx.now
    left, over = ((span.total_seconds()) // 3600 for span in (until - m.ctx.now, m.ctx.now - until))
    return {
        "left": f"{left:.0f} jam" if left > 0 else "kurang dari 1 jam",
        "overdue": f"lewat {over:.0f} jam" if over > 0 else "lewat batas waktu",
        "late": until <= m.ctx.now,
    }


def _days(m: MailContext) -> TemplateVars:
    if m.complaint.urgent and m.complaint.deadlines.desk_by is None:
        return _hours(m)
    calendar, now = m.ctx.policy.calendar(), m.ctx.now
    desk_by, answer_by = m.complaint.deadlines.desk_by, m.complaint.deadlines.answer_by
    until = desk_by or answer_by or now
    left = calendar.working_days_between(now, until)
    over = calendar.working_days_between(m.entry.facts.get("deadline") or until, now)
    return {
        "left": f"{left} hari kerja" if left > 0 else "kurang dari 1 hari kerja",
        "overdue": f"lewat {over} hari kerja" if over > 0 else "lewat batas waktu",
        "late": until <= now,
    }


def _choice(m: MailContext) -> TemplateVars:
    decision = m.complaint.routing
    codes = [entry.opd for entry in refused_last(decision.top, m.complaint)]
    may_receive = {d.code: d for d in receivers(m.ctx.directory, m.complaint)}
    best = [may_receive[code] for code in codes if code in may_receive][:3]
    names = [office_name(m.ctx, d.code, full=True) for d in best]
    return {
        "suggestions": [d.short for d in best],
        "suggestions_full": [f"{n}. {name}" for n, name in enumerate(names, 1)],
        "reasons": [one_line(mask_identifiers(why)) for why in decision.why],
        "triage_why": _triage_why(m),
    }


def _triage_why(m: MailContext) -> str:
    told = m.entry.facts
    words = TRIAGE.get(str(told.get("why") or m.entry.event), UNSURE)
    names = {"from": office_name(m.ctx, told.get("from")), "wanted": office_name(m.ctx, told.get("to"))}
    return words.format(opd=office_name(m.ctx, m.entry.opd), **names)


def _undelivered(m: MailContext) -> TemplateVars:
    """Whose mail did not arrive, and why; a citizen's cause may contain their address and is left out."""
    told = m.entry.facts
    to_citizen = told.get("role") == CITIZEN
    name, phone = _whom_to_phone(m, str(told.get("role")), str(told.get("unit") or told.get("to") or ""))
    return {
        "to_citizen": to_citizen,
        "undelivered": "pelapor" if to_citizen else name,
        "cause": "" if to_citizen else one_line(str(told.get("cause", ""))),
        "phone": phone,
    }


def _whom_to_phone(m: MailContext, role: str, to: str) -> tuple[str, str]:
    """(name, number); a unit without a number is reached through its department."""
    department, unit = m.ctx.directory.get(m.opd), m.ctx.directory.unit(to)
    phone = department.phone if department else ""
    if role == UNIT:
        return unit_name(m.ctx, to, short=True), (unit.phone if unit else "") or phone
    if role == HEAD and department:
        return department.head, phone
    return office_name(m.ctx, m.opd), phone


REPLY_ROLES = (DEPARTMENT, HEAD, UNIT)
DANGER = "mendesak: "
"""The prefix of the router's reasons about danger."""


def act_facts(m: MailContext) -> TemplateVars:
    """All variables are in every mail; those that do not apply are empty."""
    return {**_asked(m), **_drafted(m), **_unit(m), **_call(m), "replies": _replies(m)}


def _replies(m: MailContext) -> str:
    """The role whose draft a reply to this mail becomes; '' if a reply would reach nobody."""
    usable = m.notice.role in REPLY_ROLES and m.complaint.state in WITH_DEPARTMENT
    return m.notice.role if usable and m.notice.by_reply else ""


def _asked(m: MailContext) -> TemplateVars:
    """The last question before the mail's event, until when it paused the clock, and its effect."""
    upto = m.entry.sequence or m.complaint.sequence
    asked = [e for e in m.case.timeline if e.event == EventName.ASKED and e.sequence <= upto]
    last = asked[-1] if asked else NO_EVENT
    still = m.entry.facts.get("new") == m.complaint.deadlines.answer_by
    return {
        "question": plain_typed(mask_identifiers(last.text)),
        "question_until": m.moment(last.facts.get("until")),
        "ask_until": m.moment(m.complaint.deadlines.ask_until),
        "moved": moved_words(m.ctx, m.complaint, m.entry, "id", reader="office") if still else "",
    }


def _drafted(m: MailContext) -> TemplateVars:
    left_out = m.entry.facts.get("left_out", ())
    names = [one_line(str(photo.get("name") or "")) for photo in left_out]
    earlier = line_of(m.case, m.entry.facts.get("replaces"))
    is_other = earlier is not None and earlier.internal != m.entry.internal
    return {
        "by_mail": m.entry.event == "draft_by_mail",
        "foreign": bool(m.entry.facts.get("foreign")),
        "added": bool(m.entry.facts.get("added")),
        "earlier": plain_typed(mask_identifiers(earlier.internal)) if earlier and is_other else "",
        "earlier_whose": one_line(whose(m.ctx, earlier)) if earlier else "",
        "reply_why": m.entry.facts.get("reply", ""),
        "photo_count": len(m.entry.facts.get("photos", ())),
        "left_out": len(left_out) + int(m.entry.facts.get("more_left_out", 0)),
        "left_out_names": ", ".join(filter(None, names)),
    }


def _unit(m: MailContext) -> TemplateVars:
    held = m.complaint.assignment
    code = str(m.entry.facts.get("unit") or (held.unit if held else ""))
    return {
        "unit": unit_name(m.ctx, code),
        "unit_short": unit_name(m.ctx, code, short=True),
        "to_unit": m.notice.role == UNIT,
        "has_units": bool(m.ctx.directory.units_of(m.opd)),
    }


def _call(m: MailContext) -> TemplateVars:
    """Why it cannot wait, and when the desk is reminded again."""
    held, again = m.complaint.assignment, m.complaint.deadlines.call_by
    reasons = list(m.complaint.routing.why)
    dangers = [one_line(mask_identifiers(why.removeprefix(DANGER))) for why in reasons if why.startswith(DANGER)]
    return {
        "danger": ", ".join(dangers),
        "call_by": m.moment(again) if again and again > m.ctx.now else "",
        "since": m.moment(held.since) if held else "",
        "calls_missed": m.complaint.deadlines.calls_missed,
    }
