"""A new link to the board for whoever holds an old one: to the desk's own mailbox, at most once an hour."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from workflows.collection_names import NOTICES, SYSTEM
from workflows.domain.change import DESK
from workflows.domain.notice import Notice, about_no_case
from workflows.domain.offices import DESK as OPERATORS
from workflows.domain.renewing import AGAIN_AFTER
from workflows.mail.case_links import board_path
from workflows.ports import Store, Transaction
from workflows.topics import NOTICE_DUE
from workflows.unit_of_work import Services, publish_best_effort

BOARD_LINK = "board_link"
"""The document that knows when, and the letter's template."""


@dataclass(frozen=True)
class BoardLink:
    """What the letter shows: the path of the board, and until when it works."""

    path: str
    until: datetime


def renewed_at(store: Store) -> datetime | None:
    """When a new link last went out on demand."""
    document = store.get(SYSTEM, BOARD_LINK)
    at: datetime | None = document["at"] if document else None
    return at


def renew(ports: Services, token: str) -> None:
    """Mail a new link; nothing within the hour after the last. Forbidden for what was never a board's link."""
    ports.links.read_board_token(token)
    now = ports.clock.now()
    id = f"board.{now:%Y%m%d%H%M%S}"
    letter = about_no_case(id, BOARD_LINK, DESK, OPERATORS, now)

    def work(transaction: Transaction) -> bool:
        last = transaction.get(SYSTEM, BOARD_LINK)
        if last and now - last["at"] < AGAIN_AFTER:
            return False
        transaction.set(SYSTEM, BOARD_LINK, {"at": now})
        transaction.set(NOTICES, id, letter.to_document())
        return True

    if ports.store.transact(work):
        publish_best_effort(ports.bus, NOTICE_DUE, {"notice": id})


def read_board_link(ports: Services, notice: Notice) -> BoardLink:
    """A link that lives from the moment the letter is written."""
    return BoardLink(*board_path(ports))
