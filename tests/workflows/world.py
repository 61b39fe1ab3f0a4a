"""A whole Laksa in a folder of its own: the embedded adapters, a clock moved by hand, a bus that tells."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cache
from pathlib import Path

from tests.builders import DIRECTORY, MONDAY, POLICY, TEXT, TICKET
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.signed_links import SignedLinks
from workflows.adapters.sqlite import SqliteStore
from workflows.citizen import intake, lost_link, tracking
from workflows.clock import deadlines
from workflows.collection_names import COMPLAINTS, NOTICES, REPORTERS, SUBMISSIONS
from workflows.desk import one_complaint
from workflows.desk.board_link import BoardLink
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.desk import DeskAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import Complaint, from_document
from workflows.domain.complaint.transition import TimelineEvent, Transition
from workflows.domain.documents import read_record
from workflows.domain.intake.submission import Submission
from workflows.domain.notifications.notice import Notice, notice_from
from workflows.failures import BusUnavailable
from workflows.mail import inbound_mail, send_notice
from workflows.mail.address_changes import AddressLetter
from workflows.mail.digests import DepartmentDigest, ExecutiveReport, ListMail, Overview
from workflows.mail.send_notice import MailText, Sending
from workflows.office import casework
from workflows.office.mailbox_check import MailboxLetter
from workflows.ports import CaseGrant, Mail, Query, Transaction
from workflows.routing.load import load_table
from workflows.routing.route_complaint import route
from workflows.routing.table import RoutingTable
from workflows.topics import COMPLAINT_DUE, COMPLAINT_RECEIVED, LINK_ASKED, MAIL_ARRIVED
from workflows.unit_of_work import Services, save, timeline_of

INDEXES = Path(__file__).parents[2] / "infra" / "firestore.indexes.json"
Acted = Transition | None
KEYS = ["a key for tests, long enough"]


class HandClock:
    """Stands still until it is moved."""

    def __init__(self, at: datetime = MONDAY) -> None:
        self._at = at

    def now(self) -> datetime:
        return self._at

    def go_to(self, at: datetime) -> None:
        assert at >= self._at, "time never goes back"
        self._at = at

    def wait(self, **delta: float) -> None:
        self.go_to(self._at + timedelta(**delta))


class TellingBus:
    """Keeps messages until somebody takes them; `losing` forgets them, `away` refuses them."""

    def __init__(self) -> None:
        self.messages: list[tuple[str, dict[str, str]]] = []
        self.losing = self.away = False

    def publish(self, topic: str, data: dict[str, str]) -> None:
        if self.away:
            raise BusUnavailable
        if not self.losing:
            self.messages.append((topic, dict(data)))


class Postman:
    """Takes every letter, or raises the next of `troubles` (None: no trouble); `first` happens while it sends."""

    def __init__(self) -> None:
        self.mails: list[Mail] = []
        self.tried: list[str] = []
        self.troubles: list[Exception | None] = []
        self.first: list[Callable[[], object]] = []

    def send(self, mail: Mail) -> str:
        self.tried.append(mail.message_id)
        if self.first:
            self.first.pop(0)()
        if self.troubles and (trouble := self.troubles.pop(0)):
            raise trouble
        self.mails.append(mail)
        return f"server-{len(self.mails)}"


def _plain(complaint: Complaint, timeline: tuple[TimelineEvent, ...], notice: Notice, link: str) -> MailText:
    return MailText(notice.template, f"{complaint.state}\n{link}\n{len(timeline)}", "")


def _plain_overview(overview: Overview) -> MailText:
    """Only what it is; the overview itself a test reads from `overviews`."""
    match overview:
        case ExecutiveReport(person, cases) | ListMail(person, cases=cases):
            return MailText(person, "\n".join(case.ticket for case in cases), "")
        case DepartmentDigest(morning):
            return MailText(morning.opd, repr(morning), "")
        case MailboxLetter(opd, path):
            return MailText(opd, path, "")
        case BoardLink(path):
            return MailText("board", path, "")
        case AddressLetter(opd):
            return MailText(opd, repr(overview), "")
    return MailText("desk", repr(overview.morning), "")


@dataclass
class World:
    """What a test holds in its hands."""

    store: SqliteStore
    clock: HandClock = field(default_factory=HandClock)
    bus: TellingBus = field(default_factory=TellingBus)
    postman: Postman = field(default_factory=Postman)
    photos: PhotoFolder = field(default_factory=lambda: PhotoFolder(Path("no photos in this world")))

    @property
    def services(self) -> Services:
        return Services(self.store, self.bus, self.clock, SignedLinks(KEYS), POLICY, DIRECTORY, self.photos)

    @property
    def sending(self) -> Sending:
        return Sending(_plain, _plain_overview, self.postman, "https://laksa.example", "laksa.example")

    def submit(self, sent: Submission | None = None, **envelope: str) -> intake.Receipt:
        sent = sent or Submission(TEXT, email="warga@contoh.example")
        return intake.submit(self.services, sent, intake.SubmissionMeta(**envelope))  # type: ignore[arg-type]

    def put(self, *complaints: Complaint) -> None:
        """Store complaints as a change would have left them."""
        self.store.transact(
            lambda tx: [save(tx, Transition(complaint), POLICY, self.clock.now()) for complaint in complaints]
        )

    def put_reporter(self, ticket: str = TICKET, **known: str) -> None:
        """Store who wrote; without further words somebody with a mailbox alone."""
        person = {"name": "", "email": "siti@contoh.example", "phone": "", "lang": "id", "contact": False}
        self.store.transact(lambda tx: tx.create(REPORTERS, ticket, person | known))

    def case(self, ticket: str = TICKET) -> Complaint:
        document = self.store.get(COMPLAINTS, ticket)
        assert document is not None
        return from_document(document)

    def timeline(self, ticket: str = TICKET) -> list[TimelineEvent]:
        found = self.store.query(Query(timeline_of(ticket), order_by="sequence"))
        return [read_record(TimelineEvent, item.data) for item in found]

    def notices(self) -> list[Notice]:
        found = self.store.query(Query(NOTICES, limit=500))
        return [notice_from(item.id, item.data) for item in sorted(found, key=lambda item: item.data["created_at"])]

    def notices_of(self, ticket: str) -> list[Notice]:
        found = self.store.query(Query(NOTICES, (("ticket", "==", ticket),), order_by="created_at", limit=500))
        return [notice_from(item.id, item.data) for item in found]

    def forget(self, ticket: str) -> None:
        """Take a complaint and all its letters away, so that nothing of it goes on beside the next."""
        gone = [(NOTICES, notice.id) for notice in self.notices_of(ticket)] + [(COMPLAINTS, ticket)]
        gone += [(timeline_of(ticket), f"{entry.sequence:06d}") for entry in self.timeline(ticket)]

        def work(transaction: Transaction) -> None:
            for collection, id in gone:
                transaction.delete(collection, id)

        self.store.transact(work)
        self.postman.mails.clear()

    def notice(self, template: str) -> Notice:
        (found,) = [notice for notice in self.notices() if notice.template == template]
        return found

    def token(self, ticket: str = TICKET, role: str = "department", assignment_no: int = 1, days: int = 60) -> str:
        expires = self.clock.now() + timedelta(days=days)
        return self.services.links.case_token(CaseGrant(ticket, role, assignment_no, expires))

    def key(self, ticket: str = TICKET, version: int = 1) -> str:
        return self.services.links.citizen_key(ticket, version)

    def office(self, act: OfficerAct, ticket: str = TICKET, role: str = "department", **link: int) -> Acted:
        """An officer acts by the link of their office."""
        return casework.perform_action(self.services, self.token(ticket, role, **link), act)

    def desk(self, act: DeskAct, ticket: str = TICKET, **link: int) -> Acted:
        """An operator acts by the case's own link."""
        return one_complaint.perform_action(self.services, self.token(ticket, "desk", **link), act)

    def citizen(self, act: CitizenAct, ticket: str = TICKET) -> Acted:
        return tracking.perform_action(self.services, ticket, self.key(ticket), act)

    def send(self, notice: Notice | str) -> str:
        return send_notice.send_notice(self.services, self.sending, notice if isinstance(notice, str) else notice.id)

    def work(self) -> int:
        """Deliver every message, and what that sets going; returns how many there were."""
        done = 0
        while self.bus.messages:
            self._deliver(*self.bus.messages.pop(0))
            done += 1
        return done

    def _deliver(self, topic: str, data: dict[str, str]) -> None:
        if topic == COMPLAINT_RECEIVED:
            route(self.services, data["ticket"], table())
        elif topic == COMPLAINT_DUE:
            deadlines.check(self.services, data["ticket"])
        elif topic == MAIL_ARRIVED:
            inbound_mail.read_inbound_mail(self.services, "laksa.example", data["mail"])
        elif topic == LINK_ASKED:
            lost_link.send_lost_link_mail(self.services, data["ticket"], data["email"], data["phone"])
        else:
            self.send(data["notice"])

    def tick(self, **wait: float) -> int:
        """Let so much time pass; then one sweep and all the work it finds."""
        self.clock.wait(**wait)
        woken = deadlines.sweep(self.services)
        self.work()
        return woken

    def everything(self) -> list[tuple[str, object]]:
        """All that is stored but for the sweep's own note, to be compared."""
        rows: list[tuple[str, object]] = []
        for collection in (COMPLAINTS, NOTICES, SUBMISSIONS, "reporters", "dead_letters"):
            for found in self.store.query(Query(collection, limit=1000)):
                rows.append((f"{collection}/{found.id}", found.data))
                if collection == COMPLAINTS:
                    rows += [(found.id, line) for line in self.timeline(found.id)]
        return rows


@cache
def table() -> RoutingTable:
    """The routing table that comes with Laksa, read once."""
    return load_table()
