"""What a mail may say about a complaint. By construction, a citizen's mail contains nothing that was typed into
the form.
"""

from __future__ import annotations
from datetime import datetime
from typing import Any

from functions.views.citizen.followed import THEIRS, follower_label
from functions.views.shared.context import CaseView, Context
from functions.views.shared.plain_text import one_line, plain_typed
from functions.views.shared.rendering import full_date, full_moment, short_date, translator
from functions.views.shared.status_text import (
    TITLED,
    level_title,
    levels_above,
    levels_of_holder,
    next_line,
    office_name,
    people_ahead,
    reason_words,
    status_label,
    unit_name,
)
from functions.views.shared.strings import CLOSED_SENTENCES, N_, REASON_WORDS
from workflows.domain.access import is_public
from workflows.domain.actions.citizen import objection_to_desk
from workflows.domain.complaint.model import CONFIRMED, WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.transition import CITIZEN, DESK, NO_EVENT, UNIT, TimelineEvent
from workflows.domain.notifications.kinds import NoticeName, RestrictedDetail, is_true_in, restricted_detail
from workflows.domain.notifications.notice import speaks_apart, words_to_followers
from workflows.frozen import frozen

TemplateVars = dict[str, Any]

NOT_TOLD = "lainnya"
ABOUT = N_("isinya tentang “{category}”")
OPERATOR = N_("Operator Laksa")
OTHERS = N_("instansi lain")
THEIR_OFFICE = N_("lewat kantor atau situs resminya")


@frozen
class NoticeFacts:
    """One mail: its kind, its recipient, and the number of the timeline event it is about (0 for none).
    `by_reply`: a reply reaches us. `follower`: the recipient's own ticket if the mail is about another complaint.
    """

    template: str
    role: str
    to: str
    sequence: int
    link: str
    lang: str = "id"
    by_reply: bool = True
    follower: str = ""


@frozen
class MailContext:
    """A mail with its complaint, in its reader's language."""

    ctx: Context
    case: CaseView
    notice: NoticeFacts
    lang: str

    @property
    def complaint(self) -> Complaint:
        """The complaint as it is now."""
        return self.case.complaint

    @property
    def entry(self) -> TimelineEvent:
        """The timeline event that the mail is about."""
        wanted = self.notice.sequence
        return next((e for e in self.case.timeline if e.sequence == wanted), NO_EVENT)

    @property
    def opd(self) -> str:
        """The code of the department the mail is about; '' for the desk."""
        if self.notice.template == NoticeName.RECEIPT:
            return self.complaint.opd or ""
        return self.entry.opd or self.complaint.opd or ""

    def say(self, original: str) -> str:
        """The original in the reader's language, from the mails' catalogue."""
        return translator(self.lang, "mails")(original)

    def moment(self, at: datetime | None) -> str:
        """A full date with the time, or ''."""
        return full_moment(at, self.lang) if at else ""

    def day(self, at: datetime | None) -> str:
        """A short date, or ''."""
        return short_date(at, self.lang) if at else ""

    def title(self, to: Any) -> str:
        """The title of the person at an escalation level, or ''."""
        return level_title(self.ctx, self.complaint, str(to)) if to else ""


def is_still_true(m: MailContext) -> bool:
    """Whether the mail's words are still true: a retry hours later must not ask for what has been done."""
    if m.notice.template == NoticeName.QUESTION and _is_replied(m):
        return False
    return is_true_in(m.notice.template, m.complaint.state)


def _is_replied(m: MailContext) -> bool:
    return any(e.event == "replied" and e.sequence > m.notice.sequence for e in m.case.timeline)


def shared_facts(m: MailContext) -> TemplateVars:
    """Variables for citizens and offices alike."""
    return {
        "t": m.complaint.ticket,
        "link": m.notice.link,
        "state": m.complaint.state,
        "at_desk": m.complaint.state == State.AT_DESK,
        "to_desk": objection_to_desk(m.complaint),
        "parent": m.complaint.parent or str(m.entry.facts.get("parent", "")),
        "opd": office_name(m.ctx, m.opd, full=True) or m.say(OPERATOR),
        "short": office_name(m.ctx, m.opd) or m.say(OPERATOR),
        "from": office_name(m.ctx, m.entry.facts.get("from")),
        "why": _why(m),
        "outcome": m.entry.facts.get("outcome", m.complaint.answer.outcome),
        "photos": bool(m.entry.facts.get("photos")),
        **_teller(m),
        **_dates(m),
        **_ladder(m),
    }


def citizen_facts(m: MailContext) -> TemplateVars:
    """Variables for the citizen: never their own words, but those of an office."""
    complaint = m.complaint
    name, how = m.ctx.labels.institution(complaint.external_to)
    reason = str(m.entry.facts.get("reason") or complaint.reason)
    return {
        **shared_facts(m),
        "label": one_line(status_label(m.ctx, complaint, m.lang)),
        "next": next_line(m.ctx, complaint, m.lang),
        "message": "" if m.entry.by == CITIZEN else plain_typed(m.entry.text),
        "institution": one_line(name) or m.say(OTHERS),
        "how": one_line(how) or m.say(THEIR_OFFICE),
        "reason": plain_typed(reason_words(reason, translator(m.lang))),
        "closed_words": _closed_words(m),
        "asked_at": m.moment(m.entry.at or m.ctx.now),
        "asked_after": m.ctx.policy.questionnaire_days,
    }


def _teller(m: MailContext) -> TemplateVars:
    """Who speaks: the department's unit or the department."""
    code = m.entry.facts.get("unit")
    if not code or m.entry.by != UNIT:
        return {"teller": office_name(m.ctx, m.opd, full=True), "teller_short": office_name(m.ctx, m.opd)}
    named = f"{unit_name(m.ctx, code)} ({office_name(m.ctx, m.opd)})"
    return {"teller": named, "teller_short": unit_name(m.ctx, code, short=True)}


def _why(m: MailContext) -> str:
    name = category(m)
    return m.say(ABOUT).format(category=name) if name else ""


def category(m: MailContext) -> str:
    """The category's name; '' when it is unknown."""
    code = m.complaint.category
    return "" if code == NOT_TOLD else m.ctx.labels.category(code, m.lang)


def _dates(m: MailContext) -> TemplateVars:
    complaint, told = m.complaint, m.entry.facts
    held = complaint.assignment
    until = owed_until(complaint)
    asked = told.get("until") if complaint.state == State.WAITING else None
    date, old, new = told.get("date"), told.get("old"), told.get("new")
    moved = bool(old and new and new > old)
    return {
        "until": m.moment(until),
        "due": m.moment(until) if until and until > m.ctx.now else "",
        "until_d": m.day(until),
        "ack_by": m.moment(held.ack_by) if held and not held.acknowledged_at else "",
        "asked_until": m.moment(asked),
        "confirm_by": m.moment(complaint.answer.confirm_by),
        "confirm_d": m.day(complaint.answer.confirm_by),
        "received_at": m.moment(complaint.received_at),
        "answered_at": m.moment(complaint.answer.answered_at),
        "at": m.moment(m.entry.at),
        "date": full_date(date, m.lang) if date else "",
        "date_d": m.day(date),
        "moved_from": m.moment(old) if moved else "",
        "moved_to": m.moment(new) if moved else "",
        "deadline": m.moment(told.get("deadline") or until),
    }


def owed_until(complaint: Complaint) -> datetime | None:
    """Until when the holder owes something; None while the citizen is asked, or once it is answered."""
    if complaint.state == State.AT_DESK:
        return complaint.deadlines.desk_by
    return complaint.deadlines.answer_by if complaint.state in WITH_DEPARTMENT - {State.WAITING} else None


def _ladder(m: MailContext) -> TemplateVars:
    told = m.entry.facts
    up = [rung for rung in levels_of_holder(m.ctx, m.case) if rung.to in TITLED]
    ahead = [rung.to for rung in people_ahead(m.ctx, m.case)]
    next_at = told.get("next_at")
    to_come = next_at if next_at and next_at > m.ctx.now else None
    behind = [rung.to for rung in up if rung.name in m.complaint.escalation.escalated]
    return {
        "rung": m.title(told.get("to")) if "rung" in told else "",
        "rung_to": told.get("to", ""),
        "rung_next": m.title(told.get("next_to")) if to_come else "",
        "rung_next_at": m.moment(to_come),
        "head": m.title(ahead[0]) if ahead else "",
        "head_at": m.moment(levels_above(m.ctx, m.complaint)[1]),
        "raised": m.title(behind[-1]) if behind else "",
        "raised_to": behind[-1] if behind else "",
    }


def _closed_words(m: MailContext) -> str:
    how = str(m.entry.facts.get("as") or m.complaint.answer.closed_as or CONFIRMED)
    words, _ = CLOSED_SENTENCES.get(how, CLOSED_SENTENCES[CONFIRMED])
    until = m.entry.facts.get("until") or m.complaint.answer.confirm_by
    return translator(m.lang)(words).format(until=m.moment(until))


ASKS_FOR = {"copy": "salinan datanya", "correction": "perbaikan datanya", "erasure": "penghapusan datanya"}
"""What the citizen asks about their own data, by kind."""


def restricted_facts(m: MailContext) -> TemplateVars:
    """Variables without department, matter, category, text or place: nothing can leak."""
    to_desk = m.notice.role == DESK
    until = m.complaint.deadlines.desk_by if to_desk else owed_until(m.complaint)
    news = restricted_detail(m.notice.template)
    return {
        "t": m.complaint.ticket,
        "link": m.notice.link,
        "news": news if is_still_true(m) else RestrictedDetail.OTHER,
        "task": "Pilih OPD" if to_desk else "Jawab",
        "until": m.moment(m.entry.facts["deadline"] if news == RestrictedDetail.DATA else until),
        "asks_for": ASKS_FOR.get(str(m.entry.facts.get("data", "")), "datanya"),
    }


def follower_facts(m: MailContext) -> TemplateVars:
    """The citizen's variables, worded for a follower; of a complaint that is not public only its status."""
    facts = citizen_facts(m)
    named = m.notice.template == NoticeName.ANSWER  # the sentence before has its full name
    facts |= {
        "t": m.notice.follower,
        "parent": m.complaint.ticket,
        "label": one_line(follower_label(m.ctx, m.complaint, m.lang)),
        "next": "" if m.complaint.state in THEIRS else facts["next"],
        "message": plain_typed(words_to_followers(m.entry, m.case.timeline)),
        "reason": _reason(m),
        "news": m.notice.template if is_still_true(m) else "",
        "writer": m.say(OPERATOR) if m.entry.by == DESK else facts["teller_short" if named else "teller"],
    }
    return facts if is_public(m.complaint) else facts | {"message": "", "reason": "", "news": ""}


def _reason(m: MailContext) -> str:
    """Why it was archived: a reason of the list, or an operator's own words, cleaned like all typed words."""
    reason = m.complaint.reason
    if reason not in REASON_WORDS and speaks_apart(m.case.timeline):
        return ""
    return plain_typed(reason_words(reason, translator(m.lang)))
