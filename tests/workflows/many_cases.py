"""Thousands of cases in a store in seconds: one that was lived, written again under other numbers."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import islice
from random import Random

from workflows.domain.ticket import new_ticket
from workflows.moving.ports import Row, WholeStore
from workflows.ports import Document, Transaction

EACH = 400


def multiply(store: WholeStore, ticket: str, count: int) -> None:
    """Everything that names the ticket, `count` times more; the number stands in each copy's text, too."""
    rows = [row for row in store.rows() if ticket in (row.collection + row.id + str(row.data.get("ticket")))]
    luck = Random(1)
    copies = _copies(rows, ticket, [new_ticket(luck.randbytes(5)) for _ in range(count)])
    while page := list(islice(copies, EACH)):
        store.transact(lambda tx, page=page: _put(tx, page))  # type: ignore[misc]


def _copies(rows: list[Row], ticket: str, numbers: list[str]) -> Iterator[Row]:
    for n, number in enumerate(numbers):
        for row in rows:
            id = row.id.replace(ticket, number) if ticket in row.id else f"{row.id}.{n}"
            id = row.id if "/" in row.collection else id
            yield Row(row.collection.replace(ticket, number), id, _renamed(row.data, ticket, number))


def _renamed(data: Document, ticket: str, number: str) -> Document:
    named = {
        key: value.replace(ticket, number) if isinstance(value, str) else value for key, value in data.items()
    }
    return named | ({"text": f"{data['text']} Nomor {number}."} if "photos" in data and "text" in data else {})


def _put(transaction: Transaction, page: list[Row]) -> None:
    for row in page:
        transaction.set(row.collection, row.id, row.data)
