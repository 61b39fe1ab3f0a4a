"""Stories told with the real transitions: every letter they cause, at the moment it is caused and at the end."""

from __future__ import annotations
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Self

from functions.views.mail.render import NoticeFacts
from functions.views.shared.context import CaseView, Context
from tests.builders import DIRECTORY, POLICY, RULES
from tests.views.labels import LABELS
from tests.views.lives import Life
from workflows.adapters.signed_links import SignedLinks
from workflows.domain.actions.assign import assign, to_desk, to_external, unrouted
from workflows.domain.actions.citizen import CitizenAct, add, confirm, dispute, withdraw
from workflows.domain.actions.desk import answer_directly, called, external, reject, to_department
from workflows.domain.actions.merge import follow, merge, reassign_followers
from workflows.domain.actions.officer import (
    acknowledge,
    answer,
    delegate,
    draft,
    forward,
    not_ours,
    progress,
    schedule,
    show_contact,
)
from workflows.domain.actions.question import ask
from workflows.domain.actions.renew_link import renew
from workflows.domain.complaint.model import new_complaint
from workflows.domain.complaint.records import PhotoFacts
from workflows.domain.complaint.transition import (
    CITIZEN,
    DEPARTMENT,
    DESK,
    FOLLOWERS,
    HEAD,
    LAKSA,
    UNIT,
    EventName,
    NoticeRequest,
    TimelineEvent,
    Transition,
    transition,
)
from workflows.domain.notifications.delivery import mark_delivered, record_mail_failure
from workflows.domain.notifications.inbound_reply import MailReply, citizen_reply, office_reply
from workflows.domain.notifications.kinds import LAST_FOLLOWER_NEWS
from workflows.domain.notifications.notice import Notice, add_follower_notices, as_seen_by, is_obsolete, queued
from workflows.domain.privacy.data_request import DataAct, DataAnswer, settle
from workflows.domain.privacy.data_request import ask as ask_for_data

LINKS = SignedLinks(["k" * 40])

URL = "https://laksa.example"
START = datetime(2026, 11, 24, 2, 0, tzinfo=UTC)
TICKET = "LKS-7K3M-9QXT-4"
TEXT = (
    "Kalimat-rahasia: got di gang mampet, air masuk rumah. Hubungi 0812-3456-7890 atau NIK 3671012345670001.\n"
    "Lihat http://jahat.example/foto dan www.jahat.com"
)
PLACE = "Patokan-rahasia, gang samping musala\r\nBcc: korban@contoh.id"
REPLY = "Balasan-rahasia: gang kedua, hubungi 0812-3456-7890 atau www.jahat.com"
OBJECTION = "Keberatan-rahasia: airnya masih masuk, hubungi 0812-3456-7890"
OFFICER = "Kami keruk saluran itu pada Rabu, 25 November 2026. Lihat https://palsu.example/x"
QUESTION = "Di gang mana tepatnya, dan apakah airnya sudah surut? Lihat https://palsu.example/x"
ELDER = new_complaint("LKS-D5Q6-8XBB-0", "Got yang sama, di gang sebelah.", START)
"""What others are merged into."""
REASON = "Menanyakan patokan rumah, karena alamatnya tidak ditemukan."
LEFT_OUT = ({"n": 3, "why": "too_large", "name": "rekaman.id"},)
DECISION: dict[str, Any] = {
    "top": [{"opd": code, "score": 0.3} for code in ("EXTERNAL", "PUPR", "PERKIM", "DLH", "DISHUB")],
    "why": ["kata: got mampet", "lokasi: Kel. Cikokol"],
}
DANGER: dict[str, Any] = {**DECISION, "why": ["kata: terbakar", "mendesak: kebakaran"]}


def context(now: datetime = START) -> Context:
    """What views look things up in, with the tests' own tables."""
    return Context(DIRECTORY, POLICY, LABELS, LINKS, URL, now)


@dataclass
class Letter:
    """One letter as its sender hands it to the renderer."""

    name: str
    ctx: Context
    case: CaseView
    notice: NoticeFacts

    @property
    def id(self) -> str:
        """For the names of test cases."""
        return f"{self.name}:{self.notice.template}:{self.notice.role}:{self.case.complaint.state}"


@dataclass
class Story(Life):
    """One complaint lived through; collects the letters of each change."""

    words = OFFICER
    officer_name = "Rani\nBcc: x@y.id"
    name: str = ""
    letters: list[Letter] = field(default_factory=list)
    notices: list[tuple[NoticeRequest, Notice]] = field(default_factory=list)

    def do(self, change: Transition | str | None) -> Self:
        """Carry a change out, and write its letters at once."""
        super().do(change)
        assert isinstance(change, Transition)
        for request in change.notices:
            self.notices.append((request, queued(request, self.complaint, self.now)))
            self.letters.append(self.letter(request, self.complaint.sequence))
        told = [request for request in add_follower_notices(change) if request.role == FOLLOWERS]
        self.letters += [self.news(request) for request in told if request.template not in LAST_FOLLOWER_NEWS]
        return self

    def news(self, request: NoticeRequest) -> Letter:
        """What a follower of the case reads of it now; the follower's own report bears the usual number."""
        other = self.complaint.evolve(ticket=ELDER.ticket)
        seen = as_seen_by(other.evolve(restricted=False), other)
        link, lang = f"{URL}/laporan/{TICKET}/kunci", self.complaint.lang
        notice = NoticeFacts(request.template, CITIZEN, "", self.complaint.sequence, link, lang, follower=TICKET)
        return Letter(self.name, context(self.now), CaseView(seen, self.timeline), notice)

    def later(self, span: timedelta) -> Self:
        """Some time goes by, around the clock, and the sweep looks at the end of it."""
        self.now += span
        return self.sweep()

    def renews(self, role: str) -> Story:
        """Whoever holds an old link asks for a new one."""
        return self.do(renew(self.complaint, role, self.now))

    def adds(self, message: str = REPLY, **more: Any) -> Story:
        """The citizen answers a question, or adds to the report."""
        return self.do(add(self.complaint, CitizenAct("add", message, **more), RULES, self.now))

    def objects(self) -> Story:
        """The citizen says that it is not solved."""
        act = CitizenAct("dispute", OBJECTION)
        return self.do(dispute(self.complaint, act, RULES, self.now))

    def withdraws(self) -> Story:
        """The citizen takes the report back."""
        return self.do(withdraw(self.complaint, CitizenAct("withdraw", OBJECTION), RULES, self.now))

    def letter(self, request: NoticeRequest, sequence: int) -> Letter:
        """What a request becomes when it is written now."""
        link = f"{URL}/laporan/{TICKET}/kunci" if request.role == CITIZEN else f"{URL}/opd/tanda-{request.role}"
        lang = self.complaint.lang if request.role == CITIZEN else "id"
        notice = NoticeFacts(request.template, request.role, request.to, sequence, link, lang)
        return Letter(self.name, context(self.now), CaseView(self.complaint, self.timeline), notice)

    def all_letters(self) -> list[Letter]:
        """Each letter when it was caused, and again as a late retry would write it at the story's end."""
        again = [
            self.letter(request, notice.sequence)
            for request, notice in self.notices
            if not is_obsolete(notice, self.complaint)
        ]
        return self.letters + again


def begin(name: str, **fields: Any) -> Story:
    """A complaint just received."""
    base = new_complaint(
        TICKET,
        TEXT,
        START,
        place=PLACE,
        kelurahan="36.71.01.1003",
        category="drainase",
        decision=DECISION,
        has_email=True,
        updated_at=START,
    )
    story = Story(base.evolve(**fields), START, name=name)
    return story.do(transition(story.complaint, story.now, TimelineEvent(EventName.RECEIVED, CITIZEN)))


def routed(name: str, opd: str = "PUPR", **fields: Any) -> Story:
    """A complaint that Laksa itself has sent to a department."""
    story = begin(name, **fields)
    entry = TimelineEvent(EventName.ASSIGNED, LAKSA, facts={"category": story.complaint.category})
    return story.do(assign(story.complaint, DIRECTORY[opd], entry, POLICY, story.now, "receipt"))


def at_desk(name: str, why: str = "unsure", **fields: Any) -> Story:
    """A complaint that an operator must read."""
    story = begin(name, **fields)
    entry = TimelineEvent(EventName.AT_DESK, LAKSA, facts={"why": why})
    receipt = NoticeRequest("receipt", CITIZEN)
    return story.do(to_desk(story.complaint, entry, RULES, story.now, receipt))


def stories(**fields: Any) -> list[Story]:
    """Every way a case can go, told with these fields of the complaint."""
    told = (_answers, _questions, _units, _replies, _dangers, _detours, _ladders, _asides, _merged)
    return [story for some in told for story in some(**fields)]


def _merged(**fields: Any) -> list[Story]:
    """It is the same as another report, others follow it, or what it followed is withdrawn."""

    def joined(story: Story, words: str = "") -> Story:
        return story.do(merge(story.complaint, ELDER, words, story.now))

    came = begin("came in as the same", **fields)
    came.do(follow(Transition(came.complaint), ELDER, came.now))
    came.letters.append(came.letter(NoticeRequest("receipt", CITIZEN), came.complaint.sequence))
    orphan = joined(at_desk("orphaned", **fields))
    (change,), _ = reassign_followers([orphan.complaint], None, RULES, orphan.now)
    return [
        came,
        joined(at_desk("merged", **fields), OFFICER),
        joined(routed("merged away", **fields), OFFICER),
        orphan.do(change),
        *(story for kind in ("public", "confidential") for story in _followed(visibility=kind, **fields)),
    ]


def _followed(**fields: Any) -> list[Story]:
    """Cases that others follow: of these only what the followers read."""
    known = fields | {"followed": True}
    slow, idle = routed("followed up the ladder", **known), at_desk("followed, at the desk", **known)
    told = [
        routed("followed", **known).officer(progress).officer(schedule, date="2026-12-21").officer(forward, to="DLH"),
        routed("followed, answered", **known).officer(answer, outcome="not_done").objects().officer(answer).wait(12),
        at_desk("followed, archived", **known).desk(reject, reason="unclear"),
        at_desk("followed, elsewhere", **known).desk(external, to="EXT-PLN"),
        idle.desk(to_department, to="PUPR"),
        slow.wait(11).wait(3).wait(9),
    ]
    for story in told:
        story.notices = []
        story.letters = [letter for letter in story.letters if letter.notice.follower]
    return told


def _answers(**fields: Any) -> list[Story]:
    def answered(name: str, **act: Any) -> Story:
        return routed(name, **fields).officer(acknowledge).officer(answer, **act)

    heard = answered("confirmed")
    heard.do(mark_delivered(heard.complaint, heard.complaint.sequence, POLICY, heard.now))
    heard.do(confirm(heard.complaint, CitizenAct("confirm"), RULES, heard.now))
    silent = answered("no response", outcome="not_done")
    silent.do(mark_delivered(silent.complaint, silent.complaint.sequence, POLICY, silent.now)).wait(8).wait(4)
    silent.complaint = silent.complaint.evolve(questionnaire_at=silent.now + timedelta(days=28))
    silent.later(timedelta(days=28))
    scheduled = routed("scheduled", **fields).officer(schedule, date="2026-12-21").wait(25)
    return [
        heard,
        silent,
        answered("not reached").wait(12),
        answered("disputed")
        .objects()
        .officer(answer)
        .objects()
        .desk(to_department, to="PUPR")
        .officer(answer)
        .objects(),
        routed("withdrawn", **fields).withdraws(),
        scheduled,
        routed("scheduled soon", **fields).officer(schedule, date="2026-11-26", message=""),
    ]


def _questions(**fields: Any) -> list[Story]:
    def asked(name: str, **more: Any) -> Story:
        return routed(name, **{**fields, **more}).wait(2).officer(ask, message=QUESTION)

    often = asked("asked often").wait(2).adds().officer(ask, message=QUESTION).wait(4).officer(ask, message=QUESTION)
    return [
        asked("still asked"),
        asked("replied").wait(2).adds().officer(progress),
        asked("replied with a photo").adds("", photos=(1,)).officer(progress, message="", photos=(2,)),
        asked("answered while asked").officer(answer, message="", photos=(1,)),
        asked("silent").wait(6).adds(),
        often.adds().officer(ask, message=QUESTION),
        routed("asked too late", **fields).wait(11).officer(ask, message=QUESTION),
        asked("asked in danger", urgent=True).later(timedelta(hours=13)),
        routed("consent", **{**fields, "consent": True}).officer(show_contact, message="", reason=REASON),
    ]


def _units(**fields: Any) -> list[Story]:
    """The bidang of a dinas has it, works on it and drafts; or somebody answered the letter by mail."""

    def handed(name: str, **more: Any) -> Story:
        return routed(name, **{**fields, **more}).officer(delegate, to="PUPR-OP", message="Mohon dicek besok.")

    waiting = routed("handed on while asked", **fields).officer(ask, message=QUESTION)
    return [
        handed("drafted")
        .officer(progress, role=UNIT)
        .officer(draft, role=UNIT)
        .officer(draft, role=UNIT, outcome="not_done", photos=(1,)),
        handed("unit renewed").renews(UNIT).wait(10),
        waiting.officer(delegate, to="PUPR-OP", message="").officer(draft, role=UNIT).adds(),
        doubted("proof in doubt", **fields),
        by_mail(routed("drafted by mail", **fields)),
        by_mail(routed("drafted by mail, with files", **fields), photos=2, left_out=LEFT_OUT),
        by_mail(handed("drafted, then by mail").officer(draft, role=UNIT, message=REASON)),
        by_mail(by_mail(routed("a photo after the words", **fields)), "", photos=1, left_out=LEFT_OUT),
    ]


def doubted(name: str, **fields: Any) -> Story:
    """The photo of an answer is the citizen's own, and was made before the report."""
    story = routed(name, **fields)
    sent = [PhotoFacts(1, CITIZEN, "f" * 32), PhotoFacts(2, DEPARTMENT, "f" * 32)]
    story.complaint = story.complaint.evolve(photos=tuple(sent))
    return story.officer(answer, photos=(2,))


def by_mail(story: Story, words: str = OFFICER, photos: int = 0, **files: Any) -> Story:
    """The department has answered its letter by mail, which leaves a draft."""
    new = tuple(PhotoFacts(0, DEPARTMENT) for _ in range(photos))
    letter = _letter_to(DEPARTMENT, story.complaint.opd or "")
    return story.do(office_reply(story.complaint, MailReply(letter, words, photos=new, **files), story.now))


def replied(story: Story, role: str, to: str, words: str = OFFICER) -> Story:
    """An office, or the desk, answers its letter by mail."""
    return story.do(office_reply(story.complaint, MailReply(_letter_to(role, to), words, "Rani"), story.now))


def _replies(**fields: Any) -> list[Story]:
    """Somebody answers a letter by mail when the case has moved on, or says nothing in it."""
    moved = routed("replied too late", **fields).officer(forward, to="PERKIM")
    return [
        replied(replied(replied(moved, DEPARTMENT, "PUPR"), HEAD, "PUPR"), DESK, "DESK"),
        replied(routed("replied with nothing", **fields), HEAD, "PUPR", ""),
        replied(routed("replied after the answer", **fields).officer(answer), DEPARTMENT, "PUPR"),
        replied(at_desk("the desk replies", **fields), DESK, "DESK"),
        replied(routed("replied about a restricted report", **fields | {"restricted": True}), DEPARTMENT, "PUPR"),
        _by_link(routed("answered, then replied", **fields).officer(answer)),
        _by_link(at_desk("archived, then replied", **fields).desk(reject, reason="unclear")),
    ]


def _by_link(story: Story) -> Story:
    reply = MailReply(_letter_to(CITIZEN, ""), OBJECTION)
    return story.do(citizen_reply(story.complaint, reply, RULES, story.now))


def _letter_to(role: str, to: str) -> Notice:
    return Notice("n", TICKET, 2, "new_case", role, to)


def _dangers(**fields: Any) -> list[Story]:
    def burning(name: str, **more: Any) -> Story:
        known = {"category": "kebakaran", "urgent": True, "decision": DANGER}
        return routed(name, "BPBD", **{**fields, **known, **more})

    nobody = burning("nobody is called")
    for _ in range(60):
        nobody.later(timedelta(minutes=30))
    return [
        nobody,
        burning("called", category="lainnya", decision=None).desk(called, message="Kepada Pak Budi."),
        burning("accepted at once").officer(acknowledge),
    ]


def _detours(**fields: Any) -> list[Story]:
    outside = begin("external", **fields)
    entry = TimelineEvent(EventName.EXTERNAL, LAKSA, facts={"to": "EXT-PLN"})
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
        at_desk("answered by the desk", **fields).desk(answer_directly),
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
        _data(**fields),
        *(_undelivered(role, **fields) for role in ("department", "head", UNIT, CITIZEN)),
        _lost(**fields),
    ]


def _data(**fields: Any) -> Story:
    """The citizen asks for a copy of their data, and the desk answers."""
    story = routed("data", **fields)
    asked = ask_for_data(story.complaint, None, DataAct("copy", OBJECTION), story.now)
    assert asked
    story.do(asked[0])
    told = settle(story.complaint, asked[1], DataAnswer("done", OFFICER), story.now)
    return story.do(told[0] if told else None)


def _undelivered(role: str, **fields: Any) -> Story:
    story = routed(f"mail to {role} failed", **fields)
    notice = Notice("n", TICKET, 2, "new_case", role, {"citizen": "", "unit": "PUPR-OP"}.get(role, "PUPR"))
    cause = "550 5.1.1 no such user, see https://help.example/1\r\nX: y"
    return story.do(record_mail_failure(story.complaint, notice, cause, story.now))


def _lost(**fields: Any) -> Story:
    story = routed("lost link", **fields)
    story.letters.append(story.letter(NoticeRequest("lost_link", CITIZEN), 0))
    return story


def letters(**fields: Any) -> list[Letter]:
    """Every letter of every story."""
    return [letter for story in stories(**fields) for letter in story.all_letters()]
