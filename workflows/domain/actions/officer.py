"""The actions of a department's officers, and of a unit to which they delegated: pure transitions, their rows, and
the check of the fields.
"""

from __future__ import annotations
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from workflows.domain.access import conflict_handler, require_not_accused, require_not_for_desk
from workflows.domain.actions.assign import assign, to_desk
from workflows.domain.actions.attach_photos import doubts, unusable
from workflows.domain.actions.engine import (
    MESSAGE_MAX,
    OFFICER_MAX,
    Action,
    ActionTable,
    IdempotencyKey,
    OfficerAct,
    Rules,
    as_answered,
    make_key,
    timeline_event_of,
)
from workflows.domain.actions.question import ask
from workflows.domain.actions.renew_link import renew
from workflows.domain.canned import OUTCOMES as OUTCOMES
from workflows.domain.canned import blanks_left
from workflows.domain.complaint.model import STATES, WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.records import AnswerDraft
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    DESK,
    HEAD,
    UNIT,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.deadlines.calendar import local_day
from workflows.domain.deadlines.policy import Policy
from workflows.domain.intake.submission import readable
from workflows.domain.notifications.kinds import NoticeName
from workflows.errors import DraftChanged, FieldError, InvalidInput


def draft_of(text: str, outcome: str, by: str, officer: str, now: datetime, **more: Any) -> AnswerDraft:
    """A draft without the space around its words; `by`: unit or mail."""
    return AnswerDraft(text.strip(), outcome, by, officer.strip(), now, **more)


def drafted_photos(complaint: Complaint) -> tuple[int, ...]:
    """The photos of an unsent draft, which the citizen may not see yet."""
    return complaint.draft.photos if complaint.draft else ()


def photos_kept(complaint: Complaint, unit: str = "") -> tuple[int, ...]:
    """The photos that new words without photos keep of the replaced draft: not those of another unit."""
    of = complaint.draft.unit if complaint.draft else ""
    return drafted_photos(complaint) if not unit or of in ("", unit) else ()


def replaced(complaint: Complaint) -> dict[str, Any]:
    """What a new draft and its event say about the previous one: its number, which is its event's."""
    number = complaint.draft.sequence if complaint.draft else 0
    return {"replaces": number} if number else {}


def delegate(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """Owner and clock stay; delegating also accepts. A unit that had it before loses it."""
    unit = rules.directory.unit(act.to.strip().upper())
    if unit is None or unit.opd != complaint.opd:
        raise InvalidInput([FieldError("to", "bad_choice")])
    after = complaint.with_acknowledgement(now, act.officer.strip())
    held = after.assignment
    given = replace(held, unit=unit.code, unit_key=complaint.sequence + 1) if held else None
    state = State.IN_PROGRESS if complaint.state == State.ASSIGNED else complaint.state
    entry = _inside(timeline_event_of(EventName.DELEGATED, complaint, act, unit=unit.code))
    return transition(
        after, now, entry, NoticeRequest(NoticeName.DELEGATED, UNIT, unit.code), state=state, assignment=given
    )


def draft(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """A draft that the department may send as its answer; the citizen does not see it yet. Corrected words keep
    their photos, new photos replace them.
    """
    unit = complaint.assignment.unit if complaint.assignment else ""
    earlier = replaced(complaint)
    entry = timeline_event_of(EventName.DRAFTED, complaint, act, unit=unit, outcome=act.outcome, **earlier)
    photos = tuple(act.photos or photos_kept(complaint, unit))
    kept = draft_of(act.message, act.outcome, UNIT, act.officer, now, photos=photos, unit=unit, **earlier)
    letter = NoticeRequest(NoticeName.DRAFT_READY, DEPARTMENT, complaint.opd or "")
    return transition(complaint, now, _inside(entry), letter, draft=replace(kept, sequence=complaint.sequence + 1))


def _inside(entry: TimelineEvent) -> TimelineEvent:
    """The event with its words moved to the internal part, which the citizen does not read."""
    return replace(entry, text="", internal=entry.text)


HEAD_DAYS = 366
NO_DRAFT = "0"
"""The value of an answer's form that showed no draft; a script may send nothing at all."""


def acknowledge(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """The department accepts; accepting twice keeps the first date."""
    after = complaint.with_acknowledgement(now, act.officer.strip())
    return transition(after, now, timeline_event_of(EventName.ACKNOWLEDGED, complaint, act), state=State.IN_PROGRESS)


def answer(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """A claim, provisional until the citizen agrees; it also accepts the complaint. Optimistic lock: DraftChanged
    if the form showed another draft than the present one, or none. A request that names no draft at all, not even
    "0", answers in its own words.
    """
    refuse_unseen_draft(complaint, act)
    after = complaint.with_acknowledgement(now, act.officer.strip())
    drafted = drafted_photos(complaint) if act.draft_photos else ()
    act = replace(act, photos=(*drafted, *act.photos))
    if not (act.message.strip() or act.photos or act.uploads):
        raise InvalidInput([FieldError("message", "words_needed")])
    doubt = doubts(complaint, act.photos, rules.proofs) if act.photos else []
    entry = timeline_event_of(
        EventName.ANSWERED, complaint, act, outcome=act.outcome, **({"doubt": doubt} if doubt else {})
    )
    looked_at = doubt and not complaint.restricted and complaint.desk_may_read
    return transition(
        after,
        now,
        entry,
        NoticeRequest(NoticeName.ANSWER, CITIZEN),
        *([NoticeRequest(NoticeName.PROOF_DOUBT, DESK, "DESK")] if looked_at else []),
        proofs=tuple(dict.fromkeys((*complaint.answer.proofs, *act.photos))),
        **as_answered(complaint, act.outcome, rules.policy, now),
    )


def draft_number(complaint: Complaint) -> str:
    """The number of the present draft as the answer's form carries it; NO_DRAFT without one."""
    return str(complaint.draft.sequence or "") if complaint.draft else NO_DRAFT


def refuse_unseen_draft(complaint: Complaint, act: OfficerAct) -> None:
    """DraftChanged if the answer's form showed another draft than the present one, or none. Units
    send no drafts.
    """
    says_what = act.draft or act.draft_photos
    if says_what and act.role != UNIT and (act.draft or NO_DRAFT) != draft_number(complaint):
        raise DraftChanged(complaint.draft)


def schedule(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """Work on a named day: the complaint comes back that morning, and the deadline is never before it."""
    comes_back, closes = _working_day(schedule_day(complaint, act, rules, now), rules.policy, now)
    promised = complaint.deadlines.promised_by or complaint.deadlines.answer_by
    answer_by = max(promised or closes, closes)
    after = complaint.with_acknowledgement(now, act.officer.strip())
    return transition(
        after,
        now,
        timeline_event_of(
            EventName.SCHEDULED, complaint, act, date=comes_back, old=complaint.deadlines.answer_by, new=answer_by
        ),
        NoticeRequest(NoticeName.SCHEDULED, CITIZEN),
        state=State.SCHEDULED,
        scheduled_for=comes_back,
        answer_by=answer_by,
        promised_by=promised,
    )


def schedule_day(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> date:
    """The requested day: not past, and within the policy's limit except by a head's link."""
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
    """The last day that an office may schedule, counted from the complaint's beginning, so that it cannot be
    postponed forever. A head may choose any day, and answers for it.
    """
    if role == HEAD:
        return local_day(now) + timedelta(days=HEAD_DAYS)
    return local_day(complaint.deadlines.clock_start or now) + timedelta(days=policy.max_schedule_days)


def _working_day(day: date, policy: Policy, now: datetime) -> tuple[datetime, datetime]:
    """(when a scheduled complaint comes back, when it is due): in that morning; for today, at closing time."""
    opens, closes = policy.calendar().office_day(day)
    if closes <= now:
        opens, closes = policy.calendar().office_day(day + timedelta(days=1))
    return opens if opens > now else closes, closes


def forward(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """To another department, with a reason; from the third time on an operator decides instead. What no operator
    may read can only be forwarded to the office that hears it.
    """
    department = rules.directory.receiver(act.to.strip().upper())
    if department is None or department.code == complaint.opd:
        raise InvalidInput([FieldError("to", "bad_choice")])
    require_not_accused(complaint, department)
    hops = complaint.forward_count + 1
    entry = timeline_event_of(EventName.FORWARDED, complaint, act, to=department.code, **{"from": complaint.opd or ""})
    if hops > rules.policy.max_forwards and not _heard_by(department.code, complaint, rules):
        require_not_for_desk(complaint, rules.directory, "to")
        return to_desk(complaint, entry, rules, now, forward_count=hops, returned_by=complaint.opd or "")
    return assign(complaint, department, entry, rules.policy, now, "forwarded", forward_count=hops)


def _heard_by(code: str, complaint: Complaint, rules: Rules) -> bool:
    office = None if complaint.desk_may_read else conflict_handler(complaint, rules.directory)
    return office is not None and office.code == code


def not_ours(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """Back to the operator, with a reason; the deadline stays."""
    require_not_for_desk(complaint, rules.directory, "message")
    entry = timeline_event_of(EventName.NOT_OURS, complaint, act)
    return to_desk(complaint, entry, rules, now, returned_by=complaint.opd or "")


def progress(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """Work continues, and the citizen is told; the deadline stays."""
    after = complaint.with_acknowledgement(now, act.officer.strip() if act.role != UNIT else "")
    facts = {"unit": complaint.assignment.unit} if act.role == UNIT and complaint.assignment else {}
    entry = timeline_event_of(EventName.PROGRESS, complaint, act, **facts)
    letter = NoticeRequest(NoticeName.PROGRESS, CITIZEN)
    if act.role == UNIT and complaint.state == State.WAITING:
        return transition(after, now, entry, letter)  # only its department asks questions
    return transition(after, now, entry, letter, state=State.IN_PROGRESS, scheduled_for=None)


def show_contact(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition:
    """From now on this office's links show the contact; the citizen reads the reason."""
    entry = timeline_event_of(EventName.CONTACT_SHOWN, complaint, replace(act, message=act.reason))
    letter = NoticeRequest(NoticeName.CONTACT_SHOWN, CITIZEN)
    return transition(complaint, now, entry, letter, contact_shown=complaint.assignment_no)


def _shows_no_contact(complaint: Complaint) -> bool:
    return bool(complaint.reach.consent) and complaint.reach.contact_shown != complaint.assignment_no


def _renew(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Transition | None:
    return renew(complaint, act.role, now)


def key_of(complaint: Complaint, act: OfficerAct) -> IdempotencyKey:
    """The key by content and office, independent of the typed name; an objection makes it new."""
    asked = (act.message, act.outcome, act.date, act.to, act.reason, act.uploads)
    drafted = (act.draft,) if act.draft_photos else ()
    return make_key(act.action, *asked, *act.link, *drafted, epoch=str(complaint.answer.disputes))


_OFFICE = frozenset({DEPARTMENT, HEAD})
_UNIT = frozenset({UNIT})

OFFICER_ACTIONS: ActionTable[OfficerAct] = ActionTable(
    key_of,
    Action("acknowledge", acknowledge, frozenset({State.ASSIGNED}), _OFFICE, resumes_clock=True),
    Action("answer", answer, WITH_DEPARTMENT, _OFFICE, photo_suffices=True, resumes_clock=True),
    Action("answer", draft, WITH_DEPARTMENT, _UNIT, photo_suffices=True),
    Action("ask", ask, WITH_DEPARTMENT, _OFFICE, needs_message=True),
    Action("progress", progress, WITH_DEPARTMENT, _OFFICE, photo_suffices=True, resumes_clock=True),
    Action("progress", progress, WITH_DEPARTMENT, _UNIT, photo_suffices=True),
    Action("schedule", schedule, WITH_DEPARTMENT, _OFFICE, resumes_clock=True),
    Action("delegate", delegate, WITH_DEPARTMENT, _OFFICE),
    Action("forward", forward, WITH_DEPARTMENT, _OFFICE, needs_message=True, resumes_clock=True),
    Action("not-ours", not_ours, WITH_DEPARTMENT, _OFFICE, needs_message=True, resumes_clock=True),
    Action("contact", show_contact, WITH_DEPARTMENT | {State.ANSWERED}, _OFFICE, only_if=_shows_no_contact),
    Action("renew", _renew, frozenset(STATES), renews_link=True),
)
"""Most usual first. A unit works on a complaint that its department keeps: its answer is a draft."""

_MAX_LENGTHS = {"message": MESSAGE_MAX, "officer": OFFICER_MAX, "reason": MESSAGE_MAX}


def possible(complaint: Complaint, role: str = DEPARTMENT) -> tuple[str, ...]:
    """The actions of an office in that role in this state, most usual first."""
    return OFFICER_ACTIONS.possible(complaint, role)


def check(act: OfficerAct, blanks: frozenset[str] = frozenset()) -> None:
    """InvalidInput naming every invalid field; `blanks`: placeholders of the canned answers."""
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
        for name, most in _MAX_LENGTHS.items()
        if len(getattr(act, name)) > most
    ]
    errors += [FieldError(name, "unreadable") for name in _MAX_LENGTHS if not readable(getattr(act, name))]
    if act.action == "answer" and act.outcome not in OUTCOMES:
        errors.append(FieldError("outcome", "bad_choice"))
    if errors:
        raise InvalidInput(errors)


def _wants_words(act: OfficerAct) -> bool:
    """Whether words are required: always, except where a photo shows work that is done or under way."""
    row = OFFICER_ACTIONS.find(act.action, act.role)
    if row.photo_suffices:
        pictured = act.photos or act.uploads or act.draft_photos
        return not pictured or (act.action == "answer" and act.outcome != "done")
    return row.needs_message
