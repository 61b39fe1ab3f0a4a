"""The texts to learn from, and what the routing table finds in each. Says which texts a command works with, and
removes near duplicates: a text must not teach what its twin measures.
"""

from __future__ import annotations
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Sequence
from pathlib import Path

from workflows.frozen import frozen
from workflows.routing.learned.classifier import Classifier, Header, Weights
from workflows.routing.load import load_table
from workflows.routing.model import Letter
from workflows.routing.reading import hints_of, read_letter
from workflows.routing.table import RoutingTable
from workflows.training.labelled import Labelled, read_categories, read_examples, read_labelled, read_texts
from workflows.training.matrix import Seen


@frozen
class Corpus:
    """`measured`: texts typical of the city, labelled with most care. `others`: further texts to learn from."""

    measured: list[Labelled]
    others: list[Labelled]

    @property
    def all(self) -> list[Labelled]:
        """All texts to learn from."""
        return [*self.measured, *self.others]


def corpus(folder: Path | None, corrections: Sequence[Path] = ()) -> Corpus:
    """`folder`: holds dev.jsonl, optionally weak.jsonl and categories.csv; None: the project's own texts alone.
    `corrections`: files as `laksa export --training` writes them.
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
    """The shipped table without any weights."""
    header = Header(("DESK",), ("complaint",), (0.0,) * 4, {}, {}, 1.0, 1.0, 1.0, 1.0, 1.0, 0, 0)
    return load_table(judge=Classifier(Weights("", header, {}, {}, b"", header.lanes + 1)))


def owners_of(table: RoutingTable) -> dict[str, str]:
    """The owner of each category."""
    return {category.code: category.opd for category in table.categories.values()}


def look(letters: Sequence[Labelled], table: RoutingTable) -> list[Seen]:
    """What the table finds in each text."""
    readings = (read_letter(Letter(letter.text), table) for letter in letters)
    return [Seen(reading.words, hints_of(reading, table)) for reading in readings]


USUAL = Path("..", "shared", "routing")
"""The folder of real texts: beside the project, not in it. Commands are run in the project's folder."""
MEASURED = "dev.jsonl"


class NoLetters(ValueError):
    """A requested folder or file does not exist."""


@frozen
class Given:
    """The texts; `own`: only the project's examples, because the folder with real ones does not exist."""

    corpus: Corpus
    own: bool

    @property
    def said(self) -> str:
        """The sentence for terminal and report."""
        measured, others = len(self.corpus.measured), len(self.corpus.others)
        if self.own:
            return (
                f"No {MEASURED} in {USUAL}: only the project's own {measured} example letters"
                + (f" and {others} corrections" if others else "")
                + ". They are far fewer than those behind the shipped weights; the figures are lower."
            )
        return f"{measured} measured letters, {others} more to learn from."


def given(folder: Path | None, corrections: Sequence[Path]) -> Given:
    """The texts; `folder` None: the usual one if it exists, else the project's own. NoLetters names what is
    missing.
    """
    missing = [path for path in corrections if not path.is_file()]
    if missing:
        raise NoLetters(f"no file {missing[0]}")
    if folder is not None and not (folder / MEASURED).is_file():
        raise NoLetters(f"no {MEASURED} in {folder}")
    chosen = folder or (USUAL if (USUAL / MEASURED).is_file() else None)
    return Given(corpus(chosen, corrections), chosen is None)


_RUN = 6  # words in a row that two texts rarely share by chance
_FEWEST = 5  # the fewest runs of a text that can be compared
_SHARED = 0.5


def without_twins(corpus: Corpus) -> Corpus:
    """The corpus without other texts that share half of their word runs with a measured one."""
    twins = {twin for twins in _twins(corpus.measured, corpus.others) for twin in twins}
    return Corpus(corpus.measured, [letter for n, letter in enumerate(corpus.others) if n not in twins])


def _twins(measured: Sequence[Labelled], others: Sequence[Labelled]) -> list[set[int]]:
    holders: dict[str, set[int]] = defaultdict(set)
    for number, letter in enumerate(others):
        for run in runs(letter.text):
            holders[run].add(number)
    return [_sharing(runs(letter.text), holders) for letter in measured]


def _sharing(said: set[str], holders: dict[str, set[int]]) -> set[int]:
    if len(said) < _FEWEST:
        return set()
    shared = Counter(number for run in said for number in holders.get(run, ()))
    return {number for number, count in shared.items() if count > _SHARED * len(said)}


def runs(text: str) -> set[str]:
    """Every six consecutive words, in lower case without punctuation."""
    words = re.findall(r"\w+", text.lower())
    return {" ".join(words[start : start + _RUN]) for start in range(len(words) - _RUN + 1)}
