"""The page for somebody who has lost the link to a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from functions.views.context import Context
from functions.views.environment import render
from functions.views.field_errors import error_sentences
from functions.views.filling import Blanks
from workflows.errors import FieldError

FIELDS = ("ticket", "email", "phone")


def lost_page(
    ctx: Context,
    lang: str,
    *,
    values: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] = (),
    sent: bool = False,
) -> str:
    """Number and contact in, always the same answer out: it never tells whether they matched."""
    sentences = error_sentences(errors, lang)
    return render(
        "lost.html",
        lang,
        values=Blanks(values or {}),
        errors=Blanks({name: words for name, words in sentences.items() if name in FIELDS}),
        general=[words for name, words in sentences.items() if name not in FIELDS],
        sent=sent,
    )
