"""Complaints similar to the one about to be sent: follow one, or send one's own all the same."""

from __future__ import annotations
from collections.abc import Sequence
from datetime import datetime
from typing import TYPE_CHECKING

from functions.views.shared.context import Context
from functions.views.shared.forms import kept_words, not_kept_words
from functions.views.shared.rendering import capitalize, render, translator
from functions.views.shared.status_text import place_of, status_label
from functions.views.shared.strings import N_
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import CITIZEN
from workflows.domain.privacy.redaction import mask_identifiers
from workflows.frozen import frozen

if TYPE_CHECKING:
    from functions.views.shared.forms import RedisplayedForm

FIRST_WORDS = 160
"""Characters that are shown of another's complaint."""
OF_OTHERS = {State.WAITING: N_("menunggu kelengkapan dari pelapor")}
"""Status labels that address the reporter, worded for others."""


@frozen
class Similar:
    """One complaint as somebody else may read it."""

    ticket: str
    category: str
    place: str
    since: datetime
    state: str
    words: str
    photos: bool


def similar_page(ctx: Context, lang: str, found: Sequence[Complaint], form: RedisplayedForm, action: str = "/") -> str:
    """Complaints to follow, and below them the way to send one's own; the page contains the whole form, hidden.
    `action`: where that form is posted.
    """
    return render(
        "similar.html",
        lang,
        action=action,
        similar=[_similar(ctx, case, lang) for case in found],
        hidden=_hidden(form, lang),
        kept="" if form.leaves_photos else kept_words(form.kept, lang),
        not_kept=not_kept_words(form.kept, lang),
    )


def _similar(ctx: Context, case: Complaint, lang: str) -> Similar:
    state = translator(lang)(OF_OTHERS[case.state]) if case.state in OF_OTHERS else status_label(ctx, case, lang)
    return Similar(
        case.ticket,
        ctx.labels.category(case.category, lang),
        mask_identifiers(place_of(ctx, case)),
        case.received_at,
        capitalize(state),
        first_words(case.text),
        any(photo.by == CITIZEN for photo in case.photos),
    )


def first_words(text: str) -> str:
    """The beginning of a text, masked before it is cut, so that no number is left half."""
    line = " ".join(mask_identifiers(text).split())
    if len(line) <= FIRST_WORDS:
        return line
    return line[:FIRST_WORDS].rsplit(" ", 1)[0].rstrip(".,;:") + " …"


def _hidden(form: RedisplayedForm, lang: str) -> list[tuple[str, str]]:
    """All fields of the form, so that nothing typed is lost whichever button is pressed."""
    typed = {name: value for name, value in form.values.items() if value}
    photos = {"kept_photos": "yes"} if form.kept.count else {}
    leaves = {"leave_photos": "yes"} if form.leaves_photos else {}
    own = {"form_token": form.token, "similar": "seen"}
    return list(({"lang": lang} | typed | photos | leaves | own).items())
