"""What the last answers of a department were proved with, so that a photo used for two cases is told to the desk.

Fingerprints and numbers of cases alone: no photo, no words, nobody's name. At most 200 a department, a convenience
that no answer waits for or fails by.
"""

from __future__ import annotations

import logging

from workflows.collection_names import PROOFS
from workflows.complaints import Complaints
from workflows.domain.complaint.transition import Transition
from workflows.failures import Retryable
from workflows.ports import Transaction
from workflows.unit_of_work import Services

MOST = 200
log = logging.getLogger("laksa")


def proofs_elsewhere(ports: Services, ticket: str) -> tuple[str, ...]:
    """Fingerprints that proved other cases of the department that has this one; none where the store is away."""
    try:
        complaint = Complaints(ports.store).get(ticket)
        opd = complaint.opd if complaint else None
        known = ports.store.get(PROOFS, opd) if opd else None
    except Retryable as error:
        log.warning("proofs not read", extra={"error": type(error).__name__})
        return ()
    return tuple(proof["phash"] for proof in (known or {}).get("photos", ()) if proof["ticket"] != ticket)


def remember_proofs(ports: Services, answered: Transition) -> None:
    """Keep the fingerprints of the photos that an answer named; where that fails it is out all the same."""
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
        ports.store.transact(work)
    except Retryable as error:
        log.warning("proofs not kept", extra={"error": type(error).__name__})
