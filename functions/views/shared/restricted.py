"""What pages say about a restricted complaint, by its matter."""

from __future__ import annotations

from dataclasses import dataclass

from functions.views.shared.context import CaseView, Context
from functions.views.shared.i18n import fill_blanks, translator
from functions.views.shared.status_text import late_rungs, office_name, rung_title
from functions.views.shared.strings import N_
from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint

INSPECTORATE = "INSPEKTORAT"
COUNSELLORS = "DP3AP2KB"


@dataclass(frozen=True)
class Matter:
    """A restricted kind: its name for the citizen, the first line there, the line for the officer."""

    name: str
    first: str
    officer: str
    leave: bool = False


MATTERS = {
    "pungli": Matter(
        N_("permintaan uang atau hadiah oleh petugas"),
        N_(
            "Anda tidak wajib membayar. Simpan bukti, tanggal dan tempatnya; tidak perlu mencari bukti "
            "tambahan sendiri."
        ),
        "Jangan beri tahu OPD atau orang yang dilaporkan. Jangan mencari tahu siapa pelapornya.",
    ),
    "kepegawaian": Matter(
        N_("perilaku pegawai"),
        N_("Laporan ini dibaca {opd}, bukan kantor pegawai itu."),
        "Yang dilaporkan belum tentu bersalah: tulis “yang dilaporkan”, bukan “pelaku”.",
    ),
    "kdrt": Matter(
        N_("kekerasan atau ancaman"),
        N_(
            "Dalam bahaya sekarang? Telepon 112. Anda tidak harus menceritakan semuanya di sini; pendamping "
            "UPT PPA dapat mendengarkan langsung{phone}."
        ),
        "Jangan menelepon atau datang ke rumah tanpa izin pelapor. Sebut “korban” hanya bila pelapor memakainya.",
        leave=True,
    ),
    "perundungan": Matter(
        N_("perundungan di sekolah"),
        N_("Tidak perlu menyebut nama anak. Sekolah tidak menerima laporan ini dari Laksa."),
        "Jangan teruskan ke sekolah tanpa menghapus hal yang menunjuk pelapor atau anak.",
    ),
}
READ_BY = N_(
    "Laporan Anda dibatasi. Isinya dibaca oleh {opd}, dan oleh operator bila sempat diverifikasi. Orang yang "
    "Anda laporkan tidak kami kabari. Bila {opd} perlu memberi tahu pihak lain, itu keputusan {opd} dan dicatat."
)
NOR_THEIR_OFFICE = N_("Kantor dan atasannya juga tidak kami kabari.")
LATE = N_(
    "{opd} melewati batas waktu. Yang diberi tahu hanya {head}; di atas itu hanya nomor dan lamanya yang tampak."
)
IN_CHARGE = N_("OPD yang berwenang")


def category_words(ctx: Context, code: str | None, lang: str) -> str:
    """A category's name for its citizen; restricted ones have a calmer name."""
    if code in MATTERS:
        return translator(lang, "pages")(MATTERS[code].name)
    return ctx.labels.category(code, lang)


def first_line(ctx: Context, complaint: Complaint, lang: str) -> str:
    """The first line on the page of a restricted complaint; '' for others."""
    matter = MATTERS.get(complaint.category or "")
    if not complaint.restricted or matter is None:
        return ""
    return fill_blanks(translator(lang, "pages")(matter.first), _facts(ctx, complaint, lang))


def citizen_notes(ctx: Context, case: CaseView, lang: str) -> list[str]:
    """Who reads a restricted complaint, and who is not told; () for others."""
    complaint = case.complaint
    if not complaint.restricted:
        return []
    notes = [READ_BY]
    if complaint.opd == INSPECTORATE:
        notes.append(NOR_THEIR_OFFICE)
    if complaint.state in WITH_DEPARTMENT and "head" in complaint.escalation.escalated and late_rungs(ctx, case):
        notes.append(LATE)
    return [fill_blanks(translator(lang, "pages")(note), _facts(ctx, complaint, lang)) for note in notes]


def leaves_quickly(complaint: Complaint) -> bool:
    """Whether the page begins with a quick exit, for people who may be watched."""
    matter = MATTERS.get(complaint.category or "")
    return complaint.restricted and matter is not None and matter.leave


def officer_note(complaint: Complaint) -> str:
    """What an officer must not do with this complaint; '' without anything special."""
    matter = MATTERS.get(complaint.category or "")
    return matter.officer if complaint.restricted and matter else ""


def _facts(ctx: Context, complaint: Complaint, lang: str) -> dict[str, str]:
    counsellors = ctx.directory.get(COUNSELLORS)
    phone = counsellors.phone if counsellors else ""
    return {
        "opd": office_name(ctx, complaint.opd) or translator(lang, "pages")(IN_CHARGE),
        "head": rung_title(ctx, complaint, "head"),
        "phone": f": {phone}" if phone else "",
    }
