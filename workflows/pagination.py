"""The cursor of a page in a list, as its URL contains it: part of the list, date, ticket."""

from __future__ import annotations
import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta

from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import parse_ticket

Cursor = tuple[datetime | None, str]
"""(date, ticket) of the last complaint before a page, as a query takes them."""

ReadPart = Callable[[bool, int, Cursor | None], Sequence[Complaint]]
"""Reads the first complaints after a cursor of one part of a list; True: the top part."""

_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_PLACE = re.compile(r"(?P<part>[un])(?P<date>\d{0,16})-(?P<ticket>[0-9A-Z]{9})", re.ASCII)


def encode_cursor(urgent_first: bool, date: datetime | None, ticket: str) -> str:
    """The cursor after a complaint. `urgent_first`: it is in the first of the list's two parts."""
    micros = (date - _EPOCH) // timedelta(microseconds=1) if date else ""
    return f"{'u' if urgent_first else 'n'}{micros}-{ticket.removeprefix('LKS-').replace('-', '')}"


def decode_cursor(text: str) -> tuple[bool, Cursor] | None:
    """The inverse of encode_cursor; None for an invalid text."""
    found = _PLACE.fullmatch(text)
    ticket = parse_ticket(found["ticket"]) if found else None
    if found is None or ticket is None:
        return None
    date = _EPOCH + timedelta(microseconds=int(found["date"])) if found["date"] else None
    return found["part"] == "u", (date, ticket)


def read_page(read: ReadPart, most: int, place: tuple[bool, Cursor] | None) -> tuple[tuple[Complaint, ...], bool]:
    """(complaints after a cursor, whether others follow); None is the beginning. One more than a page is read to
    know that.
    """
    urgent_first, cursor = place or (True, None)
    found: list[Complaint] = []
    for part in (True, False) if urgent_first else (False,):
        if room := most + 1 - len(found):
            found += read(part, room, cursor)
        cursor = None
    return tuple(found[:most]), len(found) > most
