"""The form a report is written in, new or come back with what needs a look."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import groupby

from functions.views.context import Context
from functions.views.environment import render
from functions.views.field_errors import error_sentences
from functions.views.filling import Blanks
from functions.views.kept_photos import kept_words, not_kept_words
from workflows.errors import FieldError
from workflows.kept_photos import Kept

FIELDS = (
    "message",
    "place",
    "kelurahan",
    "latitude",
    "longitude",
    "kind",
    "name",
    "email",
    "phone",
    "contact",
    "visibility",
)
NOTHING_KEPT = Kept()
Areas = list[tuple[str, list[tuple[str, str]]]]


def form_page(
    ctx: Context,
    lang: str,
    *,
    form_token: str,
    values: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] = (),
    sent_twice: bool = False,
    kept: Kept = NOTHING_KEPT,
    leaves_photos: bool = False,
    similar: str = "ask",
) -> str:
    """The form with everything that was typed; `sent_twice`: its token was used for another text.

    kept: the photos that came with it; leaves_photos: they are not to be sent. similar: what the form says of
    reports like it, `ask` until they were seen.
    """
    typed = values or {}
    sentences = error_sentences(errors, lang)
    return render(
        "form.html",
        lang,
        form_token=form_token,
        values=Blanks({**typed, "kelurahan": typed.get("kelurahan", "").replace(".", "").strip()}),
        errors=Blanks({name: words for name, words in sentences.items() if name in FIELDS}),
        general=[words for name, words in sentences.items() if name not in FIELDS],
        sent_twice=sent_twice,
        kept=kept_words(kept, lang),
        not_kept=not_kept_words(kept, lang),
        leaves_photos=leaves_photos,
        similar=similar,
        areas=_areas(ctx),
        privacy_contact=ctx.directory["DESK"].mailbox,
        retention=ctx.policy.retention,
    )


def _areas(ctx: Context) -> Areas:
    """Kecamatan with their kelurahan, codes without dots, in the order of the codes."""
    rows = sorted((code, *names) for code, names in ctx.labels.kelurahan.items())
    groups = groupby(rows, key=lambda row: row[2])
    return [(kecamatan, [(code.replace(".", ""), name) for code, name, _ in group]) for kecamatan, group in groups]
