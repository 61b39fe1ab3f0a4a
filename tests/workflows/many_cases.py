"""Thousands of cases in a store in seconds: one that was lived, written again under other numbers."""

from __future__ import annotations
from collections.abc import Iterator
from itertools import islice
from random import Random

from workflows.domain.complaint.ticket import new_ticket
from workflows.migration.ports import Row, WholeStore
from workflows.ports import Document, Photos, Transaction

EACH = 400
WITH_PHOTOS = 20
"""Of so many copies one has photos of its own; the others show those of the first."""


def multiply(store: WholeStore, photos: Photos, ticket: str, count: int) -> None:
    """Everything that names the ticket, `count` times more; the number stands in each copy's text, too."""
    rows = [row for row in store.rows() if ticket in (row.collection + row.id + str(row.data.get("ticket")))]
    luck = Random(1)
    numbers = [new_ticket(luck.randbytes(5)) for _ in range(count)]
    for number in numbers[::WITH_PHOTOS]:
        _copy_photos(photos, ticket, number)
    copies = _copies(rows, ticket, numbers)
    while page := list(islice(copies, EACH)):
        store.transact(lambda tx, page=page: _put(tx, page))  # type: ignore[misc]


def _copy_photos(photos: Photos, ticket: str, number: str) -> None:
    for name in photos.names(ticket):
        if photo := photos.get(name):
            photos.put(name.replace(ticket, number), *photo)


def _copies(rows: list[Row], ticket: str, numbers: list[str]) -> Iterator[Row]:
    for n, number in enumerate(numbers):
        for row in rows:
            id = row.id.replace(ticket, number) if ticket in row.id else f"{row.id}.{n}"
            id = row.id if "/" in row.collection else id
            data = _renamed(row.data, ticket, number, own_photos=n % WITH_PHOTOS == 0)
            yield Row(row.collection.replace(ticket, number), id, data)


def _renamed(data: Document, ticket: str, number: str, own_photos: bool) -> Document:
    named = {key: value.replace(ticket, number) if isinstance(value, str) else value for key, value in data.items()}
    if "photos" not in data or "text" not in data:
        return named
    shown = number if own_photos else ticket
    photos = [photo | {"name": photo["name"].replace(ticket, shown)} for photo in data["photos"]]
    return named | {"text": f"{data['text']} Nomor {number}.", "photos": photos}


def _put(transaction: Transaction, page: list[Row]) -> None:
    for row in page:
        transaction.set(row.collection, row.id, row.data)
