"""The actions of an operator at the desk: pure transitions, their rows, and the check of the fields."""

from __future__ import annotations
from dataclasses import field, replace
from datetime import datetime

from workflows.domain.access import is_hidden_from_desk, require_not_accused
from workflows.domain.actions.assign import OFF_THE_DESK, assign, to_external
from workflows.domain.actions.engine import (
    MESSAGE_MAX,
    Action,
    ActionRequest,
    ActionTable,
    IdempotencyKey,
    LinkCheck,
    Rules,
    as_answered,
    make_key,
)
from workflows.domain.actions.merge import merge, merge_obstacle
from workflows.domain.actions.renew_link import renew
from workflows.domain.complaint.model import WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.transition import (
    CITIZEN,
    DESK,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.intake.submission import readable
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.offices import not_offered
from workflows.errors import FieldError, InvalidInput
from workflows.frozen import frozen

INSTITUTION_MAX = 300
OTHERS = "instansi lain"
"""The institution if an operator only knows that it is not the city's."""
REASONS = ("unclear", "no_reply", "private_matter", "in_court", "already_answered", "thanks", "not_a_report", "abusive")
"""Reasons for archiving, each with an honest public wording. An operator's own words come in the message."""
NOBODY_WROTE = ("not_a_report", "abusive")
"""Reasons after which a complaint that was held as spam is archived without a notice."""


@frozen
class DeskAct(ActionRequest):
    """An operator's action; `into`: the ticket of the parent, as typed."""

    to: str = ""
    reason: str = ""
    into: str = ""
    role: str = field(default=DESK, kw_only=True)


def to_department(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Transition:
    """Assign by the operator's choice, which also releases a complaint held as spam."""
    code = act.to.strip().upper()
    if code == "EXTERNAL":
        known = complaint.routing.external or OTHERS
        return external(complaint, replace(act, to=known), rules, now)
    department = rules.directory.receiver(code)
    if department is None:
        raise InvalidInput([FieldError("to", "bad_choice")])
    require_not_accused(complaint, department)
    entry = TimelineEvent(
        EventName.ASSIGNED, DESK, text=act.message.strip(), facts={"category": complaint.category or ""}
    )
    return assign(complaint, department, entry, rules.policy, now, "assigned", quarantine="")


def reject(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Transition:
    """Archive with a reason from the list; the citizen reads it with the operator's words, and can object."""
    reason = act.reason.strip()
    if reason not in REASONS:
        raise InvalidInput([not_offered("reason", reason, REASONS)])
    entry = TimelineEvent(EventName.ARCHIVED, DESK, text=act.message.strip(), facts={"reason": reason})
    suspect = complaint.quarantine if reason in NOBODY_WROTE else ""
    letters = () if suspect else (NoticeRequest(NoticeName.ARCHIVED, CITIZEN),)
    return transition(
        complaint,
        now,
        entry,
        *letters,
        state=State.REJECTED,
        quarantine=suspect,
        reason=reason,
        desk_by=None,
        desk_since=None,
        reported_to="",
    )


def external(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Transition:
    """Another institution is responsible; the citizen is told which and how to reach it."""
    if not act.to.strip():
        raise InvalidInput([FieldError("to", "bad_choice")])
    entry = TimelineEvent(EventName.EXTERNAL, DESK, text=act.message.strip(), facts={"to": act.to.strip()})
    return to_external(complaint, act.to.strip(), entry, now, quarantine="")


def answer_directly(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Transition:
    """The desk answers, as for many questions; the citizen agrees or objects as with any answer."""
    if not act.message.strip():
        raise InvalidInput([FieldError("message", "words_needed")])
    entry = TimelineEvent(EventName.ANSWERED, DESK, text=act.message.strip(), facts={"outcome": "done"})
    answered = as_answered(complaint, "done", rules.policy, now)
    given = complaint.evolve(**OFF_THE_DESK, quarantine="", call_by=None)
    return transition(given, now, entry, NoticeRequest(NoticeName.ANSWER, CITIZEN), **answered)


def merge_into(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Transition:
    """Merge into another complaint, by its ticket as typed; InvalidInput says why it is impossible."""
    parent = rules.parent
    wrong = merge_obstacle(complaint, parent) if parent else "unknown_ticket"
    if parent is None or wrong:
        into = parent.ticket if parent and wrong != "unknown_ticket" else act.into.strip()
        raise InvalidInput([FieldError("into", wrong, {"into": into})])
    return merge(complaint, parent, act.message.strip(), now)


def called(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Transition:
    """Record that the department was phoned and who was told, for offices to read."""
    entry = TimelineEvent(EventName.CALLED, DESK, internal=act.message.strip(), opd=complaint.opd or "")
    held = complaint.assignment
    given = replace(held, called_at=now) if held else None
    return transition(complaint, now, entry, call_by=None, assignment=given)


def to_phone(complaint: Complaint) -> bool:
    """Whether somebody must phone: danger that nobody has accepted, or a mailbox that seems unread."""
    silent = complaint.state == State.ASSIGNED and complaint.assignment and complaint.assignment.ack_missed
    return bool(complaint.deadlines.call_by or silent)


def _is_open_to_desk(complaint: Complaint) -> bool:
    return not is_hidden_from_desk(complaint)


def _renew(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Transition | None:
    return renew(complaint, DESK, now)


def key_of(complaint: Complaint, act: DeskAct) -> IdempotencyKey:
    """The key, for anybody at the desk; new after another assignment or an objection."""
    asked = ("desk", act.to, act.reason, act.message, act.into)
    return make_key(act.action, *asked, epoch=f"{complaint.assignment_no}-{complaint.answer.disputes}")


_AT_DESK = frozenset({State.AT_DESK})

DESK_ACTIONS: ActionTable[DeskAct] = ActionTable(
    key_of,
    Action("assign", to_department, _AT_DESK),
    Action("external", external, _AT_DESK),
    Action("reject", reject, _AT_DESK),
    Action("answer", answer_directly, _AT_DESK),
    Action("called", called, frozenset({State.ASSIGNED}), only_if=to_phone),
    Action("merge", merge_into, WITH_DEPARTMENT | {State.AT_DESK}, only_if=_is_open_to_desk),
    Action("renew", _renew, frozenset(), renews_link=True),
)
"""In the order of the page, which offers no `renew`: only an expired link mentions it."""


def decide(
    complaint: Complaint, act: DeskAct, rules: Rules, now: datetime, check_link: LinkCheck | None = None
) -> Transition | None:
    """The transition of an operator's action, None for a repeat. An invalid link permits no action, but a repeat
    of the action that sent the complaint on is still recognised, until the complaint comes back to the desk.
    LinkSuperseded, LinkExpired (except for renew), ActionNotPossible.
    """
    if check_link and complaint.state == State.AT_DESK and act.action != "renew":
        check_link(complaint, now)
    return DESK_ACTIONS.decide(complaint, act, rules, now, check_link)


def possible(complaint: Complaint) -> tuple[str, ...]:
    """The operator's actions in this state."""
    return DESK_ACTIONS.possible(complaint)


def check(act: DeskAct) -> None:
    """InvalidInput naming each field with too long or unreadable words."""
    limits = {"to": INSTITUTION_MAX, "reason": INSTITUTION_MAX, "message": MESSAGE_MAX, "into": INSTITUTION_MAX}
    errors = [FieldError(name, "unreadable") for name in limits if not readable(getattr(act, name))]
    errors += [FieldError(n, "too_long", {"max": most}) for n, most in limits.items() if len(getattr(act, n)) > most]
    if errors:
        raise InvalidInput(errors)
