"""Words the weights learn nothing of: who wrote a letter, or whom it names, says nothing of where it goes."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from pathlib import Path

from workflows.training.labelled import LABELS

NAMES = LABELS.with_name("names.txt")
"""Names that many people bear, one a line."""
FIGURES = LABELS.with_name("figures.txt")
"""Names that only one person bears, whom the letters speak of: their hashes, so that nobody stands in a list."""
_KEY = b"laksa: whose name is left out"


@cache
def is_name(word: str) -> bool:
    """One of the names that are kept out."""
    return word in _listed(NAMES) or hashed(word) in _listed(FIGURES)


def hashed(word: str) -> str:
    """A line of FIGURES."""
    return blake2b(word.encode(), key=_KEY, digest_size=8).hexdigest()


@cache
def _listed(path: Path) -> frozenset[str]:
    return frozenset(path.read_text("utf-8").split())
