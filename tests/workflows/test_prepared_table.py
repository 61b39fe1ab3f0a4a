"""A checked table waits under its version for a day; what is older goes, and is never put into force."""

from __future__ import annotations

import pytest

from tests.workflows.world import World
from workflows.collection_names import ROUTING
from workflows.ports import Query
from workflows.routing.load import FOLDER, read_files
from workflows.routing.stored import current_version
from workflows.tables.trial import PREPARED_LIFETIME, read_prepared, store_prepared
from workflows.tables.versions import BOARD, Upload, put_into_force, versions

pytestmark = pytest.mark.slow

FILES = read_files(FOLDER)
OTHER = FILES | {"slang.csv": FILES["slang.csv"] + "lmpux,lampu\n"}
UPLOAD = Upload(BOARD, ("slang.csv",))


def test_what_was_prepared_is_read_back_and_changes_nothing_in_force(world: World) -> None:
    version = store_prepared(world.store, OTHER, UPLOAD, world.clock.now())
    assert read_prepared(world.store, version, world.clock.now()) == (OTHER, UPLOAD)
    assert (current_version(world.store).version, versions(world.store)) == ("", [])


def test_prepared_twice_it_lies_there_once_and_its_day_begins_anew(world: World) -> None:
    version = store_prepared(world.store, OTHER, UPLOAD, world.clock.now())
    world.clock.wait(hours=23)
    assert store_prepared(world.store, OTHER, UPLOAD, world.clock.now()) == version
    world.clock.wait(hours=23)
    assert read_prepared(world.store, version, world.clock.now())
    assert len(world.store.query(Query(ROUTING))) == 1


def test_after_a_day_it_is_gone_and_the_next_clears_it_away(world: World) -> None:
    version = store_prepared(world.store, OTHER, UPLOAD, world.clock.now())
    put_into_force(world.store, FILES | {"outside.csv": "name,external\n"}, "", world.clock.now())
    world.clock.wait(seconds=PREPARED_LIFETIME.total_seconds() + 1)
    assert read_prepared(world.store, version, world.clock.now()) is None
    again = store_prepared(world.store, OTHER, UPLOAD, world.clock.now())
    assert read_prepared(world.store, again, world.clock.now())
    store_prepared(world.store, FILES, UPLOAD, world.clock.now())
    assert len(world.store.query(Query(ROUTING))) == 4  # two prepared, one version, which is in force


def test_a_version_remembers_by_which_way_it_came_and_what_it_changed(world: World) -> None:
    put_into_force(world.store, OTHER, "", world.clock.now(), UPLOAD)
    (version,) = versions(world.store)
    assert (version.by, version.changed) == (BOARD, ("slang.csv",))
