"""`make bench`: what a report's life writes in Firestore: documents, index entries, and those that grow with time.

An index whose newest entries all lie at one end takes some 500 writes a second, whoever runs it. Counted from a
life that is lived on the embedded store, with the indexes that infra/firestore.indexes.json declares.
"""

from __future__ import annotations
import sys
import tempfile
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from tests.workflows.counting import CountingStore
from tests.workflows.test_cost_of_a_life import steps
from tests.workflows.world import INDEXES, HandClock, World
from workflows.adapters.document_store import BOTH, Indexes, load_indexes
from workflows.adapters.sqlite import SqliteStore
from workflows.ports import DELETE, Document, Transaction

T = TypeVar("T")
JUST_NOW = timedelta(hours=1)


class Entry(NamedTuple):
    """One document's place in one index, and the moment that it is ordered by, where there is one."""

    name: str
    values: str
    moment: datetime | None


@dataclass
class Written:
    """What Firestore would have to write, by collection; of the entries at an index's growing end, by index."""

    documents: Counter[str] = field(default_factory=Counter)
    entries: Counter[str] = field(default_factory=Counter)
    growing: Counter[str] = field(default_factory=Counter)


@dataclass
class WritingStore:
    """A real store that notes each write."""

    store: SqliteStore
    clock: HandClock
    indexes: Indexes
    written: Written = field(default_factory=Written)
    stored: dict[tuple[str, str], Document] = field(default_factory=dict)

    def __getattr__(self, name: str) -> Any:
        return getattr(self.store, name)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        return self.store.transact(lambda transaction: work(_Noting(transaction, self)))

    def note(self, collection: str, id: str, after: Document) -> None:
        """A document as it is from now on; entries that stay as they were are not written."""
        group, before = collection.rpartition("/")[2], self.stored.get((collection, id), {})
        self.stored[collection, id] = after
        changed = entries(group, before, self.indexes) ^ entries(group, after, self.indexes)
        self.written.documents[group] += 1
        self.written.entries[group] += len(changed)
        now = self.clock.now()
        fresh = {entry.name for entry in changed if entry.moment and abs(entry.moment - now) < JUST_NOW}
        self.written.growing.update(fresh)


@dataclass
class _Noting:
    transaction: Transaction
    store: WritingStore

    def __getattr__(self, name: str) -> Any:
        return getattr(self.transaction, name)

    def create(self, collection: str, id: str, data: Document) -> None:
        self.transaction.create(collection, id, data)
        self.store.note(collection, id, data)

    def set(self, collection: str, id: str, data: Document) -> None:
        self.transaction.set(collection, id, data)
        self.store.note(collection, id, data)

    def update(self, collection: str, id: str, changes: Document) -> None:
        self.transaction.update(collection, id, changes)
        if (collection, id) not in self.store.stored:
            return  # the store refuses it when the transaction ends, and nothing was written
        after = self.store.stored[collection, id] | changes
        self.store.note(collection, id, {name: value for name, value in after.items() if value is not DELETE})


def entries(group: str, document: Document, indexes: Indexes) -> set[Entry]:
    """All places of a document in declared and in automatic indexes."""
    declared = indexes.declared.get(group, ())
    return {*_automatic(group, document, indexes), *_composite(group, document, declared)}


def _automatic(group: str, document: Document, indexes: Indexes) -> Iterator[Entry]:
    """In each direction that is not exempt; a map's fields go the way of the map, a list's items have one each."""
    for name, value in document.items():
        directions = indexes.overrides.get((group, name), BOTH)
        for path, leaf in _leaves(f"{group}.{name}", value):
            for direction in directions:
                yield Entry(f"{path} {direction}", repr(leaf), leaf if isinstance(leaf, datetime) else None)
        if isinstance(value, list) and directions:
            yield from (Entry(f"{group}.{name} contains", repr(item), None) for item in value)


def _leaves(path: str, value: Any) -> Iterator[tuple[str, Any]]:
    yield path, value
    if isinstance(value, dict):
        for name, inner in value.items():
            yield from _leaves(f"{path}.{name}", inner)


def _composite(group: str, document: Document, declared: Any) -> Iterator[Entry]:
    for index in declared:
        names = [name for name, _ in index]
        if all(name in document for name in names):
            values = [document[name] for name in names]
            last = values[-1] if isinstance(values[-1], datetime) else None
            yield Entry(f"{group}({', '.join(names)})", repr(values), last)


def a_life(store: SqliteStore) -> Written:
    """From the form to the citizen's yes, with one reminder, in an empty city."""
    world = World(store)
    writing = WritingStore(store, world.clock, load_indexes(INDEXES))
    counting = CountingStore(writing)
    world.store = counting  # type: ignore[assignment]
    steps(world, counting)
    return writing.written


def main() -> None:
    """Count and print."""
    with tempfile.TemporaryDirectory() as folder:
        store = SqliteStore(Path(folder) / "laksa.db", INDEXES)
        with closing(store):
            written = a_life(store)
    sys.stdout.write("one report's life writes      documents   index entries\n")
    for group, documents in written.documents.most_common():
        sys.stdout.write(f"  {group:<28}{documents:>9}{written.entries[group]:>16}\n")
    total = written.entries.total()
    sys.stdout.write(f"  {'in all':<28}{written.documents.total():>9}{total:>16}\n")
    sys.stdout.write("writes at the growing end of an index\n")
    for index, many in written.growing.most_common():
        sys.stdout.write(f"  {index:<58}{many:>4}\n")


if __name__ == "__main__":
    main()
