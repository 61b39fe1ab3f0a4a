"""“I have this too”: a report that comes in as the same as another, and follows it from its first moment on."""

from __future__ import annotations

from workflows.citizen.intake import Envelope, Receipt, submit
from workflows.desk.merging import leader, mark_followed
from workflows.domain.change import Change
from workflows.domain.merging import follow as follows
from workflows.domain.merging import may_be_followed
from workflows.domain.submission import Submission
from workflows.domain.ticket import parse_ticket
from workflows.errors import FieldError, InvalidInput
from workflows.ports import Transaction
from workflows.unit_of_work import Services


def follow(ports: Services, sent: Submission, envelope: Envelope, parent: str) -> Receipt:
    """Store a complaint as merged into `parent`, a ticket as it was typed; the same form again is the same one.

    InvalidInput (`follow`) where that case cannot be joined, and nothing was stored. What looks like a machine's
    joins nothing: it is stored, and waits for a person to look at it. FormAlreadySent as in intake.submit.
    """
    known = parse_ticket(parent) or ""

    def begin(transaction: Transaction, received: Change) -> Change:
        if received.complaint.quarantine:
            return received
        lead = leader(transaction, known) if known else None
        if lead is None or not may_be_followed(lead):
            raise InvalidInput([FieldError("follow", "cannot_follow")])
        mark_followed(transaction, lead)
        return follows(received, lead, received.complaint.noted_at)

    return submit(ports, sent, envelope, begin)
