"""Versions of the routing table: into force, taken back, twice, at once, and never one over another unread."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor

import pytest

from tests.workflows.world import World
from workflows.routing.load import FOLDER, read_files
from workflows.routing.stored import SHIPPED, complete_files, current_version, pack, unpack
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


@pytest.mark.parametrize("alike", [True, False])
def test_of_many_imports_at_once_exactly_one_counts(world: World, alike: bool) -> None:
    tables = [table("hias" if alike else f"taman{n}") for n in range(8)]
    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda files: put_into_force(world.store, files, SHIPPED, world.clock.now()), tables))
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


@pytest.mark.parametrize("blob", [b"", b"x", pack(A)[:-9]])
def test_bytes_that_are_no_table_are_an_error(blob: bytes) -> None:
    with pytest.raises(ValueError):
        unpack(blob)
