"""What a person reads when something cannot be done: a title, and how to go on."""

from __future__ import annotations

from datetime import timedelta

from functions.views.board_words import DATA_CHANGED, board_expired, undo_over
from functions.views.context import Context
from functions.views.field_errors import SENTENCES
from functions.views.filling import capital, fill
from functions.views.number_taken import TAKEN
from functions.views.sentences import LABELS, N_, TO_OFFICES
from functions.views.standing import label, office
from functions.views.table_words import not_changed
from functions.views.words import full_date, full_moment, say
from workflows import errors as e
from workflows import failures as f
from workflows.domain.complaint import Complaint
from workflows.domain.retention import WHOLE

Words = tuple[str, str]

NOT_OPENED = (
    N_("Tautan ini tidak dapat dibuka"),
    N_(
        "Tautan ini tidak dapat dibuka. Mungkin terpotong saat disalin. Buka langsung dari email, atau minta "
        "tautan lagi dengan nomor laporan Anda."
    ),
)
UNREADABLE = (
    N_("Kiriman ini tidak terbaca"),
    N_("Kiriman ini tidak terbaca dan tidak tersimpan. Buka formulir sekali lagi dan kirim dari sana."),
)
BUSY = (
    N_("Laksa sedang sibuk"),
    N_(
        "Laporan belum tersimpan karena Laksa sedang sibuk. Tunggu 1 menit, lalu tekan “Kirim laporan” lagi; "
        "tidak akan tercatat dua kali. Keadaan darurat: telepon 112."
    ),
)
BROKEN = (
    N_("Laksa mengalami gangguan"),
    N_(
        "Langkah ini gagal, dan yang Anda kirim mungkin belum tersimpan. Coba sekali lagi. Keadaan darurat: "
        "telepon 112."
    ),
)
BY_CLASS: dict[type[Exception], Words] = {
    e.InvalidInput: (
        N_("Isian perlu diperiksa"),
        N_("Ada {n} isian yang perlu diperiksa, dan belum ada yang tersimpan."),
    ),
    e.Forbidden: NOT_OPENED,
    e.LinkExpired: (
        N_("Tautan ini sudah habis masa berlakunya"),
        N_(
            "Tautan ini sudah habis masa berlakunya. Tekan “Kirim tautan baru”; kami mengirimnya ke alamat "
            "email {opd} yang terdaftar."
        ),
    ),
    e.ListExpired: (
        N_("Tautan daftar ini sudah habis masa berlakunya"),
        N_(
            "Tautan daftar berlaku sampai pagi hari kerja berikutnya. Yang baru ada di email pagi, yang hanya "
            "datang bila ada laporan baru, keterangan baru, atau batas waktu yang habis atau lewat. Tautan di "
            "email setiap laporan tetap berlaku."
        ),
    ),
    e.OutsideDeskNetworks: (
        "Tautan meja operator hanya terbuka dari jaringan kantor",
        "Sambungkan ke jaringan kantor atau VPN-nya, lalu buka lagi tautan ini dari email. Tautannya tetap sama. "
        "Sudah di kantor? Minta pengelola sistem memeriksa LAKSA_DESK_ALLOW.",
    ),
    e.DataRequestChanged: ("Permintaan pelapor sudah bertambah", DATA_CHANGED),
    e.UndoOver: ("Pengiriman ini tidak dapat dibatalkan lagi", ""),
    e.TableNotChanged: ("Tabel tidak berubah", ""),
    e.LinkSuperseded: (
        N_("Tautan ini tidak berlaku lagi"),
        N_(
            "Laporan ini tidak lagi di {opd} sejak {at}, maka tautan ini tidak berlaku. Anda tidak perlu "
            "melakukan apa-apa."
        ),
    ),
    e.ReportErased: (
        N_("Laporan ini sudah dihapus"),
        N_(
            "Isi, foto, nama dan kontak laporan {t} dihapus pada {at}. Yang tersisa di Laksa: nomor, status "
            "({label}), tanggal masuk ({received}), jenis masalah, dan OPD yang menangani."
        ),
    ),
    e.TooManyTries: (
        N_("Terlalu banyak kode yang keliru"),
        SENTENCES["too_many_codes"],
    ),
    e.FormAlreadySent: (
        N_("Formulir ini sudah terkirim"),
        N_(
            "Formulir ini sudah terkirim dengan isi lain, dan laporan pertama tersimpan. Bila ini laporan baru, "
            "buka formulir baru. Bila tambahan, buka tautan laporan pertama."
        ),
    ),
    e.NumberTaken: TAKEN,
    e.PageNotFound: (
        N_("Halaman ini tidak ada"),
        N_("Halaman ini tidak ada. Mulai dari formulir, atau cari laporan dengan nomornya."),
    ),
    e.WrongMethod: (
        N_("Halaman ini tidak dapat dipakai dengan cara itu"),
        N_("Halaman ini tidak dapat dipakai dengan cara itu. Buka dari tautan di email."),
    ),
    e.UnreadableBody: UNREADABLE,
    e.BodyTooLarge: (
        N_("Kiriman ini terlalu besar"),
        N_(
            "Kiriman ini lebih dari 32 MB dan tidak tersimpan. Tekan “Kembali” di browser (tulisan biasanya "
            "masih ada), kurangi atau kecilkan foto, lalu kirim lagi."
        ),
    ),
    f.Retryable: BUSY,
}
BY_STATUS = {400: UNREADABLE, 403: NOT_OPENED, 503: BUSY}

NOT_NOW = N_("Langkah ini tidak dapat dilakukan")
DRAFT = "Konsep jawaban sudah berganti"
DRAFT_CHANGED = (
    "Ada konsep jawaban yang baru sejak halaman ini dibuka, dan jawaban Anda belum terkirim. Bandingkan dengan "
    "konsep itu, lalu kirim lagi."
)
DRAFT_GONE = (
    "Konsep jawaban yang Anda buka sudah tidak ada, dan jawaban Anda belum terkirim. Periksa jawaban Anda, lalu "
    "kirim lagi."
)
BUT_POSSIBLE = N_("Langkah ini tidak dapat dilakukan, karena laporan sekarang {label}. Yang bisa: {actions}.")
NOTHING_POSSIBLE = N_("Langkah ini tidak dapat dilakukan, karena laporan sekarang {label}.")
SUPERSEDED_RESTRICTED = N_("Tautan ini tidak berlaku lagi.")
BUSY_AT_A_CASE = N_(
    "Laksa sedang sibuk, dan langkah Anda mungkin belum tersimpan. Tunggu 1 menit, lalu buka tautan ini lagi."
)
ENDED = N_("selesai")
YOUR_OFFICE = N_("OPD Anda")
RENEWED = N_("Tautan baru sudah dikirim pada {at}. Periksa kotak masuk dan folder spam.")
ACTIONS = {
    "confirm": N_("Sudah selesai"),
    "dispute": N_("Belum selesai"),
    "add": N_("Tambah keterangan"),
    "rate": N_("Beri nilai"),
    "withdraw": N_("Tarik laporan"),
    "acknowledge": N_("Terima laporan"),
    "answer": N_("Jawab"),
    "schedule": N_("Jadwalkan"),
    "forward": N_("Alihkan ke OPD lain"),
    "not-ours": N_("Bukan tugas kami"),
    "renew": N_("Kirim tautan baru"),
    "assign": N_("Disposisikan"),
    "external": N_("Arahkan ke instansi"),
    "reject": N_("Arsipkan"),
    "ask": "Tanya pelapor",
    "progress": "Kabari pelapor",
    "delegate": "Tugaskan ke unit",
    "contact": "Buka kontak pelapor",
    "called": "Catat telepon",
    "merge": "Gabungkan",
}
"""What is possible instead, by its button; the last six are read by offices alone."""


def problem_words(
    ctx: Context | None, lang: str, error: Exception, status: int, token: str = "", to_office: bool = False
) -> Words:
    """Title and sentence for an error, by its class, else by its status; never its own text."""
    _ = say(lang, "pages")
    if isinstance(error, e.ActionNotPossible):
        return _(NOT_NOW), not_possible(error, lang, to_office)
    if isinstance(error, e.DraftChanged):
        return DRAFT, draft_changed(error)
    if isinstance(error, e.BoardExpired):
        return board_expired(error, ctx.now if ctx else None)
    kind = next((kind for kind in type(error).__mro__ if kind in BY_CLASS), None)
    title, sentence = BY_CLASS[kind] if kind else BY_STATUS.get(status, BROKEN)
    if isinstance(error, e.LinkSuperseded) and (error.restricted or not error.department):
        sentence = SUPERSEDED_RESTRICTED
    if isinstance(error, e.LinkExpired) and just_renewed(ctx, error):
        sentence = RENEWED
    if isinstance(error, e.UndoOver):
        sentence = undo_over(error)
    if isinstance(error, e.TableNotChanged):
        sentence = f"{capital(not_changed(error))}."
    if token and sentence == BUSY[1]:
        sentence = BUSY_AT_A_CASE
    return _(title), fill(_(sentence), _facts(ctx, lang, error))


def just_renewed(ctx: Context | None, error: e.LinkExpired) -> bool:
    """A new link went out within the hour: another one would not come."""
    return bool(ctx and error.renewed_at and ctx.now - error.renewed_at < timedelta(hours=1))


def draft_changed(error: e.DraftChanged) -> str:
    """Why an answer was not sent, and how to go on; offices alone read it."""
    return DRAFT_CHANGED if error.draft else DRAFT_GONE


def not_possible(error: e.ActionNotPossible, lang: str, to_office: bool = False) -> str:
    """What the state forbids, and what it allows instead."""
    _ = say(lang, "pages")
    labels = LABELS | (TO_OFFICES if to_office else {})
    label = say(lang)(labels[error.state]) if error.state in labels else _(ENDED)
    names = {"opd": _("OPD yang berwenang"), "instansi": _("instansi lain"), "date": ""}
    actions = ", ".join(f"“{_(ACTIONS[name])}”" for name in error.possible if name in ACTIONS)
    sentence = _(BUT_POSSIBLE if actions else NOTHING_POSSIBLE)
    return fill(sentence, {"label": fill(label, names).strip(), "actions": actions})


def _what_is_left(ctx: Context | None, lang: str, complaint: Complaint) -> dict[str, str]:
    return {
        "t": complaint.ticket,
        "at": full_moment(complaint.erased[WHOLE], lang),
        "received": full_date(complaint.received_at, lang),
        "label": label(ctx, complaint, lang) if ctx else "–",
    }


def _facts(ctx: Context | None, lang: str, error: Exception) -> dict[str, str]:
    facts = {"opd": say(lang, "pages")(YOUR_OFFICE)}
    if isinstance(error, e.InvalidInput):
        facts["n"] = str(len(error.errors))
    if isinstance(error, e.LinkExpired | e.LinkSuperseded) and ctx and error.department:
        facts["opd"] = office(ctx, error.department)
    if isinstance(error, e.TooManyTries):
        facts["minutes"] = str(error.minutes)
    if isinstance(error, e.LinkExpired) and error.renewed_at:
        facts["at"] = full_moment(error.renewed_at, lang)
    if isinstance(error, e.ReportErased):
        facts |= _what_is_left(ctx, lang, error.complaint)
    if isinstance(error, e.LinkSuperseded) and error.since:
        facts["at"] = full_moment(error.since, lang)
    return facts
