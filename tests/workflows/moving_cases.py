"""A city that was lived in, its file, and an empty target: what the tests of moving begin with."""

from __future__ import annotations
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC
from pathlib import Path
from typing import TypeVar

from hypothesis import strategies as st

from tests.builders import MONDAY
from tests.workflows.personal import City as Lived
from tests.workflows.personal import city_in
from workflows.adapters.city_file import reading, writing
from workflows.adapters.sqlite import SqliteStore
from workflows.failures import StoreUnavailable
from workflows.migration.export_city import export_city
from workflows.migration.import_city import Moved, import_city, require_sound
from workflows.migration.manifest import probe, read_manifest
from workflows.migration.ports import City
from workflows.ports import Transaction
from workflows.privacy.erasure_jobs import erase_undone

T = TypeVar("T")

_CHARACTERS = st.characters(exclude_categories=["Cs"])
_NAMES = st.text(_CHARACTERS, min_size=1)
_VALUES = st.recursive(
    st.none()
    | st.booleans()
    | st.integers(-(2**63), 2**63 - 1)
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(_CHARACTERS)
    | st.binary()
    | st.datetimes(timezones=st.just(UTC)),
    lambda inner: st.dictionaries(_NAMES, inner) | st.lists(inner.filter(lambda item: not isinstance(item, list))),
    max_leaves=8,
)
DOCUMENTS = st.dictionaries(_NAMES, _VALUES)
"""Whatever a store may hold."""


class Cut(StoreUnavailable):
    """As a kill would be."""


@dataclass
class CutStore:
    """A store that takes `left` more transactions, and then none."""

    store: SqliteStore
    left: int

    def __getattr__(self, name: str) -> object:
        return getattr(self.store, name)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        if self.left == 0:
            raise Cut
        self.left -= 1
        return self.store.transact(work)


def whole(city: Lived) -> City:
    """What moves of it."""
    return City(city.store, city.photos, city.keepers.ledger)


def exported(city: Lived, file: Path) -> bytes:
    """Its file's bytes."""
    with writing(file) as out:
        export_city(whole(city), out, probe(city.services.links))
    return file.read_bytes()


def imported(city: Lived, file: Path, cut_after: int | None = None) -> Moved:
    """As the command does it; cut_after: transactions."""
    target = whole(city)
    if cut_after is not None:
        target = City(CutStore(city.store, cut_after), target.photos, target.ledger)  # type: ignore[arg-type]
    with reading(file) as opened:
        manifest = read_manifest(opened)
        require_sound(opened, manifest)
        return import_city(target, opened, manifest, MONDAY, lambda: erase_undone(city.keepers))


@contextmanager
def city_at(folder: Path) -> Iterator[Lived]:
    """A city in a folder that is made for it."""
    folder.mkdir()
    with city_in(folder) as city:
        yield city
