"""The records that a complaint is made of: how it reached the city, who has and had it, its photos, the draft
of an answer, what the router decided, and what has happened lately and may not happen again too soon.
"""

from __future__ import annotations
from collections.abc import Iterable
from dataclasses import field, replace
from datetime import datetime
from typing import Any

from workflows.domain.documents import STORED, Record, stored_as
from workflows.frozen import frozen

FORM = "form"
SP4N = "sp4n"
CHANNELS = ("counter", "phone", "whatsapp", "letter", SP4N)
"""Channels of complaints that an operator enters."""


@frozen
class Arrival(Record):
    """The channel. `external_ref`: its number in another system, as typed; it may contain a name and is never
    public. `noted_at`: when an operator entered it, None for the citizen's form.
    """

    channel: str = FORM
    external_ref: str = ""
    noted_at: datetime | None = None

    @property
    def identity(self) -> str:
        """The normalised external number; '' without a digit."""
        ref = "".join(self.external_ref.casefold().split())
        return f"{self.channel}:{ref}" if any(each.isdigit() for each in ref) else ""


BY_FORM = Arrival()


@frozen
class Assignment(Record):
    """Which department has the complaint; `assignment_no` counts them. `called_at`: when the desk last
    phoned it about this complaint. `unit`: the kelurahan, bidang or UPT it was delegated to; `unit_key`: the
    number of the timeline event that says so.
    """

    opd: str
    kind: str
    assignment_no: int = field(metadata={STORED: "generation"})
    since: datetime
    ack_by: datetime
    acknowledged_at: datetime | None = None
    ack_missed: bool = False
    officer: str = ""
    unit: str = ""
    unit_key: int = 0
    called_at: datetime | None = None


@frozen
class PreviousAssignment(Record):
    """A department that had the complaint: its number of assignment, and until when."""

    assignment_no: int = field(metadata={STORED: "generation"})
    opd: str
    until: datetime


@frozen
class PendingAssignment(Record):
    """An assignment from the board that can still be taken back.

    until: the end of its undo window. sequence: the number of its event. letters: ids of the notices that wait so
    long. before: the fields that it changed, by stored names, with the values to restore.
    """

    until: datetime
    sequence: int
    assignment_no: int = stored_as("generation", 0)
    letters: tuple[str, ...] = ()
    before: dict[str, Any] = field(default_factory=dict)


@frozen
class AnswerDraft(Record):
    """A draft that waits until an office sends it.

    by: unit or mail. photos: numbers of the complaint's photos. unit: the unit that wrote it, if one did.
    replaces: the number of the draft before it, of which something was lost. sequence: its own number, which is
    that of its event. foreign: the mail came from another address than the office's.
    """

    text: str
    outcome: str = "done"
    by: str = ""
    officer: str = ""
    at: datetime | None = None
    photos: tuple[int, ...] = ()
    unit: str = stored_as("unit", "", if_set=True)
    replaces: int = stored_as("replaces", 0, if_set=True)
    sequence: int = stored_as("sequence", 0, if_set=True)
    foreign: bool = stored_as("foreign", False, if_set=True)


@frozen
class DayCount(Record):
    """How many additions of the citizen a day has seen. day: a local date, as ISO text."""

    day: str = ""
    count: int = 0


@frozen
class RecentNotices(Record):
    """When notices that are limited per day were last written, and how much was added today.

    draft_ready_at: when an office was told of drafts. late_replies: when an office was told that its reply by mail
    was not taken, by a hash of the reply. reply_by_link_at: when the citizen was asked to reply on the page.
    link_sent_at: when the citizen was sent a lost link.
    """

    draft_ready_at: tuple[datetime, ...] = stored_as("drafts_told", (), if_set=True)
    late_replies: dict[str, datetime] = stored_as("late_told", factory=dict, if_set=True)
    reply_by_link_at: datetime | None = stored_as("by_link_told_at", None, if_set=True)
    link_sent_at: datetime | None = stored_as("link_sent_at", None, if_set=True)
    added_today: DayCount | None = stored_as("added_today", None, if_set=True)


@frozen
class Suggestion(Record):
    """A department that the text may be for; score: from 0 to 1; why: reasons in Indonesian. Either is stored."""

    opd: str
    score: float = 0.0
    why: tuple[str, ...] = ()


@frozen
class RoutingDecision(Record):
    """The parts of a stored decision (routing/model.Decision) that other packages read; each may be missing.

    opd: the chosen department, EXTERNAL for an institution outside the city. top: suggestions with their scores,
    best first; because: with their reasons. desk: whether operators may read the complaint. accuses: the accused
    office; kept_out: all accused, and who else must not hear of it.
    """

    opd: str = ""
    top: tuple[Suggestion, ...] = ()
    why: tuple[str, ...] = ()
    because: tuple[Suggestion, ...] = ()
    kind: str = ""
    external: str | None = None
    desk: bool = True
    accuses: str | None = None
    kept_out: tuple[str, ...] = ()


MAX_PHOTOS = 3
"""The most photos of one submission."""
TYPES = {"jpg": "image/jpeg", "png": "image/png", "webp": "image/webp", "eml": "message/rfc822"}
"""Content type by ending of what the photo store holds; a mail is stored there until it is read."""
ALIKE_WITHIN = 20
"""Differing bits of 128 within which fingerprints are alike; tests/pictures/test_likeness.py shows why."""


@frozen
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


@frozen
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
