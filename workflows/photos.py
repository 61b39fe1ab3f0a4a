"""Photos of a complaint: stored before its transaction, so that photos it names exist; read by number."""

from __future__ import annotations
import logging
import secrets
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import replace

from workflows.collection_names import COMPLAINTS
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.records import MAX_PHOTOS, LeftOut, PhotoFacts, small
from workflows.domain.complaint.transition import CITIZEN, Transition
from workflows.errors import PageNotFound
from workflows.failures import PhotosUnavailable, Retryable
from workflows.frozen import frozen
from workflows.pictures.prepare import JPEG, Picture, prepared
from workflows.ports import Photos
from workflows.unit_of_work import Services

TOO_MANY = "too_many"
NOT_STORED = "not_stored"
MAX_TRIED = 12
"""The most files of one submission that are opened; further ones are not looked at."""
log = logging.getLogger("laksa")


@frozen
class Stored:
    """The result of storing the photos of one submission. `photos` have no number yet: complaint.records.numbered
    gives it.
    """

    photos: tuple[PhotoFacts, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def store_photos(
    services: Services, ticket: str, by: str, uploads: Sequence[bytes], before: Stored | None = None
) -> Stored:
    """Store the first three that are photos, under names that begin with the ticket; never raises. Rejected ones
    are named. `by`: the sender's role. `before`: already stored of this submission; it comes first. Call it once
    the action is known to be possible, before its transaction; if that writes nothing (a repeat),
    forget_unless_named deletes them.
    """
    first = before or Stored()
    outcomes: list[PhotoFacts | LeftOut] = [*first.photos, *first.left_out]
    room = MAX_PHOTOS - len(first.photos)
    for tried, data in enumerate(uploads):
        n, taken = len(outcomes) + 1, room > 0 and tried < MAX_TRIED
        outcomes.append(_stored(services.photos, ticket, by, n, data) if taken else LeftOut(n, TOO_MANY))
        room -= isinstance(outcomes[-1], PhotoFacts)
    return _parted(outcomes)


def copy_photos(services: Services, ticket: str, photos: Iterable[PhotoFacts]) -> Stored:
    """Copy stored photos to names that begin with the ticket; never raises."""
    return _parted([_copied(services.photos, ticket, n, photo) for n, photo in enumerate(photos, 1)])


def keeping(services: Services, ticket: str, stored: Stored, act: Callable[[], Transition | None]) -> Transition | None:
    """Carry out an action that names these photos; if it seems to have had no effect, check the complaint and
    delete unused ones.
    """
    change = None
    try:
        change = act()
    finally:
        if change is None:
            forget_unless_named(services, ticket, stored.photos)
    return change


def forget_unless_named(services: Services, ticket: str, photos: Collection[PhotoFacts]) -> None:
    """Delete those photos that the complaint does not name; none if it cannot be read. An action that raised may
    be saved all the same: only the complaint knows.
    """
    if not photos:
        return
    try:
        document = services.store.get(COMPLAINTS, ticket) or {}
    except Retryable as error:
        log.warning("photos left where they are", extra={"error": type(error).__name__})
        return
    named = {photo["name"] for photo in document.get("photos", ())}
    forget_photos(services, [photo for photo in photos if photo.name not in named])


def forget_photos(services: Services, photos: Iterable[PhotoFacts]) -> None:
    """Delete photos that no complaint names; on failure they stay, unreachable, under their ticket's name."""
    for photo in photos:
        with suppress(PhotosUnavailable):
            services.photos.delete(photo.name)
            services.photos.delete(small(photo.name))


def read_photo(photos: Photos, complaint: Complaint, number: str, little: bool = False) -> tuple[bytes, str]:
    """A photo of the case, or its thumbnail, and its type; PageNotFound when the case has no such number."""
    name = next((photo.name for photo in complaint.photos if str(photo.n) == number), "")
    found = photos.get(small(name) if little else name) if name else None
    if found is None:
        raise PageNotFound
    return found


def _parted(outcomes: Sequence[PhotoFacts | LeftOut]) -> Stored:
    kept = tuple(outcome for outcome in outcomes if isinstance(outcome, PhotoFacts))
    return Stored(kept, tuple(outcome for outcome in outcomes if isinstance(outcome, LeftOut)))


def _stored(photos: Photos, ticket: str, by: str, n: int, data: bytes) -> PhotoFacts | LeftOut:
    picture = prepared(data)
    if not isinstance(picture, Picture):
        return LeftOut(n, picture.why)
    return _put(photos, n, _facts(picture, _new_name(ticket), by), picture.full, picture.small)


def _copied(photos: Photos, ticket: str, n: int, photo: PhotoFacts) -> PhotoFacts | LeftOut:
    try:
        files = [photos.get(name) for name in (photo.name, small(photo.name))]
    except PhotosUnavailable as error:
        return _not_stored(n, error)
    full, little = (file[0] if file else b"" for file in files)
    if not full or not little:
        return LeftOut(n, NOT_STORED)
    return _put(photos, n, replace(photo, name=_new_name(ticket)), full, little)


def _put(photos: Photos, n: int, facts: PhotoFacts, full: bytes, little: bytes) -> PhotoFacts | LeftOut:
    try:
        photos.put(facts.name, full, JPEG)
        photos.put(small(facts.name), little, JPEG)
    except PhotosUnavailable as error:
        return _not_stored(n, error)
    return facts


def _not_stored(n: int, error: Exception) -> LeftOut:
    log.warning("photo not stored", extra={"error": type(error).__name__})
    return LeftOut(n, NOT_STORED)


def _new_name(ticket: str) -> str:
    return f"{ticket}-{secrets.token_urlsafe(16)}.jpg"


def _facts(picture: Picture, name: str, by: str) -> PhotoFacts:
    """The facts of a photo; the time a citizen's photo was taken is private and dropped."""
    taken = None if by == CITIZEN else picture.taken_at
    return PhotoFacts(0, by, picture.phash, taken, name, picture.width, picture.height)
