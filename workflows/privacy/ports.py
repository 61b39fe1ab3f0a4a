"""What an erasure needs of the world beside the six ports."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class CaughtLetter:
    """A letter of ours that was caught instead of sent. notice: its id; words: address, text and html."""

    name: str
    notice: str
    words: str = field(repr=False)


class CaughtLetters(Protocol):
    """The letters that were caught. about: those of one case, and those that tell its followers of it.

    delete: for good; nothing to delete is fine.
    """

    def about(self, ticket: str) -> list[CaughtLetter]: ...
    def delete(self, name: str) -> None: ...


class LedgerFile(Protocol):
    """One line an erasure, beside the store and not in it: an old copy of the store does not take it back.

    append: on disk when it returns; lines: all of them, oldest first.
    """

    def append(self, line: str) -> None: ...
    def lines(self) -> list[str]: ...
