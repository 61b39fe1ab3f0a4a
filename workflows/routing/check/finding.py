"""One finding: where it is, what is wrong in plain Indonesian, and what was probably meant."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from difflib import get_close_matches


@dataclass(frozen=True, order=True)
class Finding:
    """A mistake at file, line and column (counted from 1). A warning does not keep the table from being used."""

    file: str
    line: int
    column: int
    field: str
    message: str
    proposal: str = ""
    warning: bool = False

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}:{self.column}" + (f" (kolom {self.field})" if self.field else "")
        kind = "peringatan: " if self.warning else ""
        return f"{place}: {kind}{self.message}" + (f" – {self.proposal}" if self.proposal else "")


def of_file(name: str, message: str, proposal: str = "", warning: bool = False) -> Finding:
    """A finding about a file as a whole."""
    return Finding(name, 1, 1, "", message, proposal, warning)


def nearest(written: str, known: Iterable[str]) -> str | None:
    """The known word that was probably meant; None when no known word is similar."""
    by_key = {word.casefold(): word for word in known}
    key = written.casefold()
    close = get_close_matches(key, list(by_key), n=5, cutoff=0.7)
    swapped = [word for word in close if sorted(word) == sorted(key)]
    return next((by_key[word] for word in (*swapped, *close)), None)


def meant(written: str, known: Iterable[str], otherwise: str = "") -> str:
    """The proposal “maksudnya DISHUB?” when a known word is similar, else the text `otherwise`."""
    close = nearest(written, known)
    return f"maksudnya {close}?" if close else otherwise
