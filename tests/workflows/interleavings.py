"""One complaint's life as a list of steps that anybody may take at any time, and what must hold after each."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from tests.builders import POLICY
from tests.workflows.world import World
from workflows import casework, desk, tracking
from workflows.domain.change import DEPARTMENT, DESK, HEAD, UNIT, Entry
from workflows.domain.citizen_acts import CitizenAct
from workflows.domain.complaint import ENDED, OPEN, Complaint
from workflows.domain.desk_acts import DeskAct
from workflows.domain.ladder import pending
from workflows.domain.notice import PENDING
from workflows.domain.office_act import OfficerAct
from workflows.errors import (
    ActionNotPossible,
    Forbidden,
    InvalidInput,
    LinkExpired,
    LinkSuperseded,
    MailDeferred,
    MailRefused,
)

REFUSED = (ActionNotPossible, Forbidden, InvalidInput, LinkExpired, LinkSuperseded)
OFFICE_ACTS = ("acknowledge", "answer", "ask", "progress", "schedule", "delegate", "forward", "not-ours", "renew")
DESK_ACTS = ("assign", "external", "reject", "called", "renew")
CITIZEN_ACTS = ("add", "confirm", "dispute")
UNITS = {"KEC-PINANG": ("KEL-CIPETE", "KEL-PINANG")}
ABOVE = ("head", "sekda", "mayor")
DESK_ABOVE = ("desk_head", "desk_sekda", "desk_mayor")
"""The desk's head is passed over where a report may be about that very office."""

STATE_AFTER: dict[str, str] = {
    "received": "received",
    "assigned": "assigned",
    "at_desk": "at_desk",
    "acknowledged": "in_progress",
    "answered": "answered",
    "replied": "in_progress",
    "no_reply": "in_progress",
    "progress": "in_progress",
    "scheduled": "scheduled",
    "schedule_due": "in_progress",
    "not_ours": "at_desk",
    "external": "external",
    "archived": "rejected",
    "confirmed": "closed",
    "closed": "closed",
}


@dataclass
class Life:
    """A world with one complaint in it, and who has held a link to it so far."""

    world: World
    ticket: str
    generations: list[int] = field(default_factory=lambda: [1])

    @property
    def case(self) -> Complaint:
        return self.world.case(self.ticket)

    def take(self, step: tuple[str, int]) -> None:
        """One step; what the rules refuse changes nothing, and everything else must leave the rules true."""
        what, luck = step
        with suppress(*REFUSED):
            STEPS[what](self, Random(luck))
        generation = self.case.generation
        if generation not in self.generations:
            self.generations.append(generation)
        self.check()

    def office(self, luck: Random) -> None:
        """Whoever holds a link, an old one perhaps, acts or acts again."""
        role = luck.choice((DEPARTMENT,) * 5 + (HEAD, UNIT, UNIT))
        held = self.case.assignment
        generation = (
            held.unit_key
            if role == UNIT and held
            else luck.choice((self.case.generation,) * 5 + (*self.generations[-3:],))
        )
        token = self.world.token(self.ticket, role, generation)
        to = luck.choice((*UNITS["KEC-PINANG"], "PUPR", "DLH", "KEC-PINANG"))
        day = (self.world.clock.now()).date().isoformat()
        act = OfficerAct(luck.choice(OFFICE_ACTS), message=luck.choice("abc"), to=to, date=day)
        for _ in range(luck.choice((1, 1, 2))):
            casework.act(self.world.ports, token, act)

    def citizen(self, luck: Random) -> None:
        act = CitizenAct(luck.choice(CITIZEN_ACTS), luck.choice("abc"))
        tracking.act(self.world.ports, self.ticket, self.world.key(self.ticket), act)

    def operator(self, luck: Random) -> None:
        token = self.world.token(self.ticket, DESK, self.case.generation)
        to = luck.choice(("KEC-PINANG", "DLH", "EXTERNAL"))
        act = DeskAct(luck.choice(DESK_ACTS), to=to, reason="unclear", message=luck.choice("abc"))
        desk.act(self.world.ports, token, act)

    def wait(self, luck: Random) -> None:
        self.world.clock.wait(hours=luck.choice((0.2, 1, 5, 24, 72)))

    def tick(self, luck: Random) -> None:
        self.world.tick()

    def deliver(self, luck: Random) -> None:
        """Messages arrive in any order, twice, or never."""
        messages = self.world.bus.messages
        luck.shuffle(messages)
        fate = luck.choice(("arrive", "arrive", "twice", "lost"))
        if fate == "lost":
            messages.clear()
        if fate == "twice":
            messages.extend(messages[:])
        self.world.work()

    def trouble(self, luck: Random) -> None:
        """The mail server will not take the next letter."""
        self.world.postman.troubles.append(luck.choice((MailDeferred("busy"), MailRefused("no such mailbox"))))

    def check(self) -> None:
        """What holds for every complaint at every moment."""
        case, told = self.case, self.world.timeline(self.ticket)
        assert (case.next_check_at is None) == (case.state in ENDED), f"alarm of {case.state}"
        assert [entry.sequence for entry in told] == list(range(1, case.sequence + 1))
        assert retold(told) == case.state, [entry.event for entry in told]
        self._check_hands(case)
        self._check_rungs(case)
        self._check_letters()

    def _check_hands(self, case: Complaint) -> None:
        """One holder at a time, and every change of hands is numbered."""
        past = [hand["generation"] for hand in case.past_hands]
        assert len(set(past)) == len(past)
        if case.assignment:
            assert case.assignment.generation == case.generation
            assert case.generation not in past
        else:
            assert case.state not in ("assigned", "in_progress", "waiting_for_citizen", "scheduled", "answered")

    def _check_rungs(self, case: Complaint) -> None:
        """No rung twice, and nobody hears of a case before whoever stands below."""
        assert len(set(case.rungs)) == len(case.rungs)
        for names in (ABOVE, DESK_ABOVE):
            climbed = [rung for rung in case.rungs if rung in names]
            passed_over = {"desk_head"} - set(climbed) if case.restricted else set()
            assert climbed == [name for name in names if name not in passed_over][: len(climbed)]

    def _check_letters(self) -> None:
        sent = Counter(mail.message_id for mail in self.world.postman.mails)
        assert all(count == 1 for count in sent.values()), sent.most_common(1)
        for notice in self.world.notices_of(self.ticket):
            assert (notice.state in PENDING) == (notice.next_try_at is not None), notice

    def rest(self) -> None:
        """Left to itself, a case comes to its end or to the top: no alarm rings for ever without moving on."""
        for _ in range(60):
            if self.case.next_check_at is None:
                return
            self.world.clock.go_to(max(self.world.clock.now(), self.case.next_check_at))
            self.world.tick()
            self.check()
            if self.case.state in OPEN and not pending(self.case, POLICY):
                return
        raise AssertionError(f"still {self.case.state} with {self.case.rungs} after sixty alarms")


STEPS: dict[str, Callable[[Life, Random], None]] = {
    "office": Life.office,
    "citizen": Life.citizen,
    "operator": Life.operator,
    "wait": Life.wait,
    "tick": Life.tick,
    "deliver": Life.deliver,
    "trouble": Life.trouble,
}


LIKELY = (
    ("office",) * 6 + ("citizen",) * 3 + ("operator",) * 3 + ("deliver",) * 2 + ("wait",) * 2 + ("tick", "trouble")
)
"""What happens how often, next to each other."""


def retold(entries: list[Entry]) -> str:
    """The state that the timeline alone tells of."""
    state, assigned = "", False
    for entry in entries:
        state, assigned = _next(state, assigned, entry)
    return state


def _next(state: str, assigned: bool, entry: Entry) -> tuple[str, bool]:
    if entry.event == "asked":
        return ("waiting_for_citizen" if entry.facts.get("until") else "in_progress"), assigned
    if entry.event == "delegated":
        return ("in_progress" if state == "assigned" else state), assigned
    if entry.event == "forwarded":
        there = entry.opd == entry.facts.get("to")
        return ("assigned" if there else "at_desk"), there
    if entry.event == "disputed":
        return ("in_progress" if assigned else "at_desk"), assigned
    after = STATE_AFTER.get(entry.event, state)
    if after in ("at_desk", "external"):
        assigned = False
    return after, assigned or after == "assigned"
