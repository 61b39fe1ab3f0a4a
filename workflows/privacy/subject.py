"""All data held on one person, found by exactly the address or number they gave."""

from __future__ import annotations
import re
from collections.abc import Iterator
from dataclasses import replace

from workflows.citizen.data_requests import requests_of
from workflows.collection_names import INBOUND, NOTICES, REPORTERS
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import parse_ticket
from workflows.domain.complaint.transition import CITIZEN
from workflows.domain.intake.submission import normal_phone
from workflows.domain.privacy.data_request import DataRequest
from workflows.frozen import frozen
from workflows.ports import Document, Query, Store, Where
from workflows.unit_of_work import Complaints

PAGE = 200
NOBODY: Document = {"name": "", "email": "", "phone": ""}
_PHONE = re.compile(r"\+\d{8,15}")


@frozen
class Report:
    """One complaint of that person: itself, what they entered, our notices to them, their mails to us."""

    complaint: Complaint
    reporter: Document
    letters: tuple[Document, ...]
    mails: tuple[Document, ...]
    requests: tuple[DataRequest, ...] = ()


def contact_of(typed: str) -> tuple[str, str]:
    """(field, value): the field of `reporters`, `email_key` or `phone`, or `ticket`. ValueError for
    anything else.
    """
    if ticket := parse_ticket(typed):
        return "ticket", ticket
    if "@" in typed:
        return "email_key", typed.strip().casefold()
    phone = normal_phone(typed.strip())
    if not _PHONE.fullmatch(phone):
        raise ValueError("neither an e-mail address, a phone number nor the number of a report")
    return "phone", phone


def reports_of(store: Store, field: str, value: str) -> Iterator[Report]:
    """Every complaint with exactly that address or number; for a ticket, that complaint alone."""
    if field == "ticket":
        yield from _that_report(store, value)
        return
    query = Query(REPORTERS, ((field, "==", value),), limit=PAGE)
    while page := store.query(query):
        cases = Complaints(store).get_many([found.id for found in page])
        for found, case in zip(page, cases, strict=True):
            if case is not None:
                yield _report(store, case, found.data)
        query = replace(query, after=(None, page[-1].id))


def _that_report(store: Store, ticket: str) -> Iterator[Report]:
    """The complaint of a ticket, also an anonymous one; the holder of its link learns of no other."""
    case = Complaints(store).get(ticket)
    if case is not None:
        yield _report(store, case, store.get(REPORTERS, ticket) or NOBODY)


def _report(store: Store, complaint: Complaint, reporter: Document) -> Report:
    ticket = complaint.ticket
    letters = store.query(Query(NOTICES, (("ticket", "==", ticket),), order_by="created_at", limit=1000))
    about: Where = (("notice", ">=", f"{ticket}."), ("notice", "<", f"{ticket}/"))
    mails = store.query(Query(INBOUND, about, order_by="notice", limit=1000))
    return Report(
        complaint,
        reporter,
        tuple(found.data for found in letters if found.data["role"] == CITIZEN),
        tuple(found.data for found in mails if str(found.data["notice"]).endswith(f".{CITIZEN}")),
        requests_of(store, ticket),
    )
