"""Hides a person's name where it is known."""

from __future__ import annotations

import re

MASK = "[nama disamarkan]"
_SHORTEST = 3  # letters of a part of a name that is looked for by itself


def without_name(text: str, name: str) -> str:
    """The text without that name and its parts, wherever they stand as words, large or small."""
    parts = [part for part in re.findall(r"[^\W\d_]+", name) if len(part) >= _SHORTEST]
    if not parts:
        return text
    either = "|".join(map(re.escape, parts))
    return re.sub(rf"\b(?:{either})\b(?:\s+(?:{either})\b)*", MASK, text, flags=re.IGNORECASE)
