"""What may stand only once in a file: its codes, its names."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding
from workflows.routing.check.sheet import Row

_ONCE = (
    ("categories.csv", "code"),
    ("conflicts.csv", "accused"),
    ("departments.csv", "code"),
    ("external.csv", "code"),
    ("kelurahan.csv", "code"),
    ("kelurahan.csv", "kelurahan"),
    ("outside.csv", "name"),
    ("place_words.csv", "name"),
    ("roads.csv", "road"),
    ("slang.csv", "word"),
    ("units.csv", "code"),
)


def check_doubles(sheets: Sheets) -> Iterator[Finding]:
    """Every code or name that an earlier row has already."""
    for name, field in _ONCE:
        yield from _doubles(sheets[name].rows, field)


def _doubles(rows: Iterable[Row], field: str) -> Iterator[Finding]:
    first: dict[str, int] = {}
    for row in rows:
        key = row[field].casefold()
        if key and first.setdefault(key, row.line) != row.line:
            message = f"“{row[field]}” sudah ada di baris {first[key]}"
            yield row.wrong(field, message, "hapus salah satunya atau ubah namanya")
