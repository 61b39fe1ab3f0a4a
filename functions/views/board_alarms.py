"""The alarms on top of the desk's board, each with what to do about it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from functions.views.alarm_words import (
    call_words,
    dead_words,
    letters_words,
    phone_words,
    recipient_words,
    silent_words,
    year_words,
)
from functions.views.case_json import Shape
from functions.views.context import Context
from functions.views.filling import capital
from workflows.desk_board import Board
from workflows.desk_morning import Undelivered
from workflows.domain.change import CITIZEN

CALL = "Telepon sekarang, lalu tekan “Sudah saya telepon” di halaman laporannya:"
SILENT = "Telepon, pastikan emailnya dibaca dan laporannya diterima, lalu catat di halaman laporannya:"
SILENT_HERE = "Laporannya terbatas. Telepon, pastikan emailnya dibaca dan laporannya diterima, lalu catat di sini."
MEND = "Telepon kantornya, minta alamat yang benar, lalu ganti di daftar OPD."
READS_ALL_THE_SAME = "Pelapor tetap dapat membaca kabarnya lewat tautan laporan."
ENGINEER = "Minta pengelola sistem menjalankan “laksa stuck”; laporannya sendiri tetap diperiksa setiap 5 menit."
GUESSED = "sampai saat itu batas waktu pada tahun itu baru perkiraan."


@dataclass(frozen=True)
class Alarm:
    """What is wrong and what to do; ticket and path of the case it is about, where it is about one.

    opd: the department to which a call is written down on the board itself.
    """

    kind: str
    what: str
    do: str
    ticket: str = ""
    path: str = ""
    opd: str = ""


def alarms(ctx: Context, board: Board) -> list[Alarm]:
    """Danger first, then whom to phone, then what others must mend."""
    return [*_calls(ctx, board), *_people(ctx, board), *_machines(ctx, board)]


def alarm_shape(ctx: Context, alarm: Alarm) -> Shape:
    """The same for machines."""
    shape = {"kind": alarm.kind, "text": alarm.what, "do": alarm.do}
    if alarm.opd:
        shape["opd"] = alarm.opd
    return shape | ({"ticket": alarm.ticket, "url": ctx.url + alarm.path} if alarm.path else {})


def _calls(ctx: Context, board: Board) -> Iterator[Alarm]:
    for case, path in zip(board.morning.calls, board.calls, strict=True):
        what = f"Mendesak, belum diterima: {call_words(ctx, case)}."
        yield Alarm("call", what, CALL, case.ticket, path)


def _people(ctx: Context, board: Board) -> Iterator[Alarm]:
    for silent in board.morning.silent:
        what = f"Belum diterima {phone_words(ctx, silent.opd)}: {silent_words(silent)}."
        if silent.case:
            yield Alarm("silent", what, SILENT, silent.case.ticket, board.silent[silent.opd])
        else:
            yield Alarm("silent", what, SILENT_HERE, opd=silent.opd)
    for letters in board.morning.undelivered:
        what = f"Email ke {recipient_words(ctx, letters)} tidak sampai: {letters_words(letters)}."
        yield Alarm("undelivered", what, _mend(letters))


def _mend(letters: Undelivered) -> str:
    return READS_ALL_THE_SAME if letters.role == CITIZEN else MEND


def _machines(ctx: Context, board: Board) -> Iterator[Alarm]:
    if board.morning.dead:
        yield Alarm("dead_letters", f"{dead_words(board.morning.dead)}.", ENGINEER)
    for year in board.morning.years:
        what, when = year_words(ctx, year)
        yield Alarm("calendar", f"{what}.", f"{capital(when)}: {GUESSED}")
