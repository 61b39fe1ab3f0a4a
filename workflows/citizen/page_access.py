"""Access to the citizen's page: checks the key, records that an answer has been read, and tags the reporter's
known name in what they write later.
"""

from __future__ import annotations
import logging

from workflows.collection_names import COMPLAINTS, REPORTERS
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import parse_ticket
from workflows.domain.notifications.delivery import mark_page_opened
from workflows.domain.privacy.redaction import names_in, tag_reporter_name
from workflows.domain.privacy.retention import WHOLE
from workflows.errors import Forbidden, ReportErased
from workflows.failures import Retryable
from workflows.ports import Store
from workflows.unit_of_work import Services, apply_transition, load_or_forbidden

log = logging.getLogger("laksa")


def mark_opened(services: Services, complaint: Complaint) -> Complaint:
    """The complaint afterwards. Written once per answer; if the write fails, the page is shown all the same."""
    if mark_page_opened(complaint, services.policy, services.clock.now()) is None:
        return complaint
    try:
        change = apply_transition(
            services, complaint.ticket, lambda case, now: mark_page_opened(case, services.policy, now)
        )
    except Retryable:
        log.warning("not marked as opened")
        return complaint
    return change.complaint if change else complaint


def own_words(store: Store, ticket: str, message: str) -> str:
    """The message with its writer's name tagged; for an anonymous complaint only the name known from its first
    text.
    """
    if not message:
        return message
    reporter, complaint = store.get(REPORTERS, ticket) or {}, store.get(COMPLAINTS, ticket) or {}
    held = names_in(str(complaint.get("text", ""))) + names_in(str(complaint.get("place", "")))
    return tag_reporter_name(message, *filter(None, (str(reporter.get("name") or ""), *held)))


def refuse_old_key(complaint: Complaint, version: int) -> None:
    """Forbidden for a key of another version; ReportErased for the key that was valid before the erasure."""
    if complaint.key_version == version:
        return
    raise (
        ReportErased(complaint) if WHOLE in complaint.erasure.erased and version < complaint.key_version else Forbidden
    )


def read_key(services: Services, ticket: str, key: str) -> tuple[str, int]:
    """(ticket in its normal spelling, version of its genuine key); Forbidden."""
    known = parse_ticket(ticket)
    if known is None:
        raise Forbidden
    return known, services.links.check_citizen_key(known, key)


def open_page(services: Services, ticket: str, key: str) -> Complaint:
    """The complaint that a ticket and its key open; the same Forbidden whether or not it exists. ReportErased for
    the key that was valid before the erasure.
    """
    ticket, version = read_key(services, ticket, key)
    complaint = load_or_forbidden(services.store, ticket)
    refuse_old_key(complaint, version)
    return complaint
