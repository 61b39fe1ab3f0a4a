"""What a citizen can do with their own complaint, each act a pure transition."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime

from workflows.domain.additions import counting_one, is_full_today
from workflows.domain.asking import reply
from workflows.domain.assigning import to_desk
from workflows.domain.change import CITIZEN, DEPARTMENT, HEAD, Change, Entry, NoticeRequest, changed
from workflows.domain.complaint import (
    ANSWERED,
    CLOSED,
    CONFIRMED,
    EXTERNAL,
    IN_PROGRESS,
    OPEN,
    REJECTED,
    WAITING,
    Assignment,
    Complaint,
)
from workflows.domain.due import answer_again_until, ladder_kind
from workflows.domain.ladder import pending, table_of
from workflows.domain.photo import LeftOut, photo_facts
from workflows.domain.policy import Policy
from workflows.domain.submission import readable
from workflows.errors import FieldError, InvalidInput

MESSAGE_MAX = 5000


@dataclass(frozen=True)
class CitizenAct:
    """One POST on the citizen's page; photos as in OfficerAct."""

    action: str
    message: str = ""
    uploads: str = ""
    photos: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


def confirm(complaint: Complaint, act: CitizenAct, policy: Policy, now: datetime) -> Change:
    """The citizen agrees: the claim becomes a fact."""
    entry = Entry("confirmed", CITIZEN, text=act.message.strip())
    return changed(complaint, now, entry, state=CLOSED, closed_as=CONFIRMED, table="")


def add(complaint: Complaint, act: CitizenAct, policy: Policy, now: datetime) -> Change:
    """What else there is to know: at once where the department asked for it, else with its next digest.

    InvalidInput when a day has had its many; never for what was asked.
    """
    facts = photo_facts(act.photos, act.left_out)
    if complaint.state == WAITING or complaint.asked_at:
        return reply(complaint, Entry("replied", CITIZEN, text=act.message.strip(), facts=facts), policy, now)
    if is_full_today(complaint, policy, now):
        raise InvalidInput([FieldError("message", "too_many_today", {"max": policy.additions_per_day})])
    entry = Entry("added", CITIZEN, text=act.message.strip(), facts=facts)
    return changed(complaint, now, entry, added_at=now, extra=counting_one(complaint, now))


def dispute(complaint: Complaint, act: CitizenAct, policy: Policy, now: datetime) -> Change:
    """Not solved: back to the department with a new deadline, and one rung up; else to the operator."""
    entry = Entry("disputed", CITIZEN, text=act.message.strip())
    held = complaint.assignment
    if held is None:
        return _to_desk_anew(complaint, entry, policy, now)
    return _one_rung_up(_reopen(complaint, held, entry, policy, now), held, policy)


def _to_desk_anew(complaint: Complaint, entry: Entry, policy: Policy, now: datetime) -> Change:
    """Whoever gets it next has the whole time to answer, however long ago the case had ended."""
    return to_desk(
        complaint,
        entry,
        policy,
        now,
        external_to="",
        reason="",
        closed_as="",
        clock_start=None,
        answer_by=None,
        promised_by=None,
        disputes=complaint.disputes + 1,
    )


def _reopen(complaint: Complaint, held: Assignment, entry: Entry, policy: Policy, now: datetime) -> Change:
    return changed(
        complaint,
        now,
        entry,
        NoticeRequest("dispute", DEPARTMENT, held.opd),
        NoticeRequest("dispute_received", CITIZEN),
        state=IN_PROGRESS,
        outcome="",
        closed_as="",
        confirm_by=None,
        promised_by=None,
        clock_start=now,
        answer_by=answer_again_until(complaint, policy, now),
        disputes=complaint.disputes + 1,
    )


def _one_rung_up(change: Change, held: Assignment, policy: Policy) -> Change:
    """The lowest rung above the department not climbed yet is climbed now; at the top the case stays there."""
    above = [s.rung for s in pending(change.complaint, policy) if s.rung.to != DEPARTMENT][:1]
    rungs = (*change.complaint.rungs, *(rung.name for rung in above))
    letters = [NoticeRequest("dispute_head", HEAD, held.opd) for rung in above if rung.to == HEAD]
    after = replace(
        change.complaint, rungs=rungs, table=table_of(rungs, ladder_kind(change.complaint, held.kind), policy)
    )
    return Change(after, change.entries, (*change.notices, *letters))


ACTS = {
    "add": (add, OPEN),
    "confirm": (confirm, frozenset({ANSWERED})),
    "dispute": (dispute, frozenset({ANSWERED, CLOSED, REJECTED, EXTERNAL})),
}
"""Each action, its transition and the states that allow it."""


def possible(complaint: Complaint) -> tuple[str, ...]:
    """What this state allows the citizen to do."""
    return tuple(name for name, (_, states) in ACTS.items() if complaint.state in states)


def check(act: CitizenAct) -> None:
    """InvalidInput when words are missing, too many, or some that nobody can read."""
    wordless = act.action == "dispute" or (act.action == "add" and not (act.photos or act.uploads))
    if wordless and not act.message.strip():
        raise InvalidInput([FieldError("message", "words_needed")])
    if not readable(act.message):
        raise InvalidInput([FieldError("message", "unreadable")])
    if len(act.message) > MESSAGE_MAX:
        raise InvalidInput([FieldError("message", "too_long", {"max": MESSAGE_MAX})])
