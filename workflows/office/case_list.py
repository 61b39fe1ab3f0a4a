"""A department's list: its open complaints, urgent ones first, then by deadline, page by page. A restricted
complaint is placed by its deadline, so that its place does not reveal whether it is urgent.
"""

from __future__ import annotations
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.transition import DEPARTMENT
from workflows.errors import Forbidden, ListExpired
from workflows.frozen import frozen
from workflows.office.open_cases import Counts, counts, hiding_pending_assignments, is_on_top, open_cases
from workflows.pagination import Cursor, decode_cursor, encode_cursor, read_page
from workflows.ports import ListGrant, Query, Reads
from workflows.unit_of_work import Services, complaint_of
from workflows.urls import office_path

PAGE = 200
NOWHERE = "-"
"""In place of a kelurahan: complaints without one."""


@frozen
class Listed:
    """One page of a list. `paths` open the complaints, in the same order; `next` is '' on the last page.
    `matching`: number of complaints of the whole list with its filter.
    """

    opd: str
    counts: Counts
    kelurahan: str
    matching: int
    cases: tuple[Complaint, ...]
    paths: tuple[str, ...]
    first: bool
    next: str
    until: datetime


def parse_link(services: Services, token: str) -> ListGrant:
    """The grant of a list token; Forbidden when it is forged or of another kind, ListExpired after its day."""
    grant = services.links.read_list_token(token)
    if services.directory.get(grant.opd) is None:
        raise Forbidden
    if grant.expires <= services.clock.now():
        raise ListExpired
    return grant


def open_list(services: Services, token: str, kelurahan: str = "", after: str = "") -> Listed:
    """The page of the list after the cursor `after`; an invalid one means the first page. `kelurahan`: a dotted
    code, NOWHERE, or '' for all; with one, restricted complaints are left out, since the filter would reveal their
    place. Forbidden, ListExpired.
    """
    grant = parse_link(services, token)
    now, place = services.clock.now(), decode_cursor(after)
    store = hiding_pending_assignments(services.store, grant.opd, now)
    cases, following = _page(store, grant.opd, kelurahan, place)
    numbers = counts(store, grant.opd, now)
    return Listed(
        opd=grant.opd,
        counts=numbers,
        kelurahan=kelurahan,
        matching=_matching(store, grant.opd, kelurahan) if kelurahan else numbers.open,
        cases=cases,
        paths=tuple(office_path(services, case, DEPARTMENT) for case in cases),
        first=place is None,
        next=following,
        until=grant.expires,
    )


def _page(
    store: Reads, opd: str, kelurahan: str, place: tuple[bool, Cursor] | None
) -> tuple[tuple[Complaint, ...], str]:
    def read(on_top: bool, room: int, cursor: Cursor | None) -> list[Complaint]:
        return _part(store, _queries(opd, kelurahan, on_top), room, cursor)

    shown, more = read_page(read, PAGE, place)
    return shown, _place_of(shown[-1]) if more else ""


def _part(store: Reads, queries: Sequence[Query], room: int, cursor: Cursor | None) -> list[Complaint]:
    """The first `room` complaints after the cursor among the results of several queries."""
    pages = (store.query(replace(query, limit=room, after=cursor)) for query in queries)
    found = (complaint_of(item) for page in pages for item in page)
    return sorted(
        found, key=lambda case: (case.deadlines.answer_by is not None, case.deadlines.answer_by, case.ticket)
    )[:room]


def _queries(opd: str, kelurahan: str, on_top: bool) -> tuple[Query, ...]:
    """The queries for the top of the list, or for all the rest."""
    if kelurahan:
        return (_filtered(opd, kelurahan, on_top),)
    hidden = open_cases(opd, ("restricted", "==", not on_top), ("urgent", "==", True))
    return (hidden,) if on_top else (open_cases(opd, ("urgent", "==", False)), hidden)


def _filtered(opd: str, kelurahan: str, urgent: bool) -> Query:
    place = None if kelurahan == NOWHERE else kelurahan
    return open_cases(opd, ("kelurahan", "==", place), ("restricted", "==", False), ("urgent", "==", urgent))


def _matching(store: Reads, opd: str, kelurahan: str) -> int:
    return sum(store.count(_filtered(opd, kelurahan, urgent)) for urgent in (True, False))


def _place_of(case: Complaint) -> str:
    return encode_cursor(is_on_top(case), case.deadlines.answer_by, case.ticket)
