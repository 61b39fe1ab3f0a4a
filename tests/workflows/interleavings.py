"""One complaint's life as a list of steps that anybody may take at any time, and what must hold after each."""

from __future__ import annotations
from collections import Counter
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from tests.builders import PARENT, POLICY, complaint
from tests.workflows.world import World
from workflows.citizen import tracking
from workflows.citizen.following import follow
from workflows.citizen.intake import SubmissionMeta
from workflows.collection_names import COMPLAINTS
from workflows.desk import board, one_complaint
from workflows.domain.actions.bulk_assign import read_choices
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import ENDED, OPEN, Complaint, State
from workflows.domain.complaint.transition import DEPARTMENT, DESK, FOLLOWERS, HEAD, UNIT, EventName, TimelineEvent
from workflows.domain.escalation.schedule import schedule_of
from workflows.domain.intake.submission import Submission
from workflows.domain.notifications.notice import PENDING, NoticeState
from workflows.errors import ActionNotPossible, Forbidden, InvalidInput, LinkExpired, LinkSuperseded, UndoOver
from workflows.failures import MailDeferred, MailRefused
from workflows.office import casework
from workflows.urls import board_path

REFUSED = (ActionNotPossible, Forbidden, InvalidInput, LinkExpired, LinkSuperseded, UndoOver)
OFFICE_ACTS = ("acknowledge", "answer", "ask", "progress", "schedule", "delegate", "forward", "not-ours", "renew")
DESK_ACTS = ("assign", "external", "reject", "called", "renew", "merge", "answer")
CITIZEN_ACTS = (*("add", "confirm", "dispute", "rate") * 6, "withdraw")
UNITS = {"KEC-PINANG": ("KEL-CIPETE", "KEL-PINANG")}
OTHERS = ("PUPR", "DLH", "KEC-PINANG", "PDAM", "SETDA", "INSPEKTORAT")
WITHOUT_SEKDA = {"SETDA", "INSPEKTORAT"}
"""Their ladders lead from the head to the mayor."""
ELDER = PARENT
"""A case that has ended, so that nothing goes on beside this one: what others are merged into."""
ABOVE = ("head", "sekda", "mayor")
DESK_ABOVE = ("desk_head", "desk_sekda", "desk_mayor")
"""The desk's head is passed over where a report may be about that very office."""

STATE_AFTER: dict[str, str] = {
    "received": "received",
    "assigned": "assigned",
    "at_desk": "at_desk",
    "acknowledged": "in_progress",
    "answered": "answered",
    "no_reply": "in_progress",
    "progress": "in_progress",
    "scheduled": "scheduled",
    "schedule_due": "in_progress",
    "not_ours": "at_desk",
    "recalled": "at_desk",
    "external": "external",
    "archived": "rejected",
    "confirmed": "closed",
    "withdrawn": "withdrawn",
    "merged": "merged",
    "closed": "closed",
}


@dataclass
class Life:
    """A world with one complaint in it, and who has held a link to it, and followed it, so far."""

    world: World
    ticket: str
    assignment_nos: list[int] = field(default_factory=lambda: [1])
    followers: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        if self.world.store.get(COMPLAINTS, ELDER) is None:
            self.world.put(complaint(State.CLOSED, ticket=ELDER))

    def forget(self) -> None:
        for ticket in (self.ticket, *self.followers):
            self.world.forget(ticket)

    @property
    def case(self) -> Complaint:
        return self.world.case(self.ticket)

    def take(self, step: tuple[str, int]) -> None:
        """One step; what the rules refuse changes nothing, and everything else must leave the rules true."""
        what, luck = step
        with suppress(*REFUSED):
            STEPS[what](self, Random(luck))
        assignment_no = self.check().assignment_no
        if assignment_no not in self.assignment_nos:
            self.assignment_nos.append(assignment_no)

    def office(self, luck: Random) -> None:
        """Whoever holds a link, an old one perhaps, acts or acts again."""
        role = luck.choice((DEPARTMENT,) * 5 + (HEAD, UNIT, UNIT))
        held = self.case.assignment
        assignment_no = (
            held.unit_key
            if role == UNIT and held
            else luck.choice((self.case.assignment_no,) * 5 + (*self.assignment_nos[-3:],))
        )
        token = self.world.token(self.ticket, role, assignment_no)
        to = luck.choice((*UNITS["KEC-PINANG"], *OTHERS))
        day = (self.world.clock.now()).date().isoformat()
        act = OfficerAct(luck.choice(OFFICE_ACTS), message=luck.choice("abc"), to=to, date=day)
        casework.perform_action(self.world.services, token, act)
        assert luck.random() < 0.7 or casework.perform_action(self.world.services, token, act) is None

    def citizen(self, luck: Random) -> None:
        act = CitizenAct(luck.choice(CITIZEN_ACTS), luck.choice("abc"), luck.choice("15"))
        key = self.world.key(self.ticket)
        tracking.perform_action(self.world.services, self.ticket, key, act)
        assert luck.random() < 0.7 or tracking.perform_action(self.world.services, self.ticket, key, act) is None

    def operator(self, luck: Random) -> None:
        token = self.world.token(self.ticket, DESK, self.case.assignment_no)
        to = luck.choice(("KEC-PINANG", "INSPEKTORAT", "DLH", "EXTERNAL"))
        act = DeskAct(luck.choice(DESK_ACTS), to=to, reason="unclear", message=luck.choice("abc"), into=ELDER)
        one_complaint.perform_action(self.world.services, token, act)
        assert luck.random() < 0.7 or one_complaint.perform_action(self.world.services, token, act) is None

    def neighbour(self, luck: Random) -> None:
        """Somebody has this, too; or one of those who do says that it is not the same after all."""
        if self.followers and luck.random() < 0.5:
            ticket = luck.choice(self.followers)
            act = CitizenAct("dispute", luck.choice("abc"))
            tracking.perform_action(self.world.services, ticket, self.world.key(ticket), act)
        else:
            sent = Submission("Di depan rumah kami juga begitu.", email="tetangga@contoh.example")
            self.followers.append(follow(self.world.services, sent, SubmissionMeta(), self.ticket).ticket)

    def board(self, luck: Random) -> None:
        """From the desk's board: given to a department, or that taken back, of now or of an earlier time."""
        link = board_path(self.world.services)[0].removeprefix("/papan/")
        case = f"{self.ticket}.{luck.choice((self.case.assignment_no, *self.assignment_nos[-2:]))}"
        if luck.random() < 0.5:
            board.undo(self.world.services, link, case)
        else:
            choices = read_choices({f"to.{case}": luck.choice(("KEC-PINANG", "DLH", "PUPR"))})
            board.assign(self.world.services, link, choices)

    def wait(self, luck: Random) -> None:
        self.world.clock.wait(hours=luck.choice((0.2, 1, 5, 24, 72) * 4 + (700,)))

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

    def check(self) -> Complaint:
        """What holds for every complaint at every moment; the case as it is then."""
        case, told = self.case, self.world.timeline(self.ticket)
        assert (case.deadlines.next_check_at is None) == (case.state in ENDED), f"alarm of {case.state}"
        assert [entry.sequence for entry in told] == list(range(1, case.sequence + 1))
        assert retold(told) == case.state, [entry.event for entry in told]
        asked = [entry.event for entry in told].count(EventName.QUESTIONNAIRE)
        assert (asked, case.answer.questionnaire_at is not None) == (
            1 if case.answer.questionnaire else 0,
            case.state == State.CLOSED and not case.answer.questionnaire,
        )
        self._check_hands(case)
        self._check_rungs(case)
        self._check_letters(told)
        self._check_followers()
        return case

    def _check_followers(self) -> None:
        """Each follows what has news, or is about to get another to follow, or stands alone with an alarm."""
        for ticket in self.followers:
            case = self.world.case(ticket)
            if case.state != State.MERGED:
                assert (case.deadlines.next_check_at is None) == (case.state in ENDED), f"follower {case.state}"
                continue
            over = self.world.case(case.parent).state in (State.MERGED, State.WITHDRAWN)
            handing_on = [n for n in self.world.notices_of(case.parent) if n.role == FOLLOWERS and n.next_try_at]
            assert not over or handing_on, [entry.event for entry in self.world.timeline(ticket)]
            assert (case.deadlines.next_check_at is not None) == case.awaiting_routing

    def _check_hands(self, case: Complaint) -> None:
        """One holder at a time, and every change of hands is numbered."""
        past = [hand.assignment_no for hand in case.previous_assignments]
        assert len(set(past)) == len(past)
        if case.assignment:
            assert case.assignment.assignment_no == case.assignment_no
            assert case.assignment_no not in past
        else:
            assert case.state not in ("assigned", "in_progress", "waiting_for_citizen", "scheduled")

    def _check_rungs(self, case: Complaint) -> None:
        """No rung twice, and nobody hears of a case before whoever stands below on the ladders it has been on."""
        assert len(set(case.escalation.escalated)) == len(case.escalation.escalated)
        holders = {hand.opd for hand in case.previous_assignments} | {case.opd}
        spared = {"desk_head"} if case.restricted else set()
        spared |= {"sekda"} if holders & WITHOUT_SEKDA else set()
        for names in (ABOVE, DESK_ABOVE):
            climbed = [rung for rung in case.escalation.escalated if rung in names]
            assert climbed == [name for name in names if name not in spared - set(climbed)][: len(climbed)]

    def _check_letters(self, told: list[TimelineEvent]) -> None:
        """Each at most once, with its alarm while it is due, and none of an assignment that was taken back."""
        undone = {entry.facts["assigned"] for entry in told if entry.event == "recalled"}
        sent = Counter(mail.message_id for mail in self.world.postman.mails)
        assert all(count == 1 for count in sent.values()), sent.most_common(1)
        for notice in self.world.notices_of(self.ticket):
            assert (notice.state in PENDING) == (notice.next_try_at is not None), notice
            assert notice.state == NoticeState.DROPPED or notice.sequence not in undone, notice

    def rest(self) -> None:
        """Left to itself, a case comes to its end or to the top: no alarm rings for ever without moving on."""
        case = self.case
        for _ in range(60):
            if case.deadlines.next_check_at is None:
                self._ask_in_the_end()
                return
            self.world.clock.go_to(max(self.world.clock.now(), case.deadlines.next_check_at))
            self.world.tick()
            case = self.check()
            if case.state in OPEN and not schedule_of(case, POLICY).pending:
                return
        raise AssertionError(f"still {case.state} with {case.escalation.escalated} after sixty alarms")

    def _ask_in_the_end(self) -> None:
        """What is closed has one more alarm, weeks later, and then none."""
        if due := self.case.answer.questionnaire_at:
            self.world.clock.go_to(max(self.world.clock.now(), due))
            self.world.tick()
            self.check()
            assert (self.case.state, self.case.answer.questionnaire) == (State.CLOSED, "asked")


STEPS: dict[str, Callable[[Life, Random], None]] = {
    "office": Life.office,
    "citizen": Life.citizen,
    "operator": Life.operator,
    "neighbour": Life.neighbour,
    "board": Life.board,
    "wait": Life.wait,
    "tick": Life.tick,
    "deliver": Life.deliver,
    "trouble": Life.trouble,
}


LIKELY = (
    ("office",) * 6
    + ("citizen",) * 3
    + ("operator",) * 2
    + ("board",) * 3
    + ("deliver",) * 2
    + ("wait",) * 2
    + ("tick", "trouble", "neighbour")
)
"""What happens how often, next to each other."""


def retold(entries: list[TimelineEvent]) -> str:
    """The state that the timeline alone tells of."""
    state, assigned = "", False
    for entry in entries:
        state, assigned = _next(state, assigned, entry)
    return state


def _next(state: str, assigned: bool, entry: TimelineEvent) -> tuple[str, bool]:
    if entry.event == "asked":
        return ("waiting_for_citizen" if entry.facts.get("until") else "in_progress"), assigned
    if entry.event == "delegated":
        return ("in_progress" if state == "assigned" else state), assigned
    if entry.event == "replied":
        return ("in_progress" if state == "waiting_for_citizen" else state), assigned
    if entry.event == "forwarded":
        there = entry.opd == entry.facts.get("to")
        return ("assigned" if there else "at_desk"), there
    if entry.event == "disputed" and entry.facts.get("at_desk"):
        return "at_desk", False
    if entry.event == "disputed":
        return ("in_progress" if assigned else "at_desk"), assigned
    after = STATE_AFTER.get(entry.event, state)
    if after in ("at_desk", "external"):
        assigned = False
    return after, assigned or after == "assigned"
