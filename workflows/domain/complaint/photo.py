"""A photo's record in a complaint: its number, its sender, and facts that recognise it again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from workflows.domain.documents import Record

MAX_PHOTOS = 3
"""The most photos of one submission."""
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "eml": "message/rfc822"}
"""Content type by ending of what the photo store holds; a mail is stored there until it is read."""
ALIKE_WITHIN = 20
"""Differing bits of 128 within which fingerprints are alike; tests/pictures/test_likeness.py shows why."""


@dataclass(frozen=True)
class PhotoFacts(Record):
    """One photo of a complaint. `n`: its number, from 1, 0 before it has one; `by`: role of the sender; `phash`:
    hex, '' for a picture too plain to be recognised; `taken_at`: never stored for a citizen's photo; `name`: in
    Photos.
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
    """A photo that was not accepted: its position among those sent, from 1, and the reason's code."""

    n: int
    why: str


def numbered(photos: tuple[PhotoFacts, ...], new: Iterable[PhotoFacts]) -> tuple[PhotoFacts, ...]:
    """The photos with new ones added; numbers are never reused, so that a URL never shows another photo."""
    first = max((photo.n for photo in photos), default=0) + 1
    return (*photos, *(replace(photo, n=n) for n, photo in enumerate(new, first)))


def entry_facts(photos: Iterable[PhotoFacts], left_out: Iterable[LeftOut] = ()) -> dict[str, Any]:
    """The facts of a timeline event about its photos; {} without any."""
    return photo_facts([photo.n for photo in photos], left_out)


def photo_facts(numbers: Iterable[int], left_out: Iterable[LeftOut] = ()) -> dict[str, Any]:
    """The facts from the photos' numbers."""
    taken, refused = list(numbers), [{"n": photo.n, "why": photo.why} for photo in left_out]
    return ({"photos": taken} if taken else {}) | ({"left_out": refused} if refused else {})


def small(name: str) -> str:
    """The name of a photo's thumbnail."""
    stem, _, ending = name.rpartition(".")
    return f"{stem}.k.{ending}"


def alike(one: str, other: str) -> bool:
    """Whether two fingerprints are of one picture, after any editing of a copy; never if one is empty."""
    if not one or not other or len(one) != len(other):
        return False
    return (int(one, 16) ^ int(other, 16)).bit_count() <= ALIKE_WITHIN
