"""Strict reading of one TOML table: every ValueError names the full path of the key that is wrong."""

from __future__ import annotations
import tomllib
from collections.abc import Sequence
from datetime import date, time
from typing import Any, TypeVar

T = TypeVar("T")


class Table:
    """One TOML table; `finish` refuses keys nobody has read: no misspelt one passes in silence."""

    def __init__(self, data: dict[str, Any], path: str = "") -> None:
        self._data = dict(data)
        self._path = path

    @classmethod
    def parse(cls, text: str) -> Table:
        """The whole file; ValueError with line and column when it is no TOML."""
        return cls(tomllib.loads(text))

    def __contains__(self, key: str) -> bool:
        return key in self._data

    def key(self, key: str) -> str:
        """The full path of a key of this table."""
        return f"{self._path}.{key}" if self._path else key

    def wrong(self, key: str, what: str) -> ValueError:
        """An error to raise about a key of this table."""
        return ValueError(f"{self.key(key)}: {what}")

    def integer(self, key: str, least: int = 0) -> int:
        """A whole number, `least` or more."""
        value: int = self._take(key, int, "a whole number")
        if value < least:
            raise self.wrong(key, f"must be {least} or more, not {value}")
        return value

    def integers(self, key: str, least: int = 0) -> tuple[int, ...]:
        """A list of whole numbers, each `least` or more."""
        values = self._take(key, list, "a list of whole numbers")
        if not all(type(value) is int and value >= least for value in values):
            raise self.wrong(key, f"must be whole numbers of {least} or more")
        return tuple(values)

    def flag(self, key: str) -> bool:
        """Yes or no; no when the key is absent."""
        return key in self._data and bool(self._take(key, bool, "true or false"))

    def share(self, key: str) -> float:
        """A number above 0 and below 1."""
        value: float = self._take(key, float, "a decimal number")
        if not 0 < value < 1:
            raise self.wrong(key, f"must lie between 0 and 1, not {value}")
        return value

    def text(self, key: str, choices: Sequence[str] = ()) -> str:
        """A text that is not blank and, where there are choices, one of them."""
        value: str = self._take(key, str, "a text")
        if not value.strip():
            raise self.wrong(key, "must not be blank")
        if choices and value not in choices:
            raise self.wrong(key, f"must be one of {', '.join(choices)}, not {value}")
        return value

    def texts(self, key: str, choices: Sequence[str]) -> tuple[str, ...]:
        """A list of texts, each one of the choices."""
        values = self._take(key, list, "a list of texts")
        for value in values:
            if value not in choices:
                raise self.wrong(key, f"must be some of {', '.join(choices)}, not {value}")
        return tuple(values)

    def day(self, key: str) -> date:
        """A date without a time."""
        value: date = self._take(key, date, "a date such as 2026-12-31")
        return value

    def time_of_day(self, key: str) -> time:
        """A time of day."""
        value: time = self._take(key, time, "a time such as 08:00:00")
        return value

    def table(self, key: str) -> Table:
        """A table in this one."""
        return Table(self._take(key, dict, "a table"), self.key(key))

    def tables(self, key: str) -> list[Table]:
        """A list of tables, none when the key is absent; the path counts them from 1."""
        rows = self._take(key, list, "a list of tables") if key in self._data else []
        if not all(type(row) is dict for row in rows):
            raise self.wrong(key, "must be a list of tables")
        return [Table(row, f"{self.key(key)}[{number}]") for number, row in enumerate(rows, 1)]

    def named_tables(self, key: str) -> dict[str, Table]:
        """The tables in a table, by their name; none when the key is absent."""
        if key not in self._data:
            return {}
        outer = self.table(key)
        return {name: outer.table(name) for name in tuple(outer._data)}

    def finish(self) -> None:
        """Refuse whatever has not been read."""
        if self._data:
            raise self.wrong(next(iter(self._data)), "is not a key of this table")

    def _take(self, key: str, kind: type, what: str) -> Any:
        if key not in self._data:
            raise self.wrong(key, "is missing")
        value = self._data.pop(key)
        # An exact type: a bool is no number here, and a moment is no date.
        if type(value) is not kind:
            raise self.wrong(key, f"must be {what}, not {value!r}")
        return value
