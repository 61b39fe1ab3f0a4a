"""All that is held on one person: found by the address or number they gave, and by nothing else."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from workflows.domain.change import CITIZEN
from workflows.domain.complaint import Complaint, from_document
from workflows.domain.submission import normal_phone
from workflows.ports import Document, Query, Store, Where
from workflows.runner import COMPLAINTS, INBOUND, NOTICES, REPORTERS

PAGE = 200
_PHONE = re.compile(r"\+\d{8,15}")


@dataclass(frozen=True)
class Report:
    """One report of that person: itself, what they gave, our letters to them, their mails to us."""

    complaint: Complaint
    reporter: Document
    letters: tuple[Document, ...]
    mails: tuple[Document, ...]


def contact_of(typed: str) -> tuple[str, str]:
    """The field of `reporters` that is meant, `email_key` or `phone`, and its value; ValueError for neither."""
    if "@" in typed:
        return "email_key", typed.strip().casefold()
    phone = normal_phone(typed.strip())
    if not _PHONE.fullmatch(phone):
        raise ValueError("neither an e-mail address nor a phone number")
    return "phone", phone


def reports_of(store: Store, field: str, value: str) -> Iterator[Report]:
    """Every report that was sent with exactly that address or number."""
    query = Query(REPORTERS, ((field, "==", value),), limit=PAGE)
    while page := store.query(query):
        cases = store.get_many(COMPLAINTS, [found.id for found in page])
        for found, case in zip(page, cases, strict=True):
            if case is not None:
                yield _report(store, from_document(case), found.data)
        query = replace(query, after=(None, page[-1].id))


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
    )
