"""Writes one mail from the present state: recipient, link and text."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

from workflows.collection_names import REPORTERS
from workflows.complaints import Complaints, read_timeline
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import CITIZEN, DESK, HEAD, UNIT, TimelineEvent
from workflows.domain.notifications.follower_notices import as_seen_by
from workflows.domain.notifications.inbound_reply import GONE, obstacle, only_by_link
from workflows.domain.notifications.kinds import require_kind
from workflows.domain.notifications.notice import Notice, is_obsolete
from workflows.inbound.headers import BOUNCE, FALLBACK_BOUNCE, REPLY, bounce_address, reply_address
from workflows.mail.digests import Overview, read_overview
from workflows.mail.rate_limit import OPEN_TAG, open_tag
from workflows.ports import CaseGrant, Mail, Mailer
from workflows.unit_of_work import Services
from workflows.urls import citizen_path


@dataclass(frozen=True)
class MailText:
    """A mail without its addresses: subject on one line (≤ 70 characters), text and HTML body."""

    subject: str
    text: str
    html: str


@dataclass(frozen=True)
class Sending:
    """What the sender needs besides the ports: renderer, mailer and our own addresses. `receives`: mail to our
    domain reaches us, so notices can be answered. `limited`: addresses that nobody is known to read get a few
    mails a day (workflows/mail/rate_limit).
    """

    render: Callable[[Complaint, tuple[TimelineEvent, ...], Notice, str], MailText]
    render_overview: Callable[[Overview], MailText]
    mailer: Mailer
    url: str
    domain: str
    receives: bool = True
    limited: bool = False


def write_letter(services: Services, sending: Sending, notice: Notice) -> Mail | None:
    """The mail as it must read now; None when the complaint has moved on and there is nothing to tell.
    UnknownNotice for a kind that this release does not know.
    """
    require_kind(notice)
    if not notice.ticket:
        return _write_overview(services, sending, notice)
    complaint = Complaints(services.store).require(notice.ticket)
    case = _followed(services, notice, complaint) if notice.about else complaint
    to = _address(services, notice)
    if case is None or is_obsolete(notice, case) or not to:
        return None
    citizen = notice.role == CITIZEN
    link = (
        _citizens_link(services, sending, complaint, to)
        if citizen
        else _link(services, sending, notice, complaint)
    )
    letter = sending.render(case, read_timeline(services.store, case.ticket), notice, link)
    return _mail(services, sending, notice, to, letter, complaint)


def _ways_back(
    services: Services, sending: Sending, notice: Notice, complaint: Complaint | None
) -> tuple[str, str]:
    """Signed addresses of this notice alone: (reply address, bounce address)."""
    if not sending.receives:
        return "", ""
    purpose = FALLBACK_BOUNCE if notice.delivery.fallback else BOUNCE
    try:
        replied, bounced = (services.links.mail_key(use, notice.id) for use in (REPLY, purpose))
    except ValueError:  # the id is too long for an address: the mail is sent all the same
        return "", ""
    may_reply = complaint is not None and not only_by_link(complaint, notice)
    return reply_address(replied, sending.domain) if may_reply else "", bounce_address(bounced, sending.domain)


def _followed(services: Services, notice: Notice, complaint: Complaint) -> Complaint | None:
    """The complaint that a follower's notice is about, as that follower may see it; None once it
    follows another.
    """
    about = Complaints(services.store).get(notice.about) if complaint.parent == notice.about else None
    return as_seen_by(complaint, about) if about else None


def _mail(
    services: Services, sending: Sending, notice: Notice, to: str, letter: MailText, complaint: Complaint | None
) -> Mail:
    reply_to, envelope_from = _ways_back(services, sending, notice, complaint)
    return Mail(
        to=to,
        subject=letter.subject,
        text=letter.text,
        html=letter.html,
        message_id=f"{notice.id}{'.fallback' if notice.extra.get('fallback') else ''}@{sending.domain}",
        references=f"{notice.ticket or 'table'}@{sending.domain}",
        list_id=f"laksa.{sending.domain}",
        language=complaint.lang if complaint and notice.role == CITIZEN else "id",
        reply_to=reply_to,
        envelope_from=envelope_from,
    )


def _address(services: Services, notice: Notice) -> str:
    """The recipient's address, looked up now: a corrected mailbox is used at once."""
    if notice.role == CITIZEN:
        reporter = services.store.get(REPORTERS, notice.ticket)
        return reporter["email"] if reporter else ""
    if require_kind(notice).keeps_address:
        return str(notice.extra["address"])
    return services.directory.address(notice.role, notice.to, notice.delivery.fallback)


def _citizens_link(services: Services, sending: Sending, complaint: Complaint, to: str) -> str:
    """The citizen's link; with rate limits it carries the tag by which reading is noticed."""
    ticket = complaint.ticket
    mark = f"?{OPEN_TAG}={open_tag(services.links, ticket, to)}" if sending.limited else ""
    return sending.url + citizen_path(services.links, ticket, complaint.key_version) + mark


def _link(services: Services, sending: Sending, notice: Notice, complaint: Complaint) -> str:
    """The link in an office's mail: a token for one role of the present assignment."""
    expires = services.clock.now() + timedelta(days=services.policy.link_days)
    if require_kind(notice).links_to_past and obstacle(complaint, notice) == GONE:
        return f"{sending.url}/opd/{services.links.case_token(_right_of_old(notice, complaint, expires))}"
    desk = notice.role == DESK or (notice.role == HEAD and complaint.assignment is None)
    role = DESK if desk else notice.role
    held = complaint.assignment
    generation = held.unit_key if held and role == UNIT else complaint.assignment_no
    right = CaseGrant(complaint.ticket, role, generation, expires)
    return f"{sending.url}/{'meja' if desk else 'opd'}/{services.links.case_token(right)}"


def _right_of_old(notice: Notice, complaint: Complaint, expires: datetime) -> CaseGrant:
    """The grant of an office that no longer has the complaint: a link whose page says so."""
    before = (each.generation for each in reversed(complaint.previous_assignments) if each.opd == notice.to)
    return CaseGrant(complaint.ticket, notice.role, next(before, 0), expires)


def _write_overview(services: Services, sending: Sending, notice: Notice) -> Mail | None:
    """Write a mail about many complaints as they are now."""
    overview = read_overview(services, notice)
    if overview is None:
        return None
    return _mail(services, sending, notice, _address(services, notice), sending.render_overview(overview), None)
