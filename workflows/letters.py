"""Writing one letter from the present state: to whom, with which link, in whose words."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta

from workflows.domain.change import CITIZEN, DESK, HEAD, Entry
from workflows.domain.complaint import Complaint, from_document
from workflows.domain.notice import Notice, overtaken
from workflows.errors import UnknownComplaint
from workflows.escalated import Person, on_table
from workflows.ports import Mail, Mailer, Right
from workflows.runner import COMPLAINTS, REPORTERS, Ports, read_timeline


@dataclass(frozen=True)
class Letter:
    """A letter's words, as the renderer made them."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Sending:
    """What the sender needs besides the ports: how to write, how to send, and our own addresses."""

    render: Callable[[Complaint, tuple[Entry, ...], Notice, str], Letter]
    render_table: Callable[[Person, list[Complaint]], Letter]
    mailer: Mailer
    url: str
    domain: str


def write_letter(ports: Ports, sending: Sending, notice: Notice) -> Mail | None:
    """The letter as it must read now; None when the case has moved on and there is nothing to tell."""
    if not notice.ticket:
        return _write_table(ports, sending, notice)
    document = ports.store.get(COMPLAINTS, notice.ticket)
    if document is None:
        raise UnknownComplaint(notice.ticket)
    complaint = from_document(document)
    to = _address(ports, notice)
    if overtaken(notice, complaint) or not to:
        return None
    letter = sending.render(
        complaint, read_timeline(ports.store, notice.ticket), notice, _link(ports, sending, notice, complaint)
    )
    return _mail(sending, notice, to, letter, complaint)


def _mail(sending: Sending, notice: Notice, to: str, letter: Letter, complaint: Complaint | None) -> Mail:
    return Mail(
        to=to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        message_id=f"{notice.id}@{sending.domain}",
        references=f"{notice.ticket or 'table'}@{sending.domain}",
        list_id=f"laksa.{sending.domain}",
        language=complaint.lang if complaint and notice.role == CITIZEN else "id",
    )


def _address(ports: Ports, notice: Notice) -> str:
    """Where it goes, looked up now; a mailbox that was corrected meanwhile is used at once."""
    if notice.role == CITIZEN:
        reporter = ports.store.get(REPORTERS, notice.ticket)
        return reporter["email"] if reporter else ""
    return ports.directory.address(notice.role, notice.to, bool(notice.extra.get("fallback")))


def _link(ports: Ports, sending: Sending, notice: Notice, complaint: Complaint) -> str:
    """The link of this letter: the citizen's key, or a token for one role of the present assignment."""
    if notice.role == CITIZEN:
        key = ports.links.citizen_key(complaint.ticket, complaint.key_version)
        return f"{sending.url}/laporan/{complaint.ticket}/{key}"
    expires = ports.clock.now() + timedelta(days=ports.policy.link_days)
    desk = notice.role == DESK or (notice.role == HEAD and complaint.assignment is None)
    role = DESK if desk else notice.role
    right = Right(complaint.ticket, role, complaint.generation, expires)
    return f"{sending.url}/{'meja' if desk else 'opd'}/{ports.links.case_token(right)}"


def _write_table(ports: Ports, sending: Sending, notice: Notice) -> Mail | None:
    """The daily table of a person above the departments: what is on it at this moment."""
    person: Person = "mayor" if notice.role == "mayor" else "sekda"
    cases = on_table(ports.store, person)
    if not cases:
        return None
    letter = sending.render_table(person, cases)
    return _mail(sending, notice, ports.directory.address("office", notice.to), letter, None)
