"""The photos of a form that came back: kept under its token, sent on with it, and forgotten when it has run out.

No address shows them, and nothing leads to them but the token that the form carries.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

from workflows.collection_names import KEPT_PHOTOS
from workflows.domain.complaint.photo import LeftOut, PhotoFacts, small
from workflows.domain.complaint.transition import CITIZEN
from workflows.domain.documents import read_record, write_record
from workflows.failures import Retryable
from workflows.photos import NOT_STORED, Stored, copy_photos, forget_photos, store_photos
from workflows.ports import Photos, Query, Transaction
from workflows.unit_of_work import Services

BEGINNING = "form-"
"""Of the names of photos that belong to a form; a case's begin with its ticket."""
AFTER_THE_TOKEN = timedelta(hours=1)
PAGE = 50
log = logging.getLogger("laksa")


@dataclass(frozen=True)
class Kept:
    """What a form that comes back says of its photos: how many will be sent on, and those that will not."""

    count: int = 0
    left_out: tuple[LeftOut, ...] = ()


def keep(ports: Services, token: str, uploads: Sequence[bytes], before: str = "") -> Kept:
    """Keep the good ones for the next sending of the form with that token; never raises.

    before: the token of the form that was sent, where photos kept with it are still wanted; else they make room.
    """
    if not (uploads or before):
        return Kept()
    try:
        kept = _keep(ports, _id(ports, token), uploads, _id(ports, before))
    except Retryable as error:
        log.warning("photos not kept", extra={"error": type(error).__name__})
        return Kept(0, tuple(LeftOut(n, NOT_STORED) for n in range(1, max(len(uploads), 1) + 1)))
    return Kept(len(kept.photos), kept.left_out)


def take(ports: Services, token: str, ticket: str) -> Stored:
    """What is kept with a form, once more under a ticket's name; nothing where it has been used or forgotten."""
    return copy_photos(ports, ticket, _lying(ports, _id(ports, token)))


def forget(ports: Services, token: str) -> None:
    """What is kept with a form, once it has arrived; where that fails it goes by its age."""
    _forget(ports, _id(ports, token))


def forget_due(ports: Services) -> int:
    """Those of forms that can no longer be sent, also what a crash left of them; how many forms, PAGE at most.

    Safe to repeat. Never raises: what cannot be deleted now goes with a later sweep.
    """
    try:
        return _forget_due(ports)
    except Retryable as error:
        log.warning("kept photos not forgotten yet", extra={"error": type(error).__name__})
        return 0


def _id(ports: Services, token: str) -> str:
    return ports.links.digest("photos", token) if token else ""


def _keep(ports: Services, form: str, uploads: Sequence[bytes], before: str) -> Stored:
    """The alarm is set before any file is there, so that none can be left for ever."""
    lying = _lying(ports, form)
    if before == form and not uploads:
        return Stored(lying)
    _note(ports, form, lying)
    wanted = Stored(lying) if before == form else copy_photos(ports, BEGINNING + form, _lying(ports, before))
    stored = store_photos(ports, BEGINNING + form, CITIZEN, uploads, wanted)
    _note(ports, form, stored.photos)
    forget_photos(ports, set(lying) - set(stored.photos))
    if before != form:
        _forget(ports, before)
    return stored


def _lying(ports: Services, form: str) -> tuple[PhotoFacts, ...]:
    document = ports.store.get(KEPT_PHOTOS, form) if form else None
    return tuple(read_record(PhotoFacts, photo) for photo in (document or {}).get("photos", ()))


def _note(ports: Services, form: str, photos: Sequence[PhotoFacts]) -> None:
    """Until after the token has run out: whoever could still send the form finds its photos."""
    until = ports.clock.now() + timedelta(hours=ports.policy.form_max_age_hours) + AFTER_THE_TOKEN
    document = {"photos": [write_record(photo) for photo in photos], "forget_at": until}
    ports.store.transact(lambda transaction: transaction.set(KEPT_PHOTOS, form, document))


def _forget(ports: Services, form: str) -> None:
    """The files first: as long as its document is there, a sweep finds what is left."""
    try:
        photos = _lying(ports, form)
        for photo in photos:
            ports.photos.delete(photo.name)
            ports.photos.delete(small(photo.name))
        if photos:
            ports.store.transact(lambda transaction: transaction.delete(KEPT_PHOTOS, form))
    except Retryable as error:
        log.warning("kept photos not forgotten yet", extra={"error": type(error).__name__})


def _forget_due(ports: Services) -> int:
    due = Query(KEPT_PHOTOS, (("forget_at", "<=", ports.clock.now()),), order_by="forget_at", limit=PAGE)
    forms = [found.id for found in ports.store.query(due)]
    if not forms:
        return 0
    _delete_files(ports.photos, forms)

    def work(transaction: Transaction) -> None:
        for form in forms:
            transaction.delete(KEPT_PHOTOS, form)

    ports.store.transact(work)
    return len(forms)


def _delete_files(photos: Photos, forms: Sequence[str]) -> None:
    """By the names that begin with a form's id, and not by what its document names."""
    beginnings = tuple(f"{BEGINNING}{form}-" for form in forms)
    for name in photos.names(BEGINNING):
        if name.startswith(beginnings):
            photos.delete(name)
