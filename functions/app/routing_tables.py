"""The routing table in force, followed without a deployment: one small read per request shows whether it has
changed. Also the names of categories, institutions and areas that it contains.
"""

from __future__ import annotations
import csv
import io
import logging
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import replace
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING, NamedTuple, TypeVar

from functions.app.logging import where

if TYPE_CHECKING:
    from workflows.domain.deadlines.calendar import WorkCalendar
    from workflows.domain.deadlines.city_days import CityDays
    from workflows.domain.directory import Directory
    from workflows.ports import Store
    from workflows.routing.stored import Current
    from workflows.routing.table import RoutingTable

log = logging.getLogger("laksa")


class Labels(NamedTuple):
    """The names that people read for codes of the routing table."""

    categories: dict[str, tuple[str, str]]  # code → Indonesian, English
    institutions: dict[str, tuple[str, str]]  # code → name, how to reach it
    kelurahan: dict[str, tuple[str, str]]  # dotted code → kelurahan, kecamatan

    def category(self, code: str | None, lang: str = "id") -> str:
        """The label of a category; never a word of the complaint."""
        indonesian, english = self.categories.get(code or "", ("", ""))
        return english if lang == "en" else indonesian

    def institution(self, code: str) -> tuple[str, str]:
        """(name, how to reach it); for free text (the text, '')."""
        return self.institutions.get(code, (code, ""))

    def area(self, code: str | None) -> str:
        """“Kel. Cikokol, Kec. Tangerang”, or ''."""
        kelurahan, kecamatan = self.kelurahan.get(code or "", ("", ""))
        return f"Kel. {kelurahan}, Kec. {kecamatan}" if kelurahan else ""


def labels_of(texts: Mapping[str, str]) -> Labels:
    """Labels from the texts of categories.csv, external.csv and kelurahan.csv."""

    return Labels(
        categories={r["code"]: (r["label_id"], r["label_en"]) for r in _rows(texts["categories.csv"])},
        institutions={r["code"]: (r["name"], r.get("how") or "") for r in _rows(texts["external.csv"])},
        kelurahan=kelurahan_of(texts["kelurahan.csv"]),
    )


def kelurahan_of(text: str) -> dict[str, tuple[str, str]]:
    """Kelurahan and kecamatan by dotted code, from the text of kelurahan.csv alone."""
    return {r["code"]: (r["kelurahan"], r["kecamatan"]) for r in _rows(text)}


def _rows(text: str) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(text)))


T = TypeVar("T")
_MAX_CACHED = 3
_seen: ContextVar[dict[TableCache, tuple[Current, TableVersion]]] = ContextVar("seen by this request")


class TableVersion:
    """One version of the table. Its parts are built once, at their first use: pages do not need the whole table.
    If a part cannot be built, that is logged and all parts come from `otherwise` from then on. A version whose
    parts were all built is proven: it stands alone, and `otherwise` is released.
    """

    def __init__(self, version: str, texts: Callable[[], Mapping[str, str]], otherwise: TableVersion | None) -> None:
        self._version = version
        self._read = texts
        self._otherwise = otherwise
        self._broken = False
        self._lock = Lock()
        self._texts: Mapping[str, str] | None = None
        self._table: RoutingTable | None = None
        self._directory: Directory | None = None
        self._labels: Labels | None = None
        self._kelurahan: dict[str, tuple[str, str]] | None = None
        self._days: CityDays | None = None
        self._calendar: WorkCalendar | None = None

    @property
    def table(self) -> RoutingTable:
        """The whole table, for the router."""
        return self._part(self._made_table, lambda other: other.table)

    @property
    def directory(self) -> Directory:
        """The departments and units with their mailboxes."""
        return self._part(self._made_directory, lambda other: other.directory)

    @property
    def labels(self) -> Labels:
        """The names that people read for the table's codes."""
        return self._part(self._made_labels, lambda other: other.labels)

    @property
    def kelurahan(self) -> dict[str, tuple[str, str]]:
        """(kelurahan, kecamatan) by dotted code, without the other labels."""
        return self._part(self._made_kelurahan, lambda other: other.kelurahan)

    @property
    def desk_mailbox(self) -> str:
        """The desk's mailbox, without the rest of the directory."""
        return self._part(self._found_desk_mailbox, lambda other: other.desk_mailbox)

    def calendar(self, written: WorkCalendar) -> WorkCalendar:
        """The policy's calendar (one per process) with the city's own days."""
        return self._part(lambda: self._made_calendar(written), lambda other: other.calendar(written))

    @property
    def texts(self) -> Mapping[str, str]:
        """The texts of its files."""
        return self._part(self._made_texts, lambda other: other.texts)

    @property
    def proven(self) -> bool:
        """Whether every part could be built."""
        return self._table is not None

    @property
    def good(self) -> TableVersion:
        """This version if proven, else the latest proven one before it."""
        otherwise = self._otherwise  # another thread may release it meanwhile
        return self if self.proven or otherwise is None else otherwise.good

    def _part(self, make: Callable[[], T], instead: Callable[[TableVersion], T]) -> T:
        with self._lock:
            if self._broken and self._otherwise:
                return instead(self._otherwise)
            try:
                return make()
            except Exception as error:  # no mistake in a table may stop the city
                if self._otherwise is None:
                    raise
                _complain(error, self._version)
                self._broken = True
                return instead(self._otherwise)

    def _made_texts(self) -> Mapping[str, str]:
        if self._texts is None:
            self._texts = self._read()
        return self._texts

    def _made_table(self) -> RoutingTable:
        if self._table is None:
            from workflows.routing.build import build_table
            from workflows.routing.load import load_judge

            built = build_table(self._made_texts(), load_judge())
            self._made_directory()
            self._made_labels()
            self._made_days()
            self._table = replace(built, version=self._version or built.version)
            self._otherwise = None
        return self._table

    def _made_directory(self) -> Directory:
        if self._directory is None:
            from workflows.domain.directory import read_departments

            texts = self._made_texts()
            self._directory = read_departments(texts["departments.csv"], texts["units.csv"])
        return self._directory

    def _made_labels(self) -> Labels:
        if self._labels is None:
            self._labels = labels_of(self._made_texts())
        return self._labels

    def _made_kelurahan(self) -> dict[str, tuple[str, str]]:
        if self._kelurahan is None:
            self._kelurahan = kelurahan_of(self._made_texts()["kelurahan.csv"])
        return self._kelurahan

    def _found_desk_mailbox(self) -> str:
        from workflows.domain.offices import desk_mailbox

        return desk_mailbox(self._made_texts()["departments.csv"])

    def _made_days(self) -> CityDays:
        if self._days is None:
            from workflows.domain.deadlines.city_days import DAYS_FILE, read_city_days

            self._days = read_city_days(self._made_texts()[DAYS_FILE])
        return self._days

    def _made_calendar(self, written: WorkCalendar) -> WorkCalendar:
        if self._calendar is None:
            self._calendar = written.with_city_days(self._made_days())
        return self._calendar


def _complain(error: Exception, version: str) -> None:
    facts = {"version": version, "error": type(error).__name__, "where": where(error.__traceback__)}
    log.error("routing table cannot be used", extra=facts)


@contextmanager
def pin_table_for_request() -> Iterator[None]:
    """For the block of a request this thread sees the table found at its first look, by one read."""
    before = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(before)


class TableCache:
    """Looks up the table in force once per request; each version is built once, by any number of threads."""

    def __init__(self, store: Callable[[], Store], shipped: Path) -> None:
        self._store = store
        self._shipped = TableVersion("", lambda: _read_shipped(shipped), None)
        self._made: dict[str, TableVersion] = {}
        self._latest = self._shipped
        self._lock = Lock()

    def now(self) -> TableVersion:
        """The table in force; errors of the store propagate."""
        return self._look()[1]

    def held(self) -> Current:
        """The version in force, since when, and those before it; errors of the store propagate."""
        return self._look()[0]

    def look_again(self) -> None:
        """Forget the pinned version: the request itself may have put another table into force."""
        _seen.get({}).pop(self, None)

    def _look(self) -> tuple[Current, TableVersion]:
        from workflows.routing.stored import SHIPPED, current_version

        seen = _seen.get({})  # a command has no request, and looks each time
        if self not in seen:
            held = current_version(self._store())
            seen[self] = held, self._back_to_shipped() if held.version == SHIPPED else self._of(held.version)
        return seen[self]

    @property
    def shipped(self) -> TableVersion:
        """The shipped table."""
        return self._shipped

    def _back_to_shipped(self) -> TableVersion:
        """The shipped table, dropping the version that was taken back, so that no later one falls back to it."""
        with self._lock:
            self._latest = self._shipped
            return self._latest

    def _of(self, version: str) -> TableVersion:
        with self._lock:
            if version not in self._made:
                self._made[version] = self._fetched(version)
            self._latest = self._made[version]
            return self._latest

    def _fetched(self, version: str) -> TableVersion:
        from workflows.routing.stored import complete_files, stored_files

        for old in list(self._made)[: 1 - _MAX_CACHED]:
            del self._made[old]
        otherwise = self._latest.good
        try:
            stored = stored_files(self._store(), version)
        except ValueError as error:
            _complain(error, version)
            return otherwise
        return TableVersion(version, lambda: complete_files(stored, self._shipped.texts), otherwise)


def _read_shipped(folder: Path) -> Mapping[str, str]:
    from workflows.routing.load import read_files

    return read_files(folder)
