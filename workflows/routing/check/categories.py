"""Checks categories.csv and exceptions.csv: owners, categories that no words can choose, categories that must stay
restricted; exceptions without a condition, and exceptions that an earlier one always hides.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from workflows.domain.directory import EXTERNAL
from workflows.routing.build import phrases_in
from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding
from workflows.routing.check.phrases import Meaning, meaning
from workflows.routing.check.sheet import Row
from workflows.routing.text import Lexicon

_CODE = re.compile("[a-z][a-z0-9_]*")
_SECRET = "pungli"
_BETTER_SECRET = ("kdrt", "kepegawaian", "perundungan")


def check_categories(sheets: Sheets) -> Iterator[Finding]:
    """Yield the mistakes of categories.csv that involve more than one cell."""
    kinds = defaultdict(set)
    for phrase in sheets["phrases.csv"].rows:
        kinds[phrase["category"]].add(phrase["kind"])
    for row in filter(lambda row: row["code"], sheets["categories.csv"].rows):
        yield from _code(row)
        yield from _owners(row)
        yield from _restricted(row)
        yield from _words(row, kinds[row["code"]])


def _code(row: Row) -> Iterator[Finding]:
    if not _CODE.fullmatch(row["code"]):
        yield row.wrong("code", f"“{row['code']}” bukan kode", "huruf kecil, angka, dan garis bawah saja")


def _owners(row: Row) -> Iterator[Finding]:
    if row["opd"] and row["opd"] in row.codes("also"):
        yield row.wrong("also", f"{row['opd']} sudah menjadi pemilik kategori ini", "hapus dari kolom also")


def _restricted(row: Row) -> Iterator[Finding]:
    if row["restricted"] != "no":
        return
    if row["code"] == _SECRET:
        message = "laporan pungli harus terbatas: isinya tidak boleh terbaca di email"
        yield row.wrong("restricted", message, "tulis yes")
    elif row["code"] in _BETTER_SECRET:
        yield row.wrong("restricted", f"laporan {row['code']} biasanya terbatas", "tulis yes", warning=True)


def _words(row: Row, kinds: set[str]) -> Iterator[Finding]:
    if not kinds:
        message = f"kategori {row['code']} tidak punya frasa, jadi tidak pernah terpilih"
        yield row.wrong("code", message, "tambahkan di phrases.csv", warning=True)
    elif kinds <= {"not"}:
        message = f"kategori {row['code']} hanya punya frasa “not”, jadi tidak pernah terpilih"
        yield row.wrong("code", message, "tambahkan frasa any atau must di phrases.csv")


@dataclass(frozen=True)
class _Rule:
    """One exception with one of its phrases; `text` and `meaning` are empty where any words match."""

    row: Row
    text: str
    meaning: Meaning

    def covers(self, other: _Rule) -> bool:
        """Whether this rule holds in every case in which the other one holds."""
        mine, theirs = self.row, other.row
        if mine["category"] != theirs["category"] or mine["kecamatan"] not in ("", theirs["kecamatan"]):
            return False
        return not self.meaning or all(any(_inside(part, far) for far in other.meaning) for part in self.meaning)


def check_exceptions(sheets: Sheets, lexicon: Lexicon) -> Iterator[Finding]:
    """Yield the mistakes of exceptions.csv that involve more than one cell."""
    rules: list[_Rule] = []
    for row in (row for row in sheets["exceptions.csv"].rows if row.whole):
        yield from _shape(row)
        for rule in _rules(row, lexicon):
            if hidden := _hidden(rule, rules):
                yield hidden
            rules.append(rule)


def _shape(row: Row) -> Iterator[Finding]:
    if not row["phrase"] and not row["kecamatan"]:
        yield row.wrong("phrase", "pengecualian ini tanpa syarat", "isilah phrase, kecamatan, atau keduanya")
    if row["external"] and row["opd"] and row["opd"] != EXTERNAL:
        message = f"instansi luar hanya untuk {EXTERNAL}, bukan {row['opd']}"
        yield row.wrong("external", message, f"kosongkan, atau tulis {EXTERNAL} di kolom opd")


def _rules(row: Row, lexicon: Lexicon) -> list[_Rule]:
    if not row["phrase"]:
        return [_Rule(row, "", ())] if row["kecamatan"] else []
    read = [_Rule(row, text, meaning(text, lexicon)) for text in phrases_in(row["phrase"])]
    return [rule for rule in read if all(rule.meaning)]


def _hidden(rule: _Rule, earlier: list[_Rule]) -> Finding | None:
    """The finding for a rule that an earlier one hides: unreachable behind another department, useless behind the
    same; else None.
    """
    over = next((other for other in earlier if other.covers(rule)), None)
    if over is None:
        return None
    field = "phrase" if rule.text else "kecamatan"
    harmless = over.row["opd"] == rule.row["opd"] and not _same(over, rule)
    message = f"tidak pernah dipakai: baris {over.row.line} selalu lebih dulu"
    return rule.row.wrong(field, message, "pindahkan ke atas baris itu, atau hapus", warning=harmless)


def _same(one: _Rule, other: _Rule) -> bool:
    return one.text.casefold() == other.text.casefold() and one.row["kecamatan"] == other.row["kecamatan"]


def _inside(part: tuple[str, ...], other: tuple[str, ...]) -> bool:
    return any(other[at : at + len(part)] == part for at in range(len(other) - len(part) + 1))
