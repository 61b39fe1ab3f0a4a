"""The actions of a citizen on their own complaint: pure transitions, their rows, and the check of the fields."""

from __future__ import annotations
from dataclasses import field, replace
from datetime import datetime

from workflows.domain.access import excluded_offices, heard_outside
from workflows.domain.actions.assign import to_desk_with_new_clock, to_holders
from workflows.domain.actions.attach_photos import unusable
from workflows.domain.actions.engine import (
    MESSAGE_MAX,
    Action,
    ActionRequest,
    ActionTable,
    IdempotencyKey,
    Rules,
    make_key,
)
from workflows.domain.actions.merge import detach
from workflows.domain.actions.question import is_asked, reply
from workflows.domain.complaint.model import CONFIRMED, NOT_SOLVED, OPEN, SOLVED, Complaint, State, is_asking
from workflows.domain.complaint.records import Assignment, DayCount, RecentNotices, photo_facts
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    HEAD,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.deadlines.policy import Policy
from workflows.domain.escalation.schedule import NO_OPEN_QUESTION, answer_again_until, answered, schedule_of, table_of
from workflows.domain.intake.submission import readable
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.privacy.redaction import untagged
from workflows.errors import FieldError, InvalidInput
from workflows.frozen import frozen

HEARD = NoticeRequest(NoticeName.DISPUTE_RECEIVED, CITIZEN)
TO_DESK = {"at_desk": True}
"""Facts of an objection's event if an operator reads it although a department had the complaint."""
SCORES = ("1", "2", "3", "4", "5")
"""From very dissatisfied to very satisfied, as typed."""
RATABLE = frozenset({State.ANSWERED, State.CLOSED, State.REJECTED, State.EXTERNAL, State.MERGED})
"""Answered, and every end except the citizen's own withdrawal."""


@frozen
class CitizenAct(ActionRequest):
    """A citizen's action on their own complaint; `score`: as typed."""

    message: str = ""
    score: str = ""
    role: str = field(default=CITIZEN, kw_only=True)


def confirm(complaint: Complaint, act: CitizenAct, rules: Rules, now: datetime) -> Transition:
    """The citizen agrees: the claim becomes a fact. Also possible after a closure without them, once the survey
    asks.
    """
    facts = {"questionnaire": True} if is_asking(complaint) else {}
    entry = TimelineEvent(EventName.CONFIRMED, CITIZEN, text=act.message.strip(), facts=facts)
    after = answered(complaint, SOLVED)
    return transition(after, now, entry, state=State.CLOSED, closed_as=CONFIRMED, reported_to="")


def add(complaint: Complaint, act: CitizenAct, rules: Rules, now: datetime) -> Transition:
    """Further information: sent at once if the department asked for it, else with its next digest. InvalidInput
    when the day's limit is reached; never for an answer to a question.
    """
    facts = photo_facts(act.photos, act.left_out)
    if is_asked(complaint, now):
        return reply(
            complaint,
            TimelineEvent(EventName.REPLIED, CITIZEN, text=act.message.strip(), facts=facts),
            rules.policy,
            now,
        )
    if is_full_today(complaint, rules.policy, now):
        raise InvalidInput([FieldError("message", "too_many_today", {"max": rules.policy.additions_per_day})])
    entry = TimelineEvent(EventName.ADDED, CITIZEN, text=act.message.strip(), facts=facts)
    return transition(complaint, now, entry, added_at=now, recent=counting_one(complaint, now))


def is_full_today(complaint: Complaint, policy: Policy, now: datetime) -> bool:
    """Whether the day's limit of additions (in Tangerang) is reached; answers to questions do not count."""
    return not is_asked(complaint, now) and _count(complaint, now) >= policy.additions_per_day


def counting_one(complaint: Complaint, now: datetime) -> RecentNotices:
    """What happened recently, after one more addition."""
    counted = complaint.recent.added_today or DayCount()
    added = replace(counted, day=_day(now), count=_count(complaint, now) + 1)
    return replace(complaint.recent, added_today=added)


def _count(complaint: Complaint, now: datetime) -> int:
    counted = complaint.recent.added_today
    return counted.count if counted and counted.day == _day(now) else 0


def _day(now: datetime) -> str:
    return local_day(now).isoformat()


def dispute(complaint: Complaint, act: CitizenAct, rules: Rules, now: datetime) -> Transition:
    """Not solved: back to the department with a new deadline, and escalated by one level. From the second time on
    the operator reads it, also if nobody has the complaint any more. A follower becomes a complaint of its own.
    """
    complaint = answered(complaint, NOT_SOLVED)
    entry = TimelineEvent(EventName.DISPUTED, CITIZEN, text=act.message.strip())
    held, disputes = complaint.assignment, complaint.answer.disputes + 1
    if complaint.state == State.MERGED:
        told = replace(entry, facts=TO_DESK) if complaint.desk_may_read else entry
        return detach(complaint, told, rules, now, HEARD, disputes=disputes)
    if held is None:
        return to_desk_with_new_clock(complaint, entry, rules, now, HEARD, disputes=disputes)
    risen = _one_level_up(_reopen(complaint, held, entry, rules.policy, now), held, rules.policy)
    return _read_by_the_desk(complaint, risen, entry, rules, now) if objection_to_desk(complaint) else risen


def objection_to_desk(complaint: Complaint) -> bool:
    """Whether an operator would read an objection made now: if nobody has the complaint, and from the second one
    on. Never for an accusation that operators may not read.
    """
    nobody_has_it = complaint.assignment is None or complaint.state == State.MERGED
    again = complaint.answer.disputes > 0 and not excluded_offices(complaint)
    return complaint.desk_may_read and (nobody_has_it or again)


def _read_by_the_desk(
    complaint: Complaint, risen: Transition, entry: TimelineEvent, rules: Rules, now: datetime
) -> Transition:
    """The department has answered twice: an operator chooses who answers now, and the next level above is told as
    well.
    """
    read = replace(entry, opd=complaint.opd or "", facts=TO_DESK)
    anew = to_desk_with_new_clock(complaint, read, rules, now, HEARD, disputes=complaint.answer.disputes + 1)
    after = anew.complaint.evolve(
        escalated=risen.complaint.escalation.escalated, reported_to=risen.complaint.escalation.reported_to
    )
    return replace(anew, complaint=after)


def _reopen(complaint: Complaint, held: Assignment, entry: TimelineEvent, policy: Policy, now: datetime) -> Transition:
    return transition(
        complaint,
        now,
        entry,
        NoticeRequest(NoticeName.DISPUTE, DEPARTMENT, held.opd),
        HEARD,
        state=State.IN_PROGRESS,
        outcome="",
        closed_as="",
        confirm_by=None,
        promised_by=None,
        clock_start=now,
        answer_by=answer_again_until(complaint, policy, now),
        disputes=complaint.answer.disputes + 1,
    )


def _one_level_up(change: Transition, held: Assignment, policy: Policy) -> Transition:
    """Reach the lowest level above the department that is not reached yet; at the top nothing changes."""
    above = [s.rung for s in schedule_of(change.complaint, policy).pending if s.rung.to != DEPARTMENT][:1]
    rungs = (*change.complaint.escalation.escalated, *(rung.name for rung in above))
    letters = [NoticeRequest(NoticeName.DISPUTE_HEAD, HEAD, held.opd) for rung in above if rung.to == HEAD]
    after = change.complaint.evolve(escalated=rungs)
    after = after.evolve(reported_to=table_of(after, held.kind, policy))
    return Transition(after, change.entries, (*change.notices, *letters))


def rate(complaint: Complaint, act: CitizenAct, rules: Rules, now: datetime) -> Transition:
    """Store score and words on the timeline; nothing else changes: an objection is an action of its own."""
    entry = TimelineEvent(EventName.RATED, CITIZEN, text=act.message.strip(), facts={"score": int(act.score)})
    return transition(complaint, now, entry, rating=int(act.score))


def withdraw(complaint: Complaint, act: CitizenAct, rules: Rules, now: datetime) -> Transition:
    """The citizen withdraws the complaint."""
    return withdrawn(complaint, act.message.strip(), now)


def withdrawn(complaint: Complaint, words: str, now: datetime) -> Transition:
    """An end of its own, never counted as solved; the timeline stays. Nobody works on a follower, so nobody is
    told.
    """
    told = () if complaint.state == State.MERGED else to_holders("withdrawn", complaint, now)
    entry = TimelineEvent(EventName.WITHDRAWN, CITIZEN, text=words, opd=complaint.opd or "")
    return transition(
        complaint,
        now,
        entry,
        *told,
        state=State.WITHDRAWN,
        parent="",
        reported_to="",
        desk_by=None,
        desk_since=None,
        scheduled_for=None,
        call_by=None,
        draft=None,
        **NO_OPEN_QUESTION,
    )


def _can_be_heard(complaint: Complaint) -> bool:
    """False if nobody in the city could read an objection."""
    return complaint.state != State.EXTERNAL or not heard_outside(complaint)


def key_of(complaint: Complaint, act: CitizenAct) -> IdempotencyKey:
    """The key, the same on the page and by mail; an objection makes it new."""
    asked = (act.message, *filter(None, (act.uploads, act.score)))
    return make_key(act.action, "citizen", *asked, epoch=str(complaint.answer.disputes))


_DISPUTABLE = frozenset({State.ANSWERED, State.CLOSED, State.REJECTED, State.EXTERNAL, State.MERGED})

CITIZEN_ACTIONS: ActionTable[CitizenAct] = ActionTable(
    key_of,
    Action("add", add, OPEN, photo_suffices=True),
    Action("confirm", confirm, frozenset({State.ANSWERED}), also_if=is_asking),
    Action("dispute", dispute, _DISPUTABLE, needs_message=True, only_if=_can_be_heard),
    Action("rate", rate, RATABLE),
    Action("withdraw", withdraw, OPEN | {State.MERGED}),
)


def possible(complaint: Complaint) -> tuple[str, ...]:
    """The citizen's actions in this state; agreeing again while the survey asks."""
    return CITIZEN_ACTIONS.possible(complaint)


def check(act: CitizenAct) -> None:
    """InvalidInput for missing, too long or unreadable words, and for a missing score."""
    if act.action == "rate" and act.score not in SCORES:
        raise InvalidInput([FieldError("score", "no_score")])
    row = CITIZEN_ACTIONS.find(act.action)
    wordless = row.needs_message or (row.photo_suffices and not (act.photos or act.uploads))
    if wordless and not act.message.strip():
        raise InvalidInput(unusable(act.left_out) or [FieldError("message", "words_needed")])
    if not readable(act.message):
        raise InvalidInput([FieldError("message", "unreadable")])
    if len(untagged(act.message)) > MESSAGE_MAX:
        raise InvalidInput([FieldError("message", "too_long", {"max": MESSAGE_MAX})])
