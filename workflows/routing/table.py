"""The routing table as a city edits it: rows of its CSV files, and the matchers made of them once."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from workflows.domain.directory import Directory
from workflows.routing.learned.classifier import Classifier
from workflows.routing.matching import Match, Matcher
from workflows.routing.places import Areas
from workflows.routing.text import Lexicon

Row = TypeVar("Row")


class TableError(ValueError):
    """A file of the table is missing or has a row that cannot be read; the message names both."""


class Category(NamedTuple):
    """A kind of report: its owner (`KEC`: the kecamatan of the place) and who else may be right."""

    code: str
    label_id: str
    label_en: str
    opd: str
    also: tuple[str, ...]
    restricted: bool


class Phrase(NamedTuple):
    """Words that speak for a category (any, must) or against it (not), with a weight above 0."""

    category: str
    text: str
    weight: float
    kind: str


class Detour(NamedTuple):
    """In this category, these words (none: any), in that kecamatan (None: any), mean another department."""

    category: str
    text: str
    opd: str
    external: str | None
    kecamatan: str | None = None


class Hearing(NamedTuple):
    """Who hears of an accusation.

    accused: a department, KEC, SEKDA, WALIKOTA, or * for everybody else. external: the institution where `to` is
    EXTERNAL. keep_out: codes, besides the accused, that must not be chosen or suggested. desk: may the desk read
    it when the router is unsure?
    """

    accused: str
    to: str
    external: str | None
    keep_out: frozenset[str]
    desk: bool


class Cue(NamedTuple):
    """Words that matter for a conflict of interest: `kind` says how, `code` whose office they name."""

    kind: str
    text: str
    code: str | None


class Danger(NamedTuple):
    """Words of danger to life or limb, and what to call it."""

    text: str
    label: str


class Institution(NamedTuple):
    """Somebody outside the city; `how` says how to reach them, where known."""

    code: str
    name: str
    authority: str
    how: str


class Road(NamedTuple):
    """A road that is not the city's; `certain` is False where sources differ."""

    name: str
    authority: str
    certain: bool


@dataclass(frozen=True)
class Book(Generic[Row]):
    """Rows with a phrase each. begins: the number of the first of them among the phrases of the whole table."""

    rows: tuple[Row, ...]
    begins: int

    def among(self, found: Sequence[Match]) -> list[Match]:
        """Of all that was found, what is of this book, by the numbers of its rows."""
        begins = self.begins
        mine = found[bisect_left(found, (begins,)) : bisect_left(found, (begins + len(self.rows),))]
        return [Match(number - begins, start, end) for number, start, end in mine]

    def said(self, found: Sequence[Match]) -> list[Row]:
        """The rows whose phrase was found, each once, in the table's order."""
        return [self.rows[number] for number in dict.fromkeys([match.phrase for match in self.among(found)])]


@dataclass(frozen=True)
class RoutingTable:
    """Everything routing knows; `version` is a short hash of the files it was made of."""

    version: str
    departments: Directory
    categories: dict[str, Category]
    institutions: dict[str, Institution]
    areas: Areas
    lexicon: Lexicon
    matcher: Matcher
    """Finds the phrases of all books."""
    phrases: Book[Phrase]
    detours: Book[Detour]
    hearings: dict[str, Hearing]
    cues: Book[Cue]
    dangers: Book[Danger]
    roads: Book[Road]
    usual: dict[str, str]
    """The first category that each department owns, by the table's order."""
    demanding: frozenset[str]
    """Categories that count only when one of their `must` phrases is there."""
    outsiders: Book[str]
    """Words of institutions: a row is the institution's code."""
    judge: Classifier
    """The learned weights: they come with Laksa, not with the city's files."""

    @cached_property
    def officials(self) -> tuple[str, ...]:
        """What the names of officials begin with: “petugas ”, “oknum ”."""
        return tuple(f"{cue.text} " for cue in self.cues.rows if cue.kind == "official")

    def detours_at(self, found: Sequence[Match], kecamatan: str | None) -> list[Detour]:
        """The exceptions that hold for what was found in the words, in that kecamatan, in the table's order."""
        said = {match.phrase for match in self.detours.among(found)}
        rows = (row for number, row in enumerate(self.detours.rows) if number in said or not row.text)
        return [row for row in rows if row.kecamatan in (None, kecamatan)]
