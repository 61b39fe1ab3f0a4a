"""A new board link for the holder of an old one, sent to the desk's own mailbox at most once an hour. Also the
queue of complaints that wait at the desk: danger first, then the longest waiting, page by page.
"""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime

from workflows.collection_names import COMPLAINTS, NOTICES, SYSTEM
from workflows.domain.actions.renew_link import AGAIN_AFTER
from workflows.domain.complaint.model import DANGER, THE_REST, Complaint
from workflows.domain.complaint.transition import DESK
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.notice import Notice, office_notice
from workflows.domain.offices import DESK as OPERATORS
from workflows.frozen import frozen
from workflows.pagination import Cursor, decode_cursor, encode_cursor, read_page
from workflows.ports import Query, Store, Transaction
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import Complaints, Services, publish_best_effort
from workflows.urls import board_path

BOARD_LINK = "board_link"
"""The document that stores when a link was last requested."""


@frozen
class BoardLink:
    """What the mail shows: the path of the board, and when it expires."""

    path: str
    until: datetime


def renewed_at(store: Store) -> datetime | None:
    """When a new link was last sent on request."""
    document = store.get(SYSTEM, BOARD_LINK)
    at: datetime | None = document["at"] if document else None
    return at


def renew(services: Services, token: str) -> None:
    """Mail a new link; nothing within an hour after the last. Forbidden for a token that was never a
    board link.
    """
    services.links.read_board_token(token)
    now = services.clock.now()
    id = f"board.{now:%Y%m%d%H%M%S}"
    letter = office_notice(id, NoticeName.BOARD_LINK, DESK, OPERATORS, now)

    def work(transaction: Transaction) -> bool:
        last = transaction.get(SYSTEM, BOARD_LINK)
        if last and now - last["at"] < AGAIN_AFTER:
            return False
        transaction.set(SYSTEM, BOARD_LINK, {**(last or {}), "at": now})
        transaction.set(NOTICES, id, letter.to_document())
        return True

    if services.store.transact(work):
        publish_best_effort(services.bus, NOTICE_DUE, {"notice": id})


def read_board_link(services: Services, notice: Notice) -> BoardLink:
    """A link whose life begins when the mail is written."""
    return BoardLink(*board_path(services))


def count_waiting(store: Store) -> int:
    """Number of complaints that wait at the desk."""
    return sum(store.count(_part(part)) for part in (DANGER, THE_REST))


def danger(store: Store, most: int) -> tuple[Complaint, ...]:
    """The first of them that report danger, longest waiting first."""
    return tuple(Complaints(store).query(replace(_part(DANGER), limit=most)))


def waiting(store: Store, most: int, after: str = "") -> tuple[tuple[Complaint, ...], str]:
    """(complaints after a cursor, cursor of the next page or ''). An invalid cursor means the first page."""

    def read(on_top: bool, room: int, cursor: Cursor | None) -> list[Complaint]:
        part = _part(DANGER if on_top else THE_REST)
        return Complaints(store).query(replace(part, limit=room, after=cursor))

    shown, more = read_page(read, most, decode_cursor(after))
    return shown, _place_of(shown[-1]) if more else ""


def _part(part: str) -> Query:
    return Query(COMPLAINTS, (("board", "==", part),), order_by="desk_since")


def _place_of(case: Complaint) -> str:
    return encode_cursor(case.urgent, case.deadlines.desk_since, case.ticket)
