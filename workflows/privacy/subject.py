"""All that is held on one person: found by the address or number they gave, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflows.citizen.data_requests import requests_of
from workflows.collection_names import INBOUND, NOTICES, REPORTERS
from workflows.complaints import Complaints
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import parse_ticket
from workflows.domain.complaint.transition import CITIZEN
from workflows.domain.intake.submission import normal_phone
from workflows.domain.privacy.data_request import DataRequest
from workflows.ports import Document, Query, Store, Where

PAGE = 200
NOBODY: Document = {"name": "", "email": "", "phone": ""}
_PHONE = re.compile(r"\+\d{8,15}")


@dataclass(frozen=True)
class Report:
    """One report of that person: itself, what they gave, our letters to them, their mails to us."""

    complaint: Complaint
    reporter: Document
    letters: tuple[Document, ...]
    mails: tuple[Document, ...]
    requests: tuple[DataRequest, ...] = ()


def contact_of(typed: str) -> tuple[str, str]:
    """The field of `reporters` that is meant, `email_key` or `phone`, or `ticket`; and its value. ValueError."""
    if ticket := parse_ticket(typed):
        return "ticket", ticket
    if "@" in typed:
        return "email_key", typed.strip().casefold()
    phone = normal_phone(typed.strip())
    if not _PHONE.fullmatch(phone):
        raise ValueError("neither an e-mail address, a phone number nor the number of a report")
    return "phone", phone


def reports_of(store: Store, field: str, value: str) -> Iterator[Report]:
    """Every report that was sent with exactly that address or number; of a ticket, that report alone."""
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
    """Also one whose writer left no name; whoever holds its link is told of no other report."""
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
