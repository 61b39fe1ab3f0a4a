"""Stories told with the real transitions: every letter they cause, at the moment it is caused and at the end."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from functions.views.context import Case, Context
from functions.views.labels import read_labels
from functions.views.mails import NoticeFacts
from workflows.adapters.signed_links import SignedLinks
from workflows.domain.assigning import assign, to_desk, to_external, unrouted
from workflows.domain.change import CITIZEN, DEPARTMENT, DESK, HEAD, LAKSA, Change, Entry, NoticeRequest, changed
from workflows.domain.citizen_acts import CitizenAct, confirm, dispute
from workflows.domain.complaint import Complaint
from workflows.domain.department import read_departments
from workflows.domain.desk_acts import DeskAct, external, reject, to_department
from workflows.domain.escalating import check_deadline
from workflows.domain.notice import Notice, overtaken, queued
from workflows.domain.officer_acts import (
    OfficerAct,
    Rules,
    acknowledge,
    answer,
    forward,
    not_ours,
    schedule,
)
from workflows.domain.policy import read_policy
from workflows.domain.reaching import mail_failed, reached
from workflows.domain.renewing import renew

DATA = Path(__file__).parents[2] / "workflows" / "data"
POLICY = read_policy((DATA / "policy.toml").read_text(encoding="utf-8"))
DIRECTORY = read_departments((DATA / "routing" / "departments.csv").read_text(encoding="utf-8"))
LABELS = read_labels(DATA / "routing")
RULES = Rules(POLICY, DIRECTORY)
LINKS = SignedLinks(["k" * 40])

URL = "https://laksa.example"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TICKET = "LKS-7K3M-9QXT-4"
TEXT = (
    "Kalimat-rahasia: got di gang mampet, air masuk rumah. Hubungi 0812-3456-7890 atau NIK 3671012345670001.\n"
    "Lihat http://jahat.example/foto dan www.jahat.com"
)
PLACE = "Patokan-rahasia, gang samping musala\r\nBcc: korban@contoh.id"
OBJECTION = "Keberatan-rahasia: airnya masih masuk, hubungi 0812-3456-7890"
OFFICER = "Kami keruk saluran itu pada Rabu, 25 November 2026. Lihat https://palsu.example/x"
DECISION: dict[str, Any] = {
    "top": [{"opd": code, "score": 0.3} for code in ("EXTERNAL", "PUPR", "PERKIM", "DLH", "DISHUB")],
    "why": ["kata: got mampet", "lokasi: Kel. Cikokol"],
}


def context(now: datetime = START) -> Context:
    """What views look things up in, with the city's own tables."""
    return Context(DIRECTORY, POLICY, LABELS, LINKS, URL, now)


@dataclass
class Letter:
    """One letter as its sender hands it to the renderer."""

    name: str
    ctx: Context
    case: Case
    notice: NoticeFacts

    @property
    def id(self) -> str:
        """For the names of test cases."""
        return f"{self.name}:{self.notice.template}:{self.notice.role}:{self.case.complaint.state}"


@dataclass
class Story:
    """One complaint lived through; collects the letters of each change."""

    name: str
    complaint: Complaint
    now: datetime = START
    timeline: tuple[Entry, ...] = ()
    letters: list[Letter] = field(default_factory=list)
    notices: list[tuple[NoticeRequest, Notice]] = field(default_factory=list)

    def do(self, change: Change | None) -> Story:
        """Carry a change out, and write its letters at once."""
        if change is None:
            raise AssertionError(f"{self.name}: nothing happened")
        self.complaint = change.complaint
        self.timeline += change.entries
        for request in change.notices:
            self.notices.append((request, queued(request, self.complaint, self.now)))
            self.letters.append(self.letter(request, self.complaint.sequence))
        return self

    def wait(self, days: int) -> Story:
        """Working days go by, the sweep with them."""
        self.now = POLICY.calendar().add_working_days(self.now - timedelta(minutes=1), days) + timedelta(minutes=1)
        while change := check_deadline(self.complaint, POLICY, self.now):
            self.do(change)
        return self

    def officer(self, act: Callable[..., Change | None], **fields: Any) -> Story:
        """An officer acts."""
        given = OfficerAct(act.__name__, **{"message": OFFICER, "officer": "Rani\nBcc: x@y.id", **fields})
        return self.do(act(self.complaint, given, RULES, self.now))

    def renews(self, role: str) -> Story:
        """Whoever holds an old link asks for a new one."""
        return self.do(renew(self.complaint, role, self.now))

    def desk(self, act: Callable[..., Change | None], **fields: Any) -> Story:
        """An operator acts."""
        return self.do(act(self.complaint, DeskAct("", **{"message": OFFICER, **fields}), RULES, self.now))

    def objects(self) -> Story:
        """The citizen says that it is not solved."""
        act = CitizenAct("dispute", OBJECTION)
        return self.do(dispute(self.complaint, act, POLICY, self.now))

    def letter(self, request: NoticeRequest, sequence: int, **extra: Any) -> Letter:
        """What a request becomes when it is written now."""
        link = f"{URL}/laporan/{TICKET}/kunci" if request.role == CITIZEN else f"{URL}/opd/tanda-{request.role}"
        lang = self.complaint.lang if request.role == CITIZEN else "id"
        notice = NoticeFacts(request.template, request.role, request.to, sequence, link, lang, extra)
        return Letter(self.name, context(self.now), Case(self.complaint, self.timeline), notice)

    def all_letters(self) -> list[Letter]:
        """Each letter when it was caused, and again as a late retry would write it at the story's end."""
        again = [
            self.letter(request, notice.sequence)
            for request, notice in self.notices
            if not overtaken(notice, self.complaint)
        ]
        return self.letters + again


def begin(name: str, **fields: Any) -> Story:
    """A complaint just received."""
    base = Complaint(
        TICKET,
        TEXT,
        START,
        place=PLACE,
        kelurahan="36.71.01.1003",
        category="drainase",
        decision=DECISION,
        reachable=True,
        updated_at=START,
    )
    story = Story(name, replace(base, **fields))
    return story.do(changed(story.complaint, story.now, Entry("received", CITIZEN)))


def routed(name: str, opd: str = "PUPR", **fields: Any) -> Story:
    """A complaint that Laksa itself has sent to a department."""
    story = begin(name, **fields)
    entry = Entry("assigned", LAKSA, facts={"category": story.complaint.category})
    return story.do(assign(story.complaint, DIRECTORY[opd], entry, POLICY, story.now, "receipt"))


def at_desk(name: str, why: str = "unsure", **fields: Any) -> Story:
    """A complaint that an operator must read."""
    story = begin(name, **fields)
    entry = Entry("at_desk", LAKSA, facts={"why": why})
    receipt = NoticeRequest("receipt", CITIZEN)
    return story.do(to_desk(story.complaint, entry, POLICY, story.now, receipt))


def stories(**fields: Any) -> list[Story]:
    """Every way a case can go, told with these fields of the complaint."""
    return [*_answers(**fields), *_detours(**fields), *_ladders(**fields), *_asides(**fields)]


def _answers(**fields: Any) -> list[Story]:
    def answered(name: str, **act: Any) -> Story:
        return routed(name, **fields).officer(acknowledge).officer(answer, **act)

    heard = answered("confirmed")
    heard.do(reached(heard.complaint, heard.complaint.sequence, POLICY, heard.now))
    heard.do(confirm(heard.complaint, CitizenAct("confirm"), POLICY, heard.now))
    silent = answered("no response", outcome="not_done")
    silent.do(reached(silent.complaint, silent.complaint.sequence, POLICY, silent.now)).wait(8).wait(4)
    scheduled = routed("scheduled", **fields).officer(schedule, date="2026-12-21").wait(25)
    return [
        heard,
        silent,
        answered("not reached").wait(12),
        answered("disputed")
        .objects()
        .officer(answer)
        .objects()
        .officer(answer)
        .objects()
        .officer(answer)
        .objects(),
        scheduled,
        routed("scheduled soon", **fields).officer(schedule, date="2026-11-26", message=""),
    ]


def _detours(**fields: Any) -> list[Story]:
    outside = begin("external", **fields)
    entry = Entry("external", LAKSA, facts={"to": "EXT-PLN"})
    outside.do(to_external(outside.complaint, "EXT-PLN", entry, outside.now, "receipt"))
    late = begin("unrouted", **fields)
    late.do(unrouted(late.complaint, POLICY, late.now))
    return [
        outside.objects(),
        late,
        routed("forwarded", **fields)
        .officer(forward, to="PERKIM")
        .officer(forward, to="DLH")
        .officer(forward, to="PUPR"),
        routed("not ours", **fields).officer(not_ours).desk(to_department, to="DISHUB"),
        at_desk("desk assigns", **fields).desk(to_department, to="DP3AP2KB", message=""),
        at_desk("quarantine", "quarantine", quarantine="sender", **fields),
        at_desk("elsewhere", **fields).desk(external, to="Kantor di http://palsu.example\nBcc: x@y.id"),
        at_desk("archived", **fields).desk(reject, reason="unclear").objects(),
    ]


def _ladders(**fields: Any) -> list[Story]:
    slow = routed("up the ladder", **fields)
    idle = at_desk("desk ladder", **fields)
    for _ in range(24):
        slow.wait(1)
        idle.wait(1)
    return [slow, idle]


def _asides(**fields: Any) -> list[Story]:
    renewed = routed("renewed", **fields).renews(DEPARTMENT)
    renewed.now += timedelta(hours=2)
    renewed.renews(HEAD)
    at = at_desk("desk renewed", **fields).renews(DESK)
    return [
        renewed,
        at,
        *(_undelivered(role, **fields) for role in ("department", "head", CITIZEN)),
        _lost(**fields),
    ]


def _undelivered(role: str, **fields: Any) -> Story:
    story = routed(f"mail to {role} failed", **fields)
    notice = Notice("n", TICKET, 2, "new_case", role, "" if role == CITIZEN else "PUPR")
    cause = "550 5.1.1 no such user, see https://help.example/1\r\nX: y"
    return story.do(mail_failed(story.complaint, notice, cause, story.now))


def _lost(**fields: Any) -> Story:
    story = routed("lost link", **fields)
    story.letters.append(story.letter(NoticeRequest("lost_link", CITIZEN), 0))
    return story


def letters(**fields: Any) -> list[Letter]:
    """Every letter of every story."""
    return [letter for story in stories(**fields) for letter in story.all_letters()]
