"""What an erasure removes from a complaint, and what stays so that counts add up: ticket, state, dates, office."""

from __future__ import annotations
import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.domain.actions.citizen import withdrawn
from workflows.domain.actions.desk import REASONS
from workflows.domain.complaint.model import ENDED, OPEN, Complaint, State
from workflows.domain.complaint.records import Arrival
from workflows.domain.complaint.transition import CITIZEN, LAKSA, EventName, TimelineEvent, Transition, transition
from workflows.domain.documents import values_of
from workflows.domain.privacy.redaction import mask_identifiers, without_reporter_name
from workflows.domain.privacy.retention import CONTACT, PHOTOS, WHOLE

ERASED_TEXT = "[isi dihapus]"
"""The text in place of an erased one, as offices' pages and mails show it."""

ERASED_FIELDS = (
    *("text", "place", "latitude", "longitude", "photos", "proofs"),
    *("consent", "has_email", "phone_only", "mail_comes_back", "draft", "pending_assignment", "acts", "recent"),
    *("parent",),
    "unknown",
)
"""What a complaint loses with its words, beside those words that stand in fields which stay.

unknown: what a newer release has added may be words, too."""
_DECISION_STAYS = frozenset(
    {
        *("opd", "category", "also", "kind", "external", "accuses", "kept_out", "desk", "confident", "version"),
        *("urgent", "restricted", "reason_public"),
    }
)
"""Of the router's decision the codes; its reasons quote the text."""
UNFINISHED = OPEN | {State.MERGED}
"""What can still come to somebody's desk: a report that is merged does so with its parent, or without it."""
KEPT_FACTS = frozenset(
    {
        *("answer", "as", "assigned", "category", "date", "deadline", "due", "from", "new", "next_at", "next_to"),
        *("old", "opd", "outcome", "part", "reply", "role", "rung", "score", "template", "to", "unit", "until"),
        *("parent", "why"),
    }
)
"""Of the facts of a timeline those that may stay; one that is new goes, until somebody has thought about it."""
_CODE = re.compile(r"[A-Z][A-Z0-9-]{1,39}|[a-z][a-z_]{1,39}")


def extent(complaint: Complaint, whole: bool) -> str:
    """Everything of a finished complaint; of one that is open, or whose answer may be disputed, only
    the reporter.
    """
    return WHOLE if whole or complaint.state in ENDED else CONTACT


def erase(complaint: Complaint, what: str, name: str, known: bool, now: datetime) -> Transition | None:
    """The transition that removes `what`; None when it was removed. `name`: the reporter's. `known`: a name or
    address is stored. An unfinished complaint that loses its text is withdrawn.
    """
    after = without_words(complaint, what, name)
    took = known or after != complaint
    if not took and _was_erased(complaint, what):
        return None
    marked = after.evolve(erased={**complaint.erasure.erased, what: now})
    if not took:
        return Transition(marked)
    if what != WHOLE:
        return _erased(marked, what, now)
    change = _erased(marked.evolve(key_version=complaint.key_version + 1), what, now)
    return _withdrawn(complaint, change, now) if complaint.state in UNFINISHED else change


def _was_erased(complaint: Complaint, what: str) -> bool:
    """Whether it was erased since its end: a complaint that was opened again may have new words."""
    at = complaint.erasure.erased.get(what)
    return at is not None and at >= (complaint.erasure.ended_at or at)


def _erased(complaint: Complaint, what: str, now: datetime) -> Transition:
    return transition(complaint, now, TimelineEvent(EventName.ERASED, LAKSA, facts={"part": what}))


def _withdrawn(before: Complaint, erased: Transition, now: datetime) -> Transition:
    """Withdraw a complaint that lost its text: nobody can work on it, and its holder is told as of
    any withdrawal.
    """
    change = withdrawn(erased.complaint, "", now)
    told = change.notices if before.state in OPEN else ()
    return Transition(change.complaint, (*erased.entries, *change.entries), told)


def without_words(complaint: Complaint, what: str, name: str) -> Complaint:
    """The complaint without what an erasure removes."""
    if what == WHOLE:
        return _without_words(complaint)
    return _without_photos(complaint) if what == PHOTOS else _without_contact(complaint, name)


def _without_contact(complaint: Complaint, name: str) -> Complaint:
    draft = complaint.draft and replace(complaint.draft, text=without_names(complaint.draft.text, name))
    words: dict[str, Any] = {
        each: without_names(getattr(complaint, each), name) for each in ("text", "place", "reason")
    }
    after = complaint.evolve(**words, draft=draft, arrival=_without_number(complaint.arrival))
    return after.evolve(has_email=False, phone_only=False, mail_comes_back=False, consent=False)


def _without_photos(complaint: Complaint) -> Complaint:
    draft = complaint.draft and replace(complaint.draft, photos=())
    return complaint.evolve(photos=(), proofs=(), draft=draft)


def _without_words(complaint: Complaint) -> Complaint:
    held = complaint.assignment
    empty = values_of(Complaint(complaint.ticket, ERASED_TEXT, complaint.received_at))
    return complaint.evolve(
        **{name: empty[name] for name in ERASED_FIELDS},
        arrival=replace(_without_number(complaint.arrival), unknown={}),
        assignment=replace(held, officer="", unknown={}) if held else None,
        previous_assignments=tuple(replace(each, unknown={}) for each in complaint.previous_assignments),
        decision=_without_reasons(complaint.decision) if complaint.decision else None,
        reason=complaint.reason if complaint.reason in REASONS else "",
        external_to=complaint.external_to if _CODE.fullmatch(complaint.external_to) else "",
    )


def _without_reasons(decision: dict[str, Any]) -> dict[str, Any]:
    kept = {name: value for name, value in decision.items() if name in _DECISION_STAYS}
    top = [{name: each[name] for name in ("opd", "score") if name in each} for each in decision.get("top", ())]
    return kept | {"top": top, "why": [], "because": []}


def _without_number(arrival: Arrival) -> Arrival:
    """The origin without its external number, by which the person could be found in the other system."""
    return replace(arrival, external_ref="")


def without_in_line(entry: TimelineEvent, what: str, name: str) -> TimelineEvent:
    """A timeline event after the same erasure. Of photos it holds only their numbers."""
    if what == WHOLE:
        return replace(entry, text="", internal="", officer="", facts=_kept_facts(entry.facts), unknown={})
    if what == PHOTOS:
        return entry
    facts = {key: without_names(value, name) if key == "reason" else value for key, value in entry.facts.items()}
    if facts.get("role") == CITIZEN:
        facts.pop("cause", None)  # a mail server may repeat the address
    return replace(
        entry, text=without_names(entry.text, name), internal=without_names(entry.internal, name), facts=facts
    )


def without_names(text: str, name: str) -> str:
    """Words without the reporter's name, and without anybody's address or number."""
    return without_reporter_name(mask_identifiers(text), name)


def _kept_facts(facts: dict[str, Any]) -> dict[str, Any]:
    kept = {key: value for key, value in facts.items() if key in KEPT_FACTS and _says_nothing(value)}
    return kept | ({"reason": facts["reason"]} if facts.get("reason") in REASONS else {})


def _says_nothing(value: object) -> bool:
    """Whether the value contains no words: a code, a number, a moment."""
    if isinstance(value, str):
        return not value or _CODE.fullmatch(value) is not None
    return not isinstance(value, list | dict)
