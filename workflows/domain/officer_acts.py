"""What an officer can do with a case, each act a pure transition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from workflows.domain.answering import as_answered
from workflows.domain.asking import ask
from workflows.domain.assigning import assign, to_desk
from workflows.domain.calendar import local_day
from workflows.domain.canned import OUTCOMES as OUTCOMES
from workflows.domain.canned import blanks_left
from workflows.domain.change import CITIZEN, DESK, HEAD, UNIT, Change, NoticeRequest, changed
from workflows.domain.complaint import (
    ANSWERED,
    ASSIGNED,
    IN_PROGRESS,
    SCHEDULED,
    WAITING,
    WITH_DEPARTMENT,
    Complaint,
)
from workflows.domain.contacting import show_contact
from workflows.domain.drafts import drafted_photos, refuse_unseen_draft
from workflows.domain.handing_on import delegate, draft
from workflows.domain.keeping_out import refuse_accused
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.office_act import MESSAGE_MAX, OFFICER_MAX, OfficerAct, Rules, entry_of
from workflows.domain.past_the_desk import hearing_office, refuse_desk
from workflows.domain.policy import Policy
from workflows.domain.standing_still import going_on
from workflows.domain.submission import readable
from workflows.domain.taking_photos import doubts, unusable
from workflows.errors import FieldError, InvalidInput

HEAD_DAYS = 366


def acknowledge(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """The department has it; accepting twice keeps the first date."""
    after = complaint.with_acknowledgement(now, act.officer.strip())
    return changed(after, now, entry_of("acknowledged", complaint, act), state=IN_PROGRESS)


def answer(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """A claim, provisional until the citizen agrees; acknowledges by itself.

    Nobody answers past a draft that they have not seen: DraftChanged where the form showed another than lies
    there now, or none. Who names no draft at all, not even "0", answers in their own words.
    """
    refuse_unseen_draft(complaint, act)
    after = complaint.with_acknowledgement(now, act.officer.strip())
    drafted = drafted_photos(complaint) if act.draft_photos else ()
    act = replace(act, photos=(*drafted, *act.photos))
    if not (act.message.strip() or act.photos or act.uploads):
        raise InvalidInput([FieldError("message", "words_needed")])
    doubt = doubts(complaint, act.photos, rules.proofs)
    entry = entry_of("answered", complaint, act, outcome=act.outcome, **({"doubt": doubt} if doubt else {}))
    looked_at = doubt and not complaint.restricted and complaint.desk_may_read
    return changed(
        after,
        now,
        entry,
        NoticeRequest(NoticeName.ANSWER, CITIZEN),
        *([NoticeRequest(NoticeName.PROOF_DOUBT, DESK, "DESK")] if looked_at else []),
        proofs=tuple(dict.fromkeys((*complaint.proofs, *act.photos))),
        **as_answered(complaint, act.outcome, rules.policy, now),
    )


def schedule(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """Work on a named day: the case comes back that morning, and the deadline is never before it."""
    comes_back, closes = _working_day(schedule_day(complaint, act, rules, now), rules.policy, now)
    promised = complaint.promised_by or complaint.answer_by
    answer_by = max(promised or closes, closes)
    after = complaint.with_acknowledgement(now, act.officer.strip())
    return changed(
        after,
        now,
        entry_of("scheduled", complaint, act, date=comes_back, old=complaint.answer_by, new=answer_by),
        NoticeRequest(NoticeName.SCHEDULED, CITIZEN),
        state=SCHEDULED,
        scheduled_for=comes_back,
        answer_by=answer_by,
        promised_by=promised,
    )


def schedule_day(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> date:
    """The day asked for: not past, and within the policy's limit but for a head's link."""
    today = local_day(now)
    try:
        day = date.fromisoformat(act.date.strip())
    except ValueError as error:
        raise InvalidInput([FieldError("date", "bad_date")]) from error
    if day < today:
        raise InvalidInput([FieldError("date", "date_past")])
    last = last_day(complaint, act.role, rules.policy, now)
    if day > last:
        code = "date_beyond_all" if act.role == HEAD else "date_too_far"
        raise InvalidInput([FieldError("date", code, {"days": max((last - today).days, 0)})])
    return day


def last_day(complaint: Complaint, role: str, policy: Policy, now: datetime) -> date:
    """The last day an office may schedule, counted from when its case began, so that no date is put off for ever.

    A head may choose any; there somebody answers for it.
    """
    if role == HEAD:
        return local_day(now) + timedelta(days=HEAD_DAYS)
    return local_day(complaint.clock_start or now) + timedelta(days=policy.max_schedule_days)


def _working_day(day: date, policy: Policy, now: datetime) -> tuple[datetime, datetime]:
    """When a case scheduled for a day comes back, and by when it is due: that morning; today, at closing time."""
    opens, closes = policy.calendar().office_day(day)
    if closes <= now:
        opens, closes = policy.calendar().office_day(day + timedelta(days=1))
    return opens if opens > now else closes, closes


def forward(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """To another department, which reads why; from the third on an operator decides instead.

    What no operator may read goes on from there only to the office that hears it.
    """
    department = rules.directory.receiver(act.to.strip().upper())
    if department is None or department.code == complaint.opd:
        raise InvalidInput([FieldError("to", "bad_choice")])
    refuse_accused(complaint, department)
    hops = complaint.hops + 1
    entry = entry_of("forwarded", complaint, act, to=department.code, **{"from": complaint.opd or ""})
    if hops > rules.policy.max_forwards and not _heard_by(department.code, complaint, rules):
        refuse_desk(complaint, rules.directory, "to")
        return to_desk(complaint, entry, rules, now, hops=hops, returned_by=complaint.opd or "")
    return assign(complaint, department, entry, rules.policy, now, "forwarded", hops=hops)


def _heard_by(code: str, complaint: Complaint, rules: Rules) -> bool:
    office = None if complaint.desk_may_read else hearing_office(complaint, rules.directory)
    return office is not None and office.code == code


def not_ours(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """Back to the operator, with the reason; the deadline does not move."""
    refuse_desk(complaint, rules.directory, "message")
    entry = entry_of("not_ours", complaint, act)
    return to_desk(complaint, entry, rules, now, returned_by=complaint.opd or "")


def progress(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """Work goes on, and the citizen hears of it; the deadline stays."""
    after = complaint.with_acknowledgement(now, act.officer.strip() if act.role != UNIT else "")
    facts = {"unit": complaint.assignment.unit} if act.role == UNIT and complaint.assignment else {}
    entry = entry_of("progress", complaint, act, **facts)
    letter = NoticeRequest(NoticeName.PROGRESS, CITIZEN)
    if act.role == UNIT and complaint.state == WAITING:
        return changed(after, now, entry, letter)  # the question is its department's
    return changed(after, now, entry, letter, state=IN_PROGRESS, scheduled_for=None)


Transition = Callable[[Complaint, OfficerAct, Rules, datetime], Change | None]

ACTS: dict[str, tuple[Transition, frozenset[str]]] = {
    "acknowledge": (acknowledge, frozenset({ASSIGNED})),
    "answer": (answer, WITH_DEPARTMENT),
    "ask": (ask, WITH_DEPARTMENT),
    "progress": (progress, WITH_DEPARTMENT),
    "schedule": (schedule, WITH_DEPARTMENT),
    "delegate": (delegate, WITH_DEPARTMENT),
    "forward": (forward, WITH_DEPARTMENT),
    "not-ours": (not_ours, WITH_DEPARTMENT),
    "contact": (show_contact, WITH_DEPARTMENT | {ANSWERED}),
}
"""Each action, its transition and the states that allow it; `renew` is allowed in every state."""

UNIT_ACTS: dict[str, Transition] = {"answer": draft, "progress": progress}
"""What a unit does with a case that its department keeps: its answer is a draft."""

CLOCK_STAYS = frozenset({"ask", "delegate", "contact"})
"""Acts during which a clock that stands still goes on standing."""

NEEDS_MESSAGE = frozenset({"ask", "forward", "not-ours"})
PHOTO_WILL_DO = frozenset({"answer", "progress"})
_TYPED = {"message": MESSAGE_MAX, "officer": OFFICER_MAX, "reason": MESSAGE_MAX}


def carried_out(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change | None:
    """The change an act makes, a unit's own where it has one; a clock that stood goes on, and the line says so."""
    transition = UNIT_ACTS[act.action] if act.role == UNIT else ACTS[act.action][0]
    if act.action in CLOCK_STAYS or act.role == UNIT:
        return transition(complaint, act, rules, now)
    change = transition(going_on(complaint, rules.policy, now), act, rules, now)
    return _moved(complaint, change) if change and complaint.state == WAITING else change


def _moved(before: Complaint, change: Change) -> Change:
    dates = {"old": before.answer_by, "new": change.complaint.answer_by}
    first, *rest = change.entries
    return replace(change, entries=(replace(first, facts={**first.facts, **dates}), *rest))


def possible(complaint: Complaint, role: str = "") -> tuple[str, ...]:
    """What this state allows an office in that role to do, most usual first."""
    names = [name for name, (_, states) in ACTS.items() if complaint.state in states]
    if role == UNIT:
        names = [name for name in names if name in UNIT_ACTS]
    if not complaint.contact or complaint.contact_shown == complaint.generation:
        names = [name for name in names if name != "contact"]
    return (*names, "renew")


def check(act: OfficerAct, blanks: frozenset[str] = frozenset()) -> None:
    """InvalidInput naming every field of the act that needs a look; blanks: of the canned answers."""
    errors: list[FieldError] = []
    if act.action == "forward" and not act.to.strip():
        errors.append(FieldError("to", "bad_choice"))
    if _wants_words(act) and not act.message.strip():
        errors += unusable(act.left_out) or [FieldError("message", "words_needed")]
    if act.action == "answer" and (left := blanks_left(act.message, blanks)):
        errors.append(FieldError("message", "fill_blanks", {"blanks": ", ".join(left)}))
    if act.action == "contact" and not act.reason.strip():
        errors.append(FieldError("reason", "words_needed"))
    errors += [
        FieldError(name, "too_long", {"max": most})
        for name, most in _TYPED.items()
        if len(getattr(act, name)) > most
    ]
    errors += [FieldError(name, "unreadable") for name in _TYPED if not readable(getattr(act, name))]
    if act.action == "answer" and act.outcome not in OUTCOMES:
        errors.append(FieldError("outcome", "bad_choice"))
    if errors:
        raise InvalidInput(errors)


def _wants_words(act: OfficerAct) -> bool:
    """Everybody is owed words but where a photo says it: work that is done, or under way."""
    if act.action in PHOTO_WILL_DO:
        pictured = act.photos or act.uploads or act.draft_photos
        return not pictured or (act.action == "answer" and act.outcome != "done")
    return act.action in NEEDS_MESSAGE
