"""What the desk must look at, in words: its morning letter and its board say the same."""

from __future__ import annotations

from datetime import date

from functions.views.context import Context
from functions.views.mail_digest import deadline
from functions.views.standing import office
from functions.views.words import number, short_date, short_moment
from workflows.dead_letters import DeadLetters
from workflows.desk_morning import Undelivered
from workflows.domain.calendar import local_day
from workflows.domain.change import CITIZEN, HEAD, UNIT
from workflows.domain.complaint import Complaint
from workflows.silent import Silent

MOST_TICKETS = 10


def call_words(ctx: Context, case: Complaint) -> str:
    """Whom to phone about an urgent case, and by when; of a restricted one only the date."""
    if case.restricted:
        return f"terbatas · {deadline(case)}"
    return f"{phone_words(ctx, case.opd or '')} · sampai {deadline(case)}"


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
        return _named(unit.short if unit else letters.to, unit.phone if unit else "")
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


def year_words(ctx: Context, year: int) -> tuple[str, str]:
    """A year whose holidays nobody has entered, and by when to look."""
    begins = date(year, 1, 1)
    when = f"sebelum {short_date(begins)}" if begins > local_day(ctx.now) else "hari ini"
    return f"Hari libur {year} belum ditetapkan", f"periksa {when}"


def _named(name: str, phone: str) -> str:
    return f"{name} ({phone or 'nomor telepon belum ada'})"
