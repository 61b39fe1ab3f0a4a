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
from functions.web.factories import context
from tests.functions.requests import ask, get
from tests.workflows.world import World
from workflows.collection_names import ROUTING
from workflows.domain.offices import desk_mailbox
from workflows.failures import StoreUnavailable
from workflows.ports import Document, Store
from workflows.routing.load import FOLDER, read_files
from workflows.routing.stored import CURRENT, current_version, version_of
from workflows.tables.versions import put_into_force, take_back

pytestmark = pytest.mark.slow

FILES = read_files(FOLDER)
MAILBOX = FILES | {
    "departments.csv": FILES["departments.csv"].replace("Kepala DLH,,", "Kepala DLH,dlh@kota.example,")
}
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


def test_before_any_import_everything_comes_from_the_shipped_table(laksa: World) -> None:
    assert container().table.version == version_of(FILES)
    assert container().directory["DLH"].mailbox == "dlh@opd.example"
    assert container().labels.category("banjir") == "Banjir / genangan"


def test_an_import_and_a_rollback_are_in_force_at_the_next_look(laksa: World) -> None:
    assert container().directory["DLH"].mailbox == "dlh@opd.example"
    version = put(laksa, MAILBOX)
    assert (container().directory["DLH"].mailbox, container().table.version) == ("dlh@kota.example", version)
    put(laksa, LABEL)
    assert (container().directory["DLH"].mailbox, container().labels.category("banjir")) == (
        "dlh@opd.example",
        "Banjir",
    )
    take_back(laksa.store, current_version(laksa.store).version, laksa.clock.now())
    assert container().table.version == version
    assert context().directory["DLH"].mailbox == "dlh@kota.example"


def test_the_form_shows_kelurahan_and_desk_mailbox_of_the_table_in_force(laksa: World) -> None:
    assert "meja@laksa.example" in ask(complaint_form, get("/")).get_data(as_text=True)
    desk = "DESK,Meja Kota,meja,office,,aduan@kota.example,,,,\n"
    renamed = {"kelurahan.csv": FILES["kelurahan.csv"].replace("Cikokol", "Cikokol Baru")}
    put(laksa, FILES | renamed | {"departments.csv": FILES["departments.csv"] + desk})
    shown = ask(complaint_form, get("/")).get_data(as_text=True)
    assert "Cikokol Baru" in shown and "aduan@kota.example" in shown and "meja@laksa.example" not in shown


@pytest.mark.parametrize(
    "files", [FILES, MAILBOX | {"departments.csv": FILES["departments.csv"] + "DESK,a,b,office,,,,,,\n"}]
)
def test_what_a_form_reads_alone_is_what_the_whole_tables_say(files: dict[str, str]) -> None:
    table = TableVersion("v1", lambda: files, None)
    assert table.kelurahan == table.labels.kelurahan
    assert table.desk_mailbox == table.directory["DESK"].mailbox


@pytest.mark.parametrize("departments", ["mailbox\nx\n", "code\nDLH\n", "code\nDESK\n"])
def test_a_form_reads_the_last_good_table_where_the_one_in_force_is_broken(departments: str) -> None:
    good = TableVersion("", lambda: FILES | {"departments.csv": "code,mailbox\nDESK,aduan@kota.example\n"}, None)
    table = TableVersion(
        "v1", lambda: FILES | {"kelurahan.csv": "code\n1\n", "departments.csv": departments}, good
    )
    assert table.desk_mailbox == "aduan@kota.example"
    assert table.kelurahan == good.kelurahan
    with pytest.raises(KeyError):
        desk_mailbox(departments)


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


def test_what_was_taken_back_does_not_replace_a_broken_table(laksa: World) -> None:
    version = put(laksa, MAILBOX)
    assert container().table.version == version
    take_back(laksa.store, version, laksa.clock.now())
    assert container().table.version == version_of(FILES)
    break_in_force(laksa, None)
    assert container().table.version == version_of(FILES)
    assert container().directory["DLH"].mailbox == "dlh@opd.example"


def test_after_two_broken_ones_in_a_row_the_last_good_one_stays(laksa: World) -> None:
    good = put(laksa, MAILBOX)
    assert container().table.version == good
    for broken in ("one", "two"):
        break_in_force(laksa, {"blob": _packed(FILES | {"phrases.csv": f"category,{broken}\n"})}, broken)
        assert container().table.version == good


class Vanishing(dict[str, str]):
    """Texts that can be read until they are gone."""

    gone = False

    def __getitem__(self, name: str) -> str:
        if self.gone:
            raise KeyError(name)
        return super().__getitem__(name)


def test_of_a_table_that_was_built_every_part_is_there(caplog: pytest.LogCaptureFixture) -> None:
    texts = Vanishing(MAILBOX)
    table = TableVersion("v1", lambda: texts, TableVersion("", lambda: FILES, None))
    assert table.table.version == "v1"
    texts.gone = True
    assert (table.directory["DLH"].mailbox, table.labels.category("banjir")) == (
        "dlh@kota.example",
        "Banjir / genangan",
    )
    assert not caplog.records


def test_parts_are_made_alone_and_one_that_cannot_be_costs_the_table() -> None:
    table = TableVersion(
        "v1", lambda: MAILBOX | {"phrases.csv": "category\n"}, TableVersion("", lambda: FILES, None)
    )
    assert table.directory["DLH"].mailbox == "dlh@kota.example"
    assert table.table.version == version_of(FILES)
    assert table.directory["DLH"].mailbox == "dlh@opd.example"
    in_force = TableVersion("", lambda: FILES, None)
    assert (in_force.directory["DLH"].code, in_force.labels.category("banjir")) == ("DLH", "Banjir / genangan")
    assert not in_force.proven


def test_a_store_that_does_not_answer_is_not_taken_for_the_shipped_table(laksa: World) -> None:
    laksa.store.close()
    with pytest.raises(StoreUnavailable):
        _ = container().table


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


def test_each_look_costs_one_small_read_and_a_version_one_large_read(laksa: World) -> None:
    version = put(laksa, MAILBOX)
    store = CountingStore(laksa.store)
    follower = TableCache(lambda: store, DATA / "routing")
    for _ in range(3):
        assert follower.now().directory
    assert store.reads == [CURRENT, version, CURRENT, CURRENT]


def test_a_folder_where_nobody_ran_laksa_has_no_store(tmp_path: Path) -> None:
    from functions.app.settings import Settings

    assert not Container(Settings(data=tmp_path)).has_store
    (tmp_path / "laksa.db").touch()
    assert Container(Settings(data=tmp_path)).has_store
