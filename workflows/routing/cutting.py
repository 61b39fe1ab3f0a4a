"""The phrases of the table, cut in one pass: their words as typed, the vocabulary, and what they mean."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from workflows.routing.matching import Part
from workflows.routing.sealing import SEALED_DIGITS
from workflows.routing.text import Lexicon, fold

_WORD_OR_BREAK = re.compile(f"[a-z{SEALED_DIGITS}]+|[+\\n]")
_BREAKS = frozenset("+\n")


def cut(phrases: Iterable[str]) -> list[str]:
    """The words of phrases as typed, with `+` between the parts of one and a line break behind each."""
    return _WORD_OR_BREAK.findall(fold("\n".join([phrase.replace("\n", " ") for phrase in phrases]) + "\n"))


def vocabulary(pieces: Iterable[str], slang: Mapping[str, str]) -> set[str]:
    """All words of phrases that were cut, slang replaced by what it means."""
    known: set[str] = set()
    for word in set(pieces) - _BREAKS:
        known.update(slang[word].split() if word in slang else (word,))
    return known


def canonical_phrases(pieces: Sequence[str], lexicon: Lexicon) -> list[list[Part]]:
    """The canonical words of each part of each phrase that was cut; no part is empty.

    Nothing in a phrase is a mere formula.
    """
    meant = {word: lexicon.meaning(word) for word in set(pieces) - _BREAKS}
    phrases: list[list[Part]] = []
    parts: list[Part] = []
    tokens: list[str] = []
    for piece in pieces:
        if piece not in _BREAKS:
            tokens += [token for token in meant[piece] if not tokens or token != tokens[-1]]
            continue
        if tokens:
            parts.append(tuple(tokens))
            tokens = []
        if piece == "\n":
            phrases.append(parts)
            parts = []
    return phrases
