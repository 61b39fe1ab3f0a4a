"""Lost links: the request is answered at once, and looked up only after the answer."""

from __future__ import annotations

from workflows.collection_names import REPORTERS
from workflows.domain.actions.renew_link import lost_link
from workflows.domain.complaint.ticket import parse_ticket
from workflows.errors import Forbidden
from workflows.ports import Document, Links
from workflows.topics import LINK_ASKED
from workflows.unit_of_work import Services, apply_transition
from workflows.urls import citizen_path


def ask(services: Services, ticket: str, email: str, phone: str) -> None:
    """Publish the request without looking anything up, so that even the response time reveals nothing. The message
    contains keyed hashes of the input. BusUnavailable when it could not be published.
    """
    known = parse_ticket(ticket)
    if known:
        contact = {"email": _mark(services.links, "email", email), "phone": _mark(services.links, "phone", phone)}
        services.bus.publish(LINK_ASKED, {"ticket": known, **contact})


def send_lost_link_mail(services: Services, ticket: str, email: str, phone: str) -> None:
    """Send the link if the hashes match the reporter's contact. Safe to repeat."""
    reporter = services.store.get(REPORTERS, ticket)
    if reporter and _matches(services.links, reporter, email, phone):
        apply_transition(services, ticket, lost_link)


def path_by_code(services: Services, ticket: str, code: str) -> str:
    """The citizen's page for a ticket and its recovery code; one Forbidden for both mistakes. Looks nothing up:
    the page says whether there is such a complaint, to holders of its key only.
    """
    version = services.links.read_spoken_code(ticket, code)
    known = parse_ticket(ticket)
    if known is None:
        raise Forbidden
    return citizen_path(services.links, known, version)


def _matches(links: Links, reporter: Document, email: str, phone: str) -> bool:
    by_mail = bool(email) and _mark(links, "email", reporter["email"]) == email
    return by_mail or (bool(phone) and _mark(links, "phone", reporter["phone"]) == phone)


def _mark(links: Links, what: str, contact: str) -> str:
    return links.digest(f"lost link by {what}", contact.casefold()) if contact else ""
