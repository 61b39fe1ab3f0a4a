"""One complaint lived through with the real transitions: what the stories of mails and of pages share."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, ClassVar, Self

from tests.builders import POLICY, RULES
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.actions.officer import delegate, show_contact
from workflows.domain.actions.question import ask
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import UNIT, TimelineEvent, Transition
from workflows.domain.escalation.schedule import resume_clock
from workflows.domain.escalation.timers import next_timed_transition


@dataclass
class Life:
    """A complaint, the moment at which it stands, and what has happened to it."""

    words: ClassVar[str]
    """What an officer writes where a story says nothing else."""
    officer_name: ClassVar[str]
    complaint: Complaint
    now: datetime
    timeline: tuple[TimelineEvent, ...] = ()

    def do(self, change: Transition | str | None) -> Self:
        """Carry a change out."""
        if not isinstance(change, Transition):
            raise AssertionError("nothing happened")
        self.complaint = change.complaint
        self.timeline += change.entries
        return self

    def wait(self, days: int) -> Self:
        """Working days go by, the sweep with them."""
        calendar = POLICY.calendar()
        self.now = calendar.add_working_days(self.now - timedelta(minutes=1), days) + timedelta(minutes=1)
        return self.sweep()

    def sweep(self) -> Self:
        """Do what time alone does by now."""
        while change := next_timed_transition(self.complaint, POLICY, self.now):
            self.do(change)
        return self

    def officer(self, act: Callable[..., Transition | None], **fields: Any) -> Self:
        """An officer acts."""
        given = OfficerAct(act.__name__, **{"message": self.words, "officer": self.officer_name, **fields})
        stays = act in (ask, delegate, show_contact) or given.role == UNIT
        case = self.complaint if stays else resume_clock(self.complaint, POLICY, self.now)
        return self.do(act(case, given, RULES, self.now))

    def desk(self, act: Callable[..., Transition | None], **fields: Any) -> Self:
        """An operator acts."""
        return self.do(act(self.complaint, DeskAct("", **{"message": self.words, **fields}), RULES, self.now))
