"""The alarms on the desk's board, each with what to do about it; the desk's morning mail uses the same words."""

from __future__ import annotations
from collections.abc import Iterator
from datetime import date

from functions.views.mail.department_digest import deadline
from functions.views.shared.complaint_json import Shape
from functions.views.shared.context import Context
from functions.views.shared.data_requests import NAMES, is_late
from functions.views.shared.rendering import capitalize, full_moment, number, short_date, short_moment
from functions.views.shared.status_text import office_name
from workflows.citizen.data_requests import Waiting
from workflows.desk.board import Board
from workflows.desk.morning import Undelivered
from workflows.desk.phone_tasks import Backlog
from workflows.desk.unacknowledged import Silent
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import CITIZEN, HEAD, UNIT
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.notifications.mailbox_check import MailboxCheck
from workflows.frozen import frozen
from workflows.records.queries import DeadLetters

MAX_TICKETS = 10
FEW = 3
"""The most unconfirmed mailboxes that are listed singly; in a new quarter it may be all of them."""


def call_words(ctx: Context, case: Complaint) -> str:
    """Whom to phone about an urgent complaint, and by when; of a restricted one only the date."""
    if case.restricted:
        return f"terbatas · {deadline(case)}"
    known = ctx.directory.get(case.opd or "")
    meanwhile = "" if known and known.phone else " · sementara itu telepon 112"
    return f"{phone_words(ctx, case.opd or '')}{meanwhile} · sampai {deadline(case)}"


def choose_words(ctx: Context, case: Complaint) -> str:
    """By when the desk must choose a department."""
    until = short_moment(case.deadlines.desk_by) if case.deadlines.desk_by else "–"
    words = "lewat sejak" if case.deadlines.desk_by and case.deadlines.desk_by <= ctx.now else "pilih OPD sampai"
    return " · ".join((*(["terbatas"] if case.restricted else []), f"{words} {until}"))


def silent_words(silent: Silent) -> str:
    """How many complaints a department has not accepted, since when, and when it was phoned about them."""
    called = f" · terakhir ditelepon {short_moment(silent.called_at)}" if silent.called_at else ""
    return f"{number(silent.count)} laporan sejak {short_date(silent.since)}{called}"


def letters_words(letters: Undelivered) -> str:
    """How many mails did not arrive, since when, about which complaints."""
    shown = ", ".join(letters.tickets[:MAX_TICKETS])
    more = len(letters.tickets) - MAX_TICKETS
    tickets = f"{shown} dan {number(more)} lagi" if more > 0 else shown
    count = f"{number(letters.count)} email sejak {short_date(letters.since)}"
    return " · ".join(filter(None, (count, tickets)))


def recipient_words(ctx: Context, letters: Undelivered) -> str:
    """The recipient, with a number to phone."""
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
    return _named(office_name(ctx, opd), department.phone if department else "")


def dead_words(dead: DeadLetters) -> str:
    """How many messages the bus gave up on."""
    return f"{number(dead.count)} pesan di dalam Laksa gagal diproses sejak {short_date(dead.since)}"


def data_words(data: Waiting) -> str:
    """How many data requests wait, and until when the first."""
    until = full_moment(data.due_at, "id")
    return f"{number(data.count)} permintaan pelapor atas datanya, yang pertama sampai {until}"


def mailbox_words(ctx: Context, check: MailboxCheck) -> str:
    """Whom to ask for the right address, because nobody has confirmed it in time."""
    asked = f"“Masih dibaca” belum ditekan sejak {short_date(check.asked_at)}"
    return f"telepon {phone_words(ctx, check.opd)} untuk menanyakan alamat yang benar: {asked}"


def line_words(count: int) -> str:
    """How many notices are held back until somebody opens a link."""
    return f"{number(count)} email kepada pelapor menunggu, karena tautannya belum pernah dibuka"


def tell_words(backlog: Backlog) -> str:
    """How many citizens without e-mail wait for a phone call, and since when."""
    since = short_date(backlog.since)
    return f"{number(backlog.count)} pelapor yang tidak terjangkau email menunggu dikabari sejak {since}"


def year_words(ctx: Context, year: int) -> tuple[str, str]:
    """A year whose holidays nobody has entered, and by when to check."""
    begins = date(year, 1, 1)
    when = f"sebelum {short_date(begins)}" if begins > local_day(ctx.now) else "hari ini"
    return f"Hari libur {year} belum ditetapkan", f"periksa {when}"


def _named(name: str, phone: str, file: str = "departments.csv") -> str:
    """The name with its number; without one, where to enter it."""
    return f"{name} ({phone or f'nomor telepon belum ada; isi kolom phone di {file}'})"


CHOOSE = "Baca dan pilih OPD sekarang:"
CALL = "Telepon sekarang, lalu tekan “Sudah saya telepon” di halaman laporannya:"
SILENT = "Telepon, pastikan emailnya dibaca dan laporannya diterima, lalu catat di halaman laporannya:"
SILENT_HERE = "Laporannya terbatas. Telepon, pastikan emailnya dibaca dan laporannya diterima, lalu catat di sini."
MAILBOX = "Bila alamatnya lain, ganti di daftar OPD; yang baru ditanya besok pagi."
MEND = "Telepon kantornya, minta alamat yang benar, lalu ganti di daftar OPD."
DATA_LATE = "Selesaikan sekarang, di bagian “Permintaan pelapor atas datanya”."
READS_ALL_THE_SAME = "Pelapor tetap dapat membaca kabarnya lewat tautan laporan."
ENGINEER = "Minta pengelola sistem menjalankan “laksa stuck”; laporannya sendiri tetap diperiksa setiap 5 menit."
TELL = "Kirim lewat WhatsApp atau telepon, lalu catat hasilnya, di bagian “Kabari pelapor”."
IN_LINE = "Mungkin ada yang menulis alamat orang lain. Email keluar sedikit demi sedikit; tidak ada yang hilang."
GUESSED = (
    "sampai saat itu batas waktu pada tahun itu baru perkiraan. Begitu cuti bersama ditetapkan, isi holidays.csv "
    "di “Tabel dan hari libur”."
)


CALLED = "called"
AT_DESK, CALL_NOW = "at_desk", "call"
DANGERS = (AT_DESK, CALL_NOW)
"""Kinds of alarms that cannot wait."""


@frozen
class Alarm:
    """What is wrong and what to do; ticket and path of the complaint it is about, if any. `opd`: the department to
    which a call is recorded on the board, by that action. `folded`: one of so many similar ones that the board
    folds them.
    """

    kind: str
    what: str
    do: str
    ticket: str = ""
    path: str = ""
    opd: str = ""
    action: str = CALLED
    folded: bool = False


def alarms(ctx: Context, board: Board) -> list[Alarm]:
    """The alarms: danger first, then phone calls, then what others must repair."""
    dangers = (*_at_desk(ctx, board), *_calls(ctx, board))
    people = (*_data(ctx, board), *_people(ctx, board), *_mailboxes(ctx, board))
    return [*dangers, *people, *_machines(ctx, board)]


def alarm_shape(ctx: Context, alarm: Alarm) -> Shape:
    """An alarm for machines."""
    shape = {"kind": alarm.kind, "text": alarm.what, "do": alarm.do}
    if alarm.opd:
        shape["opd"] = alarm.opd
    if alarm.action != CALLED:
        shape["action"] = alarm.action
    return shape | ({"ticket": alarm.ticket, "url": ctx.url + alarm.path} if alarm.path else {})


def _at_desk(ctx: Context, board: Board) -> Iterator[Alarm]:
    for case, path in board.danger:
        yield Alarm(AT_DESK, f"Mendesak, menunggu Anda: {choose_words(ctx, case)}.", CHOOSE, case.ticket, path)


def _calls(ctx: Context, board: Board) -> Iterator[Alarm]:
    for case, path in zip(board.morning.calls, board.calls, strict=True):
        what = f"Mendesak, belum diterima: {call_words(ctx, case)}."
        yield Alarm(CALL_NOW, what, CALL, case.ticket, path)


def _data(ctx: Context, board: Board) -> Iterator[Alarm]:
    for request in board.requests:
        if is_late(ctx, request):
            what = f"{NAMES[request.kind]} {request.ticket}: batas 3×24 jam sudah lewat."
            yield Alarm("data_request", what, DATA_LATE, request.ticket)


def _people(ctx: Context, board: Board) -> Iterator[Alarm]:
    for silent in board.morning.silent:
        what = f"Belum diterima {phone_words(ctx, silent.opd)}: {silent_words(silent)}."
        if silent.case:
            yield Alarm("silent", what, SILENT, silent.case.ticket, board.silent[silent.opd])
        else:
            yield Alarm("silent", what, SILENT_HERE, opd=silent.opd)
    if board.morning.tell:
        yield Alarm("tell", f"{tell_words(board.morning.tell)}.", TELL)
    for letters in board.morning.undelivered:
        what = f"Email ke {recipient_words(ctx, letters)} tidak sampai: {letters_words(letters)}."
        yield Alarm("undelivered", what, _mend(letters))


def _mailboxes(ctx: Context, board: Board) -> Iterator[Alarm]:
    many = len(board.morning.mailboxes) > FEW
    for check in board.morning.mailboxes:
        what = f"{capitalize(mailbox_words(ctx, check))}."
        yield Alarm("mailbox", what, MAILBOX, opd=check.opd, action="mailbox_called", folded=many)


def _mend(letters: Undelivered) -> str:
    return READS_ALL_THE_SAME if letters.role == CITIZEN else MEND


def _machines(ctx: Context, board: Board) -> Iterator[Alarm]:
    if board.morning.dead:
        yield Alarm("dead_letters", f"{dead_words(board.morning.dead)}.", ENGINEER)
    if board.morning.letters_in_line:
        yield Alarm("letters_in_line", f"{line_words(board.morning.letters_in_line)}.", IN_LINE)
    for year in board.morning.years:
        what, when = year_words(ctx, year)
        yield Alarm("calendar", f"{what}.", f"{capitalize(when)}: {GUESSED}")
