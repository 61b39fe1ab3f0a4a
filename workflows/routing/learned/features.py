"""What the learned weights look at in a letter: its words, pairs of neighbours, and the letters inside words."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from workflows.routing.text import Words

_SHORTEST, _LONGEST = 3, 5  # letters of a gram
_WORD_READ = 14  # letters of a word that are looked at


def readable(words: Words) -> tuple[str, ...]:
    """The words without identifiers, whose digits are sealed and mean nothing."""
    return words.tokens if all(map(str.isascii, words.tokens)) else tuple(filter(str.isascii, words.tokens))


def words_and_pairs(words: Words) -> list[str]:
    """The distinct words, and pairs of neighbours in a sentence (`lampu jalan`); codes are no words."""
    placed = [place for place in zip(words.tokens, words.sentences, strict=True) if place[0].isascii()]
    pairs = (f"{one} {other}" for (one, here), (other, there) in pairwise(placed) if here == there)
    return [*dict.fromkeys(word for word, _ in placed), *dict.fromkeys(pairs)]


def grams(word: str) -> Iterator[str]:
    """The pieces of three to five letters of one word, its ends marked: `<la`, `lam`, …"""
    marked = f"<{word[:_WORD_READ]}>"
    for length in range(_SHORTEST, _LONGEST + 1):
        for start in range(len(marked) - length + 1):
            yield marked[start : start + length]
