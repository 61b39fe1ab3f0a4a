"""Any error as a page with a title and the way to go on, and as the problem document of RFC 9457. Special cases:
an expired board link, an undo that came too late, and a number of another system that another complaint has (which
one, with its status if public, but no link to its citizen's page: whoever enters another complaint must not get
it).
"""

from __future__ import annotations
from datetime import datetime, timedelta
from typing import Any

from functions.views.shared.context import Context
from functions.views.shared.data_requests import data_shapes
from functions.views.shared.forms import SENTENCES, error_sentence
from functions.views.shared.office_case import draft_shape
from functions.views.shared.rendering import capitalize, fill_blanks, full_date, full_moment, render, translator
from functions.views.shared.status_text import office_name, status_label
from functions.views.shared.strings import LABEL_OF_NEWER_RELEASE, LABELS, N_, TO_OFFICES
from workflows import errors as e
from workflows import failures as f
from workflows.domain.actions.renew_link import AGAIN_AFTER
from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.records import SP4N
from workflows.domain.privacy.retention import WHOLE
from workflows.errors import (
    ActionNotPossible,
    BoardExpired,
    DataRequestChanged,
    DraftChanged,
    FieldError,
    InvalidInput,
    LaksaError,
    LinkExpired,
    NumberTaken,
    UndoOver,
)

TAKEN = (
    "Nomor rujukan ini sudah dipakai",
    "Nomor rujukan ini sudah dipakai untuk laporan dengan isi lain, dan laporan ini belum tersimpan.",
)
"""Title and sentence of the whole answer."""


def number_taken(ctx: Context | None, error: NumberTaken) -> FieldError:
    """What stands at the number's field."""
    from workflows.domain.access import Audience, seen_by

    complaint = seen_by(error.complaint, Audience.DESK)
    facts = {"ticket": complaint.ticket}
    if complaint.arrival.channel != SP4N:
        return FieldError("external_ref", "ref_taken", facts)
    if ctx is None or complaint.restricted or not complaint.desk_may_read:
        return FieldError("external_ref", "sp4n_taken", facts)
    return FieldError("external_ref", "sp4n_taken_stands", facts | {"status": status_label(ctx, complaint)})


OVER = "Tautan papan kerja ini sudah habis masa berlakunya"
ONE_SHIFT = "Tautan papan kerja berlaku satu giliran jaga. Yang baru datang lewat email pagi."
RENEW = (
    "Perlu sekarang? Tekan “Kirim tautan baru”; kami mengirimnya ke alamat email meja operator, paling banyak "
    "sekali dalam satu jam."
)
BOARD_LINK_RENEWED = (
    "Tautan baru sudah dikirim ke alamat email meja operator pada {at}. Periksa kotak masuk dan folder spam."
)
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
    """(title, sentence). `now`: None when nothing can be looked up."""
    renewed = is_renewed(error, now) and error.renewed_at
    way_on = BOARD_LINK_RENEWED.format(at=full_moment(renewed, "id")) if renewed else RENEW
    if error.saved:
        return SAVED, f"{SAVED_AT_THE_END} {way_on}"
    return OVER, f"{ONE_SHIFT} {way_on} {CASES_GO_ON}"


def is_renewed(error: BoardExpired, now: datetime | None) -> bool:
    """Whether a new link was sent within the hour: another one would not be sent."""
    return bool(now and error.renewed_at and now - error.renewed_at < AGAIN_AFTER)


def undo_over(error: UndoOver) -> str:
    """Why an assignment can no longer be undone, and what can be done instead."""
    sentence = (UNDO_MOVED if error.moved else UNDO_LATE).format(t=error.ticket)
    if error.state == State.EXTERNAL:
        return f"{sentence} {AT_AN_INSTITUTION}"
    return f"{sentence} {AT_A_DEPARTMENT}" if error.state in WITH_DEPARTMENT else sentence


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
    e.TooManyTries: (N_("Terlalu banyak kode yang keliru"), SENTENCES["too_many_codes"]),
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
"""The possible actions, by their buttons; the last six are read by offices alone."""


def problem_words(
    ctx: Context | None, lang: str, error: Exception, status: int, token: str = "", to_office: bool = False
) -> Words:
    """(title, sentence) for an error, by its class, else by its status; never its own text."""
    _ = translator(lang, "pages")
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
        from functions.views.desk.table_pages import not_changed  # every page loads this module, few a table

        sentence = f"{capitalize(not_changed(error))}."
    if token and sentence == BUSY[1]:
        sentence = BUSY_AT_A_CASE
    return _(title), fill_blanks(_(sentence), _facts(ctx, lang, error))


def just_renewed(ctx: Context | None, error: e.LinkExpired) -> bool:
    """Whether a new link was sent within the hour: another one would not be sent."""
    return bool(ctx and error.renewed_at and ctx.now - error.renewed_at < timedelta(hours=1))


def draft_changed(error: e.DraftChanged) -> str:
    """Why an answer was not sent, and how to go on; only offices read it."""
    return DRAFT_CHANGED if error.draft else DRAFT_GONE


def not_possible(error: e.ActionNotPossible, lang: str, to_office: bool = False) -> str:
    """What the state forbids, and what it allows instead."""
    _ = translator(lang, "pages")
    labels = LABELS | (TO_OFFICES if to_office else {})
    closed = error.state == State.CLOSED
    label = _(ENDED) if closed else translator(lang)(labels.get(error.state, LABEL_OF_NEWER_RELEASE))
    names = {"opd": _("OPD yang berwenang"), "instansi": _("instansi lain"), "date": ""}
    actions = ", ".join(f"“{_(ACTIONS[name])}”" for name in error.possible if name in ACTIONS)
    sentence = _(BUT_POSSIBLE if actions else NOTHING_POSSIBLE)
    return fill_blanks(sentence, {"label": fill_blanks(label, names).strip(), "actions": actions})


def _what_is_left(ctx: Context | None, lang: str, complaint: Complaint) -> dict[str, str]:
    return {
        "t": complaint.ticket,
        "at": full_moment(complaint.erasure.erased[WHOLE], lang),
        "received": full_date(complaint.received_at, lang),
        "label": status_label(ctx, complaint, lang) if ctx else "–",
    }


def _facts(ctx: Context | None, lang: str, error: Exception) -> dict[str, str]:
    facts = {"opd": translator(lang, "pages")(YOUR_OFFICE)}
    if isinstance(error, e.InvalidInput):
        facts["n"] = str(len(error.errors))
    if isinstance(error, e.LinkExpired | e.LinkSuperseded) and ctx and error.department:
        facts["opd"] = office_name(ctx, error.department)
    if isinstance(error, e.TooManyTries):
        facts["minutes"] = str(error.minutes)
    if isinstance(error, e.LinkExpired) and error.renewed_at:
        facts["at"] = full_moment(error.renewed_at, lang)
    if isinstance(error, e.ReportErased):
        facts |= _what_is_left(ctx, lang, error.complaint)
    if isinstance(error, e.LinkSuperseded) and error.since:
        facts["at"] = full_moment(error.since, lang)
    return facts


def problem_page(
    ctx: Context | None, lang: str, error: Exception, status: int, *, token: str = "", page: str = "", kept: str = ""
) -> str:
    """What happened and how to go on; without a store there is no context. `token`: of an officer's link. `page`:
    path of that link's page, if this is another path (a photo). `kept`: the typed text, for the person to copy.
    """
    title, sentence = problem_words(ctx, lang, error, status, token, to_office=bool(token))
    return render(
        "problem.html",
        lang,
        title=title,
        sentence=sentence.removeprefix(f"{title}.").strip(),
        messages=[error_sentence(field, lang) for field in _fields(ctx, error)],
        reference=_reference(error),
        can_renew=bool(token) and _can_renew(ctx, error),
        is_office=bool(token),
        page=page,
        kept=kept,
    )


def _can_renew(ctx: Context | None, error: Exception) -> bool:
    if isinstance(error, BoardExpired):
        return not is_renewed(error, ctx.now if ctx else None)
    return isinstance(error, LinkExpired) and not just_renewed(ctx, error)


def problem_json(ctx: Context | None, lang: str, error: Exception, status: int, office: bool = False) -> dict[str, Any]:
    """The problem for machines, with a code for each field, or with the possible actions."""
    title, sentence = problem_words(ctx, lang, error, status, to_office=office)
    problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": sentence}
    if fields := _fields(ctx, error):
        problem["errors"] = [_field_shape(f, lang, office) for f in fields]
    if isinstance(error, ActionNotPossible):
        problem["possible"] = list(error.possible)
    if isinstance(error, DraftChanged):
        problem["draft"] = draft_shape(error.draft) if error.draft else None
    if isinstance(error, DataRequestChanged) and ctx:
        problem["data_request"] = data_shapes(ctx, [error.request])[0]
    if reference := _reference(error):
        problem["reference"] = reference
    return problem


def _field_shape(error: FieldError, lang: str, office: bool) -> dict[str, Any]:
    """One field's error, with the possible values if the list is closed."""
    shape = {"field": error.field, "code": error.code, "message": error_sentence(error, lang, office)}
    return shape | ({"possible": error.facts["possible"]} if "possible" in error.facts else {})


def _fields(ctx: Context | None, error: Exception) -> tuple[FieldError, ...]:
    if isinstance(error, NumberTaken):
        return (number_taken(ctx, error),)
    return error.errors if isinstance(error, InvalidInput) else ()


def _reference(error: Exception) -> str:
    """The reference under which an unexpected error was logged."""
    return "" if isinstance(error, LaksaError) else str(getattr(error, "reference", ""))
