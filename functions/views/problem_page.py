"""Any error as a kind page, and as the problem document of RFC 9457."""

from __future__ import annotations

from typing import Any

from functions.views.board_words import is_renewed
from functions.views.context import Context
from functions.views.data_requests import data_shapes
from functions.views.drafts import draft_shape
from functions.views.environment import render
from functions.views.field_errors import error_sentence
from functions.views.number_taken import number_taken
from functions.views.problem_words import just_renewed, problem_words
from workflows.errors import (
    ActionNotPossible,
    BoardExpired,
    DataRequestChanged,
    DraftChanged,
    FieldError,
    InvalidInput,
    LaksaError,
    LinkExpired,
    NumberTaken,
)


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
        messages=[error_sentence(field, lang) for field in _fields(ctx, error)],
        reference=_reference(error),
        can_renew=bool(token) and _can_renew(ctx, error),
        is_office=bool(token),
        page=page,
        kept=kept,
    )


def _can_renew(ctx: Context | None, error: Exception) -> bool:
    if isinstance(error, BoardExpired):
        return not is_renewed(error, ctx.now if ctx else None)
    return isinstance(error, LinkExpired) and not just_renewed(ctx, error)


def problem_json(
    ctx: Context | None, lang: str, error: Exception, status: int, office: bool = False
) -> dict[str, Any]:
    """The same for machines, with a code for each field, or with what is possible instead."""
    title, sentence = problem_words(ctx, lang, error, status, to_office=office)
    problem: dict[str, Any] = {"type": "about:blank", "title": title, "status": status, "detail": sentence}
    if fields := _fields(ctx, error):
        problem["errors"] = [_field_shape(f, lang, office) for f in fields]
    if isinstance(error, ActionNotPossible):
        problem["possible"] = list(error.possible)
    if isinstance(error, DraftChanged):
        problem["draft"] = draft_shape(error.draft) if error.draft else None
    if isinstance(error, DataRequestChanged) and ctx:
        problem["data_request"] = data_shapes(ctx, [error.request])[0]
    if reference := _reference(error):
        problem["reference"] = reference
    return problem


def _field_shape(error: FieldError, lang: str, office: bool) -> dict[str, Any]:
    """With what can be chosen instead, where the list is closed."""
    shape = {"field": error.field, "code": error.code, "message": error_sentence(error, lang, office)}
    return shape | ({"possible": error.facts["possible"]} if "possible" in error.facts else {})


def _fields(ctx: Context | None, error: Exception) -> tuple[FieldError, ...]:
    if isinstance(error, NumberTaken):
        return (number_taken(ctx, error),)
    return error.errors if isinstance(error, InvalidInput) else ()


def _reference(error: Exception) -> str:
    """The code under which an unforeseen error was logged."""
    return "" if isinstance(error, LaksaError) else str(getattr(error, "reference", ""))
