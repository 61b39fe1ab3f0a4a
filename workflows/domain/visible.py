"""Which characters of a text can be seen: there are many that take no ink and are no blanks either."""

from __future__ import annotations

import unicodedata

_BLANKS = frozenset("\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0")
"""Letters and signs by their category, but drawn as nothing."""


def shows(text: str) -> bool:
    """Whether anything of it can be seen."""
    return any(not character.isspace() and _takes_room(character) for character in text)


def seen_length(text: str) -> int:
    """How many characters a reader would count, blanks between words included."""
    return sum(map(_takes_room, text))


def _takes_room(character: str) -> bool:
    return character not in _BLANKS and unicodedata.category(character) != "Cf"
