"""Notes who read a case: a line of the log and one in the store, one a link and hour, before the page is shown."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Iterator
from contextlib import contextmanager

from flask import Request

from functions.app.container import Container, container
from functions.web.clients import client_address
from workflows.domain.access.access_record import BOARD, CONTACT, MAX_NAME_LENGTH, OPENED, Access
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import DESK, UNIT
from workflows.domain.offices import DESK as OPERATORS
from workflows.domain.privacy.retention import WHOLE
from workflows.failures import Retryable
from workflows.ports import CaseGrant
from workflows.records.accesses import write_accesses

log = logging.getLogger("laksa")


def note_opened(request: Request, right: CaseGrant, complaint: Complaint, *, contact: bool = False) -> None:
    """A case was opened by a link, and where it shows how to reach the citizen, that was read, too."""
    acts = (OPENED, CONTACT) if contact else (OPENED,)
    _note(request, right, complaint, acts)


def note_act(request: Request, right: CaseGrant, complaint: Complaint, action: str, officer: str = "") -> None:
    """An act was carried out, or was one already, by a link; officer: as it was typed."""
    _note(request, right, complaint, (action,), officer.strip()[:MAX_NAME_LENGTH])


@contextmanager
def after_an_act() -> Iterator[None]:
    """What was done is done: where the store is away by then, it is answered without the line."""
    try:
        yield
    except Retryable:
        log.warning("access not stored")


def note_contacts(request: Request, complaints: Iterable[Complaint]) -> None:
    """The board shows how to reach the citizens of these cases."""
    _note_on_board(request, [case.ticket for case in complaints], CONTACT)


def note_board_opened(request: Request) -> None:
    """The board was opened: one line for the board itself, not one a case that stands on it."""
    _note_on_board(request, [BOARD], OPENED)


def note_board_act(request: Request, complaints: Iterable[Complaint], action: str) -> None:
    """An act was carried out on the board, or was one already."""
    _note_on_board(request, [case.ticket for case in complaints if WHOLE not in case.erased], action)


def _note_on_board(request: Request, tickets: Iterable[str], act: str) -> None:
    rt = container()
    now, network = rt.clock.now(), _network(request, rt)
    _keep(Access(ticket, now, BOARD, OPERATORS, 0, act, network=network) for ticket in tickets)


def _note(
    request: Request, right: CaseGrant, complaint: Complaint, acts: Iterable[str], officer: str = ""
) -> None:
    """Of a case whose words are erased there is nothing left to read."""
    if WHOLE in complaint.erased:
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
    """Also of a department whose own act has just sent the case away."""
    if complaint.generation == right.generation or right.role == UNIT:
        return complaint.opd or ""
    return next((str(hand["opd"]) for hand in complaint.past_hands if hand["generation"] == right.generation), "")


def _network(request: Request, rt: Container) -> str:
    """A keyed hash of the household, as the limits count; it leads back to no address."""
    address = client_address(request, rt.settings.proxies)
    return rt.links.digest("network", address)[:12] if address else ""


def _keep(lines: Iterable[Access]) -> None:
    """The page is shown all the same where the store does not take the line: the log has it."""
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
