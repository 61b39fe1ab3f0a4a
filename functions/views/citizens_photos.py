"""Which photos of a case its citizen may open: those of a draft are nobody's yet."""

from __future__ import annotations

from dataclasses import replace

from functions.views.context import Case
from functions.views.timeline import shown
from workflows.domain.change import CITIZEN
from workflows.domain.complaint import Complaint


def for_citizen(case: Case) -> Complaint:
    """The complaint with the citizen's own photos and those that a line they read came with."""
    told = {n for entry in shown(case) for n in entry.facts.get("photos", ())}
    photos = (photo for photo in case.complaint.photos if photo.by == CITIZEN or photo.n in told)
    return replace(case.complaint, photos=tuple(photos))
