"""Data requests in words: for the citizen, and for the desk that answers them."""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from datetime import datetime

from functions.views.shared.complaint_json import Shape
from functions.views.shared.context import CaseView, Context
from functions.views.shared.forms import Forms, read_forms
from functions.views.shared.rendering import Blanks, fill_blanks, full_moment, iso, translator
from functions.views.shared.strings import N_
from functions.views.shared.timeline import shown_events
from workflows.domain.complaint.transition import EventName, TimelineEvent
from workflows.domain.privacy.data_request import (
    ANSWERED,
    ASKED,
    COPY,
    CORRECTION,
    ERASURE,
    KINDS,
    DataRequest,
    how_far,
)
from workflows.domain.privacy.redaction import untagged
from workflows.errors import FieldError
from workflows.frozen import frozen

NAMES = {COPY: "Salinan data", CORRECTION: "Perbaikan data", ERASURE: "Penghapusan data"}
CHOICES = {COPY: N_("Salinan data saya"), CORRECTION: N_("Perbaikan data saya"), ERASURE: N_("Penghapusan data saya")}
WAITS = {
    COPY: N_("Permintaan Anda akan salinan data dijawab paling lambat {until}."),
    CORRECTION: N_("Permintaan Anda akan perbaikan data dijawab paling lambat {until}."),
    ERASURE: N_("Permintaan Anda akan penghapusan data dijawab paling lambat {until}."),
}
TO_DO = {
    COPY: (
        "Minta pengelola sistem menjalankan “laksa export --subject {ticket}”. Baca dulu: isinya mungkin menyebut "
        "orang lain. Kirim hanya ke alamat atau nomor yang tertulis di salinan itu, lalu hapus berkasnya. Tanpa "
        "alamat: halaman laporan sudah memuat semuanya; tulis begitu."
    ),
    CORRECTION: (
        "Isi laporan diperbaiki pelapor sendiri lewat “Tambah keterangan”. Nama, email atau nomor HP yang salah "
        "tidak dapat diubah: dihapus dengan “laksa erase {ticket} --yes”, dan laporan berjalan lewat tautannya. "
        "Tulis yang mana."
    ),
    ERASURE: (
        "Kabari pelapor dulu dengan jawaban di bawah, selagi alamatnya masih ada. Sesudah itu minta pengelola "
        "sistem menjalankan “laksa erase {ticket} --yes”; permintaan ini tertutup sendiri. Bila arsip harus "
        "tetap, tulis alasannya."
    ),
}
TO_ERASE = "Pelapor sudah dikabari. Minta pengelola sistem menjalankan “laksa erase {ticket} --yes” sekarang."


def _open(case: CaseView) -> dict[str, TimelineEvent]:
    """Kind → timeline event of the request that waits for its answer."""
    asked: dict[str, TimelineEvent] = {}
    for entry in shown_events(case):
        kind = str(entry.facts.get("data", ""))
        if entry.event == ASKED and kind in KINDS:
            asked[kind] = entry
        elif entry.event == ANSWERED:
            asked.pop(kind, None)
        elif entry.event == EventName.ERASED and entry.facts.get("part") != "photos":
            asked.pop(ERASURE, None)
    return asked


def waiting_words(case: CaseView, lang: str) -> list[str]:
    """Until when the citizen's requests are answered, a sentence each."""
    tell = translator(lang, "pages")
    return [
        fill_blanks(tell(WAITS[kind]), {"until": full_moment(entry.facts["deadline"], lang)})
        for kind, entry in _open(case).items()
    ]


def choices(lang: str) -> list[tuple[str, str]]:
    """What the citizen can ask for."""
    tell = translator(lang, "pages")
    return [(kind, tell(words)) for kind, words in CHOICES.items()]


def waiting_shape(case: CaseView) -> Shape:
    """The waiting requests for machines; {} without any."""
    waiting = [{"kind": kind, "until": iso(entry.facts["deadline"])} for kind, entry in _open(case).items()]
    return {"data_requests": waiting} if waiting else {}


@frozen
class DataRow:
    """A request on the desk's board. `values`, `errors`: of the form that came back, empty in every other row."""

    reference: str
    seen: str
    ticket: str
    name: str
    asked_at: datetime
    due: str
    late: bool
    message: str
    do: str
    told: bool
    values: Blanks
    errors: Blanks


def data_rows(
    ctx: Context, requests: Sequence[DataRequest], typed: Mapping[str, str] | None, errors: Sequence[FieldError]
) -> list[DataRow]:
    """The requests on the board, most urgent first."""
    sent = _sent(typed)
    forms = read_forms(typed, errors, "id", office=True)
    return [_row(ctx, r, forms if r.id == sent else read_forms(None, (), "id")) for r in requests]


def kept_words(requests: Sequence[DataRequest], typed: Mapping[str, str] | None) -> str:
    """The text that was typed for a request that is no longer on the board."""
    sent = _sent(typed)
    return (typed or {}).get("message", "") if sent and sent not in {request.id for request in requests} else ""


def _sent(typed: Mapping[str, str] | None) -> str:
    """The id of the request whose form came back; '' for every other form."""
    fields = typed or {}
    return fields.get("request", "").strip() if fields.get("action") == "data_done" else ""


def _row(ctx: Context, request: DataRequest, forms: Forms) -> DataRow:
    told = request.told_at is not None
    do = fill_blanks(TO_ERASE if told else TO_DO[request.kind], {"ticket": request.ticket})
    return DataRow(
        reference=request.id,
        seen=how_far(request),
        ticket=request.ticket,
        name=NAMES[request.kind],
        asked_at=request.asked_at,
        due=full_moment(request.due_at, "id") if request.due_at else "",
        late=is_late(ctx, request),
        message=_words(request),
        do=do,
        told=told,
        values=forms.typed,
        errors=forms.wrong,
    )


def _words(request: DataRequest) -> str:
    """The request's text: in full if it says what to correct, else masked as everywhere."""
    from workflows.domain.privacy.redaction import mask_identifiers

    return untagged(request.message) if request.kind == CORRECTION else mask_identifiers(request.message)


def is_late(ctx: Context, request: DataRequest) -> bool:
    """Whether the law's three days are over."""
    return request.due_at is not None and request.due_at <= ctx.now


def data_shapes(ctx: Context, requests: Sequence[DataRequest]) -> list[Shape]:
    """The board's requests for machines; `told`: only the erasure itself is left."""
    return [
        {
            "request": request.id,
            "seen": how_far(request),
            "ticket": request.ticket,
            "kind": request.kind,
            "asked_at": iso(request.asked_at),
            "until": iso(request.due_at),
            "overdue": is_late(ctx, request),
            "message": _words(request),
            "told": request.told_at is not None,
        }
        for request in requests
    ]
