"""Reads citizens' Indonesian as canonical words: slang, affixes and typos folded together.

Numbers and filler words are dropped, so “lampu di jalan 2 gang udah mati” meets “lampu jalan gang mati”. A code of
letters and digits (“8c8be1dbd”) is one unknown word: no word stands in it.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache

from workflows.routing.formulas import without_formulas

_SEALED_DIGITS = "㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉"  # stand for the digits of a code: letters, but of no word
_SEAL = str.maketrans("0123456789", _SEALED_DIGITS)
_SEALED = re.compile(f"[{_SEALED_DIGITS}]")
_WORD = re.compile(f"[a-z{_SEALED_DIGITS}]+")
_WORD_OR_END = re.compile(f"[a-z{_SEALED_DIGITS}]+|[.!?;\\n]")
_CHAIN = re.compile(r"(?<![a-z0-9])(?=[a-z_-]{0,60}+[0-9])[a-z0-9]++(?:[-_]++[a-z0-9]++)*+")  # with a digit
_DIGIT = re.compile(r"[0-9]")
_PART = re.compile(r"[a-z0-9]+")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_TWO_CHANGES = re.compile(r"[a-z]++\d++[a-z]|\d++[a-z]++\d")
_HEX = re.compile(r"[0-9a-f]+")
_LONG_HEX = re.compile(r"(?=\d*+[a-f])(?=[a-f]*+\d)[0-9a-f]{8,}")
_USUAL = re.compile(
    r"(?=[a-f]*+[g-z])[a-z]{4,}2x?[a-z]*"  # anak2nya
    r"|[a-z]{2,3}2x?(?:nya?|k?an|ku|mu|in?|n)"  # kos2an
    r"|\d{0,3}(?:(?:rt|rw|no|gg|gang|blok)\d{1,3})+[a-z]?"  # rt03rw05
)
_ADDRESS = re.compile(
    r"\b(?=r[tw])(?<!ketua )(?<!pak )(?<!bu )(?<!oknum )(?<!pengurus )"  # these are people
    r"r[tw]\W{0,3}\d{1,3}(?!\d|[.,]\d{3}|\s?(?:rb|ribu|k)\b)"  # and this is money
)
_HOUR = re.compile(r"\b(?:pukul|jam)\W{0,2}\d")  # “pukul 6” is no blow
_AMOUNT = re.compile(r"\b(?:rp\W{0,2}+)?\d[\d.,]*+\W?(?:rb|ribu+|jt|juta+)\b|\brp\W{0,2}+\d[\d.,]*+")  # is money
_BLANKS = re.compile(r"[^\S\n]+")
_STRETCHED = re.compile(r"([a-z])\1{2,}")
_CLITICS = ("nya", "lah", "kah", "pun", "ku", "mu", "in")
_SUFFIXES = ("", "kan", "an", "i")
_PREFIXES = (
    ("diper", ""), ("memper", ""), ("meny", "s"), ("peny", "s"), ("meng", ""), ("meng", "k"), ("peng", ""),
    ("mem", ""), ("mem", "p"), ("pem", ""), ("pem", "p"), ("men", ""), ("men", "t"), ("pen", ""), ("pen", "t"),
    ("ber", ""), ("ter", ""), ("per", ""), ("me", ""), ("pe", ""), ("di", ""), ("ke", ""), ("ng", ""), ("ny", "s"),
)  # fmt: skip
_SHORTEST_STEM = 3
_SHORTEST_TYPO = 6
_SHORTEST_REPLACED = 9
_LONGEST_TYPO = 24  # no word is longer; trying every deletion of a long one costs its length squared
_MOST_REMEMBERED = 30_000  # words whose meaning is kept
_LONGEST_REMEMBERED = 30
_MOST_REPAIRED = 300  # words; typos further on stay as they are, so that no text takes long
_ENDS = frozenset(".!?;\n")
_BY_LETTER = {
    letter: tuple(prefix for prefix in _PREFIXES if prefix[0].startswith(letter))
    for letter in {prefix[0] for prefix, _ in _PREFIXES}
}


@dataclass(frozen=True)
class Words:
    """Canonical words in order, the sentence each stands in, and which sentences end in a question mark."""

    tokens: tuple[str, ...]
    sentences: tuple[int, ...]
    questions: frozenset[int]


@lru_cache(maxsize=8)  # places and words read the same letter one after the other
def fold(text: str) -> str:
    """Lower case, one width, no accents; line breaks stay, the digits of codes are sealed."""
    plain = _BLANKS.sub(" ", text.lower() if text.isascii() else _unaccented(text))
    return _CHAIN.sub(_sealed, plain) if _DIGIT.search(plain) else plain


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _sealed(chain: re.Match[str]) -> str:
    """The chain with its codes sealed, and what is joined to them unless it is a word of more than hex letters."""
    text = chain.group()
    if text.isalpha() or not (_UUID.search(text) or any(map(_is_code, _PART.findall(text)))):
        return text
    return _PART.sub(lambda part: _seal(part.group()), text)


def _is_code(part: str) -> bool:
    if _LONG_HEX.fullmatch(part):
        return True
    return _TWO_CHANGES.match(part) is not None and not _USUAL.fullmatch(part)


def _seal(part: str) -> str:
    if part.isalpha():
        return _SEALED_DIGITS[0] + part if _HEX.fullmatch(part) else part
    return part.translate(_SEAL)


def _plain(text: str) -> str:
    plain = without_formulas(fold(text))
    if not _DIGIT.search(plain):
        return plain
    return _AMOUNT.sub(" uang ", _HOUR.sub(" ", _ADDRESS.sub(" ", plain)))


class Lexicon:
    """The words the table knows; read() maps any text onto them.

    slang: word → its meaning (may be several words, or none for a filler; a word that means itself is never
    taken apart). vocabulary: the words of all phrases, already free of slang.
    """

    def __init__(self, slang: Mapping[str, str], vocabulary: Iterable[str]) -> None:
        self._slang = {word: tuple(means.split()) for word, means in slang.items()}
        known = sorted(set(vocabulary))
        self._canonical = dict.fromkeys(known, "")
        for word in known:
            self._canonical[word] = self._root(word)
        self._near = _near_misses(self._canonical)
        self._remembered: dict[str, tuple[str, ...]] = {}
        self._unrepaired: dict[str, tuple[str, ...]] = {}

    def read(self, text: str) -> Words:
        """Any text, empty included, as canonical words."""
        tokens: list[str] = []
        sentences: list[int] = []
        questions: set[int] = set()
        sentence = 0
        last = ""
        for number, piece in enumerate(_WORD_OR_END.findall(_plain(text))):
            if piece in _ENDS:
                if piece == "?":
                    questions.add(sentence)
                sentence += 1
                continue
            remembered = self._remembered if number < _MOST_REPAIRED else self._unrepaired
            meant = remembered.get(piece)
            for token in self._meaning(piece, remembered) if meant is None else meant:
                if token != last and not (last and _same_code(token, last)):
                    tokens.append(token)
                    sentences.append(sentence)
                    last = token
        return Words(tuple(tokens), tuple(sentences), frozenset(questions))

    def phrase(self, text: str) -> tuple[str, ...]:
        """The canonical words of a phrase of the table: nothing in it is a mere formula."""
        tokens: list[str] = []
        for word in _WORD.findall(fold(text)):
            meant = self._remembered.get(word)
            for token in self._meaning(word, self._remembered) if meant is None else meant:
                if not tokens or token != tokens[-1]:
                    tokens.append(token)
        return tuple(tokens)

    def _meaning(self, word: str, remembered: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The canonical words of one word as typed; people use the same words again and again."""
        meant = self._meant(word, remembered is self._remembered)
        if len(remembered) >= _MOST_REMEMBERED:
            remembered.clear()
        if len(word) <= _LONGEST_REMEMBERED:
            remembered[word] = meant
        return meant

    def _meant(self, word: str, repaired: bool) -> tuple[str, ...]:
        if _SEALED.search(word):
            return (word,)
        if word not in self._canonical and word not in self._slang:
            word = _STRETCHED.sub(r"\1", word)
        plain = self._slang.get(word)
        if plain is None:
            return (self._known(word, repaired),)
        return tuple(self._canonical.get(part) or part for part in plain)

    def _known(self, word: str, repaired: bool) -> str:
        found = self._canonical.get(word)
        if found:
            return found
        for stem in _stems(word):
            if stem in self._canonical:
                return self._canonical[stem] or stem
            if self._slang.get(stem):
                return self._slang[stem][0]
        return (self._typo(word) if repaired else None) or word

    def _root(self, word: str) -> str:
        if self._slang.get(word) == (word,):
            return word
        stems = [stem for stem in _stems(word) if stem in self._canonical]
        return min(stems, key=len) if stems else word

    def _typo(self, word: str) -> str | None:
        if not _SHORTEST_TYPO <= len(word) <= _LONGEST_TYPO:
            return None
        for variant in (word, *_deletions(word)):
            meant = self._near.get(variant)
            if meant and meant[0] == word[0] and _slip(word, meant):
                return self._canonical[meant]
        return None


def _same_code(token: str, last: str) -> bool:
    """The parts of one code count once, as “lubang-lubang” and “gorong gorong” do."""
    return not token.isascii() and not last.isascii()


def _slip(word: str, meant: str) -> bool:
    """A letter too many, too few or swapped; another letter only in words that are long."""
    return len(word) != len(meant) or len(word) >= _SHORTEST_REPLACED or sorted(word) == sorted(meant)


def _stems(word: str) -> Iterator[str]:
    """What is left without clitic, suffix, prefix: the least stripped first."""
    bases = [word] + [word[: -len(c)] for c in _CLITICS if word.endswith(c)]
    for base in bases:
        for suffix in _SUFFIXES:
            if suffix and not base.endswith(suffix):
                continue
            cut = base[: len(base) - len(suffix)] if suffix else base
            if cut != word and len(cut) >= _SHORTEST_STEM:
                yield cut
            yield from _without_prefix(cut)


def _without_prefix(word: str) -> Iterator[str]:
    for prefix, restored in _BY_LETTER.get(word[:1], ()):
        if word.startswith(prefix):
            stem = restored + word[len(prefix) :]
            if len(stem) >= _SHORTEST_STEM:
                yield stem


def _deletions(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))


def _near_misses(words: Iterable[str]) -> dict[str, str]:
    near: dict[str, str] = {}
    for word in words:
        if len(word) >= _SHORTEST_TYPO:
            for variant in _deletions(word):
                near.setdefault(variant, word)
    near.update({word: word for word in words if len(word) >= _SHORTEST_TYPO})
    return near


def vocabulary(patterns: Iterable[str], slang: Mapping[str, str]) -> set[str]:
    """All words of the patterns, slang replaced by what it means."""
    known: set[str] = set()
    for word in set(_WORD.findall(fold("\n".join(patterns)))):
        known.update(slang[word].split() if word in slang else (word,))
    return known
