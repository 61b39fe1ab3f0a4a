"""“I have this too”: a complaint filed as the same as another follows it from the beginning. Also finds similar
complaints that somebody may follow instead of filing one more.
"""

from __future__ import annotations
from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from workflows.citizen.intake import Receipt, SubmissionMeta, submit
from workflows.collection_names import COMPLAINTS
from workflows.domain.actions.merge import follow as follows
from workflows.domain.actions.merge import may_be_followed, nearby_complaints, same_matter
from workflows.domain.complaint.geo_keys import cells_around, street_keys
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import parse_ticket
from workflows.domain.complaint.transition import Transition
from workflows.domain.intake.submission import Submission
from workflows.domain.privacy.redaction import untagged
from workflows.errors import FieldError, InvalidInput
from workflows.merging import mark_followed, merge_root
from workflows.ports import Query, Store, Transaction
from workflows.unit_of_work import Complaints, Services

if TYPE_CHECKING:
    from workflows.routing.table import RoutingTable


def follow(services: Services, sent: Submission, meta: SubmissionMeta, parent: str) -> Receipt:
    """Store a complaint as merged into `parent`, a ticket as it was typed; the same form again is the same one.

    InvalidInput (`follow`) where that case cannot be joined, and nothing was stored. What looks like a machine's
    joins nothing: it is stored, and waits for a person to look at it. FormAlreadySent as in intake.submit.
    """
    known = parse_ticket(parent) or ""

    def on_create(transaction: Transaction, received: Transition) -> Transition:
        if received.complaint.quarantine:
            return received
        lead = merge_root(transaction, known) if known else None
        if lead is None or not may_be_followed(lead):
            raise InvalidInput([FieldError("follow", "cannot_follow")])
        mark_followed(transaction, lead)
        return follows(received, lead, received.complaint.noted_at)

    return submit(services, sent, meta, on_create)


PER_KEY = 20
"""Complaints read per cell or street, newest first: no form costs more than 120 reads."""
MAX_STREETS = 2


def similar_to(services: Services, sent: Submission, table: Callable[[], RoutingTable]) -> tuple[Complaint, ...]:
    """At most five open public complaints near this one and of its category. The table is loaded only if something
    is near. An urgent complaint, and one that may accuse somebody, is never delayed: () for both.
    """
    near = nearby_complaints(_found(services.store, sent), sent)
    category = _category(services, sent, table()) if near else ""
    return same_matter(near, category) if category else ()


def _found(store: Store, sent: Submission) -> Iterator[Complaint]:
    keys = [("near_cell", cell) for cell in cells_around(sent)]
    keys += [("near_street", street) for street in street_keys(sent)[:MAX_STREETS]]
    for field, key in keys:
        newest = Query(COMPLAINTS, ((field, "==", key),), order_by="received_at", descending=True, limit=PER_KEY)
        yield from Complaints(store).query(newest)


def _category(services: Services, sent: Submission, table: RoutingTable) -> str:
    """The router's category; '' when it is unclear, or when the complaint must not be delayed."""
    from workflows.routing.decide import decide
    from workflows.routing.model import Letter
    from workflows.routing.ranking import OTHER

    decision = decide(Letter(untagged(sent.message), untagged(sent.place), sent.kelurahan, sent.kind), table)
    hurries = decision.urgent or services.policy.is_urgent(decision.category)
    return "" if hurries or decision.restricted or decision.category == OTHER else decision.category
