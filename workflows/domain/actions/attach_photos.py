"""New photos of a complaint: their numbers, why one is of no use, and what speaks against one as a proof."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.photo import LeftOut, PhotoFacts, alike, numbered
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT
from workflows.errors import FieldError

PHOTO = "photo"
"""What the forms call the photos of one sending, and so do errors."""


def with_photos(complaint: Complaint, new: Iterable[PhotoFacts]) -> tuple[Complaint, tuple[int, ...]]:
    """The complaint with the photos added, and their numbers."""
    photos = numbered(complaint.photos, new)
    known = {photo.n for photo in complaint.photos}
    return replace(complaint, photos=photos), tuple(photo.n for photo in photos if photo.n not in known)


def unusable(left_out: Sequence[LeftOut]) -> list[FieldError]:
    """What is wrong with each photo of an act that came with nothing else; n only where there were several."""
    several = len(left_out) > 1
    return [FieldError(PHOTO, photo.why, {"n": photo.n} if several else {}) for photo in left_out]


def doubts(complaint: Complaint, numbers: Iterable[int], elsewhere: Iterable[str] = ()) -> list[str]:
    """Why the desk should look at photos of that complaint which prove an answer, each reason once.

    They are compared with the citizen's and with those that proved something: an earlier answer, or, by the
    fingerprints `elsewhere`, another case. News and drafts nobody sent prove nothing yet.
    """
    new = set(numbers)
    seen = [p for p in complaint.photos if p.n not in new and (p.by == CITIZEN or p.n in complaint.proofs)]
    earlier = [*seen, *(PhotoFacts(0, DEPARTMENT, phash) for phash in elsewhere)]
    found = [suspicious(p, earlier, complaint.received_at) for p in complaint.photos if p.n in new]
    return list(dict.fromkeys(filter(None, found)))


SAME_AS_CITIZEN = "same_as_citizen"
SAME_AS_EARLIER_PROOF = "same_as_earlier_proof"
TAKEN_BEFORE = "taken_before"


def suspicious(new: PhotoFacts, earlier: Sequence[PhotoFacts], received_at: datetime) -> str:
    """Why the desk should look at a proof, the gravest first; empty where nothing speaks against it.

    A photo that does not say when it was taken, or is too plain to be compared, is never suspicious for that.
    """
    seen = [photo for photo in earlier if alike(new.phash, photo.phash)]
    if any(photo.by == CITIZEN for photo in seen):
        return SAME_AS_CITIZEN
    if seen:
        return SAME_AS_EARLIER_PROOF
    return TAKEN_BEFORE if new.taken_at and new.taken_at < received_at else ""
