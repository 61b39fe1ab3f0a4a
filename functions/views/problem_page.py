"""Any error as a kind page, and as the problem document of RFC 9457."""

from __future__ import annotations

from typing import Any

from functions.views.context import Context
from functions.views.drafts import draft_shape
from functions.views.environment import render
from functions.views.field_errors import error_sentence
from functions.views.problem_words import just_renewed, problem_words
from workflows.errors import ActionNotPossible, DraftChanged, FieldError, InvalidInput, LaksaError, LinkExpired


def problem_page(
    ctx: Context | None,
    lang: str,
    error: Exception,
    status: int,
    *,
    token: str = "",
    page: str = "",
    kept: str = "",
) -> str:
    """What happened and how to go on; without a store there is no context.

    token: of an officer's link. page: where that link's page is, when this one stands elsewhere (at a photo).
    kept: what the person had written, for them to take along.
    """
    title, sentence = problem_words(ctx, lang, error, status, token, to_office=bool(token))
    return render(
        "problem.html",
        lang,
        title=title,
        sentence=sentence.removeprefix(f"{title}.").strip(),
        messages=[error_sentence(field, lang) for field in _fields(error)],
        reference=_reference(error),
        can_renew=bool(token) and isinstance(error, LinkExpired) and not just_renewed(ctx, error),
        is_office=bool(token),
        page=page,
        kept=kept,
    )


def problem_json(
    ctx: Context | None, lang: str, error: Exception, status: int, office: bool = False
) -> dict[str, Any]:
    """The same for machines, with a code for each field, or with what is possible instead."""
    title, sentence = problem_words(ctx, lang, error, status, to_office=office)
    problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": sentence}
    if isinstance(error, InvalidInput):
        problem["errors"] = [
            {"field": f.field, "code": f.code, "message": error_sentence(f, lang, office)} for f in error.errors
        ]
    if isinstance(error, ActionNotPossible):
        problem["possible"] = list(error.possible)
    if isinstance(error, DraftChanged):
        problem["draft"] = draft_shape(error.draft) if error.draft else None
    if reference := _reference(error):
        problem["reference"] = reference
    return problem


def _fields(error: Exception) -> tuple[FieldError, ...]:
    return error.errors if isinstance(error, InvalidInput) else ()


def _reference(error: Exception) -> str:
    """The code under which an unforeseen error was logged."""
    return "" if isinstance(error, LaksaError) else str(getattr(error, "reference", ""))
