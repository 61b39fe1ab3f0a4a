"""Slang: no word may mean itself in a circle, nor take away a word of a place's name."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding
from workflows.routing.check.sheet import Row
from workflows.routing.text import fold


def check_slang(sheets: Sheets) -> Iterator[Finding]:
    """Every mistake of slang.csv that takes more than one cell to see."""
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
    """Each word of a name → that name."""
    rows = sheets["kelurahan.csv"].rows
    names = [(f"{field.title()} {row[field]}", row[field]) for row in rows for field in ("kecamatan", "kelurahan")]
    return {word: name for name, words in names for word in fold(words).split()}
