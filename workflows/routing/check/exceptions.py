"""Exceptions: each needs a condition, and none may stand behind one that always comes first."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from workflows.domain.department import EXTERNAL
from workflows.routing.build import phrases_in
from workflows.routing.check.codes import Sheets
from workflows.routing.check.finding import Finding
from workflows.routing.check.phrases import Meaning, meaning
from workflows.routing.check.sheet import Row
from workflows.routing.text import Lexicon


@dataclass(frozen=True)
class _Rule:
    """One exception with one phrase; text and meaning are empty where any words will do."""

    row: Row
    text: str
    meaning: Meaning

    def covers(self, other: _Rule) -> bool:
        """Whenever the other holds, this one holds too."""
        mine, theirs = self.row, other.row
        if mine["category"] != theirs["category"] or mine["kecamatan"] not in ("", theirs["kecamatan"]):
            return False
        return not self.meaning or all(any(_inside(part, far) for far in other.meaning) for part in self.meaning)


def check_exceptions(sheets: Sheets, lexicon: Lexicon) -> Iterator[Finding]:
    """Every mistake of exceptions.csv that takes more than one cell to see."""
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
    """Behind one of another department it is unreachable; behind one of the same it is only useless."""
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
