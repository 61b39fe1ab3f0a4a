"""The ports of an erasure beside the general ones."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Protocol


@dataclass(frozen=True)
class CaughtLetter:
    """A mail of ours that was caught instead of sent. `notice`: the notice's id; `words`: address,
    text and HTML.
    """

    name: str
    notice: str
    words: str = field(repr=False)


class CaughtLetters(Protocol):
    """The caught mails. `about`: those about one complaint, and those that inform its followers. `delete`:
    permanent; a missing one is fine.
    """

    def about(self, ticket: str) -> list[CaughtLetter]: ...
    def delete(self, name: str) -> None: ...


class LedgerFile(Protocol):
    """The ledger, one line per erasure, outside the store: restoring an old copy of the store does not undo it.
    `append`: on disk when it returns; `lines`: all lines, oldest first.
    """

    def append(self, line: str) -> None: ...
    def lines(self) -> list[str]: ...
