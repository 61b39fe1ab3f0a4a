"""The status of a complaint in words: label, who is next, until when and what then, and how far it has
escalated; and what pages say about a restricted complaint, by its matter.
"""

from __future__ import annotations
from datetime import datetime

from functions.views.shared.context import CaseView, Context
from functions.views.shared.rendering import Say, fill_blanks, full_date, full_moment, translator
from functions.views.shared.strings import CLOSED_LABELS, LABEL_OF_NEWER_RELEASE, LABELS, N_, REASON_WORDS, TO_OFFICES
from workflows.domain.access import can_be_notified
from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.transition import EventName
from workflows.domain.deadlines.policy import PEOPLE, EscalationLevel, levels_ahead
from workflows.domain.directory import DESK_HEAD
from workflows.domain.escalation.schedule import levels_of, schedule_of
from workflows.frozen import frozen

STAYS = N_("laporan tetap di daftar harian Wali Kota")
STAYS_OPEN = N_("laporan tetap terbuka sampai dijawab")


@frozen
class Next:
    """Who has to do what until when, and what happens if not. `until` is None when nothing is owed."""

    who: str
    until: datetime | None
    then: str


def office_name(ctx: Context, code: str | None, full: bool = False) -> str:
    """A department's short name, or its full name with the short one in brackets, for a first mention."""
    department = ctx.directory.get(code or "")
    if department is None:
        return code or ""
    if not full or department.name == department.short or department.short in department.name:
        return department.name if full else department.short
    return f"{department.name} ({department.short})"


def unit_name(ctx: Context, code: str | None, short: bool = False) -> str:
    """A unit's name or short name; the code itself for an unknown unit."""
    unit = ctx.directory.unit(code or "")
    if unit is None:
        return code or ""
    return unit.short if short else unit.name


def head_title(ctx: Context, code: str) -> str:
    """The title of a department's head; for one that the table in force does not know, by its code."""
    department = ctx.directory.get(code)
    return department.head if department else f"Kepala {code}"


def level_title(ctx: Context, complaint: Complaint, to: str) -> str:
    """The title of the person at an escalation level of this complaint's ladder."""
    if to == "head":
        code = complaint.assignment.opd if complaint.assignment else DESK_HEAD
        return head_title(ctx, code)
    if to in ("sekda", "mayor"):
        return {"sekda": "Sekretaris Daerah", "mayor": "Wali Kota"}[to]
    if complaint.assignment is None:
        return ctx.directory["DESK"].short
    return office_name(ctx, complaint.assignment.opd)


def levels_above(ctx: Context, complaint: Complaint) -> tuple[str, datetime | None]:
    """(title, moment) of the next level above the holder that is not reached yet."""
    for step in schedule_of(complaint, ctx.policy).pending:
        if step.rung.to not in ("department", "desk"):
            return level_title(ctx, complaint, step.rung.to), step.at
    return "", None


def highest_level(ctx: Context, complaint: Complaint) -> str:
    """The highest person of this complaint's ladder: the mayor, unless he must not be told."""
    people = [rung.to for rung in levels_of(complaint, ctx.policy) if rung.to in PEOPLE]
    return people[-1] if people else "mayor"


def raised_to(ctx: Context, complaint: Complaint) -> str:
    """Title of the highest person it was escalated to; before any escalation, of the first one in line."""
    people = [rung for rung in levels_of(complaint, ctx.policy) if rung.to in PEOPLE]
    behind = [rung for rung in people if rung.name in complaint.escalation.escalated] or people[:1]
    return level_title(ctx, complaint, behind[-1].to if behind else highest_level(ctx, complaint))


def status_label(ctx: Context, complaint: Complaint, lang: str = "id") -> str:
    """The status as interface and glossary define it, with the department's or institution's name."""
    _ = translator(lang)
    if complaint.state == State.CLOSED:
        return _(CLOSED_LABELS.get(complaint.answer.closed_as, "selesai"))
    date = full_date(complaint.deadlines.scheduled_for, lang) if complaint.deadlines.scheduled_for else ""
    institution = ctx.labels.institution(complaint.external_to)[0]
    return _(LABELS.get(complaint.state, LABEL_OF_NEWER_RELEASE)).format(
        opd=office_name(ctx, complaint.opd), date=date, instansi=institution or _("instansi lain")
    )


def office_label(ctx: Context, complaint: Complaint) -> str:
    """The status as offices read it."""
    return TO_OFFICES.get(complaint.state) or status_label(ctx, complaint)


def next_step(ctx: Context, complaint: Complaint, lang: str = "id") -> Next:
    """Who is next, until when, and what then: the three facts of every status."""
    _ = translator(lang)
    head, at = levels_above(ctx, complaint)
    stays = STAYS if highest_level(ctx, complaint) == "mayor" else STAYS_OPEN
    up = _("laporan naik ke {head}").format(head=head) if head else _(stays)
    if complaint.state == State.RECEIVED:
        return Next("Laksa", routing_due(ctx, complaint), _("operator yang memilih OPD"))
    if complaint.state == State.AT_DESK:
        return Next(_("Operator Laksa"), _owed(ctx, complaint.deadlines.desk_by, at), up)
    if complaint.state == State.ANSWERED:
        return Next(_("Anda"), complaint.answer.confirm_by, _("laporan ditutup sebagai “tanpa tanggapan”"))
    if complaint.state == State.WAITING:
        then = _("batas waktu {opd} berjalan lagi").format(opd=office_name(ctx, complaint.opd))
        return Next(_("Anda"), complaint.deadlines.ask_until, then)
    if complaint.state in WITH_DEPARTMENT:
        return Next(office_name(ctx, complaint.opd), _owed(ctx, complaint.deadlines.answer_by, at), up)
    return Next("", None, "")


def dated_then(ctx: Context, complaint: Complaint, step: Next) -> str:
    """What then, with its own moment if that is later than `until`: offices are told both."""
    head, at = levels_above(ctx, complaint)
    later = head and at and step.until and at > step.until and head in step.then
    return f"{step.then} pada {full_moment(at, 'id')}" if later and at else step.then


def reason_words(reason: str, _: Say) -> str:
    """The public wording of a reason for archiving; an operator's own words unchanged."""
    return _(REASON_WORDS[reason]) if reason in REASON_WORDS else reason


def routing_due(ctx: Context, complaint: Complaint) -> datetime:
    """The date promised for routing: the router takes a second, so it is the operator's, in case the text is
    unclear.
    """
    return ctx.policy.calendar().add_working_days(complaint.noted_at, ctx.policy.desk_days)


def _owed(ctx: Context, deadline: datetime | None, rung_at: datetime | None) -> datetime | None:
    """The deadline while it is in the future; then the moment of the next level."""
    return deadline if deadline and deadline > ctx.now else rung_at or deadline


def place_of(ctx: Context, complaint: Complaint) -> str:
    """The place as typed, and its kelurahan."""
    return ", ".join(filter(None, (complaint.place, ctx.labels.area(complaint.kelurahan))))


TITLED = PEOPLE
"""Levels that are people above the holder; the others are reminders to the holder."""


def levels_of_holder(ctx: Context, case: CaseView) -> tuple[EscalationLevel, ...]:
    """The ladder of the holder without the accused; () without a holder."""
    complaint = case.complaint
    kind = complaint.assignment.kind if complaint.assignment else "desk" if complaint.state == State.AT_DESK else ""
    rungs = ctx.policy.ladder_for(kind, complaint.urgent) if kind else ()
    return tuple(
        rung for rung in rungs if can_be_notified(complaint, rung.to) or rung.name in complaint.escalation.escalated
    )


def people_ahead(ctx: Context, case: CaseView) -> list[EscalationLevel]:
    """The people above the holder who have not been told of the complaint, lowest first."""
    return [
        rung
        for rung in levels_ahead(levels_of_holder(ctx, case), case.complaint.escalation.escalated)
        if rung.to in TITLED
    ]


def escalated_levels(ctx: Context, case: CaseView) -> dict[str, datetime]:
    """Name of a level → when it was reached under the present holder; an objection also escalates by one level."""
    complaint = case.complaint
    since = complaint.assignment.since if complaint.assignment else complaint.deadlines.desk_since
    if since is None:
        return {}
    by_time = {e.facts.get("rung"): e.at for e in case.timeline if e.event == EventName.RUNG and e.at}
    objections = [e.at for e in case.timeline if e.event == EventName.DISPUTED and e.at]
    moments = {}
    for rung in levels_of_holder(ctx, case):
        at = by_time.get(rung.name) or (objections[-1] if objections and rung.to in TITLED else None)
        if rung.name in complaint.escalation.escalated and at and at >= since:
            moments[rung.name] = at
    return moments


def by_objection(case: CaseView, rung: EscalationLevel) -> bool:
    """Whether the level was reached by an objection, not by a deadline."""
    return not any(e.event == EventName.RUNG and e.facts.get("rung") == rung.name for e in case.timeline)


def overdue_levels(ctx: Context, case: CaseView) -> list[EscalationLevel]:
    """The levels reached by time, not by an objection, after a deadline that is still past, lowest first."""
    if case.complaint.state not in (State.AT_DESK, *WITH_DEPARTMENT - {State.WAITING}) or not _is_past(ctx, case):
        return []
    moments = escalated_levels(ctx, case)
    passed = [r for r in levels_of_holder(ctx, case) if r.name in moments and r.share is None]
    return [r for r in passed if not by_objection(case, r)]


def _is_past(ctx: Context, case: CaseView) -> bool:
    """Whether the deadline is past: one in the future, after an objection or a schedule, makes older levels
    history.
    """
    complaint = case.complaint
    deadline = complaint.deadlines.desk_by if complaint.state == State.AT_DESK else complaint.deadlines.answer_by
    return deadline is None or deadline <= ctx.now


AHEAD = N_("Berikutnya: {who} {does} paling lambat {until}. Bila lewat: {then}.")
ROUTING = N_(
    "Berikutnya: Laksa memilih OPD yang berwenang. Bila belum jelas: operator memilihnya paling lambat {until}."
)
LATE = N_("Berikutnya: {who} masih harus menjawab; batas waktu {until} sudah lewat. Bila tetap belum: {then}.")
LATE_AT_DESK = N_(
    "Berikutnya: {who} masih harus memilih OPD; batas waktu {until} sudah lewat. Bila tetap belum: {then}."
)
ANSWERS = N_("menjawab")
DOES = {
    State.AT_DESK: N_("memilih OPD"),
    State.WAITING: N_("menjawab pertanyaan"),
    State.ANSWERED: N_("memilih “Sudah selesai” atau “Belum selesai”"),
}


def next_line(ctx: Context, complaint: Complaint, lang: str) -> str:
    """“Berikutnya: …” from status_text.next_step; '' when nobody owes anything."""
    if complaint.state == State.RECEIVED:
        until = ctx.policy.calendar().add_working_days(complaint.noted_at, ctx.policy.desk_days)
        return translator(lang, "mails")(ROUTING).format(until=full_moment(until, lang))
    step = next_step(ctx, complaint, lang)
    if not step.who or step.until is None:
        return ""
    overdue = step.until <= ctx.now and complaint.state not in (State.ANSWERED, State.WAITING)
    return _late(complaint, step, lang) if overdue else _ahead(complaint, step, lang)


def _ahead(complaint: Complaint, step: Next, lang: str) -> str:
    _ = translator(lang, "mails")
    does = _(DOES.get(complaint.state, ANSWERS))
    until = full_moment(step.until, lang) if step.until else ""
    return _(AHEAD).format(who=step.who, does=does, until=until, then=step.then)


def _late(complaint: Complaint, step: Next, lang: str) -> str:
    """The line for the top level: it has no later moment to name, only the deadline that passed."""
    at_desk = complaint.state == State.AT_DESK
    deadline = (complaint.deadlines.desk_by if at_desk else complaint.deadlines.answer_by) or step.until
    line = translator(lang, "mails")(LATE_AT_DESK if at_desk else LATE)
    return line.format(who=step.who, until=full_moment(deadline, lang) if deadline else "", then=step.then)


INSPECTORATE = "INSPEKTORAT"
COUNSELLORS = "DP3AP2KB"


@frozen
class Matter:
    """A restricted kind: its name for the citizen, the first line there, the line for the officer."""

    name: str
    first: str
    officer: str
    leave: bool = False


MATTERS = {
    "pungli": Matter(
        N_("permintaan uang atau hadiah oleh petugas"),
        N_(
            "Anda tidak wajib membayar. Simpan bukti, tanggal dan tempatnya; tidak perlu mencari bukti "
            "tambahan sendiri."
        ),
        "Jangan beri tahu OPD atau orang yang dilaporkan. Jangan mencari tahu siapa pelapornya.",
    ),
    "kepegawaian": Matter(
        N_("perilaku pegawai"),
        N_("Laporan ini dibaca {opd}, bukan kantor pegawai itu."),
        "Yang dilaporkan belum tentu bersalah: tulis “yang dilaporkan”, bukan “pelaku”.",
    ),
    "kdrt": Matter(
        N_("kekerasan atau ancaman"),
        N_(
            "Dalam bahaya sekarang? Telepon 112. Anda tidak harus menceritakan semuanya di sini; pendamping "
            "UPT PPA dapat mendengarkan langsung{phone}."
        ),
        "Jangan menelepon atau datang ke rumah tanpa izin pelapor. Sebut “korban” hanya bila pelapor memakainya.",
        leave=True,
    ),
    "perundungan": Matter(
        N_("perundungan di sekolah"),
        N_("Tidak perlu menyebut nama anak. Sekolah tidak menerima laporan ini dari Laksa."),
        "Jangan teruskan ke sekolah tanpa menghapus hal yang menunjuk pelapor atau anak.",
    ),
}
READ_BY = N_(
    "Laporan Anda dibatasi. Isinya dibaca oleh {opd}, dan oleh operator bila sempat diverifikasi. Orang yang "
    "Anda laporkan tidak kami kabari. Bila {opd} perlu memberi tahu pihak lain, itu keputusan {opd} dan dicatat."
)
NOR_THEIR_OFFICE = N_("Kantor dan atasannya juga tidak kami kabari.")
RESTRICTED_LATE = N_(
    "{opd} melewati batas waktu. Yang diberi tahu hanya {head}; di atas itu hanya nomor dan lamanya yang tampak."
)
IN_CHARGE = N_("OPD yang berwenang")


def category_words(ctx: Context, code: str | None, lang: str) -> str:
    """A category's name for its citizen; restricted ones have a calmer name."""
    if code in MATTERS:
        return translator(lang, "pages")(MATTERS[code].name)
    return ctx.labels.category(code, lang)


def first_line(ctx: Context, complaint: Complaint, lang: str) -> str:
    """The first line on the page of a restricted complaint; '' for others."""
    matter = MATTERS.get(complaint.category or "")
    if not complaint.restricted or matter is None:
        return ""
    return fill_blanks(translator(lang, "pages")(matter.first), _matter_facts(ctx, complaint, lang))


def citizen_notes(ctx: Context, case: CaseView, lang: str) -> list[str]:
    """Who reads a restricted complaint, and who is not told; () for others."""
    complaint = case.complaint
    if not complaint.restricted:
        return []
    notes = [READ_BY]
    if complaint.opd == INSPECTORATE:
        notes.append(NOR_THEIR_OFFICE)
    if complaint.state in WITH_DEPARTMENT and "head" in complaint.escalation.escalated and overdue_levels(ctx, case):
        notes.append(RESTRICTED_LATE)
    return [fill_blanks(translator(lang, "pages")(note), _matter_facts(ctx, complaint, lang)) for note in notes]


def leaves_quickly(complaint: Complaint) -> bool:
    """Whether the page begins with a quick exit, for people who may be watched."""
    matter = MATTERS.get(complaint.category or "")
    return complaint.restricted and matter is not None and matter.leave


def officer_note(complaint: Complaint) -> str:
    """What an officer must not do with this complaint; '' without anything special."""
    matter = MATTERS.get(complaint.category or "")
    return matter.officer if complaint.restricted and matter else ""


def _matter_facts(ctx: Context, complaint: Complaint, lang: str) -> dict[str, str]:
    counsellors = ctx.directory.get(COUNSELLORS)
    phone = counsellors.phone if counsellors else ""
    return {
        "opd": office_name(ctx, complaint.opd) or translator(lang, "pages")(IN_CHARGE),
        "head": level_title(ctx, complaint, "head"),
        "phone": f": {phone}" if phone else "",
    }
