"""What every erasure is given: all stores of personal data, and the person a complaint is about."""

from __future__ import annotations

from dataclasses import dataclass, field

from workflows.domain.privacy.redaction import without_reporter_name
from workflows.ports import Document
from workflows.privacy.ports import CaughtLetters, LedgerFile
from workflows.unit_of_work import Services


@dataclass(frozen=True)
class ErasureContext:
    """The ports that an erasure needs."""

    services: Services
    letters: CaughtLetters
    ledger: LedgerFile


@dataclass(frozen=True)
class Person:
    """The person whom a complaint's words may name, from `reporters`; all fields empty when unknown."""

    known: bool = False
    name: str = field(default="", repr=False)
    email: str = field(default="", repr=False)
    phone: str = field(default="", repr=False)

    def wrote(self, words: str) -> bool:
        """Whether the person's address or number occurs in a text, in any case."""
        folded = words.casefold()
        return any(each and each.casefold() in folded for each in (self.email, self.phone))

    def is_named_in(self, words: str) -> bool:
        """Whether address, number or a part of the name (as a word) occurs in a text."""
        return self.wrote(words) or without_reporter_name(words, self.name) != words


def person_of(document: Document | None) -> Person:
    """The person in a document of `reporters`."""
    if document is None:
        return Person()
    return Person(True, *(str(document.get(field) or "") for field in ("name", "email", "phone")))
