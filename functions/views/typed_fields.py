"""Every field that was typed, as lines to take along where the page that it was typed on is over."""

from __future__ import annotations

from functions.edge.body import Body
from functions.views.intake_page import ALL_LABELS
from workflows.domain.actions.bulk_assign import TO

OF_THE_FORM = ("action", "form_token", "kept_photos", "leave_photos", "edit", "similar", "lang", "seen")
"""What the page itself filled in."""
UNTOUCHED = (("contact", "no"), ("visibility", "confidential"))
"""What is chosen beforehand."""
NAMES = {
    "message": "Tulisan",
    "reason": "Alasan",
    "request": "Permintaan",
    "result": "Hasil",
    "case": "Laporan",
    "task": "Kabar",
    "opd": "OPD",
}


def typed_words(body: Body) -> str:
    """A line a field, those of the intake form by its own labels; photos can only be counted."""
    labels = ALL_LABELS if {"channel", "form_token"} & set(body.fields) else NAMES
    typed = [(name, value.strip()) for name, value in body.fields.items() if name not in OF_THE_FORM]
    lines = [
        f"{_label(name, labels)}: {value}" for name, value in typed if value and (name, value) not in UNTOUCHED
    ]
    return "\n".join([*lines, *([f"Foto: {len(body.photos)}, belum tersimpan"] if body.photos else [])])


def _label(name: str, labels: dict[str, str]) -> str:
    """A row of the board is named by its report."""
    if name.startswith(TO):
        return name.removeprefix(TO).partition(".")[0][:40]
    return labels.get(name, name[:40]).rstrip("?")
