"""Texts with the department a careful operator would choose. Names are not learnt: who wrote a text, or whom it
names, says nothing about its department.
"""

from __future__ import annotations
import csv
import hashlib
import json
from collections.abc import Iterator
from functools import cache
from hashlib import blake2b
from pathlib import Path
from typing import Any

from workflows.frozen import frozen

LABELS = Path(__file__).resolve().parent.parent / "data" / "weights" / "labels.csv"
EXAMPLES = LABELS.parents[1] / "examples.csv"


@frozen
class Labelled:
    """`opd`: the best code, `KEC` for any kecamatan. `also`: codes that are right as well. `accuses`: the accused
    office.
    """

    id: str
    text: str
    opd: str
    also: tuple[str, ...]
    urgent: bool
    accuses: str | None
    kind: str

    @property
    def right(self) -> frozenset[str]:
        """All right codes."""
        return frozenset((self.opd, *self.also))


def read_labelled(path: Path) -> list[Labelled]:
    """A JSONL file with `id`, `text`, `opd`, `also_ok`, `urgent`, `accuses`, `kind`."""
    return [_from_line(line) for line in _lines(path)]


def read_texts(texts: Path, labels: Path = LABELS) -> list[Labelled]:
    """Texts of a JSONL file that were labelled by reading; the labels (ids and codes) are in this project."""
    rows = {row["id"]: row for row in _rows(labels)}
    return [_from_row(d["id"], d["text"], rows[d["id"]]) for d in _lines(texts) if d["id"] in rows]


def read_examples(path: Path = EXAMPLES) -> list[Labelled]:
    """The project's own texts, in the format of an export of corrections. A text's id is a hash of its words, so
    that the same text has the same id in every file.
    """
    return [_from_row(f"{path.stem}-{_named(row['text'])}", row["text"], row) for row in _rows(path)]


def _named(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _from_line(line: dict[str, Any]) -> Labelled:
    also, accuses = tuple(line["also_ok"]), line.get("accuses") or None
    return Labelled(line["id"], line["text"], line["opd"], also, line["urgent"], accuses, line["kind"])


def read_categories(path: Path) -> list[Labelled]:
    """The examples of each category (`a|b`) as texts for its owner; `KEC-*` is the kecamatan of the place."""
    return [letter for row in _rows(path) for letter in _of_category(row)]


def _of_category(row: dict[str, str]) -> Iterator[Labelled]:
    opd, kind = ("DESK", "unclear") if row["code"] == "lainnya" else (row["opd"].removesuffix("-*"), "complaint")
    for number, text in enumerate(row["examples"].split("|")):
        yield Labelled(f"{row['code']}-{number}", text, opd, (), False, None, kind)


def _from_row(id: str, text: str, row: dict[str, str]) -> Labelled:
    also = tuple(filter(None, row["also"].split("|")))
    return Labelled(id, text, row["opd"], also, row["urgent"] == "yes", row["accuses"] or None, row["kind"])


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as file:
        yield from map(json.loads, filter(str.strip, file))


def _rows(path: Path) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


NAMES = LABELS.with_name("names.txt")
"""Names that many people have, one per line."""
FIGURES = LABELS.with_name("figures.txt")
"""Hashes of names that only one person has and the texts mention, so that nobody is listed by name."""
_KEY = b"laksa: whose name is left out"


@cache
def is_name(word: str) -> bool:
    """Whether the word is one of the excluded names."""
    return word in _listed(NAMES) or hashed(word) in _listed(FIGURES)


def hashed(word: str) -> str:
    """The word as a line of FIGURES."""
    return blake2b(word.encode(), key=_KEY, digest_size=8).hexdigest()


@cache
def _listed(path: Path) -> frozenset[str]:
    return frozenset(path.read_text("utf-8").split())
