"""Photos of a form that is shown again: stored under its token, sent on with it, and deleted when it expires. No
URL shows them; only the form's token leads to them.
"""

from __future__ import annotations
import logging
from collections.abc import Sequence
from datetime import timedelta

from workflows.collection_names import KEPT_PHOTOS
from workflows.domain.complaint.records import LeftOut, PhotoFacts, small
from workflows.domain.complaint.transition import CITIZEN
from workflows.domain.documents import read_record, write_record
from workflows.failures import Retryable
from workflows.frozen import frozen
from workflows.photos import NOT_STORED, Stored, copy_photos, forget_photos, store_photos
from workflows.ports import Document, Photos, Query, Transaction
from workflows.unit_of_work import Services

BEGINNING = "form-"
"""The prefix of staged photos' names; those of a complaint begin with its ticket."""
AFTER_THE_TOKEN = timedelta(hours=1)
PAGE = 50
log = logging.getLogger("laksa")


@frozen
class Kept:
    """What a redisplayed form says about its photos: how many will be sent on, and which will not."""

    count: int = 0
    left_out: tuple[LeftOut, ...] = ()


def keep(services: Services, token: str, uploads: Sequence[bytes], before: str = "") -> Kept:
    """Store the good photos for the next submission of the form with that token; never raises. `before`: the token
    of the submitted form, if its staged photos are still wanted; else they are dropped.
    """
    if not (uploads or before):
        return Kept()
    try:
        kept = _keep(services, _id(services, token), uploads, _id(services, before))
    except Retryable as error:
        log.warning("photos not kept", extra={"error": type(error).__name__})
        return Kept(0, tuple(LeftOut(n, NOT_STORED) for n in range(1, max(len(uploads), 1) + 1)))
    return Kept(len(kept.photos), kept.left_out)


def take(services: Services, token: str, ticket: str) -> Stored:
    """Copies of the form's staged photos under a ticket's name; none when it was used or has expired."""
    return copy_photos(services, ticket, _photos(_stored(services, _id(services, token))))


def forget(services: Services, token: str) -> None:
    """Delete a form's staged photos once it has been received; on failure they expire."""
    _forget(services, _id(services, token))


def forget_due(services: Services) -> int:
    """Delete the photos of expired forms, also remains of a crash; returns the number of forms, at most PAGE. Safe
    to repeat. Never raises: what cannot be deleted now is deleted by a later sweep.
    """
    try:
        return _forget_due(services)
    except Retryable as error:
        log.warning("kept photos not forgotten yet", extra={"error": type(error).__name__})
        return 0


def _id(services: Services, token: str) -> str:
    return services.links.digest("photos", token) if token else ""


def _keep(services: Services, form: str, uploads: Sequence[bytes], before: str) -> Stored:
    """Set the alarm before any file is stored, so that none can stay forever."""
    document = _stored(services, form)
    lying = _photos(document)
    if before == form and not uploads:
        return Stored(lying)
    _note(services, form, document, lying)
    if before == form:
        wanted = Stored(lying)
    else:
        wanted = copy_photos(services, BEGINNING + form, _photos(_stored(services, before)))
    stored = store_photos(services, BEGINNING + form, CITIZEN, uploads, wanted)
    _note(services, form, document, stored.photos)
    forget_photos(services, set(lying) - set(stored.photos))
    if before != form:
        _forget(services, before)
    return stored


def _stored(services: Services, form: str) -> Document:
    """The document of a form's photos; empty when there is none."""
    return (services.store.get(KEPT_PHOTOS, form) if form else None) or {}


def _photos(document: Document) -> tuple[PhotoFacts, ...]:
    return tuple(read_record(PhotoFacts, photo) for photo in document.get("photos", ()))


def _note(services: Services, form: str, before: Document, photos: Sequence[PhotoFacts]) -> None:
    """Store the list until after the token's expiry: a form that can still be sent finds its photos.

    before: the document as it was, whose fields of a newer release are kept.
    """
    until = services.clock.now() + timedelta(hours=services.policy.form_max_age_hours) + AFTER_THE_TOKEN
    document = before | {"photos": [write_record(photo) for photo in photos], "forget_at": until}
    services.store.transact(lambda transaction: transaction.set(KEPT_PHOTOS, form, document))


def _forget(services: Services, form: str) -> None:
    """Delete the files first: while the document exists, a sweep finds what is left."""
    try:
        photos = _photos(_stored(services, form))
        for photo in photos:
            services.photos.delete(photo.name)
            services.photos.delete(small(photo.name))
        if photos:
            services.store.transact(lambda transaction: transaction.delete(KEPT_PHOTOS, form))
    except Retryable as error:
        log.warning("kept photos not forgotten yet", extra={"error": type(error).__name__})


def _forget_due(services: Services) -> int:
    due = Query(KEPT_PHOTOS, (("forget_at", "<=", services.clock.now()),), order_by="forget_at", limit=PAGE)
    forms = [found.id for found in services.store.query(due)]
    if not forms:
        return 0
    _delete_files(services.photos, forms)

    def work(transaction: Transaction) -> None:
        for form in forms:
            transaction.delete(KEPT_PHOTOS, form)

    services.store.transact(work)
    return len(forms)


def _delete_files(photos: Photos, forms: Sequence[str]) -> None:
    """Delete by the prefix of their names, not by what the document lists."""
    beginnings = tuple(f"{BEGINNING}{form}-" for form in forms)
    for name in photos.names(BEGINNING):
        if name.startswith(beginnings):
            photos.delete(name)
