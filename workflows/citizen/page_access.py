"""That the citizen has opened the page of an answered case: it has reached them, with or without mail.

What a citizen writes later, with the name marked that is known from before.

The citizen's key to one report: whether it is genuine, and whether it still opens it.
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
from workflows.unit_of_work import Services, apply_transition

log = logging.getLogger("laksa")


def mark_opened(ports: Services, complaint: Complaint) -> Complaint:
    """The case as it stands afterwards. Written once an answer; if that fails, the page is shown all the same."""
    if mark_page_opened(complaint, ports.policy, ports.clock.now()) is None:
        return complaint
    try:
        change = apply_transition(
            ports, complaint.ticket, lambda case, now: mark_page_opened(case, ports.policy, now)
        )
    except Retryable:
        log.warning("not marked as opened")
        return complaint
    return change.complaint if change else complaint


def own_words(store: Store, ticket: str, message: str) -> str:
    """The message with its writer's name marked; of an anonymous report only what the first words held of it."""
    if not message:
        return message
    reporter, complaint = store.get(REPORTERS, ticket) or {}, store.get(COMPLAINTS, ticket) or {}
    held = names_in(str(complaint.get("text", ""))) + names_in(str(complaint.get("place", "")))
    return tag_reporter_name(message, *filter(None, (str(reporter.get("name") or ""), *held)))


def refuse_old_key(complaint: Complaint, version: int) -> None:
    """Forbidden for a key of another version; ReportErased for the one that opened it before its erasure."""
    if complaint.key_version == version:
        return
    raise ReportErased(complaint) if WHOLE in complaint.erased and version < complaint.key_version else Forbidden


def read_key(ports: Services, ticket: str, key: str) -> tuple[str, int]:
    """The ticket as it is written, and the version of its genuine key; Forbidden."""
    known = parse_ticket(ticket)
    if known is None:
        raise Forbidden
    return known, ports.links.check_citizen_key(known, key)
