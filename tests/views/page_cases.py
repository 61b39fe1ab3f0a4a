"""Cases in every state a page can meet, lived through with the real transitions, and hostile to every page."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from functions.views.shared.context import CaseView, Context
from tests.builders import DIRECTORY, POLICY, RULES
from tests.views.labels import LABELS
from tests.views.lives import Life
from workflows.adapters.signed_links import SignedLinks
from workflows.domain.access import is_public
from workflows.domain.actions.assign import assign, to_desk, to_external
from workflows.domain.actions.citizen import CITIZEN_ACTIONS, CitizenAct, add, confirm, dispute, rate, withdraw
from workflows.domain.actions.desk import answer_directly, called, external, reject, to_department
from workflows.domain.actions.merge import merge
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
from workflows.domain.complaint.model import new_complaint
from workflows.domain.complaint.records import LeftOut, PhotoFacts, entry_facts
from workflows.domain.complaint.transition import EventName, Role, TimelineEvent, Transition, transition
from workflows.domain.escalation.schedule import ask_whether_solved
from workflows.domain.notifications.delivery import mark_delivered, record_mail_failure
from workflows.domain.notifications.inbound_reply import MailReply, office_reply
from workflows.domain.notifications.notice import Notice, as_seen_by
from workflows.domain.privacy.data_request import DataAct, DataAnswer, DataRequest, settle
from workflows.domain.privacy.data_request import ask as ask_for_data

URL = "https://laksa.example"
KEY = "pQ3vXw7kLm2nRt9sYb4cDf6gHj81"
TOKEN = "aB3dE5fG7hJ9kL1mN2pQ4rS6tU8.7K3M9QXT4d1-abc"
TICKET, ELDER = "LKS-7K3M-9QXT-4", "LKS-D5Q6-8XBB-0"
PATH = f"/laporan/{TICKET}/{KEY}"
PHOTOS = (PhotoFacts(1, Role.CITIZEN, width=1600, height=1200), PhotoFacts(2, Role.CITIZEN, width=900, height=1600))
LEFT_OUT = (LeftOut(3, "not_a_photo"), LeftOut(4, "too_many"))
START = datetime(2026, 11, 9, 2, 41, tzinfo=UTC)

ATTACK = "<script>alert('x')</script><img src=x onerror=alert(1)> \"'&</textarea></title>{{ 7*7 }} %(n)s {opd}"
PERSONAL = ("0812-3456-7890", "3671012345670001", "sari@contoh.id")
TEXT = (
    f"Lampu di depan pasar padam sejak Senin, jalan gelap dan motor sudah dua kali jatuh.\n"
    f"Hubungi {PERSONAL[0]} atau {PERSONAL[2]}, NIK {PERSONAL[1]}. http://jahat.example {ATTACK}"
)
PLACE = f"Jl. Rasuna, depan pasar {PERSONAL[0]} {ATTACK}"
OFFICER = f"Petugas mengganti lampunya Rabu pagi.\nhttp://palsu.example {ATTACK}"
CALLED = "Sudah kami telepon Ibu Siti Rahmawati di 0813-9876-5432."
OFFICER_NAME = f"Rani {ATTACK}"
OBJECTION = f"Lampunya padam lagi, hubungi {PERSONAL[0]} {ATTACK}"
DECISION: dict[str, Any] = {
    "top": [{"opd": code, "score": 0.3} for code in ("EXTERNAL", "DISHUB", "KEC", "PUPR", "DLH", "PERKIM")],
    "why": [f"menyebut “lampu” {ATTACK}", "lokasi tidak disebut"],
    "external": "EXT-PLN",
}


def context(now: datetime = START + timedelta(hours=2)) -> Context:
    """What views look things up in, with the tests' own tables."""
    return Context(DIRECTORY, POLICY, LABELS, SignedLinks(["k" * 40]), URL, now)


@dataclass
class Story(Life):
    """One complaint as its pages show it."""

    words = OFFICER
    officer_name = OFFICER_NAME
    parent: CaseView | None = None
    followers: int = 0
    requests: tuple[DataRequest, ...] = ()

    @property
    def case(self) -> CaseView:
        """The case as a page gets it."""
        return CaseView(self.complaint, self.timeline, PATH, self.parent, self.followers)

    def joins(self, other: Story) -> Story:
        """An operator merges it into another story's case, whose moment it is then."""
        elder = other.complaint.evolve(ticket=ELDER)
        self.do(merge(self.complaint, elder, "", self.now))
        self.complaint, self.now = self.complaint.evolve(ended_at=self.now), other.now
        seen = as_seen_by(self.complaint, elder)
        self.parent = CaseView(seen, other.timeline if is_public(seen) else ())
        return self

    def followed_by(self, many: int) -> Story:
        """So many others have it, too."""
        self.followers = many
        return self

    @property
    def ctx(self) -> Context:
        """The moment at which the story stands."""
        return context(self.now)

    def later(self, **span: float) -> Story:
        """Some time goes by, nothing happens."""
        self.now += timedelta(**span)
        return self

    def citizen(self, act: Callable[..., Transition], score: str = "") -> Story:
        """The citizen decides."""
        wanted = CitizenAct(act.__name__, OBJECTION, score)
        return self.do(CITIZEN_ACTIONS.run(self.complaint, wanted, RULES, self.now))

    def asks(self, kind: str, message: str = OBJECTION) -> Story:
        """The citizen asks for something about their own data."""
        made = ask_for_data(self.complaint, None, DataAct(kind, message), self.now)
        self.requests += (made[1],) if made else ()
        return self.do(made[0] if made else None)

    def with_fields(self, **fields: Any) -> Story:
        """The same with some fields set by hand, for states that no act leads to yet."""
        self.complaint = self.complaint.evolve(**fields)
        return self


def data_told() -> Story:
    """A request for a copy is answered, one for a correction waits."""
    story = with_department().asks("copy").asks("correction").later(hours=2)
    made = settle(story.complaint, story.requests[0], DataAnswer("done", OFFICER), story.now)
    return story.do(made[0] if made else None)


def sent(*left_out: LeftOut, **fields: Any) -> Story:
    """A report that has just come in, with two photos but for those that were left out."""
    complaint = new_complaint(
        TICKET,
        TEXT,
        START,
        place=PLACE,
        kelurahan="36.71.01.1007",
        latitude=-6.1783,
        longitude=106.6319,
        **{"photos": PHOTOS} | fields,
    )
    facts = entry_facts(complaint.photos, left_out)
    return Story(complaint, START).do(
        transition(complaint, START, TimelineEvent(EventName.RECEIVED, Role.CITIZEN, facts=facts))
    )


def with_department(opd: str = "DISHUB", category: str = "pju_mati", **fields: Any) -> Story:
    """A report that Laksa has sent to a department."""
    story = sent(**fields).later(minutes=2).with_fields(category=category, decision=DECISION)
    entry = TimelineEvent(EventName.ASSIGNED, Role.LAKSA, facts={"category": category})
    return story.do(assign(story.complaint, DIRECTORY[opd], entry, POLICY, story.now)).later(hours=3)


def at_desk(why: str = "unsure", **fields: Any) -> Story:
    """A report that waits for the operator."""
    story = sent(**fields).later(minutes=2).with_fields(decision=DECISION)
    return story.do(
        to_desk(story.complaint, TimelineEvent(EventName.AT_DESK, Role.LAKSA, facts={"why": why}), RULES, story.now)
    )


def answered(outcome: str = "done", **fields: Any) -> Story:
    """A report whose department has answered."""
    return with_department(**fields).later(days=2).officer(acknowledge).officer(answer, outcome=outcome)


def elsewhere() -> Story:
    """A report that is not the city's."""
    story = sent().later(minutes=2).with_fields(decision=DECISION)
    entry = TimelineEvent(EventName.EXTERNAL, Role.LAKSA, facts={"to": "EXT-PLN"})
    return story.do(to_external(story.complaint, "EXT-PLN", entry, story.now)).later(days=1)


def restricted(category: str, opd: str) -> Story:
    """A report that few may read."""
    return with_department(opd, category, restricted=True)


def not_reached(story: Story, hidden: bool = False) -> Story:
    """The mail to the department comes back."""
    notice = Notice("n", TICKET, 1, "new_case", "department", to=story.complaint.opd or "")
    return story.do(record_mail_failure(story.complaint, notice, "550", story.now))


def heard(story: Story) -> Story:
    """The answer has arrived at the citizen."""
    return story.do(mark_delivered(story.complaint, story.complaint.answer.answer_sequence, POLICY, story.now))


def weeks_later(story: Story) -> Story:
    """A closed report whose citizen is asked whether it is really solved."""
    story.later(days=28).with_fields(questionnaire_at=story.now)
    return story.do(ask_whether_solved(story.complaint, story.now))


def asked(**fields: Any) -> Story:
    """A report whose department has a question, two days before its deadline."""
    return with_department(**fields).later(days=1).officer(acknowledge).officer(ask)


def handed_on() -> Story:
    """A report that one of the department's units works on."""
    return with_department("PUPR", "drainase").officer(delegate, to="PUPR-OP")


def by_mail(story: Story, words: str = OFFICER, photos: int = 0, foreign: bool = False) -> Story:
    """The department has answered its letter by mail, which leaves a draft."""
    notice = Notice("n", TICKET, 1, "new_case", Role.DEPARTMENT, to=story.complaint.opd or "")
    new = tuple(PhotoFacts(0, Role.DEPARTMENT, width=800, height=600) for _ in range(photos))
    reply = MailReply(notice, words, photos=new, foreign=foreign)
    return story.do(office_reply(story.complaint, reply, story.now))


STORIES: dict[str, Callable[[], Story]] = {
    "received": lambda: sent().later(hours=2),
    "receipt": lambda: sent(*LEFT_OUT).later(minutes=1),
    "receipt_assigned": lambda: with_department(has_email=True).later(hours=-3, minutes=5),
    "at_desk": lambda: at_desk().later(hours=2),
    "at_desk_unrouted": lambda: at_desk("unrouted"),
    "at_desk_quarantine": lambda: at_desk("quarantine", quarantine="honeypot"),
    "at_desk_unknown": lambda: at_desk("anything").with_fields(decision=None),
    "at_desk_late": lambda: at_desk().wait(1),
    "at_desk_very_late": lambda: at_desk().wait(2),
    "returned": lambda: with_department().officer(not_ours),
    "assigned": with_department,
    "assigned_by_desk": lambda: at_desk().later(hours=1).desk(to_department, to="PUPR"),
    "assigned_unreached": lambda: not_reached(with_department()),
    "assigned_urgent": lambda: with_department("BPBD", "kebakaran", urgent=True),
    "forwarded": lambda: with_department().officer(forward, to="PUPR"),
    "forwarded_often": lambda: (
        with_department().officer(forward, to="PUPR").officer(forward, to="DLH").officer(forward, to="DISHUB")
    ),
    "in_progress": lambda: with_department().later(days=1).officer(acknowledge),
    "reminded": lambda: with_department("PUPR", "drainase").officer(acknowledge).wait(8),
    "overdue": lambda: with_department().officer(acknowledge).wait(3),
    "head": lambda: with_department().officer(acknowledge).wait(4),
    "sekda": lambda: with_department().officer(acknowledge).wait(8),
    "mayor": lambda: with_department().officer(acknowledge).wait(13),
    "waiting": lambda: asked().later(hours=2),
    "waiting_though_late": lambda: with_department().wait(5).officer(ask),
    "replied": lambda: asked().wait(2).citizen(add),
    "replied_in_danger": lambda: asked(urgent=True).later(hours=2).citizen(add),
    "no_reply": lambda: asked().wait(6),
    "asked_again": lambda: asked().wait(6).officer(ask),
    "added": lambda: with_department().citizen(add),
    "progress": lambda: with_department().officer(progress),
    "delegated": handed_on,
    "progress_of_a_unit": lambda: handed_on().officer(progress, role=Role.UNIT),
    "drafted": lambda: handed_on().officer(draft, role=Role.UNIT),
    "drafted_by_mail": lambda: by_mail(with_department()),
    "drafted_again": lambda: by_mail(
        handed_on().officer(draft, role=Role.UNIT, message=f"Sudah kami cek. {ATTACK}"),
        f"Kami keruk besok. {ATTACK}",
        photos=1,
    ),
    "contact_shown": lambda: with_department(consent=True).officer(show_contact, reason=OFFICER),
    "called": lambda: with_department("BPBD", "kebakaran", urgent=True).desk(called),
    "uncalled": lambda: with_department("BPBD", "kebakaran", urgent=True).wait(0),
    "scheduled": lambda: with_department().officer(schedule, date="2026-12-02"),
    "schedule_due": lambda: with_department().officer(schedule, date="2026-11-12").later(days=4).wait(0),
    "answered": answered,
    "answered_not_done": lambda: answered("not_done"),
    "answered_by_desk": lambda: at_desk().later(hours=2).desk(answer_directly),
    "answered_heard": lambda: heard(answered()),
    "answered_late": lambda: with_department().officer(acknowledge).wait(4).officer(answer),
    "reopened": lambda: answered().later(days=1).citizen(dispute).later(hours=1),
    "reopened_late": lambda: answered().later(days=1).citizen(dispute).wait(7),
    "reopened_twice": lambda: answered().citizen(dispute).officer(answer).citizen(dispute),
    "answered_again": lambda: answered().citizen(dispute).officer(answer),
    "confirmed": lambda: answered().later(days=1).citizen(confirm),
    "no_response": lambda: heard(answered()).wait(11),
    "not_reached": lambda: answered().wait(11),
    "asked_whether_solved": lambda: weeks_later(heard(answered()).wait(11)),
    "solved_weeks_later": lambda: weeks_later(answered().wait(11)).later(days=1).citizen(confirm),
    "rejected": lambda: at_desk().later(hours=2).desk(reject, reason="unclear"),
    "external": elsewhere,
    "external_by_desk": lambda: at_desk().desk(external, to=f"Dinas PUPR Prov. Banten {ATTACK}"),
    "external_disputed": lambda: elsewhere().citizen(dispute),
    "merged": lambda: at_desk().joins(asked(visibility="public").wait(2).citizen(add).officer(progress)),
    "merged_told": lambda: at_desk().joins(
        with_department(visibility="public").officer(acknowledge).officer(progress, message=CALLED)
    ),
    "merged_called": lambda: at_desk().joins(
        with_department(visibility="public", consent=True).officer(show_contact).officer(progress, message=CALLED)
    ),
    "merged_unseen": lambda: with_department().joins(with_department().officer(acknowledge).officer(progress)),
    "merged_answered": lambda: at_desk().joins(answered("not_done", visibility="public")),
    "merged_late": lambda: at_desk().joins(with_department(visibility="public").officer(acknowledge).wait(4)),
    "merged_ended": lambda: at_desk().joins(answered(visibility="public").later(days=1).citizen(confirm)),
    "followed": lambda: with_department(visibility="public").followed_by(12),
    "withdrawn": lambda: with_department().later(hours=2).citizen(withdraw),
    "data_asked": lambda: with_department().asks("copy").asks("correction").asks("erasure"),
    "data_answered": data_told,
    "rated": lambda: answered().later(days=1).citizen(confirm).citizen(rate, score="4"),
    "pungli": lambda: restricted("pungli", "INSPEKTORAT"),
    "kepegawaian": lambda: restricted("kepegawaian", "BKPSDM"),
    "kdrt": lambda: restricted("kdrt", "DP3AP2KB"),
    "perundungan": lambda: restricted("perundungan", "DISDIK"),
    "pungli_late": lambda: restricted("kdrt", "DP3AP2KB").wait(7),
    "restricted_at_desk": lambda: at_desk(restricted=True, category="kdrt"),
}
"""Name → the story up to the moment at which its pages are opened."""
