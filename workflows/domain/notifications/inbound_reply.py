"""The effect of a reply by mail: an office's becomes a draft, a citizen's is added to the complaint."""

from __future__ import annotations
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from workflows.domain.actions.attach_photos import with_photos
from workflows.domain.actions.citizen import CitizenAct, add, is_full_today, key_of
from workflows.domain.actions.engine import Rules, hash_parts, with_key
from workflows.domain.actions.officer import draft_of, drafted_photos, photos_kept, replaced
from workflows.domain.complaint.model import OPEN, WITH_DEPARTMENT, Complaint, State
from workflows.domain.complaint.records import AnswerDraft, PhotoFacts, RecentNotices, photo_facts
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    DESK,
    HEAD,
    UNIT,
    EventName,
    NoticeRequest,
    Role,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.directory import DESK_HEAD
from workflows.domain.notifications.delivery import mark_replied
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.notice import Notice
from workflows.frozen import frozen

BY_MAIL = "mail"
GONE, CLOSED, BY_LINK, EMPTY = "gone", "closed", "by_link", "empty"
"""Why a reply is not taken: the case is with somebody else; nobody waits for it; it is answered behind its link
alone; nothing was found in it."""
REPEAT, TOLD = "repeat", "told"
"""Why a reply changes nothing: its words are there already; it is not taken, and its sender has heard so today."""

DAY = timedelta(days=1)
MAX_LETTERS = 5
"""About the replies to one case in a day: a machine that nothing gives away is not answered for ever."""


@frozen
class MailReply:
    """A reply to the letter `notice`. name: what an officer goes by; photos have no number yet.

    left_out: the files that are not kept, each {"n": which of those sent, "why": a code, "name": as it was sent}.
    more_left_out: how many there are beside those. foreign: it is from an address that Laksa does not have for
    that office.
    """

    notice: Notice
    words: str
    name: str = ""
    photos: tuple[PhotoFacts, ...] = ()
    left_out: tuple[Mapping[str, Any], ...] = ()
    more_left_out: int = 0
    foreign: bool = False

    @property
    def is_empty(self) -> bool:
        """Neither words nor files."""
        return not (self.words or self.photos or self.left_out)


def obstacle(complaint: Complaint, notice: Notice) -> str:
    """Why a reply to that letter cannot be taken now, GONE, CLOSED or BY_LINK; empty when it can."""
    if notice.role == CITIZEN:
        return "" if complaint.state in OPEN else CLOSED
    if not _has_it(complaint, notice):
        return GONE
    at_desk = notice.role == DESK or complaint.assignment is None
    if complaint.state not in ({State.AT_DESK} if at_desk else WITH_DEPARTMENT):
        return CLOSED
    return BY_LINK if only_by_link(complaint, notice) else ""


def only_by_link(complaint: Complaint, notice: Notice) -> bool:
    """Whether it is answered by link only: mails from the desk, whose page has no drafts, and restricted
    complaints.
    """
    to_desk = notice.role == DESK or complaint.assignment is None
    return notice.role != CITIZEN and (to_desk or complaint.restricted)


def _has_it(complaint: Complaint, notice: Notice) -> bool:
    held = complaint.assignment
    if notice.role == DESK:
        return True
    if held is None:
        return notice.role == HEAD and notice.to == DESK_HEAD and complaint.state == State.AT_DESK
    return notice.to == (held.unit if notice.role == UNIT else held.opd)


def office_reply(complaint: Complaint, reply: MailReply, now: datetime) -> Transition | str:
    """The reply as a draft, with a notice that leads to it; else REPEAT or TOLD. It is no answer yet. It replaces
    a present draft and says which; files without words are added to that. If a reply cannot be accepted, a mail
    says so; once a day for the same words, and at most MAX_LETTERS times.
    """
    why = obstacle(complaint, reply.notice) or (EMPTY if reply.is_empty else "")
    if why:
        return _not_taken(complaint, reply, why, now)
    if complaint.draft and complaint.draft.text == reply.words and not (reply.photos or reply.left_out):
        return REPEAT
    after, facts = _with_photos(complaint, reply)
    unit = reply.notice.to if reply.notice.role == UNIT else ""
    draft = _drafted(complaint, reply, unit, facts.get("photos", []), now)
    facts |= {"unit": unit, "outcome": draft.outcome} if unit else {}
    facts |= replaced(complaint) if reply.words else {"added": True} if complaint.draft else {}
    facts |= _sender(reply)
    entry = TimelineEvent(
        EventName.DRAFTED if unit else EventName.DRAFT_BY_MAIL, Role(reply.notice.role), internal=draft.text
    )
    entry = replace(entry, officer=reply.name, opd=complaint.opd or "", facts=facts)
    letters, recent = _letters(complaint, reply.notice, now)
    return transition(after, now, entry, *letters, draft=draft, recent=recent)


def _drafted(complaint: Complaint, reply: MailReply, unit: str, photos: list[int], now: datetime) -> AnswerDraft:
    """The draft after a reply. It is another one, with a number of its own, unless nothing of it has changed."""
    number = {"sequence": complaint.sequence + 1}
    if complaint.draft and not reply.words:
        more = (number if photos else {}) | _sender(reply)
        return replace(complaint.draft, photos=(*drafted_photos(complaint), *photos), **more)
    kept = tuple(photos) or photos_kept(complaint, unit)
    by: dict[str, Any] = {"by": UNIT, "unit": unit} if unit else {"by": BY_MAIL}
    facts = by | replaced(complaint) | number | _sender(reply)
    return draft_of(reply.words, "done", officer=reply.name, now=now, photos=kept, **facts)


def _sender(reply: MailReply) -> dict[str, Any]:
    """The facts of a draft and its event about who sent the reply."""
    return {"foreign": True} if reply.foreign else {}


def _letters(complaint: Complaint, notice: Notice, now: datetime) -> tuple[list[NoticeRequest], RecentNotices]:
    """Notices to the office that can send the draft: the one that replied, or the department above its unit."""
    lately = [at for at in complaint.recent.draft_ready_at if now - at < DAY]
    if len(lately) >= MAX_LETTERS:
        return [], complaint.recent
    role, to = (DEPARTMENT, complaint.opd or "") if notice.role == UNIT else (Role(notice.role), notice.to)
    recent = replace(complaint.recent, draft_ready_at=(*lately, now))
    return [NoticeRequest(NoticeName.DRAFT_READY, role, to)], recent


def _not_taken(complaint: Complaint, reply: MailReply, why: str, now: datetime) -> Transition | str:
    notice, role = reply.notice, Role(reply.notice.role)
    told = {mark: at for mark, at in complaint.recent.late_replies.items() if now - at < DAY}
    mark = hash_parts("late", notice.role, notice.to, why, str(complaint.assignment_no), reply.words)
    if mark in told or len(told) >= MAX_LETTERS:
        return TOLD
    entry = TimelineEvent(EventName.REPLY_LATE, role, opd=notice.to, facts={"reply": why}, hidden=True)
    letter = NoticeRequest(NoticeName.REPLY_LATE, role, notice.to)
    recent = replace(complaint.recent, late_replies={**told, mark: now})
    return transition(complaint, now, entry, letter, recent=recent)


def citizen_reply(complaint: Complaint, reply: MailReply, rules: Rules, now: datetime) -> Transition | str:
    """The reply as an addition, like on the page, or REPEAT; if the complaint accepts none, a notice with its
    link, and for the rest of the day TOLD. It never counts as agreement or objection, which need a button. It
    proves that mail reaches the citizen.
    """
    heard = mark_replied(complaint, reply.notice, rules.policy, now)
    outcome = _citizen_reply(heard.complaint if heard else complaint, reply, rules, now)
    if heard is None:
        return outcome
    if isinstance(outcome, str):
        return heard
    return replace(outcome, entries=(*heard.entries, *outcome.entries))


def _citizen_reply(complaint: Complaint, reply: MailReply, rules: Rules, now: datetime) -> Transition | str:
    if obstacle(complaint, reply.notice) or reply.is_empty:
        return _by_link(complaint, now)
    key = key_of(complaint, CitizenAct("add", reply.words))
    if key.is_repeat(complaint.acts, now) and not reply.photos:
        return REPEAT
    after, facts = _with_photos(complaint, reply)
    if is_full_today(complaint, rules.policy, now):
        return _by_link(complaint, now)
    change = add(after, CitizenAct("add", reply.words, photos=tuple(facts.get("photos", ()))), rules, now)
    entries = tuple(replace(entry, facts={**entry.facts, **facts}) for entry in change.entries)
    return with_key(replace(change, entries=entries), key.stored_on(now))


def _by_link(complaint: Complaint, now: datetime) -> Transition | str:
    last = complaint.recent.reply_by_link_at
    if last and now - last < DAY:
        return TOLD
    entry = TimelineEvent(EventName.REPLY_BY_LINK, CITIZEN, hidden=True)
    letter = NoticeRequest(NoticeName.REPLY_BY_LINK, CITIZEN)
    return transition(complaint, now, entry, letter, recent=replace(complaint.recent, reply_by_link_at=now))


def _with_photos(complaint: Complaint, reply: MailReply) -> tuple[Complaint, dict[str, Any]]:
    """The complaint with the reply's photos, and the facts of all its files for the event."""
    after, numbers = with_photos(complaint, reply.photos)
    citizen = reply.notice.role == CITIZEN
    # What a citizen calls their files may be their own name.
    left_out = [{k: v for k, v in file.items() if k != "name" or not citizen} for file in reply.left_out]
    facts = photo_facts(numbers) | ({"left_out": left_out} if left_out else {})
    facts |= {"more_left_out": reply.more_left_out} if reply.more_left_out else {}
    return after, facts
