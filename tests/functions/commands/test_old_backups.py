"""Which backups go: by age, but for the newest, and never the one of this moment; what cannot go is said apart."""

from __future__ import annotations
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from cli.main import main
from functions.app.container import container
from infra.embedded.copies.make_backup import make_backup
from infra.embedded.copies.old_backups import Keep, backups_in, half_of, name_of, too_old
from tests.functions.commands.test_backup import NIGHT, watcher
from tests.workflows.world import World

__all__ = ["watcher"]
Captured = pytest.CaptureFixture[str]
NIGHTS = [name_of(NIGHT - timedelta(days=day)) for day in (40, 31, 30, 29, 1, 0)]


@pytest.fixture
def city(laksa: World, tmp_path: Path) -> Path:
    laksa.submit()
    assert container().keys
    return tmp_path


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups")


def _older(folder: Path, *moments: datetime) -> list[Path]:
    made = [folder / name_of(at) for at in moments]
    for backup in made:
        backup.mkdir()
    return made


@pytest.mark.parametrize(
    ("days", "at_least", "gone"),
    [(30, 1, 3), (30, 3, 3), (30, 4, 2), (30, 6, 0), (30, 9, 0), (29, 1, 4), (1, 1, 5), (0, 1, 0)],
)
def test_age_decides_and_the_newest_stay_whatever_it_is(days: int, at_least: int, gone: int) -> None:
    names = ["catatan.txt", *reversed(NIGHTS), half_of(NIGHTS[0])]
    assert too_old(names, NIGHT, days, at_least) == NIGHTS[:gone]


@pytest.mark.parametrize("seconds", [-80_000, -3, 3, 80_000])
def test_seconds_of_the_clock_make_no_backup_a_day_older(seconds: int) -> None:
    then = NIGHT - timedelta(days=30) + timedelta(seconds=seconds)
    days = (NIGHT + timedelta(hours=7)).date() - (then + timedelta(hours=7)).date()
    assert bool(too_old([name_of(then)], NIGHT, 30, 0)) == (days >= timedelta(days=30))


def test_one_that_is_dated_ahead_does_not_cost_the_one_just_made(city: Path, folder: Path) -> None:
    old, ahead = _older(folder, NIGHT - timedelta(days=50), NIGHT + timedelta(days=400))
    made = make_backup(city, folder, NIGHT, Keep(30, 1))
    assert (backups_in(folder), made.removed) == ([made.path, ahead], (old.name,))


def test_where_the_clock_is_ahead_the_newest_stay(city: Path, folder: Path) -> None:
    nights = _older(folder, *(NIGHT - timedelta(days=day) for day in (3, 2, 1)))
    made = make_backup(city, folder, NIGHT + timedelta(days=9000), Keep(30, 3))
    assert backups_in(folder) == [*nights[1:], made.path]


def test_an_old_one_that_cannot_go_is_said_and_the_watcher_hears_of_it(
    city: Path, folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, watcher: tuple[str, list[str]]
) -> None:
    monkeypatch.setenv("LAKSA_BACKUP_HEARTBEAT_URL", f"{watcher[0]}/backup")
    stuck, old = _older(folder, NIGHT - timedelta(days=1000), NIGHT - timedelta(days=999))
    (folder / half_of(stuck.name)).write_text("no folder can be called so, nor be deleted as one")
    assert main(["backup", str(folder), "--days", "30", "--at-least", "1"]) == 1
    told, made = capsys.readouterr(), backups_in(folder)[-1]
    assert told.out.startswith(f"Cadangan utuh: {made}")
    assert (stuck.exists(), old.exists(), watcher[1]) == (True, False, ["/backup"])
    assert {line.partition(": ")[2][:19] for line in told.err.splitlines()} == {"the backup is whole"}
    assert str(stuck) in told.err
