"""The table in force and short ways to decide, read once for all tests of routing."""

from __future__ import annotations
import csv
from dataclasses import replace
from pathlib import Path

from workflows.routing.build import build_table
from workflows.routing.decide import decide
from workflows.routing.learned.classifier import Classifier, read_weights, write_weights
from workflows.routing.load import FOLDER, load_judge, load_table, read_files
from workflows.routing.model import Decision, Letter
from workflows.routing.table import RoutingTable

TABLE = load_table()
FILES = read_files(FOLDER)
LETTERS = Path(__file__).parent / "letters.csv"
EXAMPLES = FOLDER.parent / "examples.csv"


def decided(text: str, place: str = "", kelurahan: str | None = None, table: RoutingTable = TABLE) -> Decision:
    """What the table in force, or another, decides."""
    return decide(Letter(text, place, kelurahan), table)


def letters() -> list[dict[str, str]]:
    """Made-up letters with the department each belongs to."""
    with LETTERS.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def examples() -> list[dict[str, str]]:
    """The letters that come with Laksa, with their labels."""
    with EXAMPLES.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def decided_row(row: dict[str, str], text: str | None = None) -> Decision:
    """The decision on one of the made-up letters or examples, perhaps in other words."""
    return decided(row["text"] if text is None else text, row.get("place", ""), row.get("kelurahan") or None)


def with_rows(judge: Classifier = TABLE.judge, **rows: str) -> RoutingTable:
    """The shipped table with lines added in front of the rows of a file: phrases="banjir,rob,5,any"."""
    if not rows:
        return replace(TABLE, judge=judge)
    files = dict(FILES)
    for name, lines in rows.items():
        head, rest = files[f"{name}.csv"].split("\n", 1)
        files[f"{name}.csv"] = f"{head}\n{lines.strip()}\n{rest}"
    return build_table(files, judge)


def judge_that_says(kind: str = "complaint", accusing: float = -5.0, **opd: float) -> Classifier:
    """Weights that say the same of every letter: scores a code, 0 for the others; accusing: a log-odds."""
    header = load_judge().weights.header
    says = [*(opd.get(code, 0.0) for code in header.opd), *(5.0 * (name == kind) for name in header.kind)]
    bias = (*says, -5.0, accusing)
    hints = dict.fromkeys(header.hints, (0.0,) * len(bias))
    return Classifier(read_weights(write_weights(replace(header, bias=bias, hints=hints, words=0, grams=0), [], [])))


def named(decision: Decision) -> set[str]:
    """Every department that the decision chooses or offers."""
    return {decision.opd, *decision.also, *(code for code, _ in decision.top)}
