"""Sends one notice: claim it with a lease, write the mail from the present state, send it, mark it as sent."""

from __future__ import annotations
import logging
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from workflows.collection_names import NOTICES, REPORTERS
from workflows.desk.phone_tasks import hand_over
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import CITIZEN, DESK, FOLLOWERS, HEAD, UNIT, TimelineEvent
from workflows.domain.notifications.delivery import brings_answer, has_fallback, mark_accepted, record_mail_failure
from workflows.domain.notifications.inbound_reply import GONE, obstacle, only_by_link
from workflows.domain.notifications.kinds import require_kind
from workflows.domain.notifications.notice import (
    LOST,
    PENDING,
    Notice,
    NoticeState,
    NotSent,
    as_seen_by,
    is_list,
    is_obsolete,
    next_try,
    notice_from,
    reset_retries,
)
from workflows.failures import MailDeferred, MailRefused, Retryable, UnknownComplaint
from workflows.frozen import frozen
from workflows.inbound.headers import BOUNCE, FALLBACK_BOUNCE, REPLY, bounce_address, reply_address
from workflows.mail.bounces import handle_bounce
from workflows.mail.bundling import put_back, put_on_list
from workflows.mail.digests import Overview, read_overview
from workflows.mail.followers import tell_followers
from workflows.mail.rate_limit import OPEN_TAG, Admission, admit, open_tag
from workflows.ports import DELETE, CaseGrant, Document, Mail, Mailer, Query, Transaction
from workflows.records.queries import every_found
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import (
    Complaints,
    Decide,
    SavedTransition,
    Services,
    commit,
    publish_best_effort,
    read_timeline,
    save,
)
from workflows.urls import citizen_path

log = logging.getLogger("laksa")


@frozen
class MailText:
    """A mail without its addresses: subject on one line (≤ 70 characters), text and HTML body."""

    subject: str
    text: str
    html: str


@frozen
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


def render_notice(services: Services, sending: Sending, notice: Notice) -> Mail | None:
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
    link = _citizens_link(services, sending, complaint, to) if citizen else _link(services, sending, notice, complaint)
    letter = sending.render(case, read_timeline(services.store, case.ticket), notice, link)
    return _mail(services, sending, notice, to, letter, complaint)


def _ways_back(services: Services, sending: Sending, notice: Notice, complaint: Complaint | None) -> tuple[str, str]:
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
    assignment_no = held.unit_key if held and role == UNIT else complaint.assignment_no
    grant = CaseGrant(complaint.ticket, role, assignment_no, expires)
    return f"{sending.url}/{'meja' if desk else 'opd'}/{services.links.case_token(grant)}"


def _right_of_old(notice: Notice, complaint: Complaint, expires: datetime) -> CaseGrant:
    """The grant of an office that no longer has the complaint: a link whose page says so."""
    before = (each.assignment_no for each in reversed(complaint.previous_assignments) if each.opd == notice.to)
    return CaseGrant(complaint.ticket, notice.role, next(before, 0), expires)


def _write_overview(services: Services, sending: Sending, notice: Notice) -> Mail | None:
    """Write a mail about many complaints as they are now."""
    overview = read_overview(services, notice)
    if overview is None:
        return None
    return _mail(services, sending, notice, _address(services, notice), sending.render_overview(overview), None)


PAGE = 200
TELL_DESK_AFTER = 4
"""Consecutive failures after which the desk is notified, while retries continue."""


def send_notice(services: Services, sending: Sending, id: str) -> str:
    """Send one notice and return its state afterwards. Idempotent: run twice, late or out of order, it sends one
    mail. Unexpected errors are raised again, except the last; they are retried as often as an unavailable server.
    """
    notice = claim_notice(services, id)
    if notice is None:
        return NotSent.PUT_BACK if put_back(services, id) else NotSent.NOTHING_TO_DO
    if told := _told_without_it(services, notice):
        return told
    try:
        mail = render_notice(services, sending, notice)
        if mail and (held_back := _held_back(services, sending, notice, mail.to)):
            return held_back
        server_id = sending.mailer.send(mail) if mail else None
    except MailDeferred as error:
        return _try_again(services, notice, error)
    except MailRefused as error:
        return _give_up(services, notice, error)
    except Retryable:
        raise
    except Exception as error:
        if _try_again(services, notice, error) == NoticeState.FAILED:
            return NoticeState.FAILED
        raise
    if server_id is None:
        return _settle(services, notice, {"state": NoticeState.DROPPED, "next_try_at": DELETE})
    return _sent(services, notice, server_id)


def _told_without_it(services: Services, notice: Notice) -> str:
    """The state of a notice that is not sent as a mail of its own (phoned, bundled, to followers);
    '' for others.
    """
    if notice.role == FOLLOWERS:
        return tell_followers(services, notice)
    if notice.is_by_phone:
        return hand_over(services, notice)
    return NoticeState.BUNDLED if put_on_list(services, notice) else ""


def _held_back(services: Services, sending: Sending, notice: Notice, to: str) -> str:
    """The state of a notice that must not be sent now; '' when it may."""
    if not sending.limited or notice.role != CITIZEN:
        return ""
    return {Admission.GO: "", Admission.WAIT: NoticeState.QUEUED, Admission.NOT_OURS: NotSent.NOTHING_TO_DO}[
        admit(services, notice, to)
    ]


def claim_notice(services: Services, id: str) -> Notice | None:
    """Claim a due notice for the length of a lease; None when it is leased or finished. If the sender dies, the
    lease expires and the sweep finds the notice again.
    """
    now = services.clock.now()

    def work(transaction: Transaction) -> Notice | None:
        document = transaction.get(NOTICES, id)
        if document is None:
            raise UnknownComplaint(id)
        notice = notice_from(id, document)
        if notice.state not in PENDING:
            _silence(transaction, notice)
            return None
        if notice.next_try_at and notice.next_try_at > now:
            return None
        return _take(transaction, notice, now + services.policy.mail.lease)

    return services.store.transact(work)


def _silence(transaction: Transaction, notice: Notice) -> None:
    """Remove the alarm of a finished notice, which would ring at every sweep; that of a lost list is for its
    notices.
    """
    if notice.next_try_at and not (notice.state in LOST and is_list(notice)):
        transaction.update(NOTICES, notice.id, {"next_try_at": DELETE})


def _take(transaction: Transaction, notice: Notice, until: datetime) -> Notice:
    taken = replace(notice, state=NoticeState.SENDING, attempts=notice.attempts + 1, next_try_at=until)
    transaction.set(NOTICES, notice.id, taken.to_document())
    return taken


def release_leases(services: Services) -> int:
    """Make leased notices due at once, after the only sender has died; returns their number."""
    query = Query(NOTICES, (("state", "==", NoticeState.SENDING),), order_by="created_at", limit=PAGE)
    return sum(_release(services, found.id) for found in every_found(services.store, query))


def _release(services: Services, id: str) -> bool:
    now = services.clock.now()

    def work(transaction: Transaction) -> bool:
        document = transaction.get(NOTICES, id)
        if document is None or document["state"] != NoticeState.SENDING:
            return False
        transaction.update(NOTICES, id, {"next_try_at": now})
        return True

    return services.store.transact(work)


def _sent(services: Services, notice: Notice, server_id: str) -> str:
    now = services.clock.now()
    took = now - (notice.created_at or now)
    log.info("mail sent", extra={"notice": notice.id, "seconds": took.total_seconds()})
    changes = {"state": NoticeState.SENT, "sent_at": now, "server_id": server_id, "next_try_at": DELETE}
    if not brings_answer(notice):
        return _settle(services, notice, changes)
    return _settle(services, notice, changes, lambda c, at: mark_accepted(c, notice, services.policy, at))


def _try_again(services: Services, notice: Notice, error: Exception) -> str:
    again = next_try(notice, services.clock.now(), services.policy.mail)
    if again is None:
        return _give_up(services, notice, error)
    late = notice.tries >= TELL_DESK_AFTER
    # no mail reports these two: the log is where somebody learns of it
    level = logging.ERROR if late and (not notice.ticket or notice.role == DESK) else logging.WARNING
    cause = _cause(error)
    log.log(level, "mail deferred", extra={"notice": notice.id, "attempts": notice.attempts, "cause": cause})
    changes: Document = {"state": NoticeState.QUEUED, "next_try_at": again, "last_error": cause}
    return _settle_and_tell(services, notice, changes) if late else _settle(services, notice, changes)


def _give_up(services: Services, notice: Notice, error: Exception) -> str:
    """Stop the tries at this mailbox; go on with the fallback mailbox, if there is one, or with the phone."""
    cause = _cause(error)
    if has_fallback(notice, services.directory):
        again = reset_retries(notice, services.clock.now(), fallback=True)
        return _turn_and_tell(services, notice, again | {"last_error": cause})
    if isinstance(error, MailRefused) and error.mailbox and handle_bounce(services, notice, cause):
        return NoticeState.QUEUED
    log.error("mail failed", extra={"notice": notice.id, "attempts": notice.attempts, "cause": cause})
    now = services.clock.now()
    fate = {"state": NoticeState.FAILED, "lost_at": now, "next_try_at": now if is_list(notice) else DELETE}
    state = _settle_and_tell(services, notice, fate | {"last_error": cause})
    if is_list(notice):
        publish_best_effort(services.bus, NOTICE_DUE, {"notice": notice.id})
    return state


def _turn_and_tell(services: Services, notice: Notice, changes: Document) -> str:
    """Notify the desk of the first mailbox's failure, once; failures at the next mailbox are notified again."""
    if notice.delivery.desk_told:
        return _settle(services, notice, changes)
    return _settle(services, notice, changes, _failing(notice, changes))


def _failing(notice: Notice, changes: Document) -> Decide:
    return lambda complaint, now: record_mail_failure(complaint, notice, changes["last_error"], now)


def _settle_and_tell(services: Services, notice: Notice, changes: Document) -> str:
    """Notify the desk of a notice's failure, once."""
    if notice.delivery.desk_told:
        return _settle(services, notice, changes)
    told: Document = {"extra": notice.extra_with(replace(notice.delivery, desk_told=True))}
    return _settle(services, notice, changes, _failing(notice, changes), told)


def _settle(
    services: Services, notice: Notice, changes: Document, decide: Decide | None = None, decided: Document | None = None
) -> str:
    """Save a notice's new state and its effect on the complaint in one transaction. `decided` is stored on the
    notice too if the complaint changed.
    """
    now = services.clock.now()

    def work(transaction: Transaction) -> SavedTransition | None:
        document = transaction.get(NOTICES, notice.id)
        if document is None or not _counts(document, notice, changes):
            return None
        case = Complaints(transaction).get(notice.ticket) if decide else None
        change = decide(case, now) if decide and case else None
        settled: Document = {**changes, "line": DELETE}
        transaction.update(NOTICES, notice.id, {**settled, **(decided or {})} if change else settled)
        return save(transaction, change, services.policy, now) if change else None

    commit(services, work)
    return str(changes["state"])


def _counts(document: Document, notice: Notice, changes: Document) -> bool:
    """Whether the changes apply: a sent notice always counts; others only while our lease has not
    been taken over.
    """
    if changes["state"] == NoticeState.SENT:
        return bool(document["state"] != NoticeState.SENT)
    return bool(document["attempts"] == notice.attempts)


def _cause(error: Exception) -> str:
    """The mail server's words, shortened and without addresses; for our own errors only the class."""
    if not isinstance(error, MailDeferred | MailRefused):
        return type(error).__name__
    words = str(error).split()
    return " ".join(word for word in words if "@" not in word)[:200]
