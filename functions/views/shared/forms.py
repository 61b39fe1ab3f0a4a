"""Several forms on one page: typed text and errors belong to the form that was sent. Also the sentences about
staged photos.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from functions.views.shared.field_errors import error_sentences
from functions.views.shared.i18n import Blanks, fill_blanks, translator
from functions.views.shared.photos import unusable_words
from functions.views.shared.strings import N_
from workflows.citizen.staged_photos import Kept
from workflows.errors import FieldError


@dataclass(frozen=True)
class Forms:
    """`sent`: action of the form that came back; `general`: errors that belong to none of its fields. `photos`:
    some came with it, which no form can give back.
    """

    sent: str
    typed: Blanks
    wrong: Blanks
    general: tuple[str, ...]
    photos: bool = False

    def values(self, action: str) -> Blanks:
        """What was typed into the form of that action."""
        return self.typed if action == self.sent else Blanks()

    def errors(self, action: str) -> Blanks:
        """The errors of the form of that action."""
        return self.wrong if action == self.sent else Blanks()

    def photos_again(self, action: str) -> bool:
        """Whether the photos of that form have to be chosen again."""
        return self.photos and action == self.sent


def read_forms(
    typed: Mapping[str, str] | None,
    errors: Sequence[FieldError],
    lang: str,
    office: bool = False,
    photos: bool = False,
) -> Forms:
    """The forms of a page that was opened (nothing typed) or came back."""
    values = Blanks(typed or {})
    sentences = error_sentences(errors, lang, office)
    general = [sentences.pop("action")] if "action" in sentences else []
    return Forms(values["action"], values, sentences, tuple(general), photos)


KEPT = N_("{n} foto tersimpan, dan ikut terkirim bersama laporan Anda.")


def kept_words(kept: Kept, lang: str) -> str:
    """How many photos will be sent on; '' for none."""
    return fill_blanks(translator(lang, "pages")(KEPT), {"n": kept.count}) if kept.count else ""


def not_kept_words(kept: Kept, lang: str) -> str:
    """A sentence for each photo that will not be sent on, with the reason."""
    several = kept.count + len(kept.left_out) > 1
    each = (unusable_words(photo.why, {"n": photo.n} if several else {}, lang) for photo in kept.left_out)
    return " ".join(each)


@dataclass(frozen=True)
class RedisplayedForm:
    """What the page shows again. `leaves_photos`: the staged photos are not to be sent."""

    values: dict[str, str]
    token: str
    kept: Kept
    leaves_photos: bool
