"""What an operator or officer reads for the kind of a letter."""

from __future__ import annotations

from workflows.domain.complaint import Complaint

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
    """The kind in words; empty for an ordinary complaint, which needs no tag."""
    kind = _kind(complaint)
    return "" if kind == "aduan" else WORDS.get(kind, "")


def kind_mark(complaint: Complaint) -> str:
    """What the operator should look at first where it may be no report at all; else empty."""
    return _MARKS.get(_kind(complaint), "")


def _kind(complaint: Complaint) -> str:
    """As the router read it; before that, as the citizen ticked it."""
    return str((complaint.decision or {}).get("kind") or complaint.kind or "")
