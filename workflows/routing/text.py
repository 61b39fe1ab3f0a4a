"""Reads citizens' Indonesian as canonical words: slang, affixes and typos are folded together. Numbers and filler
words are dropped, so “lampu di jalan 2 gang udah mati” matches “lampu jalan gang mati”. Greetings, thanks and
closing formulas are removed.

A code of letters and digits (“8c8be1dbd”) becomes one unknown word: its digits are sealed, that is, replaced by
letters of no word. “lubang2” and “rt03rw05” are words that people write with digits and stay.
"""

from __future__ import annotations
import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import lru_cache

from workflows.frozen import frozen

_READER = r"bapak|bpk|ibu|pak|bu|admin|min|kak|kakak|semua|yth|yang terhormat"
_READERS = rf"(?:\W{{0,3}}\b(?:{_READER})\b(?! r[tw](?![a-z]))){{0,4}}"  # “pak RT 05” is not an addressee
_MAYOR = r"(?:\W{0,3}\bwali ?kota\b(?: (?:kota )?tangerang\b)?)?"  # the usual addressee, not the matter
_WISHES = r"banyak|sebelumnya|semoga|sehat|selalu|sukses|atas|perhatian(?:nya)?|bantuan(?:nya)?"
_FORMULAS = re.compile(
    r"\b(?:"
    r"w?ass?alamu\W?al\w*(?: wr)?(?:\W+wb)?"
    rf"|selamat (?:pagi|siang|sore|malam)\b{_READERS}"
    rf"|(?:kepada )?(?:yth|yang terhormat)\b{_READERS}{_MAYOR}"
    rf"|permisi\b{_READERS}"
    rf"|(?:mohon |minta )?izin (?:melapor|lapor|bertanya)\b{_READERS}"
    r"|saya (?:mau|ingin) (?:me)?lapor(?:kan)?"
    r"|demikian (?:laporan|pengaduan|aduan|keluhan|surat)?(?: (?:saya|kami|ini))?"
    r"|(?:mohon|tolong) (?:segera )?di ?tindak ?lanjuti"
    r"|atas perhatian\w*(?: bapak\W{0,3}ibu)?(?: dan kerja ?sama\w*)?"
    r"(?: (?:saya|kami))?(?: (?:ucapkan|sampaikan))?(?: terima ?kasih)?"
    r")\b"
)
_THANKING = re.compile("kasih|trims|thx|thanks")
_THANKS = re.compile(
    r"(?<=\w)(?<!uang)\W{0,5}\b(?:terima ?kasih|makasih|trims|thx|thanks)\b"
    rf"(?:\W{{0,3}}\b(?:{_WISHES}|{_READER})\b){{0,5}}\W*$"
)


def without_formulas(text: str) -> str:
    """The text, already in lower case, without formulas; each leaves the end of a sentence. Thanks at the end go
    too, but not those at the beginning: they may be all it says.
    """
    plain = _FORMULAS.sub(". ", text)
    return _THANKS.sub(".", plain) if _THANKING.search(plain) else plain


SEALED_DIGITS = "㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉"
"""The characters that replace the digits of a code: letters, but of no word."""
_SEAL = str.maketrans("0123456789", SEALED_DIGITS)
_SEALED = re.compile(f"[{SEALED_DIGITS}]")
_CHAIN = re.compile(r"(?<![a-z0-9])(?=[a-z_-]{0,60}+[0-9])[a-z0-9]++(?:[-_]++[a-z0-9]++)*+")  # with a digit
_PART = re.compile(r"[a-z0-9]+")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_TWO_CHANGES = re.compile(r"[a-z]++\d++[a-z]|\d++[a-z]++\d")
_HEX = re.compile(r"[0-9a-f]+")
_SHORTEST = 3  # the fewest characters of a code
_LONG_HEX = re.compile(r"(?=\d*+[a-f])(?=[a-f]*+\d)[0-9a-f]{8,}")
_USUAL = re.compile(
    r"(?=[a-f]*+[g-z])[a-z]{4,}2x?[a-z]*"  # anak2nya
    r"|[a-z]{2,3}2x?(?:nya?|k?an|ku|mu|in?|n)"  # kos2an
    r"|\d{0,3}(?:(?:rt|rw|no|gg|gang|blok)\d{1,3})+[a-z]?"  # rt03rw05
)


def seal_codes(text: str) -> str:
    """The text, already in lower case, with the digits of its codes sealed."""
    return _CHAIN.sub(_without_codes, text)


def is_code(word: str) -> bool:
    """Whether the word has sealed digits."""
    return _SEALED.search(word) is not None


def _without_codes(chain: re.Match[str]) -> str:
    """The chain with its codes sealed, and what is joined to them unless it is a word with letters beyond hex."""
    text = chain.group()
    if len(text) < _SHORTEST or not (_UUID.search(text) or any(map(_looks_like_a_code, _PART.findall(text)))):
        return text
    return _PART.sub(lambda part: _seal(part.group()), text)


def _looks_like_a_code(part: str) -> bool:
    if _LONG_HEX.fullmatch(part):
        return True
    return _TWO_CHANGES.match(part) is not None and not _USUAL.fullmatch(part)


def _seal(part: str) -> str:
    if part.isalpha():
        return SEALED_DIGITS[0] + part if _HEX.fullmatch(part) else part
    return part.translate(_SEAL)


_WORD_OR_END = re.compile(f"[a-z{SEALED_DIGITS}]+|[.!?;\\n]")
_DIGIT = re.compile(r"[0-9]")
NO_MONEY = r"(?!\d|[.,]\d{3}|\s?(?:rb|ribu|k|jt|juta)\b)"
"""What must not follow the number of an RT or RW: more digits, thousands, or the words for thousands."""
_ADDRESS = re.compile(
    r"\b(?=r[tw])(?<!ketua )(?<!pak )(?<!bpk )(?<!bu )(?<!oknum )(?<!pengurus )"  # these are people, not places
    rf"r[tw]\W{{0,3}}\d{{1,3}}{NO_MONEY}"
)
_HOUR = re.compile(r"\b(?:pukul|jam)\W{0,2}\d")  # “pukul 6” is an hour, not a blow
_FIGURES = r"(?<!\d[.,])\d[\d.,]{0,20}+"  # from the first digit only: “1.1.1.” is not tried from each digit
_AMOUNT = re.compile(rf"\b(?:rp\W{{0,2}}+)?{_FIGURES}\W?(?:rb|ribu+|jt|juta+)\b|\brp\W{{0,2}}+{_FIGURES}")
_BLANKS = re.compile(r"[^\S\n]{2,}|[^\S\n ]")  # a single space stays as it is
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
_MAX_TYPO = 24  # longer words are not repaired: trying every deletion costs the length squared
_MAX_CACHED = 30_000  # words whose meaning is cached
_MAX_REMEMBERED = 30
_MAX_REPAIRED = 300  # words; typos after them stay, which bounds the time for any text
_ENDS = frozenset(".!?;\n")
_BY_BEGINNING = {
    beginning: tuple(prefix for prefix in _PREFIXES if prefix[0].startswith(beginning))
    for beginning in {prefix[:2] for prefix, _ in _PREFIXES}
}


@frozen
class Words:
    """Canonical words in order, the sentence number of each, and which sentences end in a question mark."""

    tokens: tuple[str, ...]
    sentences: tuple[int, ...]
    questions: frozenset[int]


NO_WORDS = Words((), (), frozenset())


@lru_cache(maxsize=8)  # places and words read the same text one after the other
def fold(text: str) -> str:
    """Lower case, normalised width, no accents; line breaks stay, digits of codes are sealed."""
    plain = _BLANKS.sub(" ", text.lower() if text.isascii() else _unaccented(text))
    return seal_codes(plain) if _DIGIT.search(plain) else plain


def shorten_stretched(text: str) -> str:
    """Letters that are repeated three times or more, once."""
    return _STRETCHED.sub(r"\1", text)


def _unaccented(text: str) -> str:
    decomposed = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", text).casefold())
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def _plain(text: str) -> str:
    plain = without_formulas(fold(text))
    if not _DIGIT.search(plain):
        return plain
    return _AMOUNT.sub(" uang ", _HOUR.sub(" ", _ADDRESS.sub(" ", plain)))


class Lexicon:
    """The words that the table knows; read() maps any text onto them. `slang`: word → its meaning (several words,
    or none for a filler; a word that means itself is never taken apart). `vocabulary`: the words of all phrases,
    free of slang.
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
        if not text:
            return NO_WORDS
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
                last = ""
                continue
            remembered = self._remembered if number < _MAX_REPAIRED else self._unrepaired
            meant = remembered.get(piece)
            for token in self._meaning(piece, remembered) if meant is None else meant:
                if token != last and not (last and _same_code(token, last)):
                    tokens.append(token)
                    sentences.append(sentence)
                    last = token
        return Words(tuple(tokens), tuple(sentences), frozenset(questions))

    def meaning(self, word: str) -> tuple[str, ...]:
        """The canonical words of one split word."""
        return self._remembered.get(word) or self._meaning(word, self._remembered)

    def _meaning(self, word: str, remembered: dict[str, tuple[str, ...]]) -> tuple[str, ...]:
        """The canonical words of one word as typed; cached, since people use the same words again."""
        meant = self._meant(word, remembered is self._remembered)
        if len(remembered) >= _MAX_CACHED:
            remembered.clear()
        if len(word) <= _MAX_REMEMBERED:
            remembered[word] = meant
        return meant

    def _meant(self, word: str, repaired: bool) -> tuple[str, ...]:
        if is_code(word):
            return (word,)
        if word not in self._canonical and word not in self._slang:
            word = shorten_stretched(word)
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
        if not _SHORTEST_TYPO <= len(word) <= _MAX_TYPO:
            return None
        for variant in (word, *_deletions(word)):
            meant = self._near.get(variant)
            if meant and meant[0] == word[0] and _slip(word, meant):
                return self._canonical[meant]
        return None


def _same_code(token: str, last: str) -> bool:
    """Whether two parts of one code count once, like “lubang-lubang” and “gorong gorong”."""
    return not token.isascii() and not last.isascii()


def _slip(word: str, meant: str) -> bool:
    """Whether it is a typo: a letter too many, missing or swapped; a replaced letter only in long words."""
    return len(word) != len(meant) or len(word) >= _SHORTEST_REPLACED or sorted(word) == sorted(meant)


def _stems(word: str) -> Iterator[str]:
    """The word without clitic, suffix, prefix: the least stripped first."""
    bases = [word]
    if word.endswith(_CLITICS):
        bases += [word[: -len(clitic)] for clitic in _CLITICS if word.endswith(clitic)]
    for base in bases:
        for suffix in _SUFFIXES if base.endswith(_SUFFIXES[1:]) else _SUFFIXES[:1]:
            if suffix and not base.endswith(suffix):
                continue
            cut = base[: len(base) - len(suffix)] if suffix else base
            if cut != word and len(cut) >= _SHORTEST_STEM:
                yield cut
            yield from _without_prefix(cut)


def _without_prefix(word: str) -> Iterator[str]:
    for prefix, restored in _BY_BEGINNING.get(word[:2], ()):
        if word.startswith(prefix):
            stem = restored + word[len(prefix) :]
            if len(stem) >= _SHORTEST_STEM:
                yield stem


def _deletions(word: str) -> Iterator[str]:
    return (word[:i] + word[i + 1 :] for i in range(1, len(word)))


def _near_misses(words: Iterable[str]) -> dict[str, str]:
    """Each word, and each word without one letter → the first such word."""
    long = [word for word in words if len(word) >= _SHORTEST_TYPO]
    near = {word[:i] + word[i + 1 :]: word for word in reversed(long) for i in range(1, len(word))}
    near.update(zip(long, long, strict=True))
    return near
