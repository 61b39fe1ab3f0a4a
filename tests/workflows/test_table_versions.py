"""Versions of the routing table: into force, taken back, twice, at once, and never one over another unread."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workflows.world import World
from workflows.collection_names import ROUTING
from workflows.ports import Query
from workflows.routing.load import FOLDER, read_files
from workflows.routing.stored import (
    SHIPPED,
    complete_files,
    current_version,
    pack,
    stored_files,
    unpack,
    version_of,
)
from workflows.tables.versions import NEW, OVERTAKEN, SAME, put_into_force, take_back, versions

pytestmark = pytest.mark.slow

FILES = read_files(FOLDER)


def table(word: str) -> dict[str, str]:
    """The shipped table with one phrase more."""
    return FILES | {"phrases.csv": FILES["phrases.csv"] + f"pju_mati,lampu {word},5,any\n"}


A, B = table("hias"), table("sorot")


def put(world: World, files: dict[str, str]) -> str:
    """Put it into force on top of what is in force now."""
    return put_into_force(world.store, files, current_version(world.store).version, world.clock.now())


def take(world: World) -> str | None:
    return take_back(world.store, current_version(world.store).version, world.clock.now())


def test_an_imported_table_is_in_force_at_once_and_again_changes_nothing(world: World) -> None:
    assert put(world, A) == NEW
    now = current_version(world.store)
    assert (now.version, now.since, now.before) == (version_of(A), world.clock.now(), (SHIPPED,))
    assert stored_files(world.store, now.version) == A
    before = world.store.query(Query(ROUTING))
    world.clock.wait(hours=1)
    assert put(world, A) == SAME
    assert world.store.query(Query(ROUTING)) == before


def test_each_rollback_goes_one_step_further_back_until_the_shipped_table(world: World) -> None:
    for files in (A, B, A):
        put(world, files)
    seen = []
    while current_version(world.store).before:
        seen.append(take(world))
    assert seen == [version_of(B), version_of(A), SHIPPED]
    assert take(world) is None


def test_a_table_that_comes_back_keeps_the_day_it_was_made(world: World) -> None:
    put(world, A)
    made_at = world.clock.now()
    world.clock.wait(days=1)
    put(world, B)
    put(world, A)
    assert {v.version: v.made_at for v in versions(world.store)}[version_of(A)] == made_at
    assert current_version(world.store).since == world.clock.now()


def test_versions_come_newest_first_with_what_they_replaced(world: World) -> None:
    put(world, A)
    world.clock.wait(days=1)
    put(world, B)
    listed = [(v.version, v.previous) for v in versions(world.store)]
    assert listed == [(version_of(B), version_of(A)), (version_of(A), SHIPPED)]


def test_what_was_checked_against_another_table_is_not_put_into_force(world: World) -> None:
    seen = current_version(world.store).version
    put(world, A)
    assert put_into_force(world.store, B, seen, world.clock.now()) == OVERTAKEN
    assert take_back(world.store, seen, world.clock.now()) is None
    assert current_version(world.store).version == version_of(A)


@pytest.mark.parametrize("alike", [True, False])
def test_of_many_imports_at_once_exactly_one_counts(world: World, alike: bool) -> None:
    tables = [table("hias" if alike else f"taman{n}") for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(lambda files: put_into_force(world.store, files, SHIPPED, world.clock.now()), tables)
        )
    assert sorted(answers) == [NEW] + [SAME if alike else OVERTAKEN] * 7
    assert len(current_version(world.store).before) == 1
    assert len(versions(world.store)) == 1


def test_after_an_upgrade_missing_files_are_shipped_without_dropped_units() -> None:
    stored = {name: text for name, text in A.items() if name != "conflicts.csv"} | {"gone.csv": ""}
    assert complete_files(stored, FILES) == A

    def without(name: str) -> str:
        return "".join(line for line in FILES[name].splitlines(keepends=True) if "DISPORA" not in line)

    stored = BEFORE_UNITS | {"departments.csv": without("departments.csv")}
    assert complete_files(stored, FILES)["units.csv"] == without("units.csv") != FILES["units.csv"]
    stored = A | {"units.csv": FILES["units.csv"].splitlines(keepends=True)[0]}
    assert complete_files(stored, FILES) == stored


BEFORE_UNITS = {name: text for name, text in A.items() if name != "units.csv"}


def test_a_version_that_is_not_there_is_an_error_that_names_it(world: World) -> None:
    with pytest.raises(ValueError, match="abc123"):
        stored_files(world.store, "abc123")


@pytest.mark.parametrize("blob", [b"", b"x", pack(A)[:-9]])
def test_bytes_that_are_no_table_are_an_error(blob: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(blob)


def test_a_table_that_no_document_could_hold_is_refused() -> None:
    noise = "".join(chr(0x4E00 + (n * 7919) % 20000) for n in range(600_000))
    with pytest.raises(ValueError, match="too large"):
        pack({"phrases.csv": noise})
