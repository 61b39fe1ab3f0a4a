"""The form for a complaint, empty or shown again with its errors."""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from itertools import groupby
from typing import TYPE_CHECKING, Any, NamedTuple

from functions.views.shared.rendering import N_, Blanks, render, translator

if TYPE_CHECKING:
    from functions.views.shared.context import Context
    from workflows.citizen.staged_photos import Kept
    from workflows.domain.privacy.retention import Retention
    from workflows.errors import FieldError

LABELS = {
    "message": N_("Apa yang terjadi?"),
    "place": N_("Di mana?"),
    "kelurahan": N_("Kelurahan"),
    "latitude": N_("Lintang"),
    "longitude": N_("Bujur"),
    "kind": N_("Jenis laporan"),
    "name": N_("Nama"),
    "email": N_("Email"),
    "phone": N_("Nomor HP"),
    "contact": N_("Bolehkah OPD membuka kontak Anda?"),
    "visibility": N_("Siapa yang boleh membaca laporan ini?"),
}
"""The question above each field, also used in the list of errors."""
Areas = list[tuple[str, list[tuple[str, str]]]]


class City(NamedTuple):
    """What a form says about the city, so that a new process can show it without the rest of the context.
    `kelurahan`: (kelurahan, kecamatan) by dotted code. `privacy_contact`: the desk's mailbox.
    """

    kelurahan: Mapping[str, tuple[str, str]]
    privacy_contact: str
    retention: Retention


def city_of(ctx: Context) -> City:
    """The same from an existing context."""
    return City(ctx.labels.kelurahan, ctx.directory["DESK"].mailbox, ctx.policy.retention)


def form_page(city: City, lang: str, **shown: Any) -> str:
    """The citizen's form; `shown` as in form_facts."""
    labels = {name: translator(lang, "pages")(label) for name, label in LABELS.items()}
    return render("form.html", lang, **form_facts(city, lang, "/", labels, **shown))


def form_facts(
    city: City,
    lang: str,
    action: str,
    labels: Mapping[str, str],
    *,
    form_token: str,
    values: Mapping[str, str] | None = None,
    errors: Sequence[FieldError] = (),
    sent_twice: bool = False,
    kept: Kept | None = None,
    leaves_photos: bool = False,
    similar: str = "ask",
) -> dict[str, Any]:
    """The template's variables: the form with everything that was typed. `action`: where it is posted. `labels`:
    of the fields on it; errors of other fields have no link. `sent_twice`: its token was used for another text.
    `kept`: staged photos; `leaves_photos`: they are not to be sent. `similar`: the field about similar complaints,
    `ask` until they were shown.
    """
    typed, sentences = values or {}, _sentences(errors, lang)
    return {
        "action": action,
        "labels": labels,
        "form_token": form_token,
        "values": Blanks({**typed, "kelurahan": typed.get("kelurahan", "").replace(".", "").strip()}),
        "errors": Blanks({name: words for name, words in sentences.items() if name in labels}),
        "general": [words for name, words in sentences.items() if name not in labels],
        "sent_twice": sent_twice,
        **_photos_kept(kept, lang),
        "leaves_photos": leaves_photos,
        "similar": similar,
        "areas": _areas(city.kelurahan),
        "privacy_contact": city.privacy_contact,
        "retention": city.retention,
    }


def _sentences(errors: Sequence[FieldError], lang: str) -> Mapping[str, str]:
    """Error sentences by field; empty for a new form."""
    if not errors:
        return {}
    from functions.views.shared.forms import error_sentences

    return error_sentences(errors, lang)


def _photos_kept(kept: Kept | None, lang: str) -> dict[str, Any]:
    """The variables about staged photos; {} for a new form."""
    if kept is None:
        return {"kept": "", "not_kept": ""}
    from functions.views.shared.forms import kept_words, not_kept_words

    return {"kept": kept_words(kept, lang), "not_kept": not_kept_words(kept, lang)}


def _areas(kelurahan: Mapping[str, tuple[str, str]]) -> Areas:
    """Kecamatan with their kelurahan, codes without dots, ordered by code."""
    rows = sorted((code, *names) for code, names in kelurahan.items())
    groups = groupby(rows, key=lambda row: row[2])
    return [(kecamatan, [(code.replace(".", ""), name) for code, name, _ in group]) for kecamatan, group in groups]
