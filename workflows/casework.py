"""The department's part: one case behind a signed link, and what an officer does with it."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from workflows.domain.act_mark import mark_of, remember
from workflows.domain.change import Change
from workflows.domain.complaint import Complaint
from workflows.domain.officer_acts import ACTS, OfficerAct, Rules, check, possible
from workflows.domain.renewing import renew
from workflows.domain.submission import tidy
from workflows.errors import (
    ActionNotPossible,
    FieldError,
    Forbidden,
    InvalidInput,
    LinkExpired,
    LinkSuperseded,
)
from workflows.ports import Right
from workflows.runner import Ports, act_behind_link, behind_link

ROLES = ("department", "head")


def open_case(ports: Ports, token: str) -> tuple[Right, Complaint]:
    """The right a token gives and the complaint as it stands; changes nothing.

    Forbidden, LinkSuperseded, LinkExpired. Opened by a person, a scanner or a prefetch alike.
    """
    right = read_right(ports, token)
    complaint = behind_link(ports.store, right.ticket)
    judge(right, complaint, ports.clock.now())
    return right, complaint


def read_right(ports: Ports, token: str) -> Right:
    """The right in an officer's token; Forbidden when it is forged, cut, or of another kind."""
    right = ports.links.read_case_token(token)
    if right.role not in ROLES:
        raise Forbidden
    return right


def judge(right: Right, complaint: Complaint, now: datetime) -> None:
    """LinkSuperseded when the case has left that department, LinkExpired when the date is past."""
    if has_moved_on(right, complaint):
        raise _superseded(right, complaint)
    if right.expires <= now:
        raise LinkExpired(complaint.ticket, complaint.opd or "", complaint.renewed.get(right.role))


def has_moved_on(right: Right, complaint: Complaint) -> bool:
    """The case is no longer with the office that this link was for."""
    held = complaint.assignment
    return held is None or held.generation != right.generation


def just_left(right: Right, complaint: Complaint) -> bool:
    """Nobody has had it since but whom this link's office gave it to."""
    return bool(complaint.past_hands) and complaint.past_hands[-1]["generation"] == right.generation


def _superseded(right: Right, complaint: Complaint) -> LinkSuperseded:
    """Names the department that this link was for, and since when it no longer has the case."""
    past = next((h for h in complaint.past_hands if h["generation"] == right.generation), {})
    return LinkSuperseded(complaint.ticket, past.get("opd", ""), complaint.restricted, past.get("until"))


def act(ports: Ports, token: str, wanted: OfficerAct) -> Change | None:
    """Carry out an officer's act once; None when this link has done the same before.

    InvalidInput, Forbidden, LinkSuperseded, LinkExpired (but for renew), ActionNotPossible.
    """
    right = read_right(ports, token)
    wanted = replace(wanted, role=right.role, message=tidy(wanted.message))
    if wanted.action not in (*ACTS, "renew"):
        raise InvalidInput([FieldError("action", "bad_choice")])
    check(wanted)
    rules = Rules(ports.policy, ports.directory)
    return act_behind_link(ports, right.ticket, lambda c, now: decide(c, wanted, right, rules, now))


def decide(complaint: Complaint, wanted: OfficerAct, right: Right, rules: Rules, now: datetime) -> Change | None:
    """Pure: the change an officer's act makes, None for a repeat, or why it cannot be."""
    if wanted.action == "renew":
        return _renew(complaint, right, now)
    transition, states = ACTS[wanted.action]
    mark = fingerprint(wanted, right)
    if complaint.acts[-1:] == (mark,):
        return None
    try:
        judge(right, complaint, now)
        _allow(wanted, complaint, states)
    except (LinkSuperseded, LinkExpired, ActionNotPossible):
        if mark in complaint.acts:
            return None
        raise
    change = transition(complaint, wanted, rules, now)
    return change and remember(change, mark)


def _allow(wanted: OfficerAct, complaint: Complaint, states: frozenset[str]) -> None:
    if complaint.state not in states:
        raise ActionNotPossible(wanted.action, complaint.state, possible(complaint))


def _renew(complaint: Complaint, right: Right, now: datetime) -> Change | None:
    """An expired link still takes this one act; a superseded one takes none."""
    with suppress(LinkExpired):
        judge(right, complaint, now)
    return renew(complaint, right.role, now)


def fingerprint(wanted: OfficerAct, right: Right) -> str:
    """The identity of an act: what was asked by which link, whoever's name was typed beside it."""
    asked = (wanted.action, wanted.message, wanted.outcome, wanted.date, wanted.to)
    return mark_of(*asked, right.role, str(right.generation))
