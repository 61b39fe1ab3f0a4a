"""Builds a RoutingTable from the texts of the table's files. No I/O here: load.py reads the folder."""

from __future__ import annotations
import csv
import io
from collections.abc import Callable, Mapping
from functools import lru_cache

from workflows.domain.directory import read_departments
from workflows.routing.columns import COLUMNS, EVERYBODY, FILES, SEARCHED, numbered_rows, phrase_column, values_in
from workflows.routing.learned.classifier import Classifier
from workflows.routing.matching import Matcher, canonical_phrases, cut_phrases, vocabulary
from workflows.routing.places import Areas, Kelurahan
from workflows.routing.stored import version_of
from workflows.routing.table import (
    Book,
    Category,
    Cue,
    Danger,
    Detour,
    Hearing,
    Institution,
    Phrase,
    Road,
    RoutingTable,
    Row,
    TableError,
)
from workflows.routing.text import Lexicon

_Rows = Mapping[str, list[dict[str, str]]]


def build_table(files: Mapping[str, str], judge: Classifier) -> RoutingTable:
    """Build the table from one text per file of FILES. TableError names the file and what is wrong with it. The same
    texts give the same object: an upload is wanted when it is checked, tried on complaints and put into force.
    """
    return _built(tuple(sorted(files.items())), judge)


@lru_cache(maxsize=2)
def _built(texts: tuple[tuple[str, str], ...], judge: Classifier) -> RoutingTable:
    files = dict(texts)
    rows = {name: _rows(name, files) for name in FILES}
    shelf = _Shelf(rows)
    phrases = shelf.book("phrases.csv", _phrase)
    detours = shelf.book("exceptions.csv", _detour, textless=True)
    cues = shelf.book("accusations.csv", _cue)
    dangers = shelf.book("danger.csv", lambda row, text: Danger(text, row["label"]))
    roads = shelf.book("roads.csv", _road)
    outsiders = shelf.book("external.csv", lambda row, text: row["code"])
    pieces = cut_phrases(shelf.phrases)
    lexicon = _lexicon(rows, pieces)
    return RoutingTable(
        version=version_of(files),
        departments=read_departments(files["departments.csv"], files["units.csv"]),
        categories={row["code"]: _category(row) for row in rows["categories.csv"]},
        institutions={row["code"]: _institution(row) for row in rows["external.csv"]},
        areas=_areas(rows),
        lexicon=lexicon,
        matcher=Matcher(canonical_phrases(pieces, lexicon)),
        phrases=phrases,
        usual={row["opd"]: row["code"] for row in reversed(rows["categories.csv"])},
        demanding=frozenset(phrase.category for phrase in phrases.rows if phrase.kind == "must"),
        detours=detours,
        hearings=_hearings(rows["conflicts.csv"]),
        cues=cues,
        dangers=dangers,
        roads=roads,
        outsiders=outsiders,
        judge=judge,
    )


def read_lexicon(rows: _Rows) -> Lexicon:
    """The vocabulary of every file whose words are searched for, with the table's slang."""
    columns = [(name, phrase_column(name)) for name in SEARCHED]
    return _lexicon(rows, cut_phrases(row[column] for name, column in columns for row in rows[name]))


def _lexicon(rows: _Rows, pieces: list[str]) -> Lexicon:
    slang = {row["word"]: row["means"] for row in rows["slang.csv"]}
    return Lexicon(slang, vocabulary(pieces, slang))


class _Shelf:
    """Builds the books one after another and numbers their phrases consecutively, so that one pass finds all of
    them.
    """

    def __init__(self, rows: _Rows) -> None:
        self._rows = rows
        self.phrases: list[str] = []

    def book(self, name: str, make: Callable[[dict[str, str], str], Row], textless: bool = False) -> Book[Row]:
        """The rows of a file, one per phrase. Rows in `textless` are in the book too, though no
        words find them.
        """
        begins, column = len(self.phrases), phrase_column(name)
        made: list[Row] = []
        for row in self._rows[name]:
            for text in values_in(row[column]) or [""] * textless:
                made.append(_made(name, row, text, make))
                self.phrases.append(text)
        return Book(tuple(made), begins)


def _made(name: str, row: dict[str, str], text: str, make: Callable[[dict[str, str], str], Row]) -> Row:
    try:
        return make(row, text)
    except (KeyError, ValueError) as error:
        raise TableError(f"{name}: “{text}”: {error}") from error


def _rows(name: str, files: Mapping[str, str]) -> list[dict[str, str]]:
    if name not in files:
        raise TableError(f"{name}: missing")
    head, *lines = _lines(name, files[name]) or [[]]
    missing = {c.name for c in COLUMNS[name] if not c.optional} - set(head)
    if missing:
        raise TableError(f"{name}: no column {', '.join(sorted(missing))}")
    try:
        return [dict(zip(head, line, strict=True)) for line in lines]
    except ValueError:
        line = _first_uneven(files[name], len(head))
        raise TableError(f"{name}, line {line}: not {len(head)} columns") from None


def _first_uneven(text: str, columns: int) -> int:
    """The number of the first line whose row has more or fewer cells than `columns`."""
    return next(line for line, cells in numbered_rows(text) if cells and len(cells) != columns)


def _lines(name: str, text: str) -> list[list[str]]:
    """The rows that are not empty."""
    reader = csv.reader(io.StringIO(text, newline=""))
    try:
        return list(filter(None, reader))
    except csv.Error as error:
        raise TableError(f"{name}, line {reader.line_num}: {error}") from error


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
    return Detour(row["category"], text, row["opd"], row["external"] or None, row.get("kecamatan") or None)


def _hearings(rows: list[dict[str, str]]) -> dict[str, Hearing]:
    hearings = {row["accused"]: _hearing(row) for row in rows}
    if EVERYBODY not in hearings:
        raise TableError(f"conflicts.csv: no row for {EVERYBODY}")
    return hearings


def _hearing(row: dict[str, str]) -> Hearing:
    keep_out = frozenset(filter(None, row["keep_out"].split("|")))
    return Hearing(row["accused"], row["to"], row["external"] or None, keep_out, row["desk"] == "yes")


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
