"""The mark of an act, kept on the complaint, so that the same act by the same link is known as a repeat.

The same words are said once a day; an objection, a return to the desk, a question or its reply make them new.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from workflows.domain.calendar import WIB
from workflows.domain.change import Change
from workflows.domain.complaint import Complaint
from workflows.errors import ActionNotPossible, DraftChanged, LinkExpired, LinkSuperseded

REMEMBERED = 20
LAST_COUNTS = frozenset({"rate", "schedule", "delegate", "answer"})
"""Actions where the last value wins: repeating one after a different value is no duplicate (rate 3, 4, 3)."""
MANY_TIMES = frozenset({"ask", "add", "progress", "called"})
"""What may be said on many days; a later day's is never what an earlier day's has done."""
NEW_AFTER = {"ask": "add", "add": "ask"}
"""The same question after a reply is another question, the same reply after a question another reply."""
AFTER_MIDNIGHT = timedelta(hours=1)
"""So long a day's acts are still known, for what is sent again across midnight."""


@dataclass(frozen=True)
class ActMark:
    """One act. asked: the digest of what, and by which link; stage: what makes the same act new by itself."""

    action: str
    asked: str
    stage: str

    def is_repeat(self, acts: Sequence[str], now: datetime) -> bool:
        """The same was done today, and nothing has come since that makes it new."""
        days = {self.on(now), self.on(now - AFTER_MIDNIGHT)}
        last = max((n for n, mark in enumerate(acts) if mark in days), default=None)
        return last is not None and not any(self._is_new_after(mark) for mark in acts[last + 1 :])

    def was_done(self, acts: Sequence[str], now: datetime) -> bool:
        """For an act that cannot be any more: whether that is because it, or the like, has been done."""
        known = any(mark.startswith(f"{self.action}.{self.asked}.") for mark in acts)
        return known and (self.action not in MANY_TIMES or self.is_repeat(acts, now))

    def on(self, now: datetime) -> str:
        """As it is kept of the day of Tangerang's clock."""
        return f"{self.action}.{self.asked}.{self.stage}.{now.astimezone(WIB):%Y%m%d}"

    def _is_new_after(self, mark: str) -> bool:
        action = mark.partition(".")[0]
        return action == NEW_AFTER.get(self.action) or (action == self.action and action in LAST_COUNTS)


def mark_of_act(action: str, *asked: str, stage: str) -> ActMark:
    """The mark of an act by all that was asked, and by whom; order counts."""
    return ActMark(action, mark_of(action, *asked), stage)


def mark_of(*parts: str) -> str:
    """16 hexadecimal digits for what was asked and by which link."""
    text = "\0".join(parts)
    return hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=8).hexdigest()


def mark_of_files(files: Iterable[bytes]) -> str:
    """The same for what was sent as files; empty where there were none."""
    marks = [hashlib.blake2b(data, digest_size=8).hexdigest() for data in files]
    return mark_of(*marks) if marks else ""


def once(complaint: Complaint, mark: ActMark, now: datetime, act: Callable[[], Change | None]) -> Change | None:
    """The change of an act, with its mark; None for a repeat, also of what cannot be any more because it was done.

    What else `act` raises goes through.
    """
    if mark.is_repeat(complaint.acts, now):
        return None
    try:
        change = act()
    except (LinkSuperseded, LinkExpired, ActionNotPossible, DraftChanged):
        if mark.was_done(complaint.acts, now):
            return None
        raise
    return change and remember(change, mark.on(now))


def allow(action: str, complaint: Complaint, allowed: Sequence[str]) -> None:
    """ActionNotPossible, which names what is allowed, for any other act."""
    if action not in allowed:
        raise ActionNotPossible(action, complaint.state, allowed)


def remember(change: Change, mark: str) -> Change:
    """The same change, with the act's mark on the complaint."""
    acts = (*change.complaint.acts, mark)[-REMEMBERED:]
    return replace(change, complaint=replace(change.complaint, acts=acts))
