"""A photo as a case remembers it: its number, who sent it, and what tells whether it was seen before."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflows.domain.documents import Record

MAX_PHOTOS = 3
"""Sent at one time."""
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "eml": "message/rfc822"}
"""What is kept beside the store, by the ending of its name; a mail lies there until it was read."""
ALIKE_WITHIN = 20
"""Of the 128 bits of a fingerprint; tests/pictures/test_likeness.py shows why."""


@dataclass(frozen=True)
class PhotoFacts(Record):
    """One photo of a case.

    n: its number in the case, from 1, 0 before it has one; by: role of the sender; phash: hex, empty where the
    picture is too plain to be told from others; taken_at: never kept of a citizen's photo; name: in Photos.
    """

    n: int
    by: str
    phash: str = ""
    taken_at: datetime | None = None
    name: str = ""
    width: int = 0
    height: int = 0


@dataclass(frozen=True)
class LeftOut:
    """A photo that was not taken: which of those sent, from 1, and why (a code of the words table)."""

    n: int
    why: str


def numbered(photos: tuple[PhotoFacts, ...], new: Iterable[PhotoFacts]) -> tuple[PhotoFacts, ...]:
    """The photos of a case with new ones added; numbers only grow, so that an address is never another photo's."""
    first = max((photo.n for photo in photos), default=0) + 1
    return (*photos, *(replace(photo, n=n) for n, photo in enumerate(new, first)))


def entry_facts(photos: Iterable[PhotoFacts], left_out: Iterable[LeftOut] = ()) -> dict[str, Any]:
    """What a line of the timeline says of the photos that came with it; {} where none did."""
    return photo_facts([photo.n for photo in photos], left_out)


def photo_facts(numbers: Iterable[int], left_out: Iterable[LeftOut] = ()) -> dict[str, Any]:
    """The same by the numbers that the photos have in their case."""
    taken, refused = list(numbers), [{"n": photo.n, "why": photo.why} for photo in left_out]
    return ({"photos": taken} if taken else {}) | ({"left_out": refused} if refused else {})


def small(name: str) -> str:
    """The name of a photo's thumbnail."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.k.{ending}"


def alike(one: str, other: str) -> bool:
    """Whether two fingerprints are of one picture, whatever was done to a copy; never where one is empty."""
    if not one or not other or len(one) != len(other):
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_WITHIN
