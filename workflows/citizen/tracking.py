"""The citizen's page behind the key: agreeing, objecting, and adding to the complaint."""

from __future__ import annotations
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from workflows.acts import perform
from workflows.citizen.page_access import own_words, read_key, refuse_old_key
from workflows.domain.actions.citizen import CITIZEN_ACTIONS, CitizenAct, check
from workflows.domain.actions.engine import Rules, hash_files
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import Transition
from workflows.domain.intake.submission import tidy
from workflows.unit_of_work import Services


def perform_action(
    services: Services, ticket: str, key: str, wanted: CitizenAct, uploads: Sequence[bytes] = ()
) -> Transition | None:
    """Carry out a citizen's action once, with the photos sent along; None when it has been done. InvalidInput,
    Forbidden, ReportErased, ActionNotPossible.
    """
    ticket, version = read_key(services, ticket, key)
    uploads = uploads if wanted.action == "add" else ()
    words = own_words(services.store, ticket, tidy(wanted.message))
    request = replace(wanted, message=words, uploads=hash_files(uploads))
    check(request)
    rules = Rules(services.policy, services.directory)

    def decide(complaint: Complaint, sent: CitizenAct, now: datetime) -> Transition | None:
        refuse_old_key(complaint, version)
        return CITIZEN_ACTIONS.decide(complaint, sent, rules, now)

    return perform(services, ticket, request, decide, uploads, check)
