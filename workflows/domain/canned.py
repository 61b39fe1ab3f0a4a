"""Canned answers: texts for similar complaints. An officer picks one and edits it before it is sent."""

from __future__ import annotations
import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence

from workflows.domain.privacy.redaction import MASKS
from workflows.frozen import frozen

ANY = "*"
"""The category of an answer for every kind of complaint."""
OUTCOMES = ("done", "not_done")
COLUMNS = ("category", "outcome", "title", "text")
TITLE_MAX = 60
TEXT_MAX = 1500

_WORD = r"[^\W\d_]"
_BLANK = re.compile(rf"\[(?={_WORD})(?:{_WORD}|[ ,/'’-]){{1,40}}\]")
_BRACKET = re.compile(r"\[[^\[\]]*\]|[\[\]]")
_SEPARATORS = ",;\t"
_AROUND = " \t\r\n\xa0\ufeff"
_HEAD = ",".join(COLUMNS)


@frozen
class Canned:
    """One answer: its category, its outcome, its name in the list, its text with placeholders."""

    category: str
    outcome: str
    title: str
    text: str


def read_canned(text: str) -> tuple[Canned, ...]:
    """The answers of a CSV text from a spreadsheet: comma, semicolon or tab, with or without a BOM. ValueError
    names line and column of the first mistake, in Indonesian, and what to do.
    """
    lines = _lines(text.removeprefix("\ufeff"))
    places = _places(next(lines, (1, [])))
    found: list[Canned] = []
    taken: dict[tuple[str, str], int] = {}
    for number, cells in lines:
        answer = _answer(number, _named(number, cells, places))
        first = taken.setdefault((answer.category, answer.title.casefold()), number)
        if first != number:
            raise _wrong(number, "title", f"judul ini sudah dipakai di baris {first}", "beri judul lain")
        found.append(answer)
    return tuple(found)


def blanks_of(answers: Iterable[Canned]) -> frozenset[str]:
    """Every placeholder of those answers, in lower case, without our redaction marks. A placeholder begins with a
    letter and has at most 40 letters, spaces, commas, slashes, hyphens; `[1]` is none.
    """
    found = {blank.casefold() for answer in answers for blank in _BLANK.findall(answer.text)}
    return frozenset(found - {mask.casefold() for mask in MASKS.values()})


def blanks_left(text: str, blanks: frozenset[str]) -> tuple[str, ...]:
    """Unfilled placeholders such as `[tanggal]`, each once, in order; `blanks`: from `blanks_of`. Other words in
    brackets are the officer's own.
    """
    return tuple(dict.fromkeys(found for found in _BLANK.findall(text) if found.casefold() in blanks))


def _lines(text: str) -> Iterator[tuple[int, list[str]]]:
    """(line number, cells) of the rows that are not empty."""
    head = text.split("\n", 1)[0]
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=max(_SEPARATORS, key=head.count), strict=True)
    while True:
        number = reader.line_num + 1
        try:
            cells = [cell.strip(_AROUND) for cell in next(reader)]
        except StopIteration:
            return
        except csv.Error as error:
            raise _wrong(number, "", "baris ini tidak terbaca", "periksa apakah tanda kutipnya ditutup") from error
        if any(cells):
            yield number, cells


def _places(head: tuple[int, list[str]]) -> dict[str, int]:
    number, titles = head[0], [cell.casefold() for cell in head[1]]
    for column in COLUMNS:
        if titles.count(column) != 1:
            raise _wrong(number, column, "kolom ini harus ada, satu kali", f"tulis {_HEAD} di baris pertama")
    unknown = [title for title in titles if title and title not in COLUMNS]
    if unknown:
        raise _wrong(number, unknown[0], "kolom ini tidak dikenal", f"kolomnya hanya {_HEAD}")
    return {column: titles.index(column) for column in COLUMNS}


def _named(number: int, cells: Sequence[str], places: dict[str, int]) -> dict[str, str]:
    """The cells by column; missing ones are empty, since Excel omits empty cells at a row's end."""
    if any(cell for place, cell in enumerate(cells) if place not in places.values()):
        advice = "apit isi yang memuat pemisah dengan tanda kutip"
        raise _wrong(number, "", f"baris ini punya {len(cells)} sel, seharusnya {len(places)}", advice)
    padded = [*cells, *[""] * (max(places.values()) + 1)]
    return {column: padded[place].replace("\r\n", "\n").replace("\r", "\n") for column, place in places.items()}


def _answer(number: int, row: dict[str, str]) -> Canned:
    for column, cell in row.items():
        if not cell:
            raise _wrong(number, column, "sel ini kosong", _WANTED[column])
    if row["outcome"] not in OUTCOMES:
        raise _wrong(number, "outcome", f"“{row['outcome']}” tidak dikenal", _WANTED["outcome"])
    for column, longest in (("title", TITLE_MAX), ("text", TEXT_MAX)):
        if len(row[column]) > longest:
            what = f"isinya {len(row[column])} huruf, paling panjang {longest}"
            raise _wrong(number, column, what, "pendekkan")
    _check_blanks(number, row["text"])
    return Canned(**row)


def _check_blanks(number: int, text: str) -> None:
    """ValueError for a bracket that `blanks_of` does not recognise: it would reach the citizen unfilled."""
    for bracket in _BRACKET.findall(text):
        if not _BLANK.fullmatch(bracket):
            advice = "tulis seperti [tanggal]: huruf dan spasi, paling panjang 40 huruf"
            raise _wrong(number, "text", f"“{bracket}” bukan tempat isian", advice)


_WANTED = {
    "category": f"tulis kode kategori, atau {ANY} untuk semua",
    "outcome": f"tulis {' atau '.join(OUTCOMES)}",
    "title": f"beri judul, paling panjang {TITLE_MAX} huruf",
    "text": "tulis jawabannya",
}


def _wrong(number: int, column: str, what: str, advice: str) -> ValueError:
    place = f"baris {number}, kolom {column}" if column else f"baris {number}"
    return ValueError(f"{place}: {what} – {advice}")
