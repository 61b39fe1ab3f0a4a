"""Several forms on one page: what was typed and what is wrong, in words, belongs to the one that was sent. Also
what a form that is shown again says about the photos that came with it.
"""

from __future__ import annotations
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from functions.views.shared.context import CaseView
from functions.views.shared.rendering import Blanks, fill_blanks, number, translator
from functions.views.shared.strings import N_
from workflows.citizen.staged_photos import Kept
from workflows.domain.actions.attach_photos import PHOTO
from workflows.domain.actions.officer import drafted_photos
from workflows.domain.complaint.records import PhotoFacts
from workflows.domain.complaint.transition import CITIZEN, NO_EVENT, EventName, TimelineEvent
from workflows.errors import FieldError
from workflows.frozen import frozen

LONGEST, MAX_FOR_OFFICES = 152, 100
"""CSS pixels; the thumbnails have twice as many, and three fit in a row on an officer's phone."""
FROM = {
    (CITIZEN, True): N_("Foto {n} dari Anda"),
    (CITIZEN, False): N_("Foto {n} dari OPD"),
    ("office", True): "Foto {n} dari pelapor",
    ("office", False): "Foto {n} dari OPD",
}
REPORT_WITHOUT = N_("Laporan Anda terkirim tanpa {which}: {why}.")
WITHOUT = N_("Terkirim tanpa {which}: {why}.")
ONLY_ONE, ONE_OF_SEVERAL = N_("foto"), N_("foto ke-{n}")
FIRST_ONLY = N_("Paling banyak 3 foto; foto lainnya tidak ikut terkirim.")
UNUSABLE = N_("Foto ini tidak dapat dipakai: {why}.")
ONE_UNUSABLE = N_("Foto ke-{n} tidak dapat dipakai: {why}.")
TOO_MANY = N_("paling banyak 3 foto sekali kirim")
WHY = {
    "not_a_photo": N_("bukan JPEG, PNG atau WebP"),
    "too_large": N_("lebih dari 8 MB"),
    "too_many_pixels": N_("lebih dari 40 megapiksel"),
    "damaged": N_("berkasnya rusak"),
    "not_stored": N_("Laksa sedang tidak dapat menyimpan foto"),
}
LEAVES = {"answer": ("answered", "drafted"), "progress": ("progress",)}
"""Actions that photos may come with, and the timeline events they leave."""

DOUBTS = {
    "same_as_citizen": "Foto itu sama dengan foto yang dikirim pelapor.",
    "same_as_earlier_proof": "Foto itu sama dengan foto bukti yang pernah dikirim.",
    "taken_before": "Menurut keterangan di dalam berkasnya, foto itu dibuat sebelum laporan masuk.",
}
"""Facts about an answer's photos for the desk to look into; never a verdict."""


def doubts_of(entry: TimelineEvent) -> list[str]:
    """The facts for the desk about the photos that came with an answer."""
    return [DOUBTS[code] for code in entry.facts.get("doubt", ()) if code in DOUBTS]


@frozen
class Shown:
    """A thumbnail that links to the photo; width and height in CSS pixels."""

    address: str
    width: int
    height: int
    alt: str

    @property
    def small(self) -> str:
        """The URL of the thumbnail."""
        return f"{self.address}?kecil=1"


def citizens_photos(case: CaseView) -> list[Shown]:
    """The citizen's photos, as offices see them."""
    return _shown(case, (photo for photo in case.complaint.photos if photo.by == CITIZEN), "id", "office")


def photos_of(case: CaseView, entry: TimelineEvent, lang: str, reader: str = CITIZEN) -> list[Shown]:
    """The photos of a timeline event; `reader` is citizen or office."""
    return _numbered(case, entry.facts.get("photos", ()), lang, reader)


def photos_of_draft(case: CaseView) -> list[Shown]:
    """The photos that are sent with the draft."""
    return _numbered(case, drafted_photos(case.complaint), "id", "office")


def left_out_words(entry: TimelineEvent, lang: str) -> list[str]:
    """One sentence for each photo sent with a timeline event and not accepted."""
    left_out = entry.facts.get("left_out", ())
    return list(dict.fromkeys(_left_out(entry, photo, lang) for photo in left_out))


def left_out_shape(lines: Iterable[TimelineEvent], role: str, action: str) -> dict[str, Any]:
    """For machines: number, code and sentence of each photo that was sent with an office's action and not
    accepted. `lines`: newest first; the first event of such an action counts. {} if every photo was accepted.
    """
    fitting = (line for line in lines if line.by == role and line.event in LEAVES.get(action, ()))
    line = next(fitting, NO_EVENT)
    left_out = line.facts.get("left_out", ())
    each = [{"n": p["n"], "code": p["why"], "message": _left_out(line, p, "id")} for p in left_out]
    return {"left_out": each} if each else {}


def unusable_words(why: str, facts: Mapping[str, Any], lang: str) -> str:
    """Why a photo that came with nothing else is refused, with its number if there were several."""
    _, sentence = translator(lang, "pages"), UNUSABLE if "n" not in facts else ONE_UNUSABLE
    return fill_blanks(_(sentence), {**facts, "why": _(WHY.get(why, TOO_MANY))})


def _left_out(entry: TimelineEvent, photo: Mapping[str, Any], lang: str) -> str:
    _ = translator(lang, "pages")
    why = WHY.get(photo["why"])
    if why is None:
        return _(FIRST_ONLY)
    alone = len(entry.facts["left_out"]) + len(entry.facts.get("photos", ())) == 1
    sentence = REPORT_WITHOUT if entry.event == EventName.RECEIVED else WITHOUT
    which = fill_blanks(_(ONLY_ONE if alone else ONE_OF_SEVERAL), photo)
    return fill_blanks(_(sentence), {"which": which, "why": _(why)})


def _numbered(case: CaseView, numbers: Collection[int], lang: str, reader: str) -> list[Shown]:
    return _shown(case, (photo for photo in case.complaint.photos if photo.n in numbers), lang, reader)


def _shown(case: CaseView, photos: Iterable[PhotoFacts], lang: str, reader: str) -> list[Shown]:
    """The photos; none on a page without a path, since their URLs begin with the page's own."""
    longest = LONGEST if reader == CITIZEN else MAX_FOR_OFFICES
    return [_one(case.path, photo, lang, reader, longest) for photo in photos] if case.path else []


def _one(path: str, photo: PhotoFacts, lang: str, reader: str, longest: int) -> Shown:
    scale = min(1.0, longest / max(photo.width, photo.height, 1))
    width, height = (max(1, round(side * scale)) for side in (photo.width, photo.height))
    alt = fill_blanks(translator(lang, "pages")(FROM[reader, photo.by == CITIZEN]), {"n": photo.n})
    return Shown(f"{path}/foto/{photo.n}", width, height, alt)


SENTENCES = {
    "empty": N_("Tulis dulu apa yang terjadi, sedikitnya 10 huruf."),
    "too_short": N_("Tulisan ini baru {n} huruf. Tambahkan apa yang terjadi dan di mana, sedikitnya 10 huruf."),
    "too_long": N_("Isian ini paling panjang {max} huruf; pendekkan sedikit."),
    "unreadable": N_("Sebagian tulisan tidak terbaca. Ketik ulang bagian yang tampak aneh di bawah, lalu kirim lagi."),
    "bad_email": N_(
        "Alamat email ini belum lengkap. Periksa tanda @ dan titiknya, contoh nama@contoh.id, atau kosongkan."
    ),
    "bad_phone": N_(
        "Nomor HP ini tidak dikenali. Tulis seperti 0812-3456-7890 atau +62 812 3456 7890, atau kosongkan."
    ),
    "unknown_kelurahan": N_(
        "Kelurahan “{x}” tidak ada di daftar Kota Tangerang. Pilih dari daftar, atau kosongkan dan tulis "
        "lokasinya di “Di mana?”."
    ),
    "bad_point": N_("Titik lokasi tidak terbaca; pilih ulang atau kosongkan."),
    "far_point": N_("Titik ini jauh di luar Kota Tangerang; periksa angkanya, pilih ulang atau kosongkan."),
    "bad_choice": N_("Pilihan ini tidak ada; pilih salah satu yang tersedia."),
    "not_offered": "“{x}” tidak ada di daftar. Pilih salah satu yang tersedia.",
    "form_too_old": N_(
        "Formulir ini terlalu lama terbuka. Isian Anda masih ada: periksa, pilih ulang foto bila tidak tercantum, "
        "lalu tekan “Kirim laporan”."
    ),
    "key_too_short": N_(
        "Kunci ini baru {n} huruf. Pakai sedikitnya {least} huruf acak, satu kunci untuk satu laporan."
    ),
    "too_many_today": N_(
        "Hari ini keterangan sudah ditambah {max} kali. Tulisan ini masih ada di bawah; kirim lagi besok."
    ),
    "words_needed": N_("Tulis sedikit supaya OPD tahu apa yang perlu diperbaiki."),
    "no_score": N_("Pilih satu nilai, dari 1 sampai 5."),
    "bad_date": N_("Tanggal ini tidak terbaca. Pilih satu tanggal, contoh 2026-11-30."),
    "date_past": N_("Tanggal ini sudah lewat. Pilih hari ini atau sesudahnya."),
    "date_too_far": N_(
        "Tanggal ini lebih dari {days} hari lagi. Pilih yang lebih dekat, atau minta kepala OPD menjadwalkan "
        "lewat tautannya."
    ),
    "date_beyond_all": "Tanggal ini lebih dari {days} hari lagi. Pilih yang lebih dekat.",
    "accused": (
        "{opd} dilaporkan di sini, atau tidak boleh mengetahui laporan ini. Pilih tujuan lain; Inspektorat dapat "
        "meminta keterangannya dengan surat sendiri."
    ),
    "not_for_desk": (
        "Laporan ini tidak boleh dibaca operator, maka tidak dapat diserahkan ke meja operator dan tetap di sini. "
        "Tulis jawaban untuk pelapor, juga bila alasannya bukan tugas Anda; pelapor dapat menyatakan keberatan."
    ),
    "not_for_desk_but": (
        "Laporan ini tidak boleh dibaca operator, maka tidak dapat diserahkan ke meja operator dan tetap di sini. "
        "Alihkan ke {opd}, atau tulis jawaban untuk pelapor."
    ),
    "unknown_ticket": "Nomor “{into}” tidak ditemukan. Periksa lagi, contoh LKS-7K3M-9QXT-4.",
    "itself": "Itu nomor laporan ini sendiri. Tulis nomor laporan yang lain.",
    "no_more_news": "{into} sudah ditarik atau diarsipkan: tidak ada kabar lagi. Tulis nomor laporan yang lain.",
    "not_read_yet": "{into} sendiri belum dibaca. Putuskan dulu laporan itu, lalu gabungkan.",
    "not_alike": "Laporan terbatas hanya dapat digabung dengan laporan terbatas tentang hal yang sama.",
    "cannot_follow": N_("Laporan itu tidak dapat diikuti lagi. Kirim laporan Anda sendiri."),
    "not_on_board": "Laporan ini tidak ada di papan. Muat ulang papannya, lalu pilih lagi.",
    "not_silent": "Tidak ada lagi laporan OPD itu yang lewat batas terimanya. Muat ulang papannya.",
    "open_it_first": "Laporan terbatas: buka dan baca dulu, lalu pilih OPD di halamannya.",
    "nothing_chosen": "Belum ada OPD yang dipilih. Pilih untuk sedikitnya satu laporan.",
    "too_many_rows": "Paling banyak {max} laporan sekaligus.",
    "chosen_twice": "Laporan ini dipilih dua kali. Pilih satu OPD saja.",
    "no_channel": "Pilih lewat mana laporan ini sampai.",
    "no_ref": "Tulis nomor SP4N-LAPOR!-nya, supaya tidak tercatat dua kali.",
    "ref_taken": (
        "Nomor ini sudah dipakai untuk laporan {ticket}; bila ini laporan lain, tambahkan asal atau tanggal "
        "suratnya, contoh “001/2026 RW 05”. Bila laporan yang sama, tidak perlu dicatat lagi."
    ),
    "sp4n_taken": (
        "Nomor SP4N-LAPOR! ini sudah tercatat sebagai laporan {ticket}. Periksa nomornya; bila laporan yang sama, "
        "tidak perlu dicatat lagi."
    ),
    "sp4n_taken_stands": (
        "Nomor SP4N-LAPOR! ini sudah tercatat sebagai laporan {ticket}, sekarang {status}. Periksa nomornya; bila "
        "laporan yang sama, tidak perlu dicatat lagi."
    ),
    "no_date": "Tulis juga tanggalnya, atau kosongkan jamnya.",
    "bad_time": "Jam ini tidak terbaca. Contoh 09.15.",
    "bad_moment": "Tanggal dan jam ini tidak terbaca. Contoh 2026-11-30T09:15.",
    "moment_ahead": "Saat ini belum tiba. Tulis kapan laporan sampai di kantor.",
    "moment_too_old": "Ini lebih dari {days} hari yang lalu. Tulis kapan laporan sampai di kantor.",
    "no_file": "Pilih dulu berkas CSV yang Anda ubah.",
    "table_too_large": "Tabel ini terlalu besar untuk disimpan. Apakah ada baris yang berulang?",
    "bad_year": "Tahun ini tidak terbaca. Tulis empat angka, contoh 2026.",
    "wrong_code": N_(
        "Nomor dan kode ini tidak cocok. Periksa keduanya, huruf demi huruf. Kodenya 16 huruf dan angka, di bawah "
        "kode QR."
    ),
    "too_many_codes": N_("Terlalu banyak kode yang keliru dari jaringan ini. Tunggu {minutes} menit, lalu coba lagi."),
    "no_task": "Kabar ini tidak ada lagi di papan. Muat ulang papannya.",
    "no_data_kind": N_("Pilih satu: salinan, perbaikan, atau penghapusan."),
    "what_to_correct": N_("Tulis apa yang salah, dan bagaimana seharusnya."),
    "mailbox_not_asked": "OPD ini tidak sedang ditanya tentang alamat emailnya. Muat ulang papannya.",
    "no_data_request": "Permintaan ini tidak ada. Muat ulang papannya.",
    "data_answered": "Permintaan ini sudah dijawab. Muat ulang papannya.",
    "fill_blanks": "Isi dulu bagian dalam kurung siku: {blanks}.",
    "required": N_("Isian ini belum ada. Isi dulu, lalu kirim lagi."),
}
MUCH_TOO_LONG = N_("Tulisan ini {n} huruf, batasnya {max}. Pendekkan {over} huruf.")
TO_OFFICES = {
    "words_needed": "Tulis sedikit supaya pelapor mengerti; ia membaca kalimat ini apa adanya.",
    "unknown_kelurahan": "Kelurahan “{x}” tidak ada di daftar Kota Tangerang. Pilih dari daftar.",
}
INSTEAD_OF_PHOTOS = N_("Pilih foto lain, atau tulis sedikit.")
UNKNOWN = N_("Isian ini perlu diperiksa.")


def error_sentence(error: FieldError, lang: str, office: bool = False) -> str:
    """What to correct and how; offices read Indonesian only."""
    if error.field == PHOTO:
        return unusable_words(error.code, error.facts, "id" if office else lang)
    if office and error.code in TO_OFFICES:
        return fill_blanks(TO_OFFICES[error.code], error.facts)
    sentence = SENTENCES.get(error.code, UNKNOWN)
    if error.code == "too_long" and error.field == "message" and "over" in error.facts:
        sentence = MUCH_TOO_LONG
    facts = {k: number(v, lang) if isinstance(v, int) else v for k, v in error.facts.items()}
    return fill_blanks(translator(lang, "pages")(sentence), facts)


def error_sentences(errors: Sequence[FieldError], lang: str, office: bool = False) -> Blanks:
    """Field → its first sentence, in order; for photos one for each, and what else would be accepted."""
    first = {e.field: e for e in reversed(errors)}
    sentences = Blanks({e.field: error_sentence(e, lang, office) for e in errors if first[e.field] is e})
    if PHOTO in sentences:
        each = [error_sentence(e, lang, office) for e in errors if e.field == PHOTO]
        sentences[PHOTO] = " ".join([*each, translator(lang, "pages")(INSTEAD_OF_PHOTOS)])
    return sentences


@frozen
class Forms:
    """`sent`: action of the form that came back; `general`: errors that belong to none of its fields. `photos`:
    some came with it, which no form can give back.
    """

    sent: str
    typed: Blanks
    wrong: Blanks
    general: tuple[str, ...]
    photos: bool = False

    def values(self, action: str) -> Blanks:
        """What was typed into the form of that action."""
        return self.typed if action == self.sent else Blanks()

    def errors(self, action: str) -> Blanks:
        """The errors of the form of that action."""
        return self.wrong if action == self.sent else Blanks()

    def photos_again(self, action: str) -> bool:
        """Whether the photos of that form have to be chosen again."""
        return self.photos and action == self.sent


def read_forms(
    typed: Mapping[str, str] | None, errors: Sequence[FieldError], lang: str, office: bool = False, photos: bool = False
) -> Forms:
    """The forms of a page that was opened (nothing typed) or came back."""
    values = Blanks(typed or {})
    sentences = error_sentences(errors, lang, office)
    general = [sentences.pop("action")] if "action" in sentences else []
    return Forms(values["action"], values, sentences, tuple(general), photos)


KEPT = N_("{n} foto tersimpan, dan ikut terkirim bersama laporan Anda.")


def kept_words(kept: Kept, lang: str) -> str:
    """How many photos will be sent on; '' for none."""
    return fill_blanks(translator(lang, "pages")(KEPT), {"n": kept.count}) if kept.count else ""


def not_kept_words(kept: Kept, lang: str) -> str:
    """A sentence for each photo that will not be sent on, with the reason."""
    several = kept.count + len(kept.left_out) > 1
    each = (unusable_words(photo.why, {"n": photo.n} if several else {}, lang) for photo in kept.left_out)
    return " ".join(each)


@frozen
class RedisplayedForm:
    """What the page shows again. `leaves_photos`: the staged photos are not to be sent."""

    values: dict[str, str]
    token: str
    kept: Kept
    leaves_photos: bool
