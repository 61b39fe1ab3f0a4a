"""The texts of the table's files → one RoutingTable. No I/O: load.py reads the folder."""

from __future__ import annotations

import csv
import hashlib
import io
from collections.abc import Callable, Mapping, Sequence

from workflows.domain.department import read_departments
from workflows.routing.matching import Matcher
from workflows.routing.places import Areas, Kelurahan
from workflows.routing.table import (
    Book,
    Category,
    Cue,
    Danger,
    Detour,
    Institution,
    Phrase,
    Road,
    RoutingTable,
    Row,
    TableError,
)
from workflows.routing.text import Lexicon, vocabulary

FILES = (
    "categories.csv", "conflict.csv", "danger.csv", "departments.csv", "exceptions.csv", "external.csv",
    "kelurahan.csv", "outside.csv", "phrases.csv", "place_words.csv", "roads.csv", "slang.csv",
)  # fmt: skip

_Rows = Mapping[str, list[dict[str, str]]]


def build_table(files: Mapping[str, str]) -> RoutingTable:
    """One text a file of FILES; TableError names the file and what is wrong with it."""
    rows = {name: _rows(name, files) for name in FILES}
    slang = {row["word"]: row["means"] for row in rows["slang.csv"]}
    books = _Books(slang, rows)
    phrases = books.book("phrases.csv", "phrase", _phrase)
    return RoutingTable(
        version=version_of(files),
        departments=read_departments(files["departments.csv"]),
        categories={row["code"]: _category(row) for row in rows["categories.csv"]},
        institutions={row["code"]: _institution(row) for row in rows["external.csv"]},
        areas=_areas(rows),
        lexicon=books.lexicon,
        phrases=phrases,
        demanding=frozenset(phrase.category for phrase in phrases.rows if phrase.kind == "must"),
        detours=books.book("exceptions.csv", "phrase", _detour),
        cues=books.book("conflict.csv", "phrase", _cue),
        dangers=books.book("danger.csv", "phrase", lambda row, text: Danger(text, row["label"])),
        roads=books.book("roads.csv", "aliases", _road),
        outsiders=books.book("external.csv", "words", lambda row, text: row["code"]),
    )


def version_of(files: Mapping[str, str]) -> str:
    """Twelve hex digits over names and contents: the same table has the same version everywhere."""
    digest = hashlib.sha256()
    for name in sorted(FILES):
        digest.update(f"{name}\0{files[name]}\0".encode())
    return digest.hexdigest()[:12]


class _Books:
    """Makes every book with one lexicon, whose vocabulary is the words of them all."""

    def __init__(self, slang: Mapping[str, str], rows: _Rows) -> None:
        self._rows = rows
        columns = {"roads.csv": "aliases", "external.csv": "words"}
        searched = ("phrases.csv", "exceptions.csv", "conflict.csv", "danger.csv", "roads.csv", "external.csv")
        patterns = [row[columns.get(name, "phrase")] for name in searched for row in rows[name]]
        self.lexicon = Lexicon(slang, vocabulary(patterns, slang))

    def book(self, name: str, column: str, make: Callable[[dict[str, str], str], Row]) -> Book[Row]:
        made: list[Row] = []
        patterns: list[str] = []
        for row in self._rows[name]:
            for text in filter(None, map(str.strip, row[column].split("|"))):
                made.append(_made(name, row, text, make))
                patterns.append(text)
        return Book(tuple(made), Matcher(patterns, self.lexicon))


def _made(name: str, row: dict[str, str], text: str, make: Callable[[dict[str, str], str], Row]) -> Row:
    try:
        return make(row, text)
    except (KeyError, ValueError) as error:
        raise TableError(f"{name}: “{text}”: {error}") from error


_HEADS: Mapping[str, Sequence[str]] = {
    "categories.csv": ("code", "label_id", "label_en", "opd", "also", "restricted"),
    "conflict.csv": ("kind", "phrase", "code"),
    "danger.csv": ("phrase", "label"),
    "departments.csv": ("code", "name", "short", "kind", "head", "mailbox", "head_mailbox", "phone"),
    "exceptions.csv": ("category", "phrase", "opd", "external"),
    "external.csv": ("code", "name", "authority", "how", "words"),
    "kelurahan.csv": ("code", "kecamatan", "kelurahan"),
    "outside.csv": ("name", "external"),
    "phrases.csv": ("category", "phrase", "weight", "kind"),
    "place_words.csv": ("name", "needs"),
    "roads.csv": ("road", "aliases", "authority", "certain"),
    "slang.csv": ("word", "means"),
}


def _rows(name: str, files: Mapping[str, str]) -> list[dict[str, str]]:
    if name not in files:
        raise TableError(f"{name}: missing")
    reader = csv.DictReader(io.StringIO(files[name]), restkey="surplus")
    missing = set(_HEADS[name]) - set(reader.fieldnames or ())
    if missing:
        raise TableError(f"{name}: no column {', '.join(sorted(missing))}")
    rows = list(reader)
    for number, row in enumerate(rows, start=2):
        if "surplus" in row or None in row.values():
            raise TableError(f"{name}, line {number}: not {len(reader.fieldnames or ())} columns")
    return rows


def _category(row: dict[str, str]) -> Category:
    also = tuple(filter(None, row["also"].split("|")))
    return Category(row["code"], row["label_id"], row["label_en"], row["opd"], also, row["restricted"] == "yes")


def _institution(row: dict[str, str]) -> Institution:
    return Institution(row["code"], row["name"], row["authority"], row["how"])


def _phrase(row: dict[str, str], text: str) -> Phrase:
    weight = float(row["weight"])
    if row["kind"] not in ("must", "any", "not") or weight <= 0:
        raise ValueError("kind must be must, any or not, weight above 0")
    return Phrase(row["category"], text, weight, row["kind"])


def _detour(row: dict[str, str], text: str) -> Detour:
    return Detour(row["category"], text, row["opd"], row["external"] or None)


def _cue(row: dict[str, str], text: str) -> Cue:
    return Cue(row["kind"], text, row["code"] or None)


def _road(row: dict[str, str], _alias: str) -> Road:
    return Road(row["road"], row["authority"], row["certain"] == "yes")


def _areas(rows: _Rows) -> Areas:
    return Areas(
        (Kelurahan(row["code"], row["kelurahan"], row["kecamatan"]) for row in rows["kelurahan.csv"]),
        {row["name"]: row["needs"] for row in rows["place_words.csv"]},
        {row["name"]: row["external"] for row in rows["outside.csv"]},
    )
