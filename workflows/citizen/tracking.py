"""The citizen's part: the page behind the key, agreeing, objecting, and the link that was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from workflows.citizen.citizen_key import read_key, refuse_old_key
from workflows.citizen.own_words import own_words
from workflows.domain.act_mark import allow, mark_of_files, once
from workflows.domain.change import CITIZEN, Change
from workflows.domain.citizen_act import CitizenAct
from workflows.domain.citizen_acts import ACTS, check, mark_of_citizen, possible
from workflows.domain.complaint import Complaint
from workflows.domain.office_act import Rules
from workflows.domain.submission import tidy
from workflows.domain.taking_photos import with_photos
from workflows.errors import FieldError, InvalidInput
from workflows.photos import Stored, keeping, store_photos
from workflows.unit_of_work import Services, apply_or_forbidden, load_or_forbidden


def open_page(ports: Services, ticket: str, key: str) -> Complaint:
    """The complaint that a ticket and its key open; Forbidden reads the same whether or not it exists.

    ReportErased for the key that opened it before its words were erased.
    """
    ticket, version = read_key(ports, ticket, key)
    complaint = load_or_forbidden(ports.store, ticket)
    refuse_old_key(complaint, version)
    return complaint


def act(
    ports: Services, ticket: str, key: str, wanted: CitizenAct, uploads: Sequence[bytes] = ()
) -> Change | None:
    """Carry out a citizen's act once, with the photos sent along; None when it has been done.

    InvalidInput, Forbidden, ReportErased, ActionNotPossible.
    """
    ticket, version = read_key(ports, ticket, key)
    uploads = uploads if wanted.action == "add" else ()
    words = own_words(ports.store, ticket, tidy(wanted.message))
    wanted = replace(wanted, message=words, uploads=mark_of_files(uploads))
    if wanted.action not in ACTS:
        raise InvalidInput([FieldError("action", "bad_choice")])
    check(wanted)

    stored, rules = Stored(), Rules(ports.policy, ports.directory)
    if uploads and decide(open_page(ports, ticket, key), wanted, rules, ports.clock.now()):
        stored = store_photos(ports, ticket, CITIZEN, uploads)

    def step(complaint: Complaint, now: datetime) -> Change | None:
        refuse_old_key(complaint, version)
        case, numbers = with_photos(complaint, stored.photos)
        sent = replace(wanted, photos=numbers, left_out=stored.left_out)
        if stored.left_out:
            check(replace(sent, uploads=""))
        return decide(case, sent, rules, now)

    return keeping(ports, ticket, stored, lambda: apply_or_forbidden(ports, ticket, step))


def decide(complaint: Complaint, wanted: CitizenAct, rules: Rules, now: datetime) -> Change | None:
    """Pure: the change a citizen's act makes, None for a repeat, or ActionNotPossible."""
    transition, _ = ACTS[wanted.action]

    def act() -> Change:
        allow(wanted.action, complaint, possible(complaint))
        return transition(complaint, wanted, rules, now)

    return once(complaint, mark_of_citizen(complaint, wanted), now, act)
