"""A complaint as offices see it, on pages, in lists and mails: masked, nothing about the reporter, with status and
remaining time in words, and the draft before it is sent.
"""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from textwrap import shorten
from typing import Any

from functions.views.shared.context import CaseView, Context
from functions.views.shared.forms import Shown, citizens_photos, photos_of
from functions.views.shared.plain_text import one_line
from functions.views.shared.rendering import (
    capitalize,
    fill_blanks,
    full_date,
    full_moment,
    number,
    short_date,
    short_moment,
)
from functions.views.shared.status_text import (
    TITLED,
    head_title,
    highest_level,
    level_title,
    levels_above,
    office_name,
    officer_note,
    unit_name,
)
from functions.views.shared.strings import REASON_WORDS
from functions.views.shared.timeline import arrival_words, office_lines, why_moved
from workflows.domain.access import is_hidden_from_desk, is_public
from workflows.domain.actions.citizen import objection_to_desk
from workflows.domain.actions.officer import draft_number
from workflows.domain.complaint.model import CONFIRMED, NO_RESPONSE, NOT_REACHED, WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.records import AnswerDraft
from workflows.domain.complaint.transition import UNIT, EventName, TimelineEvent
from workflows.domain.deadlines.calendar import WIB, local_day
from workflows.domain.escalation.schedule import owed_by
from workflows.domain.notifications.notice import speaks_apart
from workflows.frozen import frozen

STATUS = {
    State.RECEIVED: "Laporan baru, belum ada OPD.",
    State.AT_DESK: "Di meja operator. Pilih OPD, arahkan ke instansi, atau arsipkan.",
    State.ASSIGNED: "Untuk {opd}. Terima paling lambat {ack_by}, jawab paling lambat {until}.",
    State.IN_PROGRESS: "Diterima {officer}, {at}. Jawab paling lambat {until}.",
    State.WAITING: "Menunggu jawaban pelapor sampai {ask_until}. Setelah itu batas waktu Anda berjalan lagi.",
    State.SCHEDULED: "Anda menjadwalkan {date}. Hari itu laporan kembali ke daftar Anda.",
    State.ANSWERED: "Sudah Anda jawab. Menunggu pelapor sampai {confirm_by}. Bila pelapor keberatan, laporan "
    "kembali ke Anda dan naik ke {head}.",
    State.REJECTED: "Diarsipkan operator: {reason}",
    State.EXTERNAL: "Bukan kewenangan kota; {instansi}. Tidak ada tindakan.",
    State.MERGED: "Digabung ke {parent}. Kerjakan di sana.",
    State.WITHDRAWN: "Ditarik pelapor. Tidak ada tindakan.",
}
FOR_DESK = {
    State.WAITING: "{short} menunggu jawaban pelapor sampai {ask_until}. Setelah itu batas waktunya berjalan lagi.",
    State.SCHEDULED: "{short} menjadwalkan {date}. Hari itu laporan kembali ke daftarnya.",
    State.ANSWERED: "Sudah dijawab {short}. Menunggu pelapor sampai {confirm_by}. Bila pelapor keberatan, laporan "
    "kembali ke {short} dan naik ke {head}.",
}
"""The operator's wording where the officer is addressed as “Anda”."""
OPERATOR_NEXT = "Menunggu pelapor sampai {confirm_by}. Bila pelapor keberatan, operator memilih siapa yang menjawab."
ANSWERED_AGAIN = {False: f"Sudah Anda jawab. {OPERATOR_NEXT}", True: f"Sudah dijawab {{short}}. {OPERATOR_NEXT}"}
"""The sentence about an answer whose objection an operator will read: for the officer, and for the desk."""
CLOSED = {
    CONFIRMED: "Selesai, dikonfirmasi pelapor.",
    NO_RESPONSE: "Ditutup tanpa tanggapan pelapor.",
    NOT_REACHED: "Ditutup, pelapor tidak terjangkau.",
}
REOPENED = "Pelapor menyatakan belum selesai; {told} juga diberi tahu. Jawab paling lambat {until}."
TAGS = {
    State.ANSWERED: "Menunggu pelapor",
    State.CLOSED: "Selesai",
    State.REJECTED: "Diarsipkan",
    State.EXTERNAL: "Bukan kewenangan kota",
    State.MERGED: "Digabung",
    State.WITHDRAWN: "Ditarik pelapor",
    State.RECEIVED: "Laporan baru",
}


STAYS = "Laporan ada di daftar harian Wali Kota, dan tetap di sana sampai dijawab."
STAYS_OPEN = "Laporan tetap terbuka sampai dijawab."
TWO_DAYS = 48


@frozen
class Tag:
    """A status or an age in a few words, with a colour of the same meaning."""

    words: str
    tone: str = ""


def status_words(ctx: Context, complaint: Complaint, desk: bool = False) -> str:
    """The status for the officer, or for the desk, as one or two sentences."""
    words = (FOR_DESK if desk and complaint.state in FOR_DESK else STATUS).get(complaint.state, "")
    if complaint.state == State.CLOSED:
        words = CLOSED.get(complaint.answer.closed_as, "Selesai.")
    elif complaint.state == State.ANSWERED and objection_to_desk(complaint):
        words = ANSWERED_AGAIN[desk]
    elif complaint.state == State.IN_PROGRESS and complaint.answer.disputes:
        words = REOPENED
    return fill_blanks(words, _facts(ctx, complaint))


def next_rung_words(ctx: Context, complaint: Complaint) -> str:
    """What happens automatically if nobody acts; '' if nothing does."""
    head, at = levels_above(ctx, complaint)
    if complaint.state == State.WAITING:
        return ""
    if head and at and complaint.state == State.AT_DESK:
        until = complaint.deadlines.desk_by
        first = f"Pilih OPD paling lambat {full_moment(until, 'id')}. " if until and ctx.now < until < at else ""
        return f"{first}Bila OPD belum dipilih sampai {full_moment(at, 'id')}, laporan naik ke {head}."
    if head and at:
        return f"Bila belum dijawab sampai {full_moment(at, 'id')}, laporan naik ke {head}."
    if complaint.state in (State.AT_DESK, *WITH_DEPARTMENT):
        return STAYS if highest_level(ctx, complaint) == "mayor" else STAYS_OPEN
    return ""


def due_tag(ctx: Context, complaint: Complaint) -> Tag:
    """Working days (hours for danger) left or overdue while something is owed; else the status."""
    if complaint.state == State.WAITING and complaint.deadlines.ask_until:
        return Tag(f"{short_date(complaint.deadlines.ask_until)} · menunggu pelapor", "wait")
    deadline = complaint.deadlines.desk_by if complaint.state == State.AT_DESK else complaint.deadlines.answer_by
    if complaint.state in TAGS or complaint.state == State.CLOSED or deadline is None:
        tone = "done" if complaint.state == State.CLOSED else ""
        return Tag(TAGS.get(complaint.state, "Terbuka"), tone)
    if complaint.urgent:
        return Tag(capitalize(hours_words(deadline, ctx.now)), "late" if deadline <= ctx.now else "wait")
    left = ctx.policy.calendar().working_days_between(ctx.now, deadline)
    if deadline <= ctx.now:
        return Tag(f"Lewat {-left} hari kerja" if left else "Lewat batas waktu", "late")
    days = f"sisa {left} hari kerja" if left > 0 else "habis hari ini"
    return Tag(f"{short_date(deadline)} · {days}", "wait")


def hours_words(deadline: datetime, now: datetime) -> str:
    """Time left or overdue where hours count; from two days on in calendar days."""
    hours = int(abs(deadline - now) / timedelta(hours=1))
    what = "lewat" if deadline <= now else "sisa"
    if hours >= TWO_DAYS:
        return f"{what} {hours // 24} hari"
    return f"{what} {hours} jam" if hours else f"{what} kurang dari 1 jam"


def _facts(ctx: Context, complaint: Complaint) -> dict[str, str]:
    held = complaint.assignment
    accepted = held.acknowledged_at if held else None
    own_head = head_title(ctx, held.opd) if held else ""
    facts = {
        "opd": office_name(ctx, complaint.opd, full=True),
        "short": office_name(ctx, complaint.opd),
        "officer": (held.officer if held else "") or office_name(ctx, complaint.opd),
        "head": levels_above(ctx, complaint)[0] or own_head,
        "told": _told_last(ctx, complaint) or own_head,
        "instansi": ctx.labels.institution(complaint.external_to)[0],
        "reason": REASON_WORDS.get(complaint.reason, complaint.reason),
        "parent": complaint.parent,
    }
    if complaint.deadlines.scheduled_for:
        facts["date"] = full_date(complaint.deadlines.scheduled_for, "id")
    moments = {
        "ack_by": held.ack_by if held else None,
        "until": complaint.deadlines.answer_by,
        "confirm_by": complaint.answer.confirm_by,
        "ask_until": complaint.deadlines.ask_until,
        "at": accepted,
    }
    return facts | {name: full_moment(at, "id") for name, at in moments.items() if at}


def _told_last(ctx: Context, complaint: Complaint) -> str:
    """The title of the highest person who was told of the complaint."""
    if complaint.assignment is None:
        return ""
    rungs = ctx.policy.ladder_for(complaint.assignment.kind, complaint.urgent)
    people = {rung.name: rung.to for rung in rungs if rung.to in TITLED}
    heard = [people[name] for name in complaint.escalation.escalated if name in people]
    return level_title(ctx, complaint, heard[-1]) if heard else ""


MAX_NAME_LENGTH = 40


def due_words(ctx: Context, complaint: Complaint) -> Tag:
    """Working days (hours for danger) left or overdue; neither while the clock is paused."""
    deadline = complaint.deadlines.answer_by
    if complaint.state == State.WAITING or deadline is None:
        return Tag("menunggu pelapor")
    if complaint.urgent:
        return Tag(hours_words(deadline, ctx.now), "late" if deadline <= ctx.now else "wait")
    days = ctx.policy.calendar().working_days_between(ctx.now, deadline)
    if deadline <= ctx.now:
        return Tag(f"lewat {-days} hari kerja" if days < 0 else "lewat batas waktu", "late")
    if local_day(deadline) == local_day(ctx.now):
        return Tag("habis hari ini", "wait")
    return Tag(f"sisa {days} hari kerja" if days > 0 else f"habis {short_date(deadline)}")


def is_overdue(ctx: Context, complaint: Complaint) -> bool:
    """Whether an answer is overdue."""
    deadline = owed_by(complaint)
    return deadline is not None and deadline <= ctx.now


def taken_words(ctx: Context, complaint: Complaint) -> str:
    """“diterima oleh Pak A., 08.12”: the name that the officer typed, and when; or that nobody has accepted it."""
    held = complaint.assignment
    if held is None or held.acknowledged_at is None:
        return "belum diterima, batas terimanya lewat" if held and held.ack_missed else "belum diterima"
    from workflows.domain.privacy.redaction import mask_identifiers

    officer = shorten(one_line(mask_identifiers(held.officer)), MAX_NAME_LENGTH, placeholder="…")
    taken = f"diterima oleh {officer}, " if officer else "diterima "
    return f"{taken}{clock(held.acknowledged_at, ctx.now)}"


def plan_words(ctx: Context, complaint: Complaint) -> str:
    """The scheduled day, and the unit it was delegated to; '' for most."""
    held = complaint.assignment
    unit = ctx.directory.unit(held.unit) if held and held.unit else None
    scheduled = complaint.deadlines.scheduled_for if complaint.state == State.SCHEDULED else None
    parts = (f"dijadwalkan {short_date(scheduled)}" if scheduled else "", f"di {unit.short}" if unit else "")
    return ", ".join(filter(None, parts))


def clock(at: datetime, now: datetime) -> str:
    """“08.12” today; “Rab, 25 Nov, 08.12” on another day."""
    return f"{at.astimezone(WIB):%H.%M}" if local_day(at) == local_day(now) else short_moment(at)


WORDS = {
    "aduan": "Aduan",
    "pertanyaan": "Pertanyaan",
    "saran": "Saran",
    "pengawasan": "Berkadar pengawasan",
    "terima_kasih": "Ucapan terima kasih",
    "bukan_laporan": "Bukan laporan",
    "tidak_jelas": "Isi belum jelas",
}
_MARKS = {
    "terima_kasih": "Tampaknya hanya ucapan terima kasih. Bila benar, arsipkan.",
    "bukan_laporan": "Tampaknya bukan laporan, misalnya iklan atau pesan berantai. Bila benar, arsipkan.",
    "tidak_jelas": "Isinya belum jelas: apa masalahnya, atau di mana.",
}


def kind_tag(complaint: Complaint) -> str:
    """The kind in words; '' for an ordinary complaint, which needs no tag."""
    kind = _kind(complaint)
    return "" if kind == "aduan" else WORDS.get(kind, "")


def kind_mark(complaint: Complaint) -> str:
    """A hint that it may be no complaint at all; else ''."""
    return _MARKS.get(_kind(complaint), "")


def _kind(complaint: Complaint) -> str:
    """The kind by the router; before routing, the one that the citizen ticked."""
    return complaint.routing.kind or complaint.kind or ""


def office_case(ctx: Context, case: CaseView, desk: bool = False) -> dict[str, Any]:
    """The template's variables: text, photos, place, map, status, next step, timeline. `desk`: the reader is the
    operator.
    """
    from workflows.domain.privacy.redaction import mask_identifiers

    complaint = case.complaint
    moved = why_moved(ctx, case, "id", reader="office")
    return {
        "ticket": complaint.ticket,
        "tag": due_tag(ctx, complaint),
        "status": " ".join(filter(None, (status_words(ctx, complaint, desk), moved))),
        "text": mask_identifiers(complaint.text),
        "photos": citizens_photos(case),
        "place": mask_identifiers(complaint.place),
        "area": ctx.labels.area(complaint.kelurahan),
        "map_url": map_url(complaint),
        "kind": kind_tag(complaint),
        "category": ctx.labels.category(complaint.category),
        "urgent": complaint.urgent,
        "restricted": complaint.restricted,
        "closed": desk and is_hidden_from_desk(complaint),
        "restricted_note": officer_note(complaint),
        "received_at": complaint.received_at,
        "arrival": arrival_words(complaint),
        "followers": followers_words(case),
        "next_rung": next_rung_words(ctx, complaint),
        "why": [mask_identifiers(why) for why in complaint.routing.why],
        "lines": office_lines(ctx, case),
        "desk_mailbox": ctx.directory["DESK"].mailbox,
    }


def followers_words(case: CaseView) -> str:
    """How many complaints were merged into this one, and what their citizens read of it; '' for none."""
    if not case.followers:
        return ""
    read = "melihat keadaannya, bukan tulisan Anda"
    if is_public(case.complaint) and not speaks_apart(case.timeline):
        read = "ikut membaca kabar dan jawaban Anda"
    return f"{number(case.followers)} laporan lain digabung ke sini. Pelapornya {read}."


def map_url(complaint: Complaint) -> str:
    """The chosen point on OpenStreetMap; '' without one."""
    if complaint.latitude is None or complaint.longitude is None:
        return ""
    point = f"{complaint.latitude:.6f}", f"{complaint.longitude:.6f}"
    return "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=18/{0}/{1}".format(*point)


@frozen
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
