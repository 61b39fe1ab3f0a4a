"""Blanks: filled in where they can be, and never a reason to fall over."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


class _Facts(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "–"


class Blanks(dict[str, str]):
    """What was typed, or what is wrong, by field; a field that is not there is blank."""

    def __missing__(self, key: str) -> str:
        return ""


def fill(sentence: str, facts: Mapping[str, Any]) -> str:
    """The sentence with its {blanks} filled in; a dash where a fact is missing."""
    return sentence.format_map(_Facts(facts))


def capital(words: str) -> str:
    """The same with a capital first letter."""
    return words[:1].upper() + words[1:]
