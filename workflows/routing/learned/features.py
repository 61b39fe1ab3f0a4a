"""What the learned weights look at in a letter: its words, pairs of neighbours, and the letters inside words."""

from __future__ import annotations

from collections.abc import Iterator

from workflows.routing.text import Words

_SHORTEST, _LONGEST = 3, 5  # letters of a gram
_WORD_READ = 14  # letters of a word that are looked at


def readable(words: Words) -> tuple[str, ...]:
    """The words without identifiers, whose digits are sealed and mean nothing."""
    return words.tokens if all(map(str.isascii, words.tokens)) else tuple(filter(str.isascii, words.tokens))


def words_and_pairs(words: Words) -> list[str]:
    """The distinct words, and pairs of neighbours in a sentence (`lampu jalan`); codes are no words."""
    tokens, sentences = words.tokens, words.sentences
    if not all(map(str.isascii, tokens)):
        placed = [place for place in zip(tokens, sentences, strict=True) if place[0].isascii()]
        tokens, sentences = tuple(word for word, _ in placed), tuple(sentence for _, sentence in placed)
    neighbours = zip(tokens, tokens[1:], sentences, sentences[1:], strict=False)
    pairs = [f"{one} {other}" for one, other, here, there in neighbours if here == there]
    return [*dict.fromkeys(tokens), *dict.fromkeys(pairs)]


def grams(word: str) -> Iterator[str]:
    """The pieces of three to five letters of one word, its ends marked: `<la`, `lam`, …"""
    marked = f"<{word[:_WORD_READ]}>"
    for length in range(_SHORTEST, _LONGEST + 1):
        for start in range(len(marked) - length + 1):
            yield marked[start : start + length]
