"""What a mail to an office may say besides: the report, masked; what happened so far; who could take it."""

from __future__ import annotations

from functions.views.mail_act_facts import act_facts
from functions.views.mail_facts import Facts, Matter, category, shared_facts
from functions.views.mail_text import one_line, typed
from functions.views.officer_words import next_rung_words
from functions.views.photos import doubts_of
from functions.views.standing import office, office_label, unit_name
from functions.views.suggested import refused_last
from functions.views.timeline import event_words, shown
from functions.views.words import short_date
from workflows.domain.change import CITIZEN, DESK, HEAD, UNIT
from workflows.domain.keeping_out import receivers
from workflows.domain.masking import mask

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


def office_facts(m: Matter) -> Facts:
    """For departments, heads and the desk; in Indonesian, personal numbers masked."""
    area = m.ctx.labels.area(m.complaint.kelurahan)
    place = one_line(mask(m.complaint.place))
    return {
        **shared_facts(m),
        **addressee(m),
        "report": typed(mask(m.complaint.text)),
        "place": "\n".join(filter(None, (place, area))) or "tidak disebut",
        "area": area,
        "kelurahan": m.ctx.labels.kelurahan.get(m.complaint.kelurahan or "", ("", ""))[0],
        "category": category(m),
        "office_label": one_line(office_label(m.ctx, m.complaint)),
        "urgent": m.complaint.urgent,
        "doubts": doubts_of(m.entry),
        "message": typed(mask("\n".join(filter(None, (m.entry.text, m.entry.internal))))),
        "writer": _writer(m),
        **_so_far(m),
        "if_nobody_acts": next_rung_words(m.ctx, m.complaint),
        **_days(m),
        **_choice(m),
        **_undelivered(m),
        **act_facts(m),
    }


def addressee(m: Matter) -> Facts:
    """How the office is greeted, and its short name."""
    if m.notice.role == UNIT:
        short = unit_name(m.ctx, m.notice.to, short=True)
        return {"addressee": f"petugas {short}", "addressee_short": short}
    department = m.ctx.directory.get(m.notice.to)
    if m.notice.role == DESK or department is None:
        return {"addressee": OPERATOR, "addressee_short": OPERATOR}
    if m.notice.role == HEAD:
        return {"addressee": department.head, "addressee_short": department.head}
    return {"addressee": f"petugas {department.short}", "addressee_short": department.short}


def _writer(m: Matter) -> str:
    if m.entry.by == CITIZEN:
        return "Pelapor"
    if m.entry.by == DESK:
        return "Operator Laksa"
    if m.entry.by == UNIT:
        return unit_name(m.ctx, m.entry.facts.get("unit"))
    return office(m.ctx, m.entry.facts.get("from") or m.entry.opd)


def _so_far(m: Matter) -> Facts:
    upto = [e for e in shown(m.case, "office") if not m.entry.sequence or e.sequence <= m.entry.sequence]
    lines = [(e, event_words(m.ctx, m.complaint, e, "id", reader="office")) for e in upto]
    done = [words for e, words in lines if e.event != "rung" and e.sequence != m.notice.sequence]
    dated = [f"{short_date(e.at)}: {words}" for e, words in lines if e.at]
    return {"last_event": done[-1] if done else "Laporan diterima", "history": dated[-3:]}


def _hours(m: Matter) -> Facts:
    """Around the clock, where there is danger."""
    until = m.complaint.answer_by or m.ctx.now
    left, over = ((span.total_seconds()) // 3600 for span in (until - m.ctx.now, m.ctx.now - until))
    return {
        "left": f"{left:.0f} jam" if left > 0 else "kurang dari 1 jam",
        "overdue": f"lewat {over:.0f} jam" if over > 0 else "lewat batas waktu",
        "late": until <= m.ctx.now,
    }


def _days(m: Matter) -> Facts:
    if m.complaint.urgent and m.complaint.desk_by is None:
        return _hours(m)
    calendar, now = m.ctx.policy.calendar(), m.ctx.now
    desk_by, answer_by = m.complaint.desk_by, m.complaint.answer_by
    until = desk_by or answer_by or now
    left = calendar.working_days_between(now, until)
    over = calendar.working_days_between(m.entry.facts.get("deadline") or until, now)
    return {
        "left": f"{left} hari kerja" if left > 0 else "kurang dari 1 hari kerja",
        "overdue": f"lewat {over} hari kerja" if over > 0 else "lewat batas waktu",
        "late": until <= now,
    }


def _choice(m: Matter) -> Facts:
    decision = m.complaint.decision or {}
    codes = [str(entry["opd"]) for entry in refused_last(decision.get("top", ()), m.complaint)]
    best = [d for d in map(m.ctx.directory.get, codes) if d in receivers(m.ctx.directory, m.complaint)][:3]
    names = [office(m.ctx, d.code, full=True) for d in best if d]
    return {
        "suggestions": [d.short for d in best if d],
        "suggestions_full": [f"{n}. {name}" for n, name in enumerate(names, 1)],
        "reasons": [one_line(mask(str(why))) for why in decision.get("why", ())],
        "triage_why": _triage_why(m),
    }


def _triage_why(m: Matter) -> str:
    told = m.entry.facts
    words = TRIAGE.get(str(told.get("why") or m.entry.event), UNSURE)
    names = {"from": office(m.ctx, told.get("from")), "wanted": office(m.ctx, told.get("to"))}
    return words.format(opd=office(m.ctx, m.entry.opd), **names)


def _undelivered(m: Matter) -> Facts:
    """Whose letter did not arrive, and why; the cause of a citizen's may hold their address and is not told."""
    told = m.entry.facts
    to_citizen = told.get("role") == CITIZEN
    name, phone = _whom_to_phone(m, str(told.get("role")), str(told.get("unit") or told.get("to") or ""))
    return {
        "to_citizen": to_citizen,
        "undelivered": "pelapor" if to_citizen else name,
        "cause": "" if to_citizen else one_line(str(told.get("cause", ""))),
        "phone": phone,
    }


def _whom_to_phone(m: Matter, role: str, to: str) -> tuple[str, str]:
    """Name and number; a unit that has no number is reached through its department."""
    department, unit = m.ctx.directory.get(m.opd), m.ctx.directory.unit(to)
    phone = department.phone if department else ""
    if role == UNIT:
        return unit_name(m.ctx, to, short=True), (unit.phone if unit else "") or phone
    if role == HEAD and department:
        return department.head, phone
    return office(m.ctx, m.opd), phone
