"""Counts and checksums that must be equal before and after a move."""

from __future__ import annotations
from collections.abc import Iterable, Iterator
from hashlib import sha256

from workflows.collection_names import SYSTEM
from workflows.frozen import frozen
from workflows.migration.import_guard import MOVE
from workflows.migration.jsonl import group_of, to_line
from workflows.migration.ports import CannotMove, City, Row
from workflows.ports import Photos
from workflows.privacy import ledger
from workflows.privacy.ledger import Erasure


@frozen
class Sum:
    """The number of lines, and the SHA-256 over all of them in order."""

    count: int
    sha256: str


class Summing:
    """Adds up the lines that pass through."""

    def __init__(self) -> None:
        self._count = 0
        self._hash = sha256()

    def add(self, line: bytes) -> bytes:
        """Count a line and return it."""
        self._count += 1
        self._hash.update(line)
        return line

    def through(self, lines: Iterable[bytes]) -> Iterator[bytes]:
        """Yield the same lines, counting each as it is taken."""
        return (self.add(line) for line in lines)

    @property
    def sum(self) -> Sum:
        """The sum of the lines so far."""
        return Sum(self._count, self._hash.hexdigest())


def sum_of(lines: Iterable[bytes]) -> Sum:
    """The sum of all these lines."""
    summing = Summing()
    for line in lines:
        summing.add(line)
    return summing.sum


def moving_rows(city: City) -> Iterator[Row]:
    """Every document except the note of an import."""
    return (row for row in city.store.rows() if (row.collection, row.id) != (SYSTEM, MOVE))


def sums_of(rows: Iterable[Row]) -> dict[str, Sum]:
    """Sums by group of collections; `rows` in the order of the store."""
    found: dict[str, Summing] = {}
    for row in rows:
        found.setdefault(group_of(row.collection), Summing()).add(to_line(row))
    return {group: summing.sum for group, summing in found.items()}


def photo_names(photos: Photos) -> list[str]:
    """Names of every photo and every mail that waits to be read, without files being written now."""
    return [name for name in photos.names("") if not name.startswith(".")]


def photo_of(photos: Photos, name: str) -> bytes:
    """The bytes of a photo; CannotMove when it is gone."""
    found = photos.get(name)
    if found is None:
        raise CannotMove(f"the photo {name} went while the city was read: stop it first")
    return found[0]


def photo_line(name: str, data: bytes) -> bytes:
    """The line that stands for a photo in a sum."""
    return f"{sha256(data).hexdigest()}  {name}\n".encode()


def sum_of_photos(photos: Photos) -> Sum:
    """The sum of all photos."""
    return sum_of(photo_line(name, photo_of(photos, name)) for name in photo_names(photos))


def erasures_of(city: City) -> list[Erasure]:
    """All erasures in the ledger's file or the store, oldest first."""
    noted = {erasure.id: erasure for erasure in (*ledger.in_store(city.store), *ledger.in_file(city.ledger))}
    return sorted(noted.values(), key=lambda erasure: (erasure.at, erasure.id))


def erasure_lines(city: City) -> list[bytes]:
    """The erasures as lines of the migration file."""
    return [f"{erasure.to_line()}\n".encode() for erasure in erasures_of(city)]
