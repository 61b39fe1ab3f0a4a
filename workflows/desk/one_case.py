"""The operator's part: a case that Laksa is unsure of, and one POST that sends it on."""

from __future__ import annotations

from contextlib import suppress
from dataclasses import replace
from datetime import datetime

from workflows.desk.merging import join
from workflows.domain.change import DESK, Change
from workflows.domain.closed_to_desk import as_the_desk_sees_it
from workflows.domain.complaint import Complaint
from workflows.domain.desk_acts import ACTS, DeskAct, check, decide, has_left_by
from workflows.domain.office_act import Rules
from workflows.domain.renewing import renew
from workflows.domain.submission import tidy
from workflows.domain.ticket import parse_ticket
from workflows.errors import FieldError, Forbidden, InvalidInput, LinkExpired, LinkSuperseded
from workflows.failures import UnknownComplaint
from workflows.ports import Right
from workflows.unit_of_work import Services, apply_or_forbidden, load_or_forbidden


def open_case(ports: Services, token: str) -> Complaint:
    """The complaint a desk link opens; Forbidden, LinkExpired.

    An ordinary case can be followed after it has left the desk. A restricted one cannot: LinkSuperseded, or, by a
    link for a phone call to the department that has it, without its contents.
    """
    right = read_right(ports, token)
    complaint = load_or_forbidden(ports.store, right.ticket)
    judge(right, complaint, ports.clock.now())
    return as_the_desk_sees_it(complaint)


def judge(right: Right, complaint: Complaint, now: datetime) -> None:
    """LinkSuperseded when a restricted case has left the desk, or it may not know of it; LinkExpired."""
    left = complaint.restricted and complaint.generation != right.generation
    if left or not complaint.desk_may_read:
        raise LinkSuperseded(complaint.ticket, restricted=True)
    if right.expires <= now:
        raise LinkExpired(complaint.ticket, "DESK", complaint.renewed.get("desk"))


def read_right(ports: Services, token: str) -> Right:
    """The right in an operator's token; Forbidden when it is forged, cut, or of another kind."""
    right = ports.links.read_case_token(token)
    if right.role != DESK:
        raise Forbidden
    return right


def act(ports: Services, token: str, wanted: DeskAct) -> Change | None:
    """Carry out an operator's act once; None when it has been done.

    InvalidInput, Forbidden, LinkSuperseded, LinkExpired (but for renew), ActionNotPossible.
    """
    right = read_right(ports, token)
    into = parse_ticket(wanted.into) or ""
    wanted = replace(wanted, message=tidy(wanted.message), into=into or wanted.into)
    if wanted.action not in (*ACTS, "renew"):
        raise InvalidInput([FieldError("action", "bad_choice")])
    check(wanted)
    if wanted.action == "renew":
        return apply_or_forbidden(ports, right.ticket, lambda c, now: _renew(c, right, now))
    rules = Rules(ports.policy, ports.directory)
    if wanted.action == "merge":
        return _merge(ports, right, into, wanted, rules)
    return apply_or_forbidden(ports, right.ticket, lambda c, now: _decide(c, wanted, right, rules, now))


def _decide(complaint: Complaint, wanted: DeskAct, right: Right, rules: Rules, now: datetime) -> Change | None:
    """What opens no page takes no act; only a repeat of what sent the case on is still known as one."""
    try:
        judge(right, complaint, now)
    except (LinkSuperseded, LinkExpired):
        if has_left_by(complaint, wanted, now):
            return None
        raise
    return decide(complaint, wanted, rules, now)


def _renew(complaint: Complaint, right: Right, now: datetime) -> Change | None:
    """An expired link still takes this one act; a superseded one takes none."""
    with suppress(LinkExpired):
        judge(right, complaint, now)
    return renew(complaint, DESK, now)


def _merge(ports: Services, right: Right, into: str, wanted: DeskAct, rules: Rules) -> Change | None:
    def step(complaint: Complaint, parent: Complaint | None, now: datetime) -> Change | None:
        return _decide(complaint, wanted, right, replace(rules, parent=parent), now)

    try:
        return join(ports, right.ticket, into, step)
    except UnknownComplaint as unknown:
        raise Forbidden from unknown
