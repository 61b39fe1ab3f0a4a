"""New photos of a complaint: their numbers, why one is unusable, and doubts about one as a proof."""

from __future__ import annotations
from collections.abc import Iterable, Sequence
from datetime import datetime

from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.records import LeftOut, PhotoFacts, alike, numbered
from workflows.domain.complaint.transition import CITIZEN, DEPARTMENT
from workflows.errors import FieldError

PHOTO = "photo"
"""The field name of photos in forms and errors."""


def with_photos(complaint: Complaint, new: Iterable[PhotoFacts]) -> tuple[Complaint, tuple[int, ...]]:
    """(the complaint with the photos, their numbers)."""
    photos = numbered(complaint.photos, new)
    known = {photo.n for photo in complaint.photos}
    return complaint.evolve(photos=photos), tuple(photo.n for photo in photos if photo.n not in known)


def unusable(left_out: Sequence[LeftOut]) -> list[FieldError]:
    """The errors of photos that came with nothing else; `n` only if there were several."""
    several = len(left_out) > 1
    return [FieldError(PHOTO, photo.why, {"n": photo.n} if several else {}) for photo in left_out]


def doubts(complaint: Complaint, numbers: Iterable[int], elsewhere: Iterable[str] = ()) -> list[str]:
    """Why the desk should look at photos that prove an answer, each reason once. They are compared with the
    citizen's and with those of earlier answers or, by the fingerprints `elsewhere`, of other complaints. Progress
    reports and unsent drafts prove nothing yet.
    """
    new = set(numbers)
    seen = [p for p in complaint.photos if p.n not in new and (p.by == CITIZEN or p.n in complaint.answer.proofs)]
    earlier = [*seen, *(PhotoFacts(0, DEPARTMENT, phash) for phash in elsewhere)]
    found = [suspicious(p, earlier, complaint.received_at) for p in complaint.photos if p.n in new]
    return list(dict.fromkeys(filter(None, found)))


SAME_AS_CITIZEN = "same_as_citizen"
SAME_AS_EARLIER_PROOF = "same_as_earlier_proof"
TAKEN_BEFORE = "taken_before"


def suspicious(new: PhotoFacts, earlier: Sequence[PhotoFacts], received_at: datetime) -> str:
    """The reason to look at a proof, most serious first; '' without one. A photo without a time, or too plain to
    be compared, is never suspicious for that.
    """
    seen = [photo for photo in earlier if alike(new.phash, photo.phash)]
    if any(photo.by == CITIZEN for photo in seen):
        return SAME_AS_CITIZEN
    if seen:
        return SAME_AS_EARLIER_PROOF
    return TAKEN_BEFORE if new.taken_at and new.taken_at < received_at else ""
