"""The routing table as a city edits it: rows of its CSV files, and the matchers built from them once."""

from __future__ import annotations
from bisect import bisect_left
from collections.abc import Sequence
from functools import cached_property
from typing import Generic, NamedTuple, TypeVar

from workflows.domain.directory import Directory
from workflows.frozen import frozen
from workflows.routing.learned.classifier import Classifier
from workflows.routing.matching import Match, Matcher
from workflows.routing.places import Areas
from workflows.routing.text import Lexicon

Row = TypeVar("Row")


class TableError(ValueError):
    """A file of the table is missing or has a row that cannot be read; the message names both."""


class Category(NamedTuple):
    """A kind of complaint: its owner (`KEC`: the kecamatan of the place) and departments that may be right as
    well.
    """

    code: str
    label_id: str
    label_en: str
    opd: str
    also: tuple[str, ...]
    restricted: bool


class Phrase(NamedTuple):
    """Words for a category (any, must) or against it (not), with a weight above 0."""

    category: str
    text: str
    weight: float
    kind: str


class Detour(NamedTuple):
    """An exception: in this category, these words (none: any) in that kecamatan (None: any) mean another
    department.
    """

    category: str
    text: str
    opd: str
    external: str | None
    kecamatan: str | None = None


class Hearing(NamedTuple):
    """Who hears an accusation. `accused`: a department, KEC, SEKDA, WALIKOTA, or * for everybody else. `external`:
    the institution when `to` is EXTERNAL. `keep_out`: codes besides the accused that must not be chosen or
    suggested. `desk`: whether the desk may read it when the router is unsure.
    """

    accused: str
    to: str
    external: str | None
    keep_out: frozenset[str]
    desk: bool


class Cue(NamedTuple):
    """Words that matter for a conflict of interest: `kind` says in which way, `code` whose office they name."""

    kind: str
    text: str
    code: str | None


class Danger(NamedTuple):
    """Words of danger to life or limb, and the name of the danger."""

    text: str
    label: str


class Institution(NamedTuple):
    """An office outside the city; `how` says how to reach it, where known."""

    code: str
    name: str
    authority: str
    how: str


class Road(NamedTuple):
    """A road of another government; `certain` is False where sources differ."""

    name: str
    authority: str
    certain: bool


@frozen
class Book(Generic[Row]):
    """Rows with one phrase each. `begins`: number of the first one among the phrases of the whole table."""

    rows: tuple[Row, ...]
    begins: int

    def among(self, found: Sequence[Match]) -> list[Match]:
        """The matches of this book, by the numbers of its rows."""
        begins = self.begins
        mine = found[bisect_left(found, (begins,)) : bisect_left(found, (begins + len(self.rows),))]
        return [Match(number - begins, start, end) for number, start, end in mine]

    def said(self, found: Sequence[Match]) -> list[Row]:
        """The rows whose phrase was found, each once, in the table's order."""
        return [self.rows[number] for number in dict.fromkeys([match.phrase for match in self.among(found)])]


@frozen
class RoutingTable:
    """Everything that routing knows; `version` is a short hash of the files it was built from."""

    version: str
    departments: Directory
    categories: dict[str, Category]
    institutions: dict[str, Institution]
    areas: Areas
    lexicon: Lexicon
    matcher: Matcher
    """The matcher for the phrases of all books."""
    phrases: Book[Phrase]
    detours: Book[Detour]
    hearings: dict[str, Hearing]
    cues: Book[Cue]
    dangers: Book[Danger]
    roads: Book[Road]
    usual: dict[str, str]
    """The first category of each department, in the table's order."""
    demanding: frozenset[str]
    """Categories that count only if one of their `must` phrases is found."""
    outsiders: Book[str]
    """Words of institutions: each row is the institution's code."""
    judge: Classifier
    """The learned weights: they are shipped with Laksa, not with the city's files."""

    @cached_property
    def officials(self) -> tuple[str, ...]:
        """The first words of officials' names: “petugas ”, “oknum ”."""
        return tuple(f"{cue.text} " for cue in self.cues.rows if cue.kind == "official")

    def detours_at(self, found: Sequence[Match], kecamatan: str | None) -> list[Detour]:
        """The exceptions that apply to the matches in that kecamatan, in the table's order."""
        said = {match.phrase for match in self.detours.among(found)}
        rows = (row for number, row in enumerate(self.detours.rows) if number in said or not row.text)
        return [row for row in rows if row.kecamatan in (None, kecamatan)]
