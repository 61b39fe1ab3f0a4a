"""That the citizen has opened the page of an answered case: it has reached them, with or without mail."""

from __future__ import annotations

import logging

from workflows.domain.complaint import Complaint
from workflows.domain.reaching import opened
from workflows.failures import Retryable
from workflows.unit_of_work import Services, apply_transition

log = logging.getLogger("laksa")


def mark_opened(ports: Services, complaint: Complaint) -> Complaint:
    """The case as it stands afterwards. Written once an answer; if that fails, the page is shown all the same."""
    if opened(complaint, ports.policy, ports.clock.now()) is None:
        return complaint
    try:
        change = apply_transition(ports, complaint.ticket, lambda case, now: opened(case, ports.policy, now))
    except Retryable:
        log.warning("not marked as opened")
        return complaint
    return change.complaint if change else complaint
