"""The desk's morning letter: whom to phone, and what Laksa cannot mend by itself."""

from __future__ import annotations

from datetime import date

from functions.views.context import Context
from functions.views.mail_digest import deadline
from functions.views.mail_facts import Facts
from functions.views.standing import office
from functions.views.words import full_moment, number, short_date
from workflows.desk_morning import Silent, Undelivered
from workflows.domain.calendar import WIB
from workflows.domain.change import CITIZEN, HEAD, UNIT
from workflows.domain.complaint import Complaint
from workflows.overviews import DeskDigest

MOST_TICKETS = 10


def desk_facts(ctx: Context, digest: DeskDigest) -> Facts:
    """What the desk's template shows."""
    morning = digest.morning
    calls = zip(morning.calls, digest.paths, strict=True)
    return {
        "addressee": "operator Laksa",
        "count": number(morning.count),
        "calls": [(case.ticket, _call(ctx, case), ctx.url + path) for case, path in calls],
        "waiting": [
            (case.ticket, _waiting(ctx, case), ctx.url + path)
            for case, path in zip(morning.waiting, digest.waiting, strict=True)
        ],
        "waiting_total": number(morning.waiting_total),
        "waiting_more": number(more) if (more := morning.waiting_total - len(morning.waiting)) > 0 else "",
        "silent": [(_phone(ctx, silent.opd), _silent(silent)) for silent in morning.silent],
        "undelivered": [(_recipient(ctx, letters), _letters(letters)) for letters in morning.undelivered],
        "years": [_year(ctx, year) for year in morning.years],
    }


def _waiting(ctx: Context, case: Complaint) -> str:
    """Until when the desk must choose; of a restricted case nothing else."""
    until = full_moment(case.desk_by, "id") if case.desk_by else "–"
    words = "lewat, batasnya" if case.desk_by and case.desk_by <= ctx.now else "pilih OPD sampai"
    marks = ["terbatas"] if case.restricted else ["mendesak"] if case.urgent else []
    return " · ".join((*marks, f"{words} {until}"))


def _year(ctx: Context, year: int) -> str:
    begins = date(year, 1, 1)
    when = f"sebelum {short_date(begins)}" if begins > ctx.now.astimezone(WIB).date() else "hari ini"
    return f"Hari libur {year} belum ditetapkan: periksa {when}"


def _call(ctx: Context, case: Complaint) -> str:
    if case.restricted:
        return f"terbatas · {deadline(case)}"
    return f"{_phone(ctx, case.opd or '')} · sampai {deadline(case)}"


def _silent(silent: Silent) -> str:
    return f"{number(silent.count)} laporan sejak {short_date(silent.since)}"


def _letters(letters: Undelivered) -> str:
    shown = ", ".join(letters.tickets[:MOST_TICKETS])
    more = len(letters.tickets) - MOST_TICKETS
    tickets = f"{shown} dan {number(more)} lagi" if more > 0 else shown
    count = f"{number(letters.count)} email sejak {short_date(letters.since)}"
    return " · ".join(filter(None, (count, tickets)))


def _recipient(ctx: Context, letters: Undelivered) -> str:
    if letters.role == CITIZEN:
        return "pelapor"
    if letters.role == UNIT:
        unit = ctx.directory.unit(letters.to)
        return _named(unit.short if unit else letters.to, unit.phone if unit else "")
    department = ctx.directory.get(letters.to)
    if letters.role == HEAD and department:
        return _named(department.head, department.phone)
    return _phone(ctx, letters.to)


def _phone(ctx: Context, opd: str) -> str:
    department = ctx.directory.get(opd)
    return _named(office(ctx, opd), department.phone if department else "")


def _named(name: str, phone: str) -> str:
    return f"{name} ({phone or 'nomor telepon belum ada'})"
