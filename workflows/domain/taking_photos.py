"""New photos of a case: the numbers they get, and what speaks against one that is to prove something."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workflows.domain.complaint import Complaint
from workflows.domain.photo import PhotoFacts, numbered
from workflows.domain.proof import suspicious


def with_photos(complaint: Complaint, new: Iterable[PhotoFacts]) -> tuple[Complaint, tuple[int, ...]]:
    """The complaint with the photos added, and their numbers."""
    photos = numbered(complaint.photos, new)
    known = {photo.n for photo in complaint.photos}
    return replace(complaint, photos=photos), tuple(photo.n for photo in photos if photo.n not in known)


def doubts(complaint: Complaint, numbers: Iterable[int]) -> list[str]:
    """Why the desk should look at photos of that complaint which prove an answer, each reason once."""
    new = set(numbers)
    earlier = [photo for photo in complaint.photos if photo.n not in new]
    found = [suspicious(p, earlier, complaint.received_at) for p in complaint.photos if p.n in new]
    return list(dict.fromkeys(filter(None, found)))
