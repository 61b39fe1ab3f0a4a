"""Which letters there are to learn from, and what the routing table sees in each."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from workflows.routing.learned.judge import Judge
from workflows.routing.learned.weights import Header, Weights
from workflows.routing.load import load_table
from workflows.routing.model import Letter
from workflows.routing.reading import hints_of, read_letter
from workflows.routing.table import RoutingTable
from workflows.training.labelled import Labelled, read_categories, read_examples, read_labelled, read_texts
from workflows.training.matrix import Seen


@dataclass(frozen=True)
class Corpus:
    """measured: letters that stand for the city's, labelled with most care. others: more to learn from."""

    measured: list[Labelled]
    others: list[Labelled]

    @property
    def all(self) -> list[Labelled]:
        """Everything there is to learn from."""
        return [*self.measured, *self.others]


def corpus(folder: Path | None, corrections: Sequence[Path] = ()) -> Corpus:
    """folder: holds dev.jsonl, and perhaps weak.jsonl and categories.csv; None: the project's own letters alone.

    corrections: files as `laksa export --training` writes them.
    """
    examples = read_examples()
    more = [letter for path in corrections for letter in read_examples(path)]
    if folder is None or not (folder / "dev.jsonl").is_file():
        return Corpus(examples, more)
    weak = _if_there(read_texts, folder / "weak.jsonl")
    short = _if_there(read_categories, folder / "categories.csv")
    return Corpus(read_labelled(folder / "dev.jsonl"), [*weak, *short, *examples, *more])


def _if_there(read: Callable[[Path], list[Labelled]], path: Path) -> list[Labelled]:
    return read(path) if path.is_file() else []


def untaught() -> RoutingTable:
    """The table that comes with Laksa, without any weights."""
    header = Header(("DESK",), ("complaint",), (0.0,) * 4, {}, {}, 1.0, 1.0, 1.0, 1.0, 1.0, 0, 0)
    return load_table(judge=Judge(Weights("", header, {}, {}, b"", header.lanes + 1)))


def owners_of(table: RoutingTable) -> dict[str, str]:
    """Whose each category is."""
    return {category.code: category.opd for category in table.categories.values()}


def look(letters: Sequence[Labelled], table: RoutingTable) -> list[Seen]:
    """What the table finds in each letter."""
    readings = (read_letter(Letter(letter.text), table) for letter in letters)
    return [Seen(reading.words, hints_of(reading, table)) for reading in readings]
