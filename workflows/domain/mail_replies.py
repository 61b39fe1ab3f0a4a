"""What a reply by mail does to its case: an office's becomes a draft, a citizen's is added. It never decides."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from workflows.domain.act_mark import mark_of, remember
from workflows.domain.additions import is_full_today
from workflows.domain.change import CITIZEN, DEPARTMENT, DESK, HEAD, UNIT, Change, Entry, NoticeRequest, changed
from workflows.domain.citizen_act import CitizenAct
from workflows.domain.citizen_acts import add
from workflows.domain.complaint import AT_DESK, OPEN, WITH_DEPARTMENT, Complaint
from workflows.domain.department import DESK_HEAD
from workflows.domain.drafts import draft_of, drafted_photos, photos_kept, replaced
from workflows.domain.notice import Notice
from workflows.domain.photo import PhotoFacts, photo_facts
from workflows.domain.policy import Policy
from workflows.domain.taking_photos import with_photos

BY_MAIL = "mail"
GONE, CLOSED, EMPTY = "gone", "closed", "empty"
"""Why a reply is not taken: the case is with somebody else; nobody waits for it; nothing was found in it."""

DAY = timedelta(days=1)
MOST_LETTERS = 5
"""About drafts of one case in a day: a machine that nothing gives away is not answered for ever."""


@dataclass(frozen=True)
class MailReply:
    """A reply to the letter `notice`. name: what an officer goes by; photos have no number yet.

    left_out: the files that are not kept, each {"n": which of those sent, "why": a code, "name": as it was sent}.
    more_left_out: how many there are beside those.
    """

    notice: Notice
    words: str
    name: str = ""
    photos: tuple[PhotoFacts, ...] = ()
    left_out: tuple[Mapping[str, Any], ...] = ()
    more_left_out: int = 0

    @property
    def is_empty(self) -> bool:
        """Neither words nor files."""
        return not (self.words or self.photos or self.left_out)


def obstacle(complaint: Complaint, notice: Notice) -> str:
    """Why a reply to that letter cannot be taken now, GONE or CLOSED; empty when it can."""
    if notice.role == CITIZEN:
        return "" if complaint.state in OPEN else CLOSED
    if not _has_it(complaint, notice):
        return GONE
    at_desk = notice.role == DESK or complaint.assignment is None
    return "" if complaint.state in ({AT_DESK} if at_desk else WITH_DEPARTMENT) else CLOSED


def _has_it(complaint: Complaint, notice: Notice) -> bool:
    held = complaint.assignment
    if notice.role == DESK:
        return True
    if held is None:
        return notice.role == HEAD and notice.to == DESK_HEAD and complaint.state == AT_DESK
    return notice.to == (held.unit if notice.role == UNIT else held.opd)


def office_reply(complaint: Complaint, reply: MailReply, now: datetime) -> Change | None:
    """The words as a draft, with a letter that leads to it; None for a repeat. Nothing is answered yet.

    A draft that lies there is replaced, and the new one says which; files without words are added to it.
    Where a reply cannot be taken, one letter says so, and no second one for the same reason.
    """
    why = obstacle(complaint, reply.notice) or (EMPTY if reply.is_empty else "")
    if why:
        return _not_taken(complaint, reply.notice, why, now)
    if complaint.draft and complaint.draft["text"] == reply.words and not (reply.photos or reply.left_out):
        return None
    after, facts = _with_photos(complaint, reply)
    unit = reply.notice.to if reply.notice.role == UNIT else ""
    draft = _drafted(complaint, reply, unit, facts.get("photos", []), now)
    facts |= {"unit": unit, "outcome": draft["outcome"]} if unit else {}
    facts |= replaced(complaint) if reply.words else {"added": True} if complaint.draft else {}
    entry = Entry("drafted" if unit else "draft_by_mail", reply.notice.role, internal=draft["text"])
    entry = replace(entry, officer=reply.name, opd=complaint.opd or "", facts=facts)
    letters, extra = _letters(complaint, reply.notice, now)
    return changed(after, now, entry, *letters, draft=draft, extra=extra)


def _drafted(
    complaint: Complaint, reply: MailReply, unit: str, photos: list[int], now: datetime
) -> dict[str, Any]:
    """The draft after a reply. It is another one, with a number of its own, unless nothing of it has changed."""
    number = {"sequence": complaint.sequence + 1}
    if complaint.draft and not reply.words:
        both = [*drafted_photos(complaint), *photos]
        return {**complaint.draft, "photos": both, **(number if photos else {})}
    kept = photos or list(photos_kept(complaint, unit))
    by: dict[str, Any] = {"by": UNIT, "unit": unit} if unit else {"by": BY_MAIL}
    facts = by | replaced(complaint) | number
    return draft_of(reply.words, "done", officer=reply.name, now=now, photos=kept, **facts)


def _letters(complaint: Complaint, notice: Notice, now: datetime) -> tuple[list[NoticeRequest], dict[str, Any]]:
    """To whoever can send the draft: the office that replied, or the department that its unit stands under."""
    lately = [at for at in complaint.extra.get("drafts_told", ()) if now - at < DAY]
    if len(lately) >= MOST_LETTERS:
        return [], complaint.extra
    role, to = (DEPARTMENT, complaint.opd or "") if notice.role == UNIT else (notice.role, notice.to)
    return [NoticeRequest("draft_ready", role, to)], {**complaint.extra, "drafts_told": [*lately, now]}


def _not_taken(complaint: Complaint, notice: Notice, why: str, now: datetime) -> Change | None:
    told, mark = complaint.extra.get("late_replies", []), f"{notice.role}.{notice.to}.{why}.{complaint.generation}"
    if mark in told:
        return None
    entry = Entry("reply_late", notice.role, opd=notice.to, facts={"reply": why}, hidden=True)
    letter = NoticeRequest("reply_late", notice.role, notice.to)
    return changed(complaint, now, entry, letter, extra={**complaint.extra, "late_replies": [*told, mark]})


def citizen_reply(complaint: Complaint, reply: MailReply, policy: Policy, now: datetime) -> Change | None:
    """The words as if they were added on the page; where the case takes none, once a day a letter with its link.

    They never count as agreement or objection: those are pressed, not written.
    """
    if obstacle(complaint, reply.notice) or reply.is_empty:
        return _by_link(complaint, now)
    mark = mark_of("citizen", "add", reply.words)
    if complaint.acts[-1:] == (mark,) and not reply.photos:
        return None
    after, facts = _with_photos(complaint, reply)
    if is_full_today(complaint, policy, now):
        return _by_link(complaint, now)
    change = add(after, CitizenAct("add", reply.words, photos=tuple(facts.get("photos", ()))), policy, now)
    entries = tuple(replace(entry, facts={**entry.facts, **facts}) for entry in change.entries)
    return remember(replace(change, entries=entries), mark)


def _by_link(complaint: Complaint, now: datetime) -> Change | None:
    last = complaint.extra.get("by_link_told_at")
    if last and now - last < DAY:
        return None
    entry = Entry("reply_by_link", CITIZEN, hidden=True)
    letter = NoticeRequest("reply_by_link", CITIZEN)
    return changed(complaint, now, entry, letter, extra={**complaint.extra, "by_link_told_at": now})


def _with_photos(complaint: Complaint, reply: MailReply) -> tuple[Complaint, dict[str, Any]]:
    """The case with the reply's photos, and what the timeline says of all its files."""
    after, numbers = with_photos(complaint, reply.photos)
    citizen = reply.notice.role == CITIZEN
    # What a citizen calls their files may be their own name.
    left_out = [{k: v for k, v in file.items() if k != "name" or not citizen} for file in reply.left_out]
    facts = photo_facts(numbers) | ({"left_out": left_out} if left_out else {})
    facts |= {"more_left_out": reply.more_left_out} if reply.more_left_out else {}
    return after, facts
