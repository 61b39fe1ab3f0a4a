"""What operators read when the board cannot do what they sent: its link is over, or the case has gone on."""

from __future__ import annotations

from datetime import datetime

from functions.views.words import full_moment
from workflows.domain.actions.renew_link import AGAIN_AFTER
from workflows.domain.complaint import EXTERNAL, WITH_DEPARTMENT
from workflows.errors import BoardExpired, UndoOver

OVER = "Tautan papan kerja ini sudah habis masa berlakunya"
ONE_SHIFT = "Tautan papan kerja berlaku satu giliran jaga. Yang baru datang lewat email pagi."
RENEW = (
    "Perlu sekarang? Tekan “Kirim tautan baru”; kami mengirimnya ke alamat email meja operator, paling banyak "
    "sekali dalam satu jam."
)
RENEWED = "Tautan baru sudah dikirim ke alamat email meja operator pada {at}. Periksa kotak masuk dan folder spam."
CASES_GO_ON = "Tautan di email setiap laporan tetap berlaku."
SAVED = "Tersimpan"
SAVED_AT_THE_END = "Yang baru Anda kirim sudah tersimpan. Tautan papan kerja ini sekarang habis masa berlakunya."
DATA_CHANGED = (
    "Pelapor menambah tulisan pada permintaan ini sejak halaman Anda dibuka, dan jawaban Anda belum terkirim. "
    "Baca tulisannya, lalu kirim lagi."
)
UNDO_LATE = "Sepuluh menit untuk membatalkan pengiriman {t} sudah lewat, dan emailnya sudah keluar."
UNDO_MOVED = "Laporan {t} sudah berubah sejak dikirim, maka pengirimannya tidak dapat dibatalkan lagi."
AT_A_DEPARTMENT = "Bila OPD-nya keliru, telepon OPD itu dan minta menekan “Bukan tugas kami”."
AT_AN_INSTITUTION = (
    "Laporan ini diarahkan ke instansi di luar kota, dan tidak ada OPD yang memegangnya. Bila keliru, pelapor "
    "dapat menekan “Belum selesai” di halaman laporannya; laporan lalu kembali ke meja operator."
)


def board_expired(error: BoardExpired, now: datetime | None) -> tuple[str, str]:
    """Title and sentence. now: None where nothing can be looked up."""
    renewed = is_renewed(error, now) and error.renewed_at
    way_on = RENEWED.format(at=full_moment(renewed, "id")) if renewed else RENEW
    if error.saved:
        return SAVED, f"{SAVED_AT_THE_END} {way_on}"
    return OVER, f"{ONE_SHIFT} {way_on} {CASES_GO_ON}"


def is_renewed(error: BoardExpired, now: datetime | None) -> bool:
    """A new link went out within the hour: another one would not come."""
    return bool(now and error.renewed_at and now - error.renewed_at < AGAIN_AFTER)


def undo_over(error: UndoOver) -> str:
    """Why an assignment can no longer be taken back, and what is left to do where the case is now."""
    sentence = (UNDO_MOVED if error.moved else UNDO_LATE).format(t=error.ticket)
    if error.state == EXTERNAL:
        return f"{sentence} {AT_AN_INSTITUTION}"
    return f"{sentence} {AT_A_DEPARTMENT}" if error.state in WITH_DEPARTMENT else sentence
