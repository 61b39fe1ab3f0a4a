"""What a mail to an office may say of a question to the citizen, a draft, a unit, a phone call to make."""

from __future__ import annotations

from functions.views.drafts import line_of, whose
from functions.views.mail_facts import Facts, Matter
from functions.views.mail_text import one_line, typed
from functions.views.moved import moved_words
from functions.views.standing import unit_name
from workflows.domain.change import DEPARTMENT, HEAD, NO_ENTRY, UNIT, EventName
from workflows.domain.complaint import WITH_DEPARTMENT
from workflows.domain.masking import mask

REPLY_ROLES = (DEPARTMENT, HEAD, UNIT)
DANGER = "mendesak: "
"""What the router puts before each word of danger among its reasons."""


def act_facts(m: Matter) -> Facts:
    """Every fact is there in every mail; what does not apply is empty."""
    return {**_asked(m), **_drafted(m), **_unit(m), **_call(m), "replies": _replies(m)}


def _replies(m: Matter) -> str:
    """Whose draft a reply to this letter becomes, a role; empty where it reaches nobody who could use it."""
    usable = m.notice.role in REPLY_ROLES and m.complaint.state in WITH_DEPARTMENT
    return m.notice.role if usable and m.notice.by_reply else ""


def _asked(m: Matter) -> Facts:
    """The last question before the letter's event, until when it stopped the clock, and what that did to it."""
    upto = m.entry.sequence or m.complaint.sequence
    asked = [e for e in m.case.timeline if e.event == EventName.ASKED and e.sequence <= upto]
    last = asked[-1] if asked else NO_ENTRY
    still = m.entry.facts.get("new") == m.complaint.answer_by
    return {
        "question": typed(mask(last.text)),
        "question_until": m.moment(last.facts.get("until")),
        "ask_until": m.moment(m.complaint.ask_until),
        "moved": moved_words(m.ctx, m.complaint, m.entry, "id", reader="office") if still else "",
    }


def _drafted(m: Matter) -> Facts:
    left_out = m.entry.facts.get("left_out", ())
    names = [one_line(str(photo.get("name") or "")) for photo in left_out]
    earlier = line_of(m.case, m.entry.facts.get("replaces"))
    is_other = earlier is not None and earlier.internal != m.entry.internal
    return {
        "by_mail": m.entry.event == EventName.DRAFT_BY_MAIL,
        "foreign": bool(m.entry.facts.get("foreign")),
        "added": bool(m.entry.facts.get("added")),
        "earlier": typed(mask(earlier.internal)) if earlier and is_other else "",
        "earlier_whose": one_line(whose(m.ctx, earlier)) if earlier else "",
        "reply_why": m.entry.facts.get("reply", ""),
        "photo_count": len(m.entry.facts.get("photos", ())),
        "left_out": len(left_out) + int(m.entry.facts.get("more_left_out", 0)),
        "left_out_names": ", ".join(filter(None, names)),
    }


def _unit(m: Matter) -> Facts:
    held = m.complaint.assignment
    code = str(m.entry.facts.get("unit") or (held.unit if held else ""))
    return {
        "unit": unit_name(m.ctx, code),
        "unit_short": unit_name(m.ctx, code, short=True),
        "to_unit": m.notice.role == UNIT,
        "has_units": bool(m.ctx.directory.units_of(m.opd)),
    }


def _call(m: Matter) -> Facts:
    """Why it cannot wait, and when the desk is reminded again."""
    held, again = m.complaint.assignment, m.complaint.call_by
    reasons = [str(why) for why in (m.complaint.decision or {}).get("why", ())]
    dangers = [one_line(mask(why.removeprefix(DANGER))) for why in reasons if why.startswith(DANGER)]
    return {
        "danger": ", ".join(dangers),
        "call_by": m.moment(again) if again and again > m.ctx.now else "",
        "since": m.moment(held.since) if held else "",
        "calls_missed": m.complaint.calls_missed,
    }
