"""What a citizen can do with their own complaint, each act a pure transition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from workflows.domain.act_mark import ActMark, mark_of_act
from workflows.domain.additions import counting_one, is_full_today
from workflows.domain.asking import is_asked, reply
from workflows.domain.assigning import to_desk_anew
from workflows.domain.assignment import Assignment
from workflows.domain.change import CITIZEN, DEPARTMENT, HEAD, Change, Entry, NoticeRequest, changed
from workflows.domain.citizen_act import CitizenAct
from workflows.domain.complaint import (
    ANSWERED,
    CLOSED,
    CONFIRMED,
    EXTERNAL,
    IN_PROGRESS,
    MERGED,
    OPEN,
    REJECTED,
    Complaint,
)
from workflows.domain.due import answer_again_until
from workflows.domain.keeping_out import kept_out
from workflows.domain.ladder import pending, table_of
from workflows.domain.merging import stand_alone
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.office_act import Rules
from workflows.domain.own_name import whole
from workflows.domain.past_the_desk import heard_outside
from workflows.domain.photo import photo_facts
from workflows.domain.policy import Policy
from workflows.domain.questionnaire import NOT_SOLVED, SOLVED, answered, is_asking
from workflows.domain.rating import RATABLE, SCORES, rate
from workflows.domain.submission import readable
from workflows.domain.taking_photos import unusable
from workflows.domain.withdrawing import withdraw
from workflows.errors import FieldError, InvalidInput

MESSAGE_MAX = 5000
HEARD = NoticeRequest(NoticeName.DISPUTE_RECEIVED, CITIZEN)
TO_DESK = {"at_desk": True}
"""What the timeline notes of an objection that an operator reads though a department had the case."""


def confirm(complaint: Complaint, act: CitizenAct, policy: Policy, now: datetime) -> Change:
    """The citizen agrees: the claim becomes a fact; also of what was closed without them, once they are asked."""
    facts = {"questionnaire": True} if is_asking(complaint) else {}
    entry = Entry("confirmed", CITIZEN, text=act.message.strip(), facts=facts)
    after = answered(complaint, SOLVED)
    return changed(after, now, entry, state=CLOSED, closed_as=CONFIRMED, table="")


def add(complaint: Complaint, act: CitizenAct, policy: Policy, now: datetime) -> Change:
    """What else there is to know: at once where the department asked for it, else with its next digest.

    InvalidInput when a day has had its many; never for what was asked.
    """
    facts = photo_facts(act.photos, act.left_out)
    if is_asked(complaint, now):
        return reply(complaint, Entry("replied", CITIZEN, text=act.message.strip(), facts=facts), policy, now)
    if is_full_today(complaint, policy, now):
        raise InvalidInput([FieldError("message", "too_many_today", {"max": policy.additions_per_day})])
    entry = Entry("added", CITIZEN, text=act.message.strip(), facts=facts)
    return changed(complaint, now, entry, added_at=now, extra=counting_one(complaint, now))


def dispute(complaint: Complaint, act: CitizenAct, rules: Rules, now: datetime) -> Change:
    """Not solved: back to the department with a new deadline, and one rung up; from the second time on the
    operator reads it, as what nobody has any more. What was merged is a case of its own again.
    """
    complaint = answered(complaint, NOT_SOLVED)
    entry = Entry("disputed", CITIZEN, text=act.message.strip())
    held, disputes = complaint.assignment, complaint.disputes + 1
    if complaint.state == MERGED:
        told = replace(entry, facts=TO_DESK) if complaint.desk_may_read else entry
        return stand_alone(complaint, told, rules, now, HEARD, disputes=disputes)
    if held is None:
        return to_desk_anew(complaint, entry, rules, now, HEARD, disputes=disputes)
    risen = _one_rung_up(_reopen(complaint, held, entry, rules.policy, now), held, rules.policy)
    return _read_by_the_desk(complaint, risen, entry, rules, now) if objection_to_desk(complaint) else risen


def objection_to_desk(complaint: Complaint) -> bool:
    """Whether an operator reads an objection made now: where nobody has the case, and from the second one on.

    An accusation is no operator's to read.
    """
    nobody_has_it = complaint.assignment is None or complaint.state == MERGED
    again = complaint.disputes > 0 and not kept_out(complaint)
    return complaint.desk_may_read and (nobody_has_it or again)


def _read_by_the_desk(complaint: Complaint, risen: Change, entry: Entry, rules: Rules, now: datetime) -> Change:
    """The department has answered twice: a person chooses who answers now, and one rung above it knows as well."""
    read = replace(entry, opd=complaint.opd or "", facts=TO_DESK)
    anew = to_desk_anew(complaint, read, rules, now, HEARD, disputes=complaint.disputes + 1)
    after = replace(anew.complaint, rungs=risen.complaint.rungs, table=risen.complaint.table)
    return replace(anew, complaint=after)


def _reopen(complaint: Complaint, held: Assignment, entry: Entry, policy: Policy, now: datetime) -> Change:
    return changed(
        complaint,
        now,
        entry,
        NoticeRequest(NoticeName.DISPUTE, DEPARTMENT, held.opd),
        HEARD,
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
    letters = [NoticeRequest(NoticeName.DISPUTE_HEAD, HEAD, held.opd) for rung in above if rung.to == HEAD]
    after = replace(change.complaint, rungs=rungs)
    after = replace(after, table=table_of(after, held.kind, policy))
    return Change(after, change.entries, (*change.notices, *letters))


_Under = Callable[[Complaint, CitizenAct, Policy, datetime], Change]
Transition = Callable[[Complaint, CitizenAct, Rules, datetime], Change]


def _by_policy(act: _Under) -> Transition:
    return lambda complaint, wanted, rules, now: act(complaint, wanted, rules.policy, now)


ACTS: dict[str, tuple[Transition, frozenset[str]]] = {
    "add": (_by_policy(add), OPEN),
    "confirm": (_by_policy(confirm), frozenset({ANSWERED})),
    "dispute": (dispute, frozenset({ANSWERED, CLOSED, REJECTED, EXTERNAL, MERGED})),
    "rate": (_by_policy(rate), RATABLE),
    "withdraw": (_by_policy(withdraw), OPEN | {MERGED}),
}
"""Each action, its transition and the states that allow it."""


def possible(complaint: Complaint) -> tuple[str, ...]:
    """What this state allows the citizen to do; agreeing once more where they are asked weeks after.

    No objection where nobody in the city could read it.
    """
    asked = {"confirm"} if is_asking(complaint) else set()
    names = [name for name, (_, states) in ACTS.items() if complaint.state in states or name in asked]
    unheard = complaint.state == EXTERNAL and heard_outside(complaint)
    return tuple(name for name in names if not (unheard and name == "dispute"))


def mark_of_citizen(complaint: Complaint, act: CitizenAct) -> ActMark:
    """What was asked on the page or by mail; an objection makes it new."""
    asked = (act.message, *filter(None, (act.uploads, act.score)))
    return mark_of_act(act.action, "citizen", *asked, stage=str(complaint.disputes))


def check(act: CitizenAct) -> None:
    """InvalidInput when words or a score are missing, too many, or some that nobody can read."""
    if act.action == "rate" and act.score not in SCORES:
        raise InvalidInput([FieldError("score", "no_score")])
    wordless = act.action == "dispute" or (act.action == "add" and not (act.photos or act.uploads))
    if wordless and not act.message.strip():
        raise InvalidInput(unusable(act.left_out) or [FieldError("message", "words_needed")])
    if not readable(act.message):
        raise InvalidInput([FieldError("message", "unreadable")])
    if len(whole(act.message)) > MESSAGE_MAX:
        raise InvalidInput([FieldError("message", "too_long", {"max": MESSAGE_MAX})])
