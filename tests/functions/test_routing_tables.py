"""The table in force is followed at once, by any number of threads, and a broken one stops nothing."""

from __future__ import annotations
import logging
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock
from typing import Any

import pytest

from functions.app.container import DATA, Container, container
from functions.app.routing_tables import TableCache, TableVersion
from functions.complaint_form import complaint_form
from tests.functions.requests import ask, get
from tests.workflows.world import World
from workflows.collection_names import ROUTING
from workflows.ports import Document, Store
from workflows.routing.load import FOLDER, read_files
from workflows.routing.stored import CURRENT, current_version
from workflows.tables.versions import put_into_force

pytestmark = pytest.mark.slow

FILES = read_files(FOLDER)
MAILBOX = FILES | {"departments.csv": FILES["departments.csv"].replace("Kepala DLH,,", "Kepala DLH,dlh@kota.example,")}
LABEL = FILES | {"categories.csv": FILES["categories.csv"].replace("Banjir / genangan", "Banjir")}
NEWER = {name: text for name, text in LABEL.items() if name != "conflicts.csv"}


def put(laksa: World, files: dict[str, str]) -> str:
    """Put files into force as another process would: behind the runtime's back."""
    put_into_force(laksa.store, files, current_version(laksa.store).version, laksa.clock.now())
    return current_version(laksa.store).version


def break_in_force(laksa: World, document: Document | None, version: str = "broken") -> str:
    """A version that no process can use is in force."""
    held: Document = {"version": version, "since": laksa.clock.now(), "before": []}
    laksa.store.transact(lambda tx: tx.set(ROUTING, CURRENT, held))
    if document is not None:
        laksa.store.transact(lambda tx: tx.set(ROUTING, version, document))
    return version


def test_the_form_shows_kelurahan_and_desk_mailbox_of_the_table_in_force(laksa: World) -> None:
    assert "meja@laksa.example" in ask(complaint_form, get("/")).get_data(as_text=True)
    desk = "DESK,Meja Kota,meja,office,,aduan@kota.example,,,,\n"
    renamed = {"kelurahan.csv": FILES["kelurahan.csv"].replace("Cikokol", "Cikokol Baru")}
    put(laksa, FILES | renamed | {"departments.csv": FILES["departments.csv"] + desk})
    shown = ask(complaint_form, get("/")).get_data(as_text=True)
    assert "Cikokol Baru" in shown and "aduan@kota.example" in shown and "meja@laksa.example" not in shown


def test_a_stored_table_without_a_file_of_this_release_takes_the_shipped(laksa: World) -> None:
    blob: Document = {"blob": _packed(NEWER), "made_at": laksa.clock.now(), "previous": ""}
    version = break_in_force(laksa, blob)
    assert (container().table.version, container().labels.category("banjir")) == (version, "Banjir")


def _packed(files: dict[str, str]) -> bytes:
    from workflows.routing.stored import pack

    return pack(files)


BROKEN: dict[str, dict[str, Any] | None] = {
    "its document has no bytes": {"made_at": None},
    "its bytes are a text": {"blob": "x"},
    "its document is gone": None,
    "its bytes are no table": {"blob": b"x"},
    "a column is missing": {"blob": _packed(FILES | {"phrases.csv": "category,phrase\n"})},
    "a day is none": {"blob": _packed(FILES | {"holidays.csv": "date,kind,name\nx,libur,Natal\n"})},
    "an owner is missing": {"blob": _packed(FILES | {"conflicts.csv": "accused,to,external,keep_out,desk\n"})},
}


@pytest.mark.parametrize("document", BROKEN.values(), ids=BROKEN.keys())
def test_of_a_broken_table_the_last_good_one_stays(
    laksa: World, document: Document | None, caplog: pytest.LogCaptureFixture
) -> None:
    good = put(laksa, MAILBOX)
    assert container().table.version == good
    break_in_force(laksa, document)
    assert [container().table.version for _ in range(3)] == [good] * 3
    assert container().directory["DLH"].mailbox == "dlh@kota.example"
    assert [(r.levelno, r.__dict__["version"]) for r in caplog.records] == [(logging.ERROR, "broken")]


@dataclass
class CountingFolder:
    """Counts how often the texts of a table are read."""

    files: dict[str, str]
    reads: int = 0
    lock: Lock = field(default_factory=Lock)

    def read(self) -> dict[str, str]:
        with self.lock:
            self.reads += 1
        return self.files


def test_a_part_asked_for_by_many_threads_is_made_once() -> None:
    folder = CountingFolder(FILES)
    table = TableVersion("v1", folder.read, None)
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: table.table, range(32)))
    assert (folder.reads, len({id(one) for one in made})) == (1, 1)


def test_a_version_seen_by_many_threads_is_built_once(laksa: World) -> None:
    put(laksa, MAILBOX)
    follower = TableCache(lambda: laksa.store, DATA / "routing")
    with ThreadPoolExecutor(8) as pool:
        seen = list(pool.map(lambda _: follower.now(), range(64)))
    assert len({id(one) for one in seen}) == 1


class CountingStore:
    """A store that counts its reads by document."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self.reads: list[str] = []

    def get(self, collection: str, id: str) -> Document | None:
        self.reads.append(id)
        return self._store.get(collection, id)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._store, name)


def test_a_folder_where_nobody_ran_laksa_has_no_store(tmp_path: Path) -> None:
    from functions.app.settings import Settings

    assert not Container(Settings(data=tmp_path)).has_store
    (tmp_path / "laksa.db").touch()
    assert Container(Settings(data=tmp_path)).has_store
