"""The line of an assignment that the desk can still take back: somebody is chosen, and nobody has been told."""

from __future__ import annotations

from functions.views.context import Context
from functions.views.sentences import N_
from functions.views.standing import office
from functions.views.words import say
from workflows.domain.actions.undo_window import leaves_at
from workflows.domain.calendar import WIB
from workflows.domain.change import Entry
from workflows.domain.complaint import Complaint

CHOSEN = N_("Operator memilih {opd}; laporan dikirim pukul {at}")


def chosen_words(ctx: Context, complaint: Complaint, entry: Entry, lang: str) -> str:
    """What its citizen reads in that line until the letters go out; empty for any other line, and after that."""
    at, recall = leaves_at(complaint, ctx.now), complaint.recall or {}
    if at is None or entry.sequence != recall.get("sequence"):
        return ""
    return say(lang, "pages")(CHOSEN).format(opd=office(ctx, entry.opd), at=f"{at.astimezone(WIB):%H.%M}")
