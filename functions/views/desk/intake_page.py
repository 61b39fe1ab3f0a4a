"""The operator's form for complaints by counter, phone, WhatsApp, letter or SP4N, and the receipt to print for the
citizen. Also lists typed fields as text, for a page that has expired.
"""

from __future__ import annotations
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from functions.views.citizen.form_page import LABELS, city_of, form_facts
from functions.views.citizen.page import keep_card
from functions.views.shared.complaint_json import department_shape
from functions.views.shared.context import CaseView, Context
from functions.views.shared.forms import left_out_words
from functions.views.shared.rendering import (
    RECEIPT,
    capitalize,
    fill_blanks,
    full_moment,
    page_file_url,
    render,
    translator,
)
from functions.views.shared.status_text import place_of, status_label
from functions.views.shared.strings import N_
from functions.views.shared.timeline import channel_name, channels, received_words
from workflows.domain.actions.bulk_assign import TO
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import CITIZEN
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.privacy.redaction import untagged

ARRIVAL_LABELS = {
    "channel": "Lewat mana laporan ini sampai?",
    "received_date": "Tanggal",
    "received_time": "Jam",
    "received_at": "Tanggal dan jam",
    "external_ref": "Nomor rujukan",
    "lang": "Bahasa kabar untuk pelapor",
}
ALL_LABELS = ARRIVAL_LABELS | LABELS


def intake_page(ctx: Context, path: str, **shown: Any) -> str:
    """The citizen's form with the operator's fields before it. `path`: where it is posted; `shown` as in
    form_facts.
    """
    today = local_day(ctx.now)
    return render(
        "intake.html",
        "id",
        board=path.rpartition("/")[0],
        channels=channels(),
        today=today,
        earliest=today - timedelta(days=ctx.policy.intake_days),
        **form_facts(city_of(ctx), "id", path, ALL_LABELS, **shown),
    )


PASSED = N_("{until}; sudah lewat, dan naik menurut jenjangnya")


def receipt_page(ctx: Context, case: CaseView, board: str, known: bool = False) -> str:
    """In the citizen's language; without a path to the citizen's page only the status. `board`: path of the desk's
    board, on the screen only. `known`: the complaint had been entered before.
    """
    complaint = case.complaint
    key, lang = case.path.rpartition("/")[2], complaint.lang
    return render(
        "receipt.html",
        lang,
        receipt_sheet=page_file_url(RECEIPT),
        board=board,
        known=known,
        ticket=complaint.ticket,
        received=received_words(complaint, lang),
        channel=channel_name(complaint.arrival.channel, lang),
        external_ref=complaint.arrival.external_ref,
        keep=keep_card(ctx, complaint, key) if key else None,
        text=untagged(complaint.text),
        place=untagged(place_of(ctx, complaint)),
        photos=sum(photo.by == CITIZEN for photo in complaint.photos),
        left_out=[words for entry in case.timeline[:1] for words in left_out_words(entry, lang)],
        **_standing(ctx, complaint, lang),
        privacy_contact=ctx.directory["DESK"].mailbox,
    )


def _deadline(ctx: Context, complaint: Complaint, lang: str) -> str:
    """The due date of the answer, or that it had passed before the complaint was entered."""
    if complaint.deadlines.answer_by is None:
        return ""
    until = full_moment(complaint.deadlines.answer_by, lang)
    return (
        until
        if complaint.deadlines.answer_by > ctx.now
        else fill_blanks(translator(lang, "pages")(PASSED), {"until": until})
    )


def _standing(ctx: Context, complaint: Complaint, lang: str) -> dict[str, str]:
    """The status; for a restricted complaint without office and date, since anybody at home may find the paper."""
    if complaint.restricted or not complaint.desk_may_read:
        return {"status": "", "department": "", "deadline": ""}
    department = department_shape(ctx, complaint)
    return {
        "status": capitalize(status_label(ctx, complaint, lang)),
        "department": department["name"] if department else "",
        "deadline": _deadline(ctx, complaint, lang),
    }


OF_THE_FORM = ("action", "form_token", "kept_photos", "leave_photos", "edit", "similar", "lang", "seen")
"""Fields that the page itself filled in."""
UNTOUCHED = (("contact", "no"), ("visibility", "confidential"))
"""Preselected values."""
NAMES = {
    "message": "Tulisan",
    "reason": "Alasan",
    "request": "Permintaan",
    "result": "Hasil",
    "case": "Laporan",
    "task": "Kabar",
    "opd": "OPD",
}


def typed_words(fields: Mapping[str, str], photos: int) -> str:
    """One line per field, those of the intake form with its labels; photos are only counted."""
    labels = ALL_LABELS if {"channel", "form_token"} & set(fields) else NAMES
    typed = [(name, value.strip()) for name, value in fields.items() if name not in OF_THE_FORM]
    lines = [f"{_label(name, labels)}: {value}" for name, value in typed if value and (name, value) not in UNTOUCHED]
    return "\n".join([*lines, *([f"Foto: {photos}, belum tersimpan"] if photos else [])])


def _label(name: str, labels: dict[str, str]) -> str:
    """A field's label; a row of the board has the ticket."""
    if name.startswith(TO):
        return name.removeprefix(TO).partition(".")[0][:40]
    return labels.get(name, name[:40]).rstrip("?")
