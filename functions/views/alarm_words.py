"""What the desk must look at, in words: its morning letter and its board say the same."""

from __future__ import annotations

from datetime import date

from functions.views.context import Context
from functions.views.mail_digest import deadline
from functions.views.standing import office
from functions.views.words import full_moment, number, short_date, short_moment
from workflows.citizen.data_requests import Waiting
from workflows.clock.dead_letters import DeadLetters
from workflows.desk.morning import Undelivered
from workflows.desk.silent import Silent
from workflows.desk.tell_tasks import Backlog
from workflows.domain.calendar import local_day
from workflows.domain.change import CITIZEN, HEAD, UNIT
from workflows.domain.complaint import Complaint
from workflows.domain.notifications.mailbox_check import MailboxCheck

MOST_TICKETS = 10
FEW = 3
"""So many mailboxes that nobody has confirmed are named one by one; in a new quarter it may be all of them."""


def call_words(ctx: Context, case: Complaint) -> str:
    """Whom to phone about an urgent case, and by when; of a restricted one only the date."""
    if case.restricted:
        return f"terbatas · {deadline(case)}"
    known = ctx.directory.get(case.opd or "")
    meanwhile = "" if known and known.phone else " · sementara itu telepon 112"
    return f"{phone_words(ctx, case.opd or '')}{meanwhile} · sampai {deadline(case)}"


def choose_words(ctx: Context, case: Complaint) -> str:
    """Until when the desk must choose who gets a case."""
    until = short_moment(case.desk_by) if case.desk_by else "–"
    words = "lewat sejak" if case.desk_by and case.desk_by <= ctx.now else "pilih OPD sampai"
    return " · ".join((*(["terbatas"] if case.restricted else []), f"{words} {until}"))


def silent_words(silent: Silent) -> str:
    """How many cases a department has left lying, since when, and when it was phoned about them."""
    called = f" · terakhir ditelepon {short_moment(silent.called_at)}" if silent.called_at else ""
    return f"{number(silent.count)} laporan sejak {short_date(silent.since)}{called}"


def letters_words(letters: Undelivered) -> str:
    """How many letters did not arrive, since when, about which reports."""
    shown = ", ".join(letters.tickets[:MOST_TICKETS])
    more = len(letters.tickets) - MOST_TICKETS
    tickets = f"{shown} dan {number(more)} lagi" if more > 0 else shown
    count = f"{number(letters.count)} email sejak {short_date(letters.since)}"
    return " · ".join(filter(None, (count, tickets)))


def recipient_words(ctx: Context, letters: Undelivered) -> str:
    """Whom they were for, with a number to phone."""
    if letters.role == CITIZEN:
        return "pelapor"
    if letters.role == UNIT:
        unit = ctx.directory.unit(letters.to)
        return _named(unit.short if unit else letters.to, unit.phone if unit else "", "units.csv")
    department = ctx.directory.get(letters.to)
    if letters.role == HEAD and department:
        return _named(department.head, department.phone)
    return phone_words(ctx, letters.to)


def phone_words(ctx: Context, opd: str) -> str:
    """A department with its number."""
    department = ctx.directory.get(opd)
    return _named(office(ctx, opd), department.phone if department else "")


def dead_words(dead: DeadLetters) -> str:
    """How many messages the bus gave up on."""
    return f"{number(dead.count)} pesan di dalam Laksa gagal diproses sejak {short_date(dead.since)}"


def data_words(data: Waiting) -> str:
    """How many citizens' requests about their own data wait, and until when the first."""
    until = full_moment(data.due_at, "id")
    return f"{number(data.count)} permintaan pelapor atas datanya, yang pertama sampai {until}"


def mailbox_words(ctx: Context, check: MailboxCheck) -> str:
    """Whom to ask for the right address, because nobody has pressed in time."""
    asked = f"“Masih dibaca” belum ditekan sejak {short_date(check.asked_at)}"
    return f"telepon {phone_words(ctx, check.opd)} untuk menanyakan alamat yang benar: {asked}"


def line_words(count: int) -> str:
    """How many letters wait for somebody to open a link."""
    return f"{number(count)} email kepada pelapor menunggu, karena tautannya belum pernah dibuka"


def tell_words(backlog: Backlog) -> str:
    """How many citizens whom no e-mail reaches wait for an operator's word, and since when."""
    since = short_date(backlog.since)
    return f"{number(backlog.count)} pelapor yang tidak terjangkau email menunggu dikabari sejak {since}"


def year_words(ctx: Context, year: int) -> tuple[str, str]:
    """A year whose holidays nobody has entered, and by when to look."""
    begins = date(year, 1, 1)
    when = f"sebelum {short_date(begins)}" if begins > local_day(ctx.now) else "hari ini"
    return f"Hari libur {year} belum ditetapkan", f"periksa {when}"


def _named(name: str, phone: str, file: str = "departments.csv") -> str:
    """Without a number it says where one is entered."""
    return f"{name} ({phone or f'nomor telepon belum ada; isi kolom phone di {file}'})"
