"""The files of a routing table, their columns, and what a cell of each column holds: the one declaration. Also
reads the rows of a CSV text with the lines they begin on, since a quoted cell may span several.
"""

from __future__ import annotations
import csv
import io
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from workflows.domain.deadlines.city_days import DAYS_FILE
from workflows.domain.deadlines.city_days import KINDS as DAY_KINDS

CODE = "code"  # the row's own code, to which other files refer
NAME = "name"  # a name that people read
DEPARTMENT = "department"
CATEGORY = "category"
INSTITUTION = "institution"
OFFICE = "office"  # a department or an institution
ASSISTANT = "assistant"  # one of the Sekda's
KECAMATAN = "kecamatan"
AREA = "area"  # a kelurahan or a kecamatan of the city
PHRASE = "phrase"  # words to look for; `a|b` are two phrases
WORD = "word"  # one word
WEIGHT = "weight"  # above 0, at most 20
MAILBOX = "mailbox"
PHONE = "phone"
CHOICE = "choice"
DAY = "day"  # a date of domain/deadlines/city_days

YES_NO = ("yes", "no")
KEC, SEKDA, MAYOR, EVERYBODY = "KEC", "SEKDA", "WALIKOTA", "*"
DEPARTMENT_KINDS = (
    "dinas", "badan", "satuan", "inspektorat", "sekretariat", "bumd", "rsud", "kecamatan", "external", "office",
)  # fmt: skip
CUES = (
    "abuse", "answering", "asking", "bribe", "calling", "compulsion", "denial", "desk", "doubt", "dues",
    "extortion", "favour", "fee", "gift", "levy", "misdeed", "office", "official", "overseer", "parking", "pocket",
    "police", "posing", "private", "question", "rhetoric", "school", "service", "taking", "teacher", "thug",
)  # fmt: skip
UNIT_KINDS = ("kelurahan", "bidang", "upt")
HEAVIEST = 20.0
SHORT_NAME = 24
UNIT_CODE = 40  # the code is the first part of the unit's default mailbox


class Column(NamedTuple):
    """One column. `required`: no cell may be empty; `optional`: the whole column may be missing; `several`: codes
    joined by `|`; `also`: values allowed besides codes of the kind; `choices`: the values of a CHOICE.
    """

    name: str
    holds: str
    required: bool = True
    optional: bool = False
    several: bool = False
    also: tuple[str, ...] = ()
    choices: tuple[str, ...] = ()
    longest: int = 0


def _choice(name: str, *choices: str) -> Column:
    return Column(name, CHOICE, choices=choices)


COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "accusations.csv": (
        _choice("kind", *CUES),
        Column("phrase", PHRASE),
        Column("code", OFFICE, required=False, also=(KEC, SEKDA, MAYOR)),
    ),
    "categories.csv": (
        Column("code", CODE),
        Column("label_id", NAME),
        Column("label_en", NAME),
        Column("opd", DEPARTMENT, also=(KEC,)),
        Column("also", DEPARTMENT, required=False, several=True, also=(KEC,)),
        _choice("restricted", *YES_NO),
    ),
    "conflicts.csv": (
        Column("accused", DEPARTMENT, also=(KEC, SEKDA, MAYOR, EVERYBODY)),
        Column("to", DEPARTMENT),
        Column("external", INSTITUTION, required=False),
        Column("keep_out", DEPARTMENT, required=False, several=True),
        _choice("desk", *YES_NO),
    ),
    "danger.csv": (Column("phrase", PHRASE), Column("label", NAME)),
    "departments.csv": (
        Column("code", CODE),
        Column("name", NAME),
        Column("short", NAME, longest=SHORT_NAME),
        _choice("kind", *DEPARTMENT_KINDS),
        Column("head", NAME, required=False),
        Column("mailbox", MAILBOX, required=False),
        Column("head_mailbox", MAILBOX, required=False),
        Column("phone", PHONE, required=False),
        Column("fallback_mailbox", MAILBOX, required=False, optional=True),
        Column("asisten", ASSISTANT, required=False, optional=True),
    ),
    "exceptions.csv": (
        Column("category", CATEGORY),
        Column("phrase", PHRASE, required=False),
        Column("opd", DEPARTMENT),
        Column("external", INSTITUTION, required=False),
        Column("kecamatan", KECAMATAN, required=False, optional=True),
    ),
    "external.csv": (
        Column("code", CODE),
        Column("name", NAME),
        Column("authority", NAME),
        Column("how", NAME, required=False),
        Column("words", PHRASE),
    ),
    DAYS_FILE: (Column("date", DAY), _choice("kind", *DAY_KINDS), Column("name", NAME)),
    "kelurahan.csv": (Column("code", CODE), Column("kecamatan", NAME), Column("kelurahan", NAME)),
    "outside.csv": (Column("name", NAME), Column("external", INSTITUTION)),
    "phrases.csv": (
        Column("category", CATEGORY),
        Column("phrase", PHRASE),
        Column("weight", WEIGHT),
        _choice("kind", "must", "any", "not"),
    ),
    "place_words.csv": (Column("name", AREA), _choice("needs", "marker", "kecamatan")),
    "roads.csv": (
        Column("road", NAME),
        Column("aliases", PHRASE),
        Column("authority", INSTITUTION),
        _choice("certain", *YES_NO),
    ),
    "slang.csv": (Column("word", WORD), Column("means", NAME, required=False)),
    "units.csv": (
        Column("code", CODE, longest=UNIT_CODE),
        Column("opd", DEPARTMENT),
        Column("name", NAME),
        Column("short", NAME, longest=SHORT_NAME),
        _choice("kind", *UNIT_KINDS),
        Column("head", NAME),
        Column("mailbox", MAILBOX, required=False),
        Column("phone", PHONE, required=False),
    ),
}

FILES = tuple(COLUMNS)


def values_in(cell: str) -> list[str]:
    """The values of a cell that holds several: `a|b` are two."""
    return [text for part in cell.split("|") if (text := part.strip())]


def phrase_column(name: str) -> str:
    """The column of a file whose words are searched for in a text."""
    return next(column.name for column in COLUMNS[name] if column.holds == PHRASE)


SEARCHED = tuple(name for name, columns in COLUMNS.items() if any(c.holds == PHRASE for c in columns))
"""The files with words to look for: their words are the router's vocabulary."""


class TornRow(ValueError):
    """The row that begins on this line cannot be read; the message says why."""

    def __init__(self, line: int, why: str) -> None:
        super().__init__(why)
        self.line = line


def numbered_rows(text: str, mark: str = ",") -> Iterator[tuple[int, list[str]]]:
    """Yield (line from 1, cells) for each row, also for empty ones. Raises TornRow."""
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=mark)
    begins = 1
    try:
        for cells in reader:
            yield begins, cells
            begins = reader.line_num + 1
    except csv.Error as error:
        raise TornRow(begins, str(error)) from error
