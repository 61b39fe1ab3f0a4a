"""Which letters a command works with, and the sentence that says so."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from workflows.training.corpus import Corpus, corpus

USUAL = Path("..", "shared", "routing")
"""Where the citizens' letters lie: beside the project, not in it. Commands are run in the project's folder."""
MEASURED = "dev.jsonl"


class NoLetters(ValueError):
    """A folder or file that was asked for is not there."""


@dataclass(frozen=True)
class Given:
    """The letters; own: the project's examples only, because the folder with real ones is not there."""

    corpus: Corpus
    own: bool

    @property
    def said(self) -> str:
        """For the terminal and the report."""
        measured, others = len(self.corpus.measured), len(self.corpus.others)
        if self.own:
            return (
                f"No {MEASURED} in {USUAL}: only the project's own {measured} example letters"
                + (f" and {others} corrections" if others else "")
                + ". They are far fewer than those behind the shipped weights; the figures are lower."
            )
        return f"{measured} measured letters, {others} more to learn from."


def given(folder: Path | None, corrections: Sequence[Path]) -> Given:
    """folder None: the usual one if it is there, else the project's own letters. NoLetters says what is not."""
    missing = [path for path in corrections if not path.is_file()]
    if missing:
        raise NoLetters(f"no file {missing[0]}")
    if folder is not None and not (folder / MEASURED).is_file():
        raise NoLetters(f"no {MEASURED} in {folder}")
    chosen = folder or (USUAL if (USUAL / MEASURED).is_file() else None)
    return Given(corpus(chosen, corrections), chosen is None)
