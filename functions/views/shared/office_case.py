"""What the officer's and the desk's page show of a complaint: masked, and nothing about the reporter. Also the
kind of a text in words.
"""

from __future__ import annotations

from typing import Any

from functions.views.officer.words import due_tag, next_rung_words, status_words
from functions.views.shared.context import CaseView, Context
from functions.views.shared.i18n import number
from functions.views.shared.photos import citizens_photos
from functions.views.shared.restricted import officer_note
from functions.views.shared.timeline import arrival_words, office_lines, why_moved
from workflows.domain.access.restrictions import is_hidden_from_desk, is_public
from workflows.domain.complaint.model import Complaint
from workflows.domain.notifications.follower_notices import speaks_apart

WORDS = {
    "aduan": "Aduan",
    "pertanyaan": "Pertanyaan",
    "saran": "Saran",
    "pengawasan": "Berkadar pengawasan",
    "terima_kasih": "Ucapan terima kasih",
    "bukan_laporan": "Bukan laporan",
    "tidak_jelas": "Isi belum jelas",
}
_MARKS = {
    "terima_kasih": "Tampaknya hanya ucapan terima kasih. Bila benar, arsipkan.",
    "bukan_laporan": "Tampaknya bukan laporan, misalnya iklan atau pesan berantai. Bila benar, arsipkan.",
    "tidak_jelas": "Isinya belum jelas: apa masalahnya, atau di mana.",
}


def kind_tag(complaint: Complaint) -> str:
    """The kind in words; '' for an ordinary complaint, which needs no tag."""
    kind = _kind(complaint)
    return "" if kind == "aduan" else WORDS.get(kind, "")


def kind_mark(complaint: Complaint) -> str:
    """A hint that it may be no complaint at all; else ''."""
    return _MARKS.get(_kind(complaint), "")


def _kind(complaint: Complaint) -> str:
    """The kind by the router; before routing, the one that the citizen ticked."""
    return complaint.routing.kind or complaint.kind or ""


def office_case(ctx: Context, case: CaseView, desk: bool = False) -> dict[str, Any]:
    """The template's variables: text, photos, place, map, status, next step, timeline. `desk`: the reader is the
    operator.
    """
    from workflows.domain.privacy.redaction import mask_identifiers

    complaint = case.complaint
    moved = why_moved(ctx, case, "id", reader="office")
    return {
        "ticket": complaint.ticket,
        "tag": due_tag(ctx, complaint),
        "status": " ".join(filter(None, (status_words(ctx, complaint, desk), moved))),
        "text": mask_identifiers(complaint.text),
        "photos": citizens_photos(case),
        "place": mask_identifiers(complaint.place),
        "area": ctx.labels.area(complaint.kelurahan),
        "map_url": map_url(complaint),
        "kind": kind_tag(complaint),
        "category": ctx.labels.category(complaint.category),
        "urgent": complaint.urgent,
        "restricted": complaint.restricted,
        "closed": desk and is_hidden_from_desk(complaint),
        "restricted_note": officer_note(complaint),
        "received_at": complaint.received_at,
        "arrival": arrival_words(complaint),
        "followers": followers_words(case),
        "next_rung": next_rung_words(ctx, complaint),
        "why": [mask_identifiers(why) for why in complaint.routing.why],
        "lines": office_lines(ctx, case),
        "desk_mailbox": ctx.directory["DESK"].mailbox,
    }


def followers_words(case: CaseView) -> str:
    """How many complaints were merged into this one, and what their citizens read of it; '' for none."""
    if not case.followers:
        return ""
    read = "melihat keadaannya, bukan tulisan Anda"
    if is_public(case.complaint) and not speaks_apart(case.timeline):
        read = "ikut membaca kabar dan jawaban Anda"
    return f"{number(case.followers)} laporan lain digabung ke sini. Pelapornya {read}."


def map_url(complaint: Complaint) -> str:
    """The chosen point on OpenStreetMap; '' without one."""
    if complaint.latitude is None or complaint.longitude is None:
        return ""
    point = f"{complaint.latitude:.6f}", f"{complaint.longitude:.6f}"
    return "https://www.openstreetmap.org/?mlat={0}&mlon={1}#map=18/{0}/{1}".format(*point)
