"""A complaint's number in another system: with the same words it is the same complaint, for good."""

from __future__ import annotations

from datetime import datetime

from workflows.collection_names import SUBMISSIONS
from workflows.complaints import Complaints
from workflows.domain.arrival import Arrival
from workflows.domain.complaint import Complaint
from workflows.domain.own_name import whole
from workflows.errors import NumberTaken
from workflows.ports import Links, Transaction


def mark_of(links: Links, arrival: Arrival) -> str:
    """The keyed hash under which it is known; empty where it has no number elsewhere."""
    return links.digest("outside", arrival.identity) if arrival.identity else ""


def words_of(links: Links, message: str) -> str:
    """A keyed hash of what was complained of, however it was spaced and written large."""
    return links.digest("words", " ".join(whole(message).casefold().split()))


def known_by(transaction: Transaction, mark: str, words: str) -> Complaint | None:
    """The complaint that came in under that number before; NumberTaken where that had other words, or has none."""
    before = transaction.get(SUBMISSIONS, mark) if mark else None
    complaint = Complaints(transaction).get(before["ticket"]) if before else None
    if before is None or complaint is None:
        return None
    if before["body"] != words:
        raise NumberTaken(complaint)
    return complaint


def remember(transaction: Transaction, mark: str, words: str, complaint: Complaint, now: datetime) -> None:
    """From now on that number is this complaint; DocumentExists where another has just come in under it."""
    if mark:
        document = {"ticket": complaint.ticket, "received_at": now, "state": complaint.state}
        transaction.create(SUBMISSIONS, mark, document | {"sender": "", "body": words})
