"""A backup while other things go on: writers, a restore, another backup, a city that starts again."""

from __future__ import annotations

import fcntl
from pathlib import Path

import pytest

from cli.main import main
from functions.app.container import container
from functions.app.data_folder import COPY_LOCK, PHOTOS, RESTORING, STORE
from infra.embedded.copies.make_backup import make_backup
from infra.embedded.copies.old_backups import backups_in
from infra.embedded.copies.restore import restore
from infra.embedded.copies.snapshot import moment_of
from infra.embedded.host_lock import acquire_host_lock, lock_for_copy
from tests.functions.commands.test_backup import NIGHT
from tests.workflows.world import World
from workflows.adapters.sqlite_copy import count_in_copy
from workflows.collection_names import COMPLAINTS

Captured = pytest.CaptureFixture[str]


@pytest.fixture
def city(laksa: World, tmp_path: Path) -> Path:
    """The data folder of a city with a report and its photo."""
    _report_with_photo(laksa)
    assert container().keys
    return tmp_path


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups")


def _report_with_photo(laksa: World) -> str:
    photo = f"{laksa.submit().ticket}-one.jpg"
    laksa.photos.put(photo, b"a street", "image/jpeg")
    return photo


def test_what_comes_meanwhile_waits_for_the_next(
    laksa: World, city: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    part = tmp_path_factory.mktemp("copies") / "part"
    (before,) = (photo.name for photo in (city / PHOTOS).iterdir())
    with moment_of(city) as moment:
        late = _report_with_photo(laksa)
        files = moment.copy_to(part, None)
    assert (city / PHOTOS / late).exists()
    assert ([photo.name for photo in (part / PHOTOS).iterdir()], files) == ([before], 2)
    assert count_in_copy(part / STORE, COMPLAINTS) == 1


def test_a_photo_that_goes_meanwhile_is_not_in_it(city: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
    part = tmp_path_factory.mktemp("copies") / "part"
    with moment_of(city) as moment:
        for photo in (city / PHOTOS).iterdir():
            photo.unlink()
        assert moment.copy_to(part, None) == 1
    assert list((part / PHOTOS).iterdir()) == []


def test_the_log_can_be_emptied_before_photos_are_copied(
    laksa: World, city: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    with moment_of(city) as moment:
        moment.copy_to(tmp_path_factory.mktemp("copies") / "part", None)
        container().scrub()


def test_half_a_city_becomes_no_backup(city: Path, folder: Path, capsys: Captured) -> None:
    (city / RESTORING).write_text("before-restore-2026-11-24T10-00-00")
    assert main(["backup", str(folder)]) == 1
    assert "backup failed: a restore into" in capsys.readouterr().err
    assert backups_in(folder) == []


def test_nothing_is_restored_into_a_copied_city(laksa: World, city: Path, folder: Path, capsys: Captured) -> None:
    backup = make_backup(city, folder, NIGHT).path
    _report_with_photo(laksa)
    laksa.store.close()
    with lock_for_copy(city):
        assert main(["restore", str(backup)]) == 1
    assert "another backup or restore" in capsys.readouterr().err
    assert (count_in_copy(city / STORE, COMPLAINTS), (city / RESTORING).exists()) == (2, False)
    assert restore(city, backup, NIGHT).complaints == 1


def test_a_city_starts_while_it_is_copied(city: Path) -> None:
    with lock_for_copy(city):
        acquire_host_lock(city, patience=0).close()


@pytest.mark.parametrize("where", ["city", "folder"])
def test_two_at_once_are_one_too_many(where: str, city: Path, folder: Path) -> None:
    held = city / COPY_LOCK if where == "city" else folder / ".lock"
    with held.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ValueError, match="another backup"):
            make_backup(city, folder, NIGHT)
