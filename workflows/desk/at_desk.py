"""What waits at the desk for operators to choose: danger on top, then what has waited longest, page by page."""

from __future__ import annotations

from dataclasses import replace

from workflows.collection_names import COMPLAINTS
from workflows.complaints import Complaints
from workflows.domain.complaint import DANGER, THE_REST, Complaint
from workflows.pagination import Cursor, decode_cursor, encode_cursor, read_page
from workflows.ports import Query, Store


def count_waiting(store: Store) -> int:
    """How many cases there are."""
    return sum(store.count(_part(part)) for part in (DANGER, THE_REST))


def danger(store: Store, most: int) -> tuple[Complaint, ...]:
    """The first of those cases that speak of danger, those that have waited longest first."""
    return tuple(Complaints(store).query(replace(_part(DANGER), limit=most)))


def waiting(store: Store, most: int, after: str = "") -> tuple[tuple[Complaint, ...], str]:
    """The first cases behind a place, and the place of the next page: empty on the last.

    A text that is no place is the beginning.
    """

    def read(on_top: bool, room: int, cursor: Cursor | None) -> list[Complaint]:
        part = _part(DANGER if on_top else THE_REST)
        return Complaints(store).query(replace(part, limit=room, after=cursor))

    shown, more = read_page(read, most, decode_cursor(after))
    return shown, _place_of(shown[-1]) if more else ""


def _part(part: str) -> Query:
    return Query(COMPLAINTS, (("board", "==", part),), order_by="desk_since")


def _place_of(case: Complaint) -> str:
    return encode_cursor(case.urgent, case.desk_since, case.ticket)
