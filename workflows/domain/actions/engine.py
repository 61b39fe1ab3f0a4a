"""The action engine: one row per action of a role, the order of checks, and the idempotency key. A request runs in
this order: a repeat is recognised by its key, the link is checked, the state has to allow the action, the
transition runs, and the key is stored on the complaint. The same words count once a day; an objection, a return to
the desk, a question or its reply make them new.
"""

from __future__ import annotations
import hashlib
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import KW_ONLY, replace
from datetime import datetime, timedelta
from typing import Any, Generic, TypeVar

from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.records import LeftOut, photo_facts
from workflows.domain.complaint.transition import DEPARTMENT, EventName, Role, TimelineEvent, Transition
from workflows.domain.deadlines.calendar import WIB
from workflows.domain.deadlines.policy import Policy
from workflows.domain.directory import Directory
from workflows.domain.escalation.schedule import NO_OPEN_QUESTION, resume_clock
from workflows.errors import ActionNotPossible, DraftChanged, FieldError, InvalidInput, LinkExpired, LinkSuperseded
from workflows.frozen import frozen

MESSAGE_MAX = 5000
OFFICER_MAX = 100
MAX_KEYS = 20
"""The most keys that a complaint keeps, the newest ones."""
LAST_VALUE_WINS = frozenset({"rate", "schedule", "delegate", "answer"})
"""Actions that set a value: repeating one after a different value is no repeat (rate 3, rate 4, rate 3)."""
DAILY = frozenset({"ask", "add", "progress", "called"})
"""Actions that may be repeated on another day: a later day's request is never a repeat of an earlier one."""
NEW_AFTER = {"ask": "add", "add": "ask"}
"""The same question after a reply is a new question, and the same reply after a question is a new reply."""
AFTER_MIDNIGHT = timedelta(hours=1)
"""How long a day's keys count on the next day, for requests repeated across midnight."""

LinkCheck = Callable[[Complaint, datetime], None]
"""Raises LinkSuperseded or LinkExpired if a link does not open the complaint any more."""


@frozen
class ActionRequest:
    """One POST: the action and its fields. `role`: of the actor. `link`: identifies the link, part of the
    idempotency key. `uploads`: the hash of the files sent as photos, stored or not. `photos`: the numbers of the
    stored ones in the complaint. `left_out`: the files that were not stored.
    """

    action: str
    _: KW_ONLY
    message: str = ""
    role: str = ""
    link: tuple[str, ...] = ()
    uploads: str = ""
    photos: tuple[int, ...] = ()
    left_out: tuple[LeftOut, ...] = ()


@frozen
class OfficerAct(ActionRequest):
    """An officer's action; `role`: department, head or unit. `draft`: the number of the draft that the form of an
    answer showed, "0" for none, '' if unknown. `draft_photos`: the draft's photos are sent with the answer.
    """

    role: str = DEPARTMENT
    officer: str = ""
    outcome: str = "done"
    date: str = ""
    to: str = ""
    reason: str = ""
    draft: str = ""
    draft_photos: bool = False


@frozen
class Rules:
    """What a transition may look up: the policy in force, the departments. `proofs`: fingerprints of photos in
    answers to other complaints of the department. `parent`: the complaint to merge into; None for an unknown
    ticket.
    """

    policy: Policy
    directory: Directory
    proofs: tuple[str, ...] = ()
    parent: Complaint | None = None


R = TypeVar("R", bound=ActionRequest)


@frozen
class Action(Generic[R]):
    """A row: the name of an action, its pure transition, and when it is possible. `states`: where it is possible;
    `only_if` narrows that, `also_if` widens it. `roles`: who may do it, empty for everyone. `needs_message`: words
    are required. `photo_suffices`: a photo replaces words. `resumes_clock`: it ends a pause. `renews_link`: an
    expired link suffices, and no idempotency key is stored.
    """

    name: str
    run: Callable[[Complaint, R, Rules, datetime], Transition | None]
    states: frozenset[str]
    roles: frozenset[str] = frozenset()
    needs_message: bool = False
    photo_suffices: bool = False
    resumes_clock: bool = False
    renews_link: bool = False
    only_if: Callable[[Complaint], bool] | None = None
    also_if: Callable[[Complaint], bool] | None = None

    def is_for(self, role: str) -> bool:
        """Whether that role may do it."""
        return not self.roles or role in self.roles

    def is_possible(self, complaint: Complaint) -> bool:
        """Whether the complaint allows it now."""
        if complaint.state in self.states:
            return self.only_if is None or self.only_if(complaint)
        return self.also_if is not None and self.also_if(complaint)


class ActionTable(Generic[R]):
    """The actions of one page, in the order in which they are offered; `key_of` makes a request's key."""

    def __init__(self, key_of: Callable[[Complaint, R], IdempotencyKey], *rows: Action[R]) -> None:
        self.key_of = key_of
        self._rows = rows

    @property
    def names(self) -> tuple[str, ...]:
        """Each action's name once."""
        return tuple(dict.fromkeys(row.name for row in self._rows))

    def find(self, name: str, role: str = "") -> Action[R]:
        """The row of that name for the role, or else for another role; InvalidInput for an unknown name."""
        rows = [row for row in self._rows if row.name == name]
        if not rows:
            raise InvalidInput([FieldError("action", "bad_choice")])
        return next((row for row in rows if row.is_for(role)), rows[0])

    def possible(self, complaint: Complaint, role: str = "") -> tuple[str, ...]:
        """The names of the actions that are possible now for that role."""
        return tuple(row.name for row in self._rows if row.is_for(role) and row.is_possible(complaint))

    def decide(
        self, complaint: Complaint, request: R, rules: Rules, now: datetime, check_link: LinkCheck | None = None
    ) -> Transition | None:
        """The transition of a request, None for a repeat. InvalidInput, ActionNotPossible, DraftChanged;
        LinkSuperseded and LinkExpired as `check_link` raises them.
        """
        row = self.find(request.action, request.role)
        if row.renews_link:
            with suppress(LinkExpired):
                _check(check_link, complaint, now)
            return row.run(complaint, request, rules, now)

        def act() -> Transition | None:
            _check(check_link, complaint, now)
            require_allowed(row.name, complaint, self.possible(complaint, request.role))
            return self.run(complaint, request, rules, now)

        return run_once(complaint, self.key_of(complaint, request), now, act)

    def run(self, complaint: Complaint, request: R, rules: Rules, now: datetime) -> Transition | None:
        """The transition of a possible action; if it ends a pause, its timeline event says so."""
        row = self.find(request.action, request.role)
        if complaint.state != State.WAITING or not row.resumes_clock:
            return row.run(complaint, request, rules, now)
        change = row.run(resume_clock(complaint, rules.policy, now), request, rules, now)
        return _with_moved_deadline(complaint, change) if change else None


def _check(check_link: LinkCheck | None, complaint: Complaint, now: datetime) -> None:
    if check_link:
        check_link(complaint, now)


def _with_moved_deadline(before: Complaint, change: Transition) -> Transition:
    dates = {"old": before.deadlines.answer_by, "new": change.complaint.deadlines.answer_by}
    first, *rest = change.entries
    return replace(change, entries=(replace(first, facts={**first.facts, **dates}), *rest))


def require_allowed(action: str, complaint: Complaint, allowed: Sequence[str]) -> None:
    """ActionNotPossible, with the allowed actions, unless `action` is one of them."""
    if action not in allowed:
        raise ActionNotPossible(action, complaint.state, allowed)


def timeline_event_of(event: EventName, complaint: Complaint, act: OfficerAct, **facts: object) -> TimelineEvent:
    """The timeline event of an officer's action, with its words and the officer's name."""
    facts |= photo_facts(act.photos, act.left_out)
    return TimelineEvent(
        event,
        Role(act.role),
        text=act.message.strip(),
        officer=act.officer.strip(),
        opd=complaint.opd or "",
        facts=facts,
    )


@frozen
class IdempotencyKey:
    """The identity of a request. `digest`: hash of its content and link; `epoch`: changes when the same content
    counts as new.
    """

    action: str
    digest: str
    epoch: str

    def is_repeat(self, keys: Sequence[str], now: datetime) -> bool:
        """Whether the same was done today, and nothing since makes it new."""
        days = {self.stored_on(now), self.stored_on(now - AFTER_MIDNIGHT)}
        last = max((n for n, key in enumerate(keys) if key in days), default=None)
        return last is not None and not any(self._is_new_after(key) for key in keys[last + 1 :])

    def was_done(self, keys: Sequence[str], now: datetime) -> bool:
        """For an action that is not possible any more: whether the same or a similar one has been done."""
        known = any(key.startswith(f"{self.action}.{self.digest}.") for key in keys)
        return known and (self.action not in DAILY or self.is_repeat(keys, now))

    def stored_on(self, now: datetime) -> str:
        """The key as the complaint stores it, with the day in Tangerang."""
        return f"{self.action}.{self.digest}.{self.epoch}.{now.astimezone(WIB):%Y%m%d}"

    def _is_new_after(self, key: str) -> bool:
        action = key.partition(".")[0]
        return action == NEW_AFTER.get(self.action) or (action == self.action and action in LAST_VALUE_WINS)


def make_key(action: str, *asked: str, epoch: str) -> IdempotencyKey:
    """The key of a request from all its parts and its actor; the order of the parts matters."""
    return IdempotencyKey(action, hash_parts(action, *asked), epoch)


def hash_parts(*parts: str) -> str:
    """16 hexadecimal digits for the parts in their order."""
    text = "\0".join(parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def hash_files(files: Iterable[bytes]) -> str:
    """The hash of uploaded files; '' without any."""
    hashes = [hashlib.blake2b(data, digest_size=8).hexdigest() for data in files]
    return hash_parts(*hashes) if hashes else ""


def run_once(
    complaint: Complaint, key: IdempotencyKey, now: datetime, act: Callable[[], Transition | None]
) -> Transition | None:
    """The transition of a request, with its key; None for a repeat, also of one that is not possible because it
    was done. Other errors of `act` propagate.
    """
    if key.is_repeat(complaint.acts, now):
        return None
    try:
        change = act()
    except (LinkSuperseded, LinkExpired, ActionNotPossible, DraftChanged):
        if key.was_done(complaint.acts, now):
            return None
        raise
    return change and with_key(change, key.stored_on(now))


def with_key(change: Transition, stored: str) -> Transition:
    """The transition with the stored key on the complaint."""
    acts = (*change.complaint.acts, stored)[-MAX_KEYS:]
    return replace(change, complaint=change.complaint.evolve(acts=acts))


def as_answered(complaint: Complaint, outcome: str, policy: Policy, now: datetime) -> dict[str, Any]:
    """The fields that change; outcome: done or not_done."""
    return {
        "state": State.ANSWERED,
        "outcome": outcome,
        "answered_at": now,
        "answer_sequence": complaint.sequence + 1,
        "confirm_by": policy.calendar().add_working_days(now, policy.confirm_days),
        "confirm_reminded": False,
        "reached_at": None,
        "reached_by": "",
        "scheduled_for": None,
        "draft": None,
        "reported_to": "",
        **NO_OPEN_QUESTION,
    }
