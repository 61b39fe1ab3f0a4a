"""Whether the photo of an answer can be what it claims: facts for the desk, never a verdict."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from workflows.domain.change import CITIZEN
from workflows.domain.photo import PhotoFacts, alike

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
