"""The photos of a department's latest answers, so that the desk learns of a photo used for two complaints. It
stores fingerprints and tickets only, at most 200 per department; no answer waits for it or fails by it.
"""

from __future__ import annotations

import logging

from workflows.collection_names import PROOFS
from workflows.domain.complaint.transition import Transition
from workflows.failures import Retryable
from workflows.ports import Transaction
from workflows.unit_of_work import Complaints, Services

MOST = 200
log = logging.getLogger("laksa")


def proofs_elsewhere(services: Services, ticket: str) -> tuple[str, ...]:
    """Fingerprints of photos in answers to other complaints of the same department; () when the store is away."""
    try:
        complaint = Complaints(services.store).get(ticket)
        opd = complaint.opd if complaint else None
        known = services.store.get(PROOFS, opd) if opd else None
    except Retryable as error:
        log.warning("proofs not read", extra={"error": type(error).__name__})
        return ()
    return tuple(proof["phash"] for proof in (known or {}).get("photos", ()) if proof["ticket"] != ticket)


def remember_proofs(services: Services, answered: Transition) -> None:
    """Store the fingerprints of an answer's photos; a failure is ignored, the answer is out already."""
    case, (entry, *_) = answered.complaint, answered.entries
    named = [photo for photo in case.photos if photo.n in entry.facts.get("photos", ()) and photo.phash]
    new = [{"ticket": case.ticket, "phash": photo.phash} for photo in named]
    opd = case.opd
    if not new or not opd:
        return

    def work(transaction: Transaction) -> None:
        known = transaction.get(PROOFS, opd) or {}
        photos = [*(proof for proof in known.get("photos", ()) if proof not in new), *new]
        transaction.set(PROOFS, opd, known | {"photos": photos[-MOST:]})

    try:
        services.store.transact(work)
    except Retryable as error:
        log.warning("proofs not kept", extra={"error": type(error).__name__})
