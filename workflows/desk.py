"""The operator's part: a case that Laksa is unsure of, and one POST that sends it on."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflows.domain.act_mark import mark_of, remember
from workflows.domain.change import Change
from workflows.domain.complaint import Complaint, from_document
from workflows.domain.desk_acts import ACTS, DeskAct, check, possible
from workflows.domain.officer_acts import Rules
from workflows.domain.submission import tidy
from workflows.errors import (
    ActionNotPossible,
    FieldError,
    Forbidden,
    InvalidInput,
    LinkExpired,
    UnknownComplaint,
)
from workflows.ports import Right
from workflows.runner import COMPLAINTS, Ports, carry_out


def open_case(ports: Ports, token: str) -> Complaint:
    """The complaint a desk link opens, in whatever state it is by now; Forbidden, LinkExpired."""
    right = _right(ports, token)
    document = ports.store.get(COMPLAINTS, right.ticket)
    if document is None:
        raise Forbidden
    return from_document(document)


def act(ports: Ports, token: str, wanted: DeskAct) -> Change | None:
    """Carry out an operator's act once; None when it has been done. InvalidInput, ActionNotPossible."""
    right = _right(ports, token)
    wanted = replace(wanted, message=tidy(wanted.message))
    if wanted.action not in ACTS:
        raise InvalidInput([FieldError("action", "bad_choice")])
    check(wanted)
    rules = Rules(ports.policy, ports.directory)
    try:
        return carry_out(ports, right.ticket, lambda c, now: decide(c, wanted, rules, now))
    except UnknownComplaint as unknown:
        raise Forbidden from unknown


def decide(complaint: Complaint, wanted: DeskAct, rules: Rules, now: datetime) -> Change | None:
    """Pure: the change an operator's act makes, None for a repeat, or ActionNotPossible."""
    transition, states = ACTS[wanted.action]
    mark = mark_of("desk", wanted.action, wanted.to, wanted.reason, wanted.message)
    if complaint.state not in states:
        if mark in complaint.acts:
            return None
        raise ActionNotPossible(wanted.action, complaint.state, possible(complaint))
    return remember(transition(complaint, wanted, rules, now), mark)


def _right(ports: Ports, token: str) -> Right:
    right = ports.links.read_case_token(token)
    if right.role != "desk":
        raise Forbidden
    if right.expires <= ports.clock.now():
        raise LinkExpired(right.ticket, "DESK")
    return right
