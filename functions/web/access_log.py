"""Records who read a complaint: a log line and a record in the store, one per link and hour, before the page is
shown.
"""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask import Request

from functions.app.container import Container, container
from functions.web.clients import client_address
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import DESK, UNIT
from workflows.domain.offices import DESK as OPERATORS
from workflows.domain.privacy.retention import WHOLE
from workflows.failures import Retryable
from workflows.ports import CaseGrant
from workflows.records.accesses import BOARD, CONTACT, MAX_NAME_LENGTH, OPENED, Access, write_accesses

log = logging.getLogger("laksa")


def note_opened(request: Request, right: CaseGrant, complaint: Complaint, *, contact: bool = False) -> None:
    """Record that a link opened a complaint and, if shown, that the citizen's contact was read."""
    acts = (OPENED, CONTACT) if contact else (OPENED,)
    _note(request, right, complaint, acts)


def note_act(request: Request, right: CaseGrant, complaint: Complaint, action: str, officer: str = "") -> None:
    """Record an action by a link, repeats included; `officer`: as typed."""
    _note(request, right, complaint, (action,), officer.strip()[:MAX_NAME_LENGTH])


@contextmanager
def after_an_act() -> Iterator[None]:
    """Ignore errors of the store: the action is done and is answered without the record."""
    try:
        yield
    except Retryable:
        log.warning("access not stored")


def note_contacts(request: Request, complaints: Iterable[Complaint]) -> None:
    """Record that the board shows the contacts of these citizens."""
    _note_on_board(request, [case.ticket for case in complaints], CONTACT)


def note_board_opened(request: Request) -> None:
    """Record that the board was opened: one record for the board, not one per complaint on it."""
    _note_on_board(request, [BOARD], OPENED)


def note_board_act(request: Request, complaints: Iterable[Complaint], action: str) -> None:
    """Record an action on the board, repeats included."""
    _note_on_board(request, [case.ticket for case in complaints if WHOLE not in case.erasure.erased], action)


def _note_on_board(request: Request, tickets: Iterable[str], act: str) -> None:
    rt = container()
    now, network = rt.clock.now(), _network(request, rt)
    _keep(Access(ticket, now, BOARD, OPERATORS, 0, act, network=network) for ticket in tickets)


def _note(
    request: Request, right: CaseGrant, complaint: Complaint, acts: Iterable[str], officer: str = ""
) -> None:
    """Write the records; nothing for an erased complaint, which has nothing left to read."""
    if WHOLE in complaint.erasure.erased:
        return
    rt = container()
    link = (right.role, _office(right, complaint), right.generation)
    now, network = rt.clock.now(), _network(request, rt)
    _keep(Access(right.ticket, now, *link, act, officer, network) for act in acts)


def _office(right: CaseGrant, complaint: Complaint) -> str:
    if right.role == DESK:
        return OPERATORS
    held = complaint.assignment
    unit = held.unit if held and right.role == UNIT else ""
    return unit or _opd_of(right, complaint)


def _opd_of(right: CaseGrant, complaint: Complaint) -> str:
    """The department of the link, also if its own action has just sent the complaint away."""
    if complaint.assignment_no == right.generation or right.role == UNIT:
        return complaint.opd or ""
    return next((each.opd for each in complaint.previous_assignments if each.generation == right.generation), "")


def _network(request: Request, rt: Container) -> str:
    """A keyed hash of the caller's household, the same as for rate limits; it does not lead back to an address."""
    address = client_address(request, rt.settings.proxies)
    return rt.links.digest("network", address)[:12] if address else ""


def _keep(lines: Iterable[Access]) -> None:
    """Store the records; if that fails the page is shown all the same, since the log has them."""
    rt = container()
    new = rt.noted.new(lines)
    for line in new:
        facts = {"ticket": line.ticket, "role": line.role, "office": line.office, "act": line.act}
        log.info("case read", extra=facts | {"network": line.network})
    if not new:
        return
    try:
        write_accesses(rt.store, new)
        rt.noted.remember(new)
    except Retryable:
        log.warning("access not stored", extra={"ticket": new[0].ticket})
