"""One request, one table, by one read; the next request has what came into force meanwhile."""

from __future__ import annotations
from collections.abc import Callable
from threading import Thread

import pytest
from flask import Request, Response

from functions.app.container import container, services
from functions.app.routing_tables import pin_table_for_request
from functions.app.table_check import tables_of
from functions.desk_table import check_sent
from functions.web.factories import context
from functions.web.middleware import http_endpoint
from tests.functions.requests import ask, get
from tests.functions.tables_sent import LAMPS
from tests.functions.test_routing_tables import FILES, LABEL, MAILBOX, CountingStore, put
from tests.workflows.world import World
from workflows.errors import TableNotChanged
from workflows.routing.stored import CURRENT, current_version, version_of
from workflows.tables.change import put_prepared

pytestmark = pytest.mark.slow

BOTH = MAILBOX | {"categories.csv": LABEL["categories.csv"]}
OLD, NEW = ("dlh@opd.example", "Banjir / genangan"), ("dlh@kota.example", "Banjir")
Change = Callable[[], object]
MEANWHILE: list[Change] = []
SEEN: list[tuple[str, str]] = []


def seen() -> tuple[str, str]:
    """What a decision and a label say by now."""
    return services().directory["DLH"].mailbox, context().labels.category("banjir")


@http_endpoint("/tabel-berlaku")
def reads_twice(request: Request) -> Response:
    """What is in force for this request, before and after what the test does meanwhile."""
    SEEN[:] = [seen()]
    for change in MEANWHILE:
        change()
    SEEN.append(seen())
    return Response(container().table.version)


def told(*meanwhile: Change) -> tuple[tuple[str, str], tuple[str, str], str]:
    MEANWHILE[:] = meanwhile
    version = ask(reads_twice, get("/tabel-berlaku")).get_data(as_text=True)
    return SEEN[0], SEEN[1], version


def test_a_request_decides_and_labels_by_one_table_version(laksa: World) -> None:
    assert told(lambda: put(laksa, BOTH)) == (OLD, OLD, version_of(FILES))
    assert told() == (NEW, NEW, version_of(BOTH))
    assert seen() == NEW


def test_a_request_reads_once_which_table_is_in_force(laksa: World) -> None:
    store = CountingStore(laksa.store)
    container().store = store
    told()
    assert store.reads == [CURRENT]


def test_a_request_that_changes_the_table_sees_its_own(laksa: World) -> None:
    assert told(lambda: put(laksa, BOTH), container().tables.look_again) == (OLD, NEW, version_of(BOTH))


def test_a_request_within_a_request_looks_for_itself(laksa: World) -> None:
    inner: list[str] = []

    def another() -> None:
        with pin_table_for_request():
            inner.append(container().table.version)

    assert told(lambda: put(laksa, BOTH), another)[1] == OLD
    assert inner == [version_of(BOTH)]


def test_a_thread_beside_a_request_has_what_is_in_force_at_that_moment(laksa: World) -> None:
    beside: list[str] = []

    def in_a_thread() -> None:
        thread = Thread(target=lambda: beside.append(container().table.version))
        thread.start()
        thread.join()

    assert told(lambda: put(laksa, BOTH), in_a_thread)[1] == OLD
    assert beside == [version_of(BOTH)]


def test_without_a_request_every_look_is_a_new_one(laksa: World) -> None:
    assert seen() == OLD
    put(laksa, BOTH)
    assert seen() == NEW


def test_an_upload_names_the_version_it_was_laid_upon(laksa: World) -> None:
    rt = container()
    with pin_table_for_request():
        assert rt.in_force.texts == FILES
        put(laksa, MAILBOX)
        checked = check_sent(rt, [("categories.csv", LAMPS.encode())], 0)
    assert (checked.seen, checked.before) == ("", FILES)
    with pytest.raises(TableNotChanged):
        put_prepared(tables_of(rt), checked.version, checked.seen)
    assert current_version(laksa.store).version == version_of(MAILBOX)
