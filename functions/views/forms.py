"""Several forms on one page: what was typed and what is wrong belongs to the one that was sent."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from functions.views.field_errors import error_sentences
from functions.views.filling import Blanks
from workflows.errors import FieldError


@dataclass(frozen=True)
class Forms:
    """`sent` is the action of the form that came back; `general` what belongs to none of its fields.

    photos: some came with it, which no form can give back.
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
        """What is wrong in the form of that action."""
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
    """The forms of a page that was opened (nothing typed) or has come back."""
    values = Blanks(typed or {})
    sentences = error_sentences(errors, lang, office)
    general = [sentences.pop("action")] if "action" in sentences else []
    return Forms(values["action"], values, sentences, tuple(general), photos)
