"""The citizen's part: the page behind the key, agreeing, objecting, and the link that was lost."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from workflows.domain.act_mark import mark_of_files, once
from workflows.domain.change import CITIZEN, Change, Entry, NoticeRequest, changed
from workflows.domain.citizen_act import CitizenAct
from workflows.domain.citizen_acts import ACTS, check, mark_of_citizen, possible
from workflows.domain.complaint import Complaint
from workflows.domain.policy import Policy
from workflows.domain.retention import WHOLE
from workflows.domain.submission import tidy
from workflows.domain.taking_photos import with_photos
from workflows.domain.ticket import parse_ticket
from workflows.errors import ActionNotPossible, FieldError, Forbidden, InvalidInput, ReportErased
from workflows.photos import Stored, keeping, store_photos
from workflows.ports import Document
from workflows.runner import REPORTERS, Ports, act_behind_link, behind_link, carry_out

LINK_AGAIN_AFTER = timedelta(minutes=15)


def open_page(ports: Ports, ticket: str, key: str) -> Complaint:
    """The complaint that a ticket and its key open; Forbidden reads the same whether or not it exists.

    ReportErased for the key that opened it before its words were erased.
    """
    ticket, version = _right(ports, ticket, key)
    complaint = behind_link(ports.store, ticket)
    _refuse_old_key(complaint, version)
    return complaint


def act(ports: Ports, ticket: str, key: str, wanted: CitizenAct, uploads: Sequence[bytes] = ()) -> Change | None:
    """Carry out a citizen's act once, with the photos sent along; None when it has been done.

    InvalidInput, Forbidden, ReportErased, ActionNotPossible.
    """
    ticket, version = _right(ports, ticket, key)
    uploads = uploads if wanted.action == "add" else ()
    wanted = replace(wanted, message=tidy(wanted.message), uploads=mark_of_files(uploads))
    if wanted.action not in ACTS:
        raise InvalidInput([FieldError("action", "bad_choice")])
    check(wanted)

    stored = Stored()
    if uploads and decide(open_page(ports, ticket, key), wanted, ports.policy, ports.clock.now()):
        stored = store_photos(ports, ticket, CITIZEN, uploads)

    def step(complaint: Complaint, now: datetime) -> Change | None:
        _refuse_old_key(complaint, version)
        case, numbers = with_photos(complaint, stored.photos)
        sent = replace(wanted, photos=numbers, left_out=stored.left_out)
        if stored.left_out:
            check(replace(sent, uploads=""))
        return decide(case, sent, ports.policy, now)

    return keeping(ports, ticket, stored, lambda: act_behind_link(ports, ticket, step))


def decide(complaint: Complaint, wanted: CitizenAct, policy: Policy, now: datetime) -> Change | None:
    """Pure: the change a citizen's act makes, None for a repeat, or ActionNotPossible."""
    transition, _ = ACTS[wanted.action]

    def act() -> Change:
        allowed = possible(complaint)
        if wanted.action not in allowed:
            raise ActionNotPossible(wanted.action, complaint.state, allowed)
        return transition(complaint, wanted, policy, now)

    return once(complaint, mark_of_citizen(complaint, wanted), now, act)


def send_lost_link(ports: Ports, ticket: str, email: str, phone: str) -> None:
    """Mail the link when ticket and contact match; whoever asks is never told whether they did."""
    known = parse_ticket(ticket)
    reporter = ports.store.get(REPORTERS, known) if known else None
    if known and reporter and _matches(reporter, email, phone):
        carry_out(ports, known, lost_link)


def lost_link(complaint: Complaint, now: datetime) -> Change | None:
    """A letter with the link, at most once a quarter of an hour."""
    last = complaint.extra.get("link_sent_at")
    if not complaint.reachable or complaint.quarantine or (last and now - last < LINK_AGAIN_AFTER):
        return None
    entry = Entry("link_sent", CITIZEN, hidden=True)
    extra = {**complaint.extra, "link_sent_at": now}
    return changed(complaint, now, entry, NoticeRequest("lost_link", CITIZEN), extra=extra)


def _matches(reporter: Document, email: str, phone: str) -> bool:
    if email and reporter["email"].casefold() == email.casefold():
        return True
    return bool(phone) and reporter["phone"] == phone


def _refuse_old_key(complaint: Complaint, version: int) -> None:
    if complaint.key_version == version:
        return
    raise ReportErased(complaint) if WHOLE in complaint.erased and version < complaint.key_version else Forbidden


def _right(ports: Ports, ticket: str, key: str) -> tuple[str, int]:
    known = parse_ticket(ticket)
    if known is None:
        raise Forbidden
    return known, ports.links.check_citizen_key(known, key)
