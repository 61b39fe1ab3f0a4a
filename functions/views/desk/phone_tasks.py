"""The board's section of phone tasks: what to tell whom, in which words, and how it went."""

from __future__ import annotations
from collections.abc import Mapping
from datetime import datetime
from urllib.parse import quote, urlencode

from functions.views.shared.complaint_json import Shape
from functions.views.shared.context import Context
from functions.views.shared.rendering import capitalize, iso, short_moment, translator
from functions.views.shared.status_text import office_label, status_label
from functions.views.shared.strings import N_
from workflows.desk.phone_tasks import Task, Tasks, reference
from workflows.domain.complaint.model import Complaint
from workflows.domain.deadlines.calendar import WIB
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.phone_tasks import may_try
from workflows.frozen import frozen
from workflows.urls import citizen_path

MESSAGE = N_("Laksa Kota Tangerang: ada kabar untuk laporan {t}. {label}. Lihat di {link}")
RESTRICTED = N_("Ada kabar untuk {t}: {link}")
SPOKEN = (
    "Selamat {part}, saya (nama Anda) dari Laksa Kota Tangerang. Apakah saya berbicara dengan orang yang punya "
    "nomor laporan {t}?"
)
PARTS = ((11, "pagi"), (15, "siang"), (18, "sore"), (24, "malam"))
"""Parts of the day: until which hour, and the greeting."""
ANY_NEWS = "ada kabar"
PHONE_WORDS: Mapping[str, str] = {
    NoticeName.ANSWER: "jawaban OPD",
    NoticeName.ARCHIVED: "diarsipkan, dengan alasan",
    NoticeName.ASSIGNED: "dikirim ke OPD",
    NoticeName.CLOSED: "ditutup",
    NoticeName.CONFIRM_REMINDER: "diingatkan untuk menyatakan sudah atau belum selesai",
    NoticeName.CONTACT_SHOWN: "kontaknya dibuka OPD",
    NoticeName.DATA_ANSWERED: "permintaan tentang datanya dijawab",
    NoticeName.DATA_ASKED: "permintaan tentang datanya diterima",
    NoticeName.DISPUTE_RECEIVED: "keberatannya diterima",
    NoticeName.EXTERNAL: "bukan kewenangan kota",
    NoticeName.FORWARDED: "dialihkan ke OPD lain",
    NoticeName.LATE: "lewat batas waktu",
    NoticeName.LOST_LINK: "minta tautan lagi",
    NoticeName.MERGED: "digabung dengan laporan yang sama",
    NoticeName.ORPHANED: "berdiri sendiri lagi",
    NoticeName.PROGRESS: "kabar dari OPD",
    NoticeName.QUESTION: "OPD bertanya",
    NoticeName.QUESTIONNAIRE: "ditanya apakah benar sudah selesai",
    NoticeName.RECEIPT: "laporan diterima, dan siapa yang menangani",
    NoticeName.REOPENED: "dibuka kembali",
    NoticeName.REPLY_BY_LINK: ANY_NEWS,
    NoticeName.SCHEDULED: "dijadwalkan",
    NoticeName.WENT_UP: "naik ke atasan OPD",
    NoticeName.WITHDRAWN: "laporan yang diikuti ditarik",
}
"""What a notice of that kind would have said; for a restricted complaint only that there is news."""


@frozen
class TellRow:
    """A phone task as the board shows it. `phone`: '' where nobody may phone; `whatsapp`: '' for a number that is
    no mobile. `missed`: number of unanswered calls.
    """

    ticket: str
    path: str
    reference: str
    restricted: bool
    news: str
    status: str
    since: datetime
    whatsapp: str
    phone: str
    dialled: str
    spoken: str
    missed: int
    tried: str
    may_try: bool


def tell_rows(ctx: Context, tasks: Tasks | None) -> list[TellRow]:
    """The tasks, longest waiting first."""
    return [_row(ctx, task) for task in tasks.tasks] if tasks else []


def tell_shapes(ctx: Context, tasks: Tasks | None) -> list[Shape]:
    """The tasks for machines; `task` is the reference for a POST."""
    return [_shape(ctx, row) for row in tell_rows(ctx, tasks)]


def next_tasks(tasks: Tasks | None) -> str:
    """The URL of the next page of tasks on the same board; '' on the last."""
    return f"?{urlencode({'kabar': tasks.next})}" if tasks and tasks.next else ""


def _shape(ctx: Context, row: TellRow) -> Shape:
    told = {"ticket": row.ticket, "news": row.news, "since": iso(row.since)}
    return told | {
        "whatsapp": row.whatsapp or None,
        "phone": row.phone or None,
        "url": ctx.url + row.path,
        "tries": row.missed,
        "task": row.reference,
    }


def _row(ctx: Context, task: Task) -> TellRow:
    complaint, tried_at = task.complaint, task.details.tried_at
    callable_ = not complaint.restricted or complaint.reach.consent
    return TellRow(
        ticket=complaint.ticket,
        path=task.path,
        reference=reference(task.notice),
        restricted=complaint.restricted,
        news=_news(task),
        status="" if complaint.restricted else office_label(ctx, complaint),
        since=task.details.pending[0].at,
        whatsapp=_whatsapp(task.phone, _message(ctx, complaint)),
        phone=_readable(task.phone) if callable_ else "",
        dialled=task.phone if callable_ else "",
        spoken=_spoken(ctx, complaint),
        missed=task.details.missed,
        tried=short_moment(tried_at) if tried_at else "",
        may_try=may_try(task.notice, ctx.now),
    )


def _news(task: Task) -> str:
    templates = [news.template for news in task.details.pending]
    if task.complaint.restricted:
        return PHONE_WORDS[NoticeName.LOST_LINK] if set(templates) == {NoticeName.LOST_LINK} else ANY_NEWS
    return "; ".join(dict.fromkeys(PHONE_WORDS.get(template, ANY_NEWS) for template in templates))


def _message(ctx: Context, complaint: Complaint) -> str:
    """The prepared WhatsApp message, in the language of the complaint's form."""
    lang = complaint.lang
    link = ctx.url + citizen_path(ctx.links, complaint.ticket, complaint.key_version)
    words = translator(lang)(RESTRICTED if complaint.restricted else MESSAGE)
    status = "" if complaint.restricted else capitalize(status_label(ctx, complaint, lang))
    return words.format(t=complaint.ticket, label=status, link=link)


def _whatsapp(phone: str, message: str) -> str:
    """The WhatsApp link; '' for a landline."""
    return f"https://wa.me/{phone.lstrip('+')}?text={quote(message, safe='')}" if _is_mobile(phone) else ""


def _is_mobile(phone: str) -> bool:
    """Whether it may be a mobile: true also for countries whose numbers do not tell."""
    import phonenumbers
    from phonenumbers import PhoneNumberType as Type

    try:
        kind = phonenumbers.number_type(phonenumbers.parse(phone))
    except phonenumbers.NumberParseException:
        return False
    return kind in {Type.MOBILE, Type.FIXED_LINE_OR_MOBILE}


def _spoken(ctx: Context, complaint: Complaint) -> str:
    hour = ctx.now.astimezone(WIB).hour
    part = next(words for until, words in PARTS if hour < until)
    return SPOKEN.format(part=part, t=complaint.ticket)


def _readable(phone: str) -> str:
    """“+62 812-3456-7890”; an invalid number as it was typed."""
    import phonenumbers

    try:
        number = phonenumbers.parse(phone)
    except phonenumbers.NumberParseException:
        return phone
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.INTERNATIONAL)
