"""What an officer can do with a case, each act a pure transition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from workflows.domain.assigning import assign, to_desk
from workflows.domain.calendar import WIB
from workflows.domain.change import CITIZEN, DEPARTMENT, HEAD, Change, Entry, NoticeRequest, changed
from workflows.domain.complaint import ANSWERED, ASSIGNED, IN_PROGRESS, SCHEDULED, WITH_DEPARTMENT, Complaint
from workflows.domain.department import Directory
from workflows.domain.policy import Policy
from workflows.domain.submission import readable
from workflows.errors import FieldError, InvalidInput

MESSAGE_MAX = 5000
OFFICER_MAX = 100
HEAD_DAYS = 3650
OUTCOMES = ("done", "not_done")


@dataclass(frozen=True)
class OfficerAct:
    """One POST of an officer: the action, who and what. `role` is department or head."""

    action: str
    role: str = DEPARTMENT
    officer: str = ""
    message: str = ""
    outcome: str = "done"
    date: str = ""
    to: str = ""


@dataclass(frozen=True)
class Rules:
    """What a transition may look up: the policy in force and the departments."""

    policy: Policy
    directory: Directory


def acknowledge(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """The department has it; accepting twice keeps the first date."""
    after = complaint.with_acknowledgement(now, act.officer.strip())
    return changed(after, now, _entry("acknowledged", complaint, act), state=IN_PROGRESS)


def answer(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """A claim, provisional until the citizen agrees; acknowledges by itself."""
    after = complaint.with_acknowledgement(now, act.officer.strip())
    return changed(
        after,
        now,
        _entry("answered", complaint, act, outcome=act.outcome),
        NoticeRequest("answer", CITIZEN),
        state=ANSWERED,
        outcome=act.outcome,
        answered_at=now,
        answer_sequence=complaint.sequence + 1,
        confirm_by=rules.policy.calendar().add_working_days(now, rules.policy.confirm_days),
        confirm_reminded=False,
        reached_at=None,
        scheduled_for=None,
        table="",
    )


def schedule(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """Work on a named day: the case comes back that morning, and the deadline is never before it."""
    comes_back, closes = _working_day(schedule_day(complaint, act, rules, now), rules.policy, now)
    answer_by = max(complaint.answer_by or closes, closes)
    after = complaint.with_acknowledgement(now, act.officer.strip())
    return changed(
        after,
        now,
        _entry("scheduled", complaint, act, date=comes_back, old=complaint.answer_by, new=answer_by),
        NoticeRequest("scheduled", CITIZEN),
        state=SCHEDULED,
        scheduled_for=comes_back,
        answer_by=answer_by,
    )


def schedule_day(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> date:
    """The day asked for: not past, and within the policy's limit but for a head's link."""
    today = now.astimezone(WIB).date()
    try:
        day = date.fromisoformat(act.date.strip())
    except ValueError as error:
        raise InvalidInput([FieldError("date", "bad_date")]) from error
    if day < today:
        raise InvalidInput([FieldError("date", "date_past")])
    last = last_day(complaint, act.role, rules.policy, now)
    if day > last:
        raise InvalidInput([FieldError("date", "date_too_far", {"days": max((last - today).days, 0)})])
    return day


def last_day(complaint: Complaint, role: str, policy: Policy, now: datetime) -> date:
    """The last day an office may schedule, counted from when its case began, so that no date is put off for ever.

    A head may choose any; there somebody answers for it.
    """
    if role == HEAD:
        return now.astimezone(WIB).date() + timedelta(days=HEAD_DAYS)
    return (complaint.clock_start or now).astimezone(WIB).date() + timedelta(days=policy.max_schedule_days)


def _working_day(day: date, policy: Policy, now: datetime) -> tuple[datetime, datetime]:
    """When a case scheduled for a day comes back, and by when it is due: that morning; today, at closing time."""
    opens, closes = policy.calendar().office_day(day)
    if closes <= now:
        opens, closes = policy.calendar().office_day(day + timedelta(days=1))
    return opens if opens > now else closes, closes


def forward(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """To another department, which reads why; from the third on an operator decides instead."""
    department = rules.directory.get(act.to.strip().upper())
    if department not in rules.directory.assignable() or department.code == complaint.opd:
        raise InvalidInput([FieldError("to", "bad_choice")])
    hops = complaint.hops + 1
    entry = _entry("forwarded", complaint, act, to=department.code, **{"from": complaint.opd or ""})
    if hops > rules.policy.max_forwards:
        return to_desk(complaint, entry, rules.policy, now, hops=hops, returned_by=complaint.opd or "")
    return assign(complaint, department, entry, rules.policy, now, "forwarded", hops=hops)


def not_ours(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """Back to the operator, with the reason; the deadline does not move."""
    entry = _entry("not_ours", complaint, act)
    return to_desk(complaint, entry, rules.policy, now, returned_by=complaint.opd or "")


Transition = Callable[[Complaint, OfficerAct, Rules, datetime], Change | None]

_ANY_OPEN = frozenset(WITH_DEPARTMENT)
ACTS: dict[str, tuple[Transition, frozenset[str]]] = {
    "acknowledge": (acknowledge, frozenset({ASSIGNED})),
    "answer": (answer, _ANY_OPEN),
    "schedule": (schedule, _ANY_OPEN),
    "forward": (forward, _ANY_OPEN),
    "not-ours": (not_ours, _ANY_OPEN),
}
"""Each action, its transition and the states that allow it; `renew` is allowed in every state."""

NEEDS_MESSAGE = frozenset({"answer", "forward", "not-ours"})


def possible(complaint: Complaint) -> tuple[str, ...]:
    """What this state allows an officer to do, most usual first."""
    return (*(name for name, (_, states) in ACTS.items() if complaint.state in states), "renew")


def check(act: OfficerAct) -> None:
    """InvalidInput naming every field of the act that needs a look."""
    errors = []
    if act.action in NEEDS_MESSAGE and not act.message.strip():
        errors.append(FieldError("message", "words_needed"))
    if len(act.message) > MESSAGE_MAX:
        errors.append(FieldError("message", "too_long", {"max": MESSAGE_MAX}))
    errors += [
        FieldError(name, "unreadable") for name in ("message", "officer") if not readable(getattr(act, name))
    ]
    if len(act.officer) > OFFICER_MAX:
        errors.append(FieldError("officer", "too_long", {"max": OFFICER_MAX}))
    if act.action == "answer" and act.outcome not in OUTCOMES:
        errors.append(FieldError("outcome", "bad_choice"))
    if errors:
        raise InvalidInput(errors)


def _entry(event: str, complaint: Complaint, act: OfficerAct, **facts: object) -> Entry:
    return Entry(
        event,
        act.role,
        text=act.message.strip(),
        officer=act.officer.strip(),
        opd=complaint.opd or "",
        facts=facts,
    )
