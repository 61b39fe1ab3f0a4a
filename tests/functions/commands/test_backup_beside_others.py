"""A backup while other things go on: writers, a restore, another backup, a city that starts again."""

from __future__ import annotations
import fcntl
from pathlib import Path

import pytest

from functions.app.container import container
from functions.app.data_folder import COPY_LOCK
from infra.embedded.copies.make_backup import make_backup
from tests.functions.commands.test_backup import NIGHT
from tests.workflows.world import World

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


@pytest.mark.parametrize("where", ["city", "folder"])
def test_two_at_once_are_one_too_many(where: str, city: Path, folder: Path) -> None:
    held = city / COPY_LOCK if where == "city" else folder / ".lock"
    with held.open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(ValueError, match="another backup"):
            make_backup(city, folder, NIGHT)
