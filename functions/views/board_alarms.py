"""The alarms on top of the desk's board, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from functions.views.alarm_words import (
    FEW,
    call_words,
    choose_words,
    dead_words,
    letters_words,
    line_words,
    mailbox_words,
    phone_words,
    recipient_words,
    silent_words,
    tell_words,
    year_words,
)
from functions.views.case_json import Shape
from functions.views.context import Context
from functions.views.data_requests import NAMES, is_late
from functions.views.filling import capital
from workflows.desk.board import Board
from workflows.desk.morning import Undelivered
from workflows.domain.change import CITIZEN

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
"""Kinds of alarms that wait for nothing."""


@dataclass(frozen=True)
class Alarm:
    """What is wrong and what to do; ticket and path of the case it is about, where it is about one.

    opd: the department to which a call is written down on the board itself, by that action. folded: one of so many
    alike that the board shows them in a fold.
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
    """Danger first, then whom to phone, then what others must mend."""
    dangers = (*_at_desk(ctx, board), *_calls(ctx, board))
    people = (*_data(ctx, board), *_people(ctx, board), *_mailboxes(ctx, board))
    return [*dangers, *people, *_machines(ctx, board)]


def alarm_shape(ctx: Context, alarm: Alarm) -> Shape:
    """The same for machines."""
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
        what = f"{capital(mailbox_words(ctx, check))}."
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
        yield Alarm("calendar", f"{what}.", f"{capital(when)}: {GUESSED}")
