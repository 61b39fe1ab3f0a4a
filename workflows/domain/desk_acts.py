"""What an operator can do with a case at the desk, each act a pure transition."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

from workflows.domain.act_mark import ActMark, allow, mark_of_act, once
from workflows.domain.answering import as_answered
from workflows.domain.assigning import OFF_THE_DESK, assign, to_external
from workflows.domain.change import CITIZEN, DESK, Change, Entry, NoticeRequest, changed
from workflows.domain.closed_to_desk import is_closed_to_desk
from workflows.domain.complaint import ASSIGNED, AT_DESK, REJECTED, WITH_DEPARTMENT, Complaint
from workflows.domain.institutions import not_offered
from workflows.domain.keeping_out import refuse_accused
from workflows.domain.merging import merge, obstacle
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.office_act import MESSAGE_MAX, Rules
from workflows.domain.submission import readable
from workflows.errors import FieldError, InvalidInput

INSTITUTION_MAX = 300
OTHERS = "instansi lain"
"""Where an operator only knows that it is not the city's."""
REASONS = (
    "unclear",
    "no_reply",
    "private_matter",
    "in_court",
    "already_answered",
    "thanks",
    "not_a_report",
    "abusive",
)
"""Why a report is archived: each with an honest public wording. An operator's own words come with the message."""
NOBODY_WROTE = ("not_a_report", "abusive")
"""What was held back as suspect and looked at stays without a letter only for these."""


@dataclass(frozen=True)
class DeskAct:
    """One POST of an operator."""

    action: str
    to: str = ""
    reason: str = ""
    message: str = ""
    into: str = ""


def to_department(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Change:
    """The operator's choice; what waited in quarantine is released by it."""
    code = act.to.strip().upper()
    if code == "EXTERNAL":
        known = (complaint.decision or {}).get("external") or OTHERS
        return external(complaint, replace(act, to=known), rules, now)
    department = rules.directory.receiver(code)
    if department is None:
        raise InvalidInput([FieldError("to", "bad_choice")])
    refuse_accused(complaint, department)
    entry = Entry("assigned", DESK, text=act.message.strip(), facts={"category": complaint.category or ""})
    return assign(complaint, department, entry, rules.policy, now, "assigned", quarantine="")


def reject(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Change:
    """Archived with a reason from the list; the citizen reads it with the operator's words, and can object."""
    reason = act.reason.strip()
    if reason not in REASONS:
        raise InvalidInput([not_offered("reason", reason, REASONS)])
    entry = Entry("archived", DESK, text=act.message.strip(), facts={"reason": reason})
    suspect = complaint.quarantine if reason in NOBODY_WROTE else ""
    letters = () if suspect else (NoticeRequest(NoticeName.ARCHIVED, CITIZEN),)
    return changed(
        complaint,
        now,
        entry,
        *letters,
        state=REJECTED,
        quarantine=suspect,
        reason=reason,
        desk_by=None,
        desk_since=None,
        table="",
    )


def external(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Change:
    """Another institution is in charge; the citizen is told which and how to reach it."""
    if not act.to.strip():
        raise InvalidInput([FieldError("to", "bad_choice")])
    entry = Entry("external", DESK, text=act.message.strip(), facts={"to": act.to.strip()})
    return to_external(complaint, act.to.strip(), entry, now, quarantine="")


def answer_directly(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Change:
    """Where no department is needed, as for many a question; the citizen agrees or objects as to any answer."""
    if not act.message.strip():
        raise InvalidInput([FieldError("message", "words_needed")])
    entry = Entry("answered", DESK, text=act.message.strip(), facts={"outcome": "done"})
    answered = as_answered(complaint, "done", rules.policy, now)
    given = replace(complaint, **OFF_THE_DESK, quarantine="", call_by=None)
    return changed(given, now, entry, NoticeRequest(NoticeName.ANSWER, CITIZEN), **answered)


def merge_into(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Change:
    """The same as another report, by its number as it was typed: InvalidInput says why it cannot be."""
    parent = rules.parent
    wrong = obstacle(complaint, parent) if parent else "unknown_ticket"
    if parent is None or wrong:
        into = parent.ticket if parent and wrong != "unknown_ticket" else act.into.strip()
        raise InvalidInput([FieldError("into", wrong, {"into": into})])
    return merge(complaint, parent, act.message.strip(), now)


def called(complaint: Complaint, act: DeskAct, rules: Rules, now: datetime) -> Change:
    """The department was phoned: said by whom it was told, for the offices to read."""
    entry = Entry("called", DESK, internal=act.message.strip(), opd=complaint.opd or "")
    held = complaint.assignment
    given = replace(held, called_at=now) if held else None
    return changed(complaint, now, entry, call_by=None, assignment=given)


ACTS: dict[str, tuple[Callable[[Complaint, DeskAct, Rules, datetime], Change], frozenset[str]]] = {
    "assign": (to_department, frozenset({AT_DESK})),
    "external": (external, frozenset({AT_DESK})),
    "reject": (reject, frozenset({AT_DESK})),
    "answer": (answer_directly, frozenset({AT_DESK})),
    "called": (called, frozenset({ASSIGNED})),
    "merge": (merge_into, WITH_DEPARTMENT | {AT_DESK}),
}


def decide(complaint: Complaint, wanted: DeskAct, rules: Rules, now: datetime) -> Change | None:
    """The change an operator's act makes, None for a repeat, or ActionNotPossible."""
    transition, _ = ACTS[wanted.action]

    def act() -> Change:
        allow(wanted.action, complaint, possible(complaint))
        return transition(complaint, wanted, rules, now)

    return once(complaint, _mark(complaint, wanted), now, act)


def has_left_by(complaint: Complaint, wanted: DeskAct, now: datetime) -> bool:
    """Whether the case is no longer at the desk, and this very act has been done."""
    return complaint.state != AT_DESK and _mark(complaint, wanted).was_done(complaint.acts, now)


def _mark(complaint: Complaint, wanted: DeskAct) -> ActMark:
    """Whoever of the desk asked it; new once the case has been in other hands, or was objected to."""
    asked = ("desk", wanted.to, wanted.reason, wanted.message, wanted.into)
    return mark_of_act(wanted.action, *asked, stage=f"{complaint.generation}-{complaint.disputes}")


def possible(complaint: Complaint) -> tuple[str, ...]:
    """What this state allows the operator to do."""
    allowed = {"called": to_phone(complaint), "merge": not is_closed_to_desk(complaint)}
    names = [name for name, (_, states) in ACTS.items() if complaint.state in states]
    return tuple(name for name in names if allowed.get(name, True))


def to_phone(complaint: Complaint) -> bool:
    """Danger that nobody has accepted, or a mailbox that does not seem to be read: somebody picks up the phone."""
    silent = complaint.state == ASSIGNED and complaint.assignment and complaint.assignment.ack_missed
    return bool(complaint.call_by or silent)


def check(act: DeskAct) -> None:
    """InvalidInput naming each field whose words are too many, or cannot be read."""
    limits = {"to": INSTITUTION_MAX, "reason": INSTITUTION_MAX, "message": MESSAGE_MAX, "into": INSTITUTION_MAX}
    errors = [FieldError(name, "unreadable") for name in limits if not readable(getattr(act, name))]
    errors += [
        FieldError(n, "too_long", {"max": most}) for n, most in limits.items() if len(getattr(act, n)) > most
    ]
    if errors:
        raise InvalidInput(errors)
