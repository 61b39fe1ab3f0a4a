"""Checks the phrases (can each be found, is any there twice, does any count for and against the same category) and
the slang (no circles, no word of a place's name removed).
"""

from __future__ import annotations
from collections.abc import Iterable, Iterator, Mapping

from workflows.frozen import frozen
from workflows.routing.check.codes import Sheets
from workflows.routing.check.sheet import Finding, Row
from workflows.routing.columns import SEARCHED, phrase_column, values_in
from workflows.routing.matching import Matcher, canonical_phrases, cut_phrases
from workflows.routing.text import Lexicon, fold

Meaning = tuple[tuple[str, ...], ...]
_OWN = {"accusations.csv": ("kind", "code"), "danger.csv": (), "external.csv": ("code",), "roads.csv": ("road",)}
"""The columns that identify a row: two rows that agree in them and in their words are the same row."""


@frozen
class Said:
    """One phrase of one row, and how the router reads it."""

    row: Row
    text: str
    meaning: Meaning

    def wrong(self, message: str, proposal: str, warning: bool = False) -> Finding:
        """A finding about this phrase."""
        return self.row.wrong(phrase_column(self.row.file), message, proposal, warning)


def meaning(text: str, lexicon: Lexicon) -> Meaning:
    """The words of each part after slang and fillers; the order of the parts does not matter."""
    return tuple(sorted(lexicon.read(part).tokens for part in text.split("+")))


def check_phrases(sheets: Sheets, lexicon: Lexicon) -> Iterator[Finding]:
    """Every mistake in phrases, except the order of exceptions."""
    for name in SEARCHED:
        said = _said(sheets[name].rows, lexicon)
        yield from _unfindable(said, lexicon)
        findable = [phrase for phrase in said if all(phrase.meaning)]
        if name == "phrases.csv":
            yield from _pulls(findable)
        elif name in _OWN:
            yield from _repeated(findable, _OWN[name])


def _said(rows: Iterable[Row], lexicon: Lexicon) -> list[Said]:
    texts = ((row, text) for row in rows for text in values_in(row[phrase_column(row.file)]))
    return [Said(row, text, meaning(text, lexicon)) for row, text in texts]


def _unfindable(said: list[Said], lexicon: Lexicon) -> Iterator[Finding]:
    matcher = Matcher(canonical_phrases(cut_phrases(s.text for s in said), lexicon))
    for number, phrase in enumerate(said):
        if not any(phrase.meaning):
            message = f"frasa “{phrase.text}” hanya kata pengisi, jadi tidak akan pernah cocok"
            yield phrase.wrong(message, "pakai kata yang menunjuk masalahnya")
        elif not all(phrase.meaning) and all(map(str.strip, phrase.text.split("+"))):
            yield phrase.wrong(f"satu bagian dari “{phrase.text}” hanya kata pengisi", "buang bagian itu")
        elif all(phrase.meaning) and all(
            match.phrase != number for match in matcher.find(lexicon.read(phrase.text.replace("+", " ")))
        ):
            yield phrase.wrong(f"frasa “{phrase.text}” tidak akan pernah cocok", "tulis sebagai kata-kata biasa")


def _repeated(said: list[Said], own: tuple[str, ...]) -> Iterator[Finding]:
    """Outside phrases.csv nothing is added up, so only identical words are reported."""
    first: dict[tuple[str, ...], Said] = {}
    for phrase in said:
        key = (phrase.text.casefold(), *(phrase.row[field] for field in own))
        if first.setdefault(key, phrase) is not phrase:
            yield _twice(phrase, first[key])


def _twice(phrase: Said, earlier: Said) -> Finding:
    """Identical words are a mistake; other words with the same meaning are only useless."""
    same = phrase.text.casefold() == earlier.text.casefold()
    message = f"“{phrase.text}” sudah ada di baris {earlier.row.line}"
    if not same:
        message = f"“{phrase.text}” terbaca sama dengan “{earlier.text}” di baris {earlier.row.line}"
    return phrase.wrong(message, "hapus salah satunya", warning=not same)


def _pulls(said: list[Said]) -> Iterator[Finding]:
    """Findings in phrases.csv: twice in a category, for and against it, or for two categories equally."""
    first: dict[tuple[Meaning, str], Said] = {}
    alike: dict[tuple[Meaning, str], Said] = {}
    for phrase in said:
        row = phrase.row
        earlier = first.setdefault((phrase.meaning, row["category"]), phrase)
        if earlier is not phrase:
            yield _opposed(phrase, earlier) if _against(phrase) != _against(earlier) else _twice(phrase, earlier)
        if _against(phrase):
            continue
        rival = alike.setdefault((phrase.meaning, row["weight"]), phrase)
        if rival.row["category"] != row["category"]:
            message = f"“{phrase.text}” menunjuk {row['category']} dan {rival.row['category']} "
            yield phrase.wrong(message + f"(baris {rival.row.line}) sama kuat", "beri bobot yang berbeda")


def _against(phrase: Said) -> bool:
    return phrase.row["kind"] == "not"


def _opposed(phrase: Said, earlier: Said) -> Finding:
    message = f"“{phrase.text}” mendukung dan menolak {phrase.row['category']} (baris {earlier.row.line})"
    return phrase.wrong(message, "hapus salah satunya")


def check_slang(sheets: Sheets) -> Iterator[Finding]:
    """Yield the mistakes of slang.csv that involve more than one cell."""
    rows = [row for row in sheets["slang.csv"].rows if row["word"]]
    means = {row["word"]: tuple(row["means"].split()) for row in rows}
    names = _names(sheets)
    for row in rows:
        yield from _circle(row, means)
        if row["word"] in names and row["means"] != row["word"]:
            message = f"“{row['word']}” adalah bagian nama {names[row['word']]}"
            yield row.wrong("word", message, "hapus baris ini, supaya nama itu tetap terbaca")


def _circle(row: Row, means: Mapping[str, tuple[str, ...]]) -> Iterator[Finding]:
    word, way = row["word"], [row["word"]]
    while (meaning := means.get(way[-1], ())) and meaning[0] != way[-1] and len(meaning) == 1:
        way.append(meaning[0])
        if meaning[0] == word:
            message = f"kata ini berputar: {' → '.join(way)}"
            yield row.wrong("means", message, "tulis satu kata baku untuk semuanya")
            return
        if meaning[0] in way[:-1]:
            return


def _names(sheets: Sheets) -> dict[str, str]:
    """Each word of a place's name → that name."""
    rows = sheets["kelurahan.csv"].rows
    names = [(f"{field.title()} {row[field]}", row[field]) for row in rows for field in ("kecamatan", "kelurahan")]
    return {word: name for name, words in names for word in fold(words).split()}
