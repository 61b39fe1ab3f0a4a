"""The page for somebody who has lost the link to a report."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from functions.views.context import Context
from functions.views.environment import render
from functions.views.field_errors import error_sentences
from functions.views.filling import Blanks
from workflows.errors import FieldError

FIELDS = ("ticket", "email", "phone", "code")
NOTHING: Mapping[str, str] = {}


def lost_page(
    ctx: Context,
    lang: str,
    *,
    values: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] = (),
    sent: bool = False,
) -> str:
    """Number and contact in, always the same answer out: it never tells whether they matched."""
    typed, by_code = values or NOTHING, "code" in (values or NOTHING)
    sentences = error_sentences(errors, lang)
    at_fields = {name: words for name, words in sentences.items() if name in FIELDS}
    return render(
        "lost.html",
        lang,
        values=Blanks({} if by_code else typed),
        errors=Blanks({} if by_code else at_fields),
        code_values=Blanks(typed if by_code else {}),
        code_errors=Blanks(at_fields if by_code else {}),
        general=[words for name, words in sentences.items() if name not in FIELDS],
        sent=sent,
    )
