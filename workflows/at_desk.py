"""What waits at the desk for operators to choose: danger on top, then what has waited longest, page by page."""

from __future__ import annotations

from dataclasses import replace

from workflows.domain.complaint import DANGER, THE_REST, Complaint, from_document
from workflows.place_in_list import Cursor, read_place, write_place
from workflows.ports import Query, Store
from workflows.runner import COMPLAINTS

PARTS = (DANGER, THE_REST)


def count_waiting(store: Store) -> int:
    """How many cases there are."""
    return sum(store.count(_part(part)) for part in PARTS)


def waiting(store: Store, most: int, after: str = "") -> tuple[tuple[Complaint, ...], str]:
    """The first cases behind a place, and the place of the next page: empty on the last.

    A text that is no place is the beginning.
    """
    on_top, cursor = read_place(after) or (True, None)
    found: list[Complaint] = []
    for part in PARTS if on_top else PARTS[1:]:
        found += _first(store, part, most + 1 - len(found), cursor)
        cursor = None
    shown = tuple(found[:most])
    return shown, _place_of(shown[-1]) if len(found) > most else ""


def _first(store: Store, part: str, room: int, cursor: Cursor | None) -> list[Complaint]:
    if room < 1:
        return []
    return [from_document(item.data) for item in store.query(replace(_part(part), limit=room, after=cursor))]


def _part(part: str) -> Query:
    return Query(COMPLAINTS, (("board", "==", part),), order_by="desk_since")


def _place_of(case: Complaint) -> str:
    return write_place(case.urgent, case.desk_since, case.ticket)
