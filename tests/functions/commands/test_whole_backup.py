"""A backup proves itself when it is put back: its files, its keys, and what a raw city's log still holds."""

from __future__ import annotations
import json
import os
import shutil
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path

import pytest

from cli.main import main
from infra.embedded.copies.inventory import INVENTORY, read_inventory
from infra.embedded.copies.make_backup import make_backup
from infra.embedded.copies.restore import restore
from tests.functions.commands.test_backup import NIGHT
from tests.functions.commands.test_restore import backup, contents, go_to, stopped, ticket
from tests.workflows.world import World
from workflows.adapters.sqlite_copy import count_in_copy
from workflows.collection_names import COMPLAINTS

__all__ = ["backup", "go_to", "stopped", "ticket"]
Captured = pytest.CaptureFixture[str]
KEYS, OTHERS = "the first key of a city", "the first key of another city"
LATER = NIGHT + timedelta(hours=9)


def test_an_undone_restore_gives_back_what_lay_in_the_log(laksa: World, backup: Path, tmp_path: Path) -> None:
    with (tmp_path / "laksa.db-wal").open("rb"):  # as long as the store is open, its log stays: a kill leaves both
        late = laksa.submit().ticket
        dead = tmp_path / "dead"
        shutil.copytree(tmp_path, dead)
    aside = restore(dead, backup, LATER).aside
    assert aside and (aside / "laksa.db-wal").stat().st_size
    kept = contents(aside)
    assert restore(dead, aside, LATER + timedelta(hours=1)).complaints == 2
    assert (count_in_copy(dead / "laksa.db", COMPLAINTS), contents(aside)) == (2, kept)
    assert late.encode() in (dead / "laksa.db").read_bytes()


@pytest.mark.parametrize("name", ["secrets.json", "erasures.jsonl", "laksa.db", INVENTORY])
def test_what_was_damaged_since_changes_nothing(stopped: Path, backup: Path, capsys: Captured, name: str) -> None:
    before = contents(stopped)
    os.truncate(backup / name, (backup / name).stat().st_size - 7)
    for more in ([], ["--damaged"]):
        assert main(["restore", str(backup), *more]) == 1
        assert "is damaged" in capsys.readouterr().err
    assert contents(stopped) == before | {"laksa.lock": b""}


@pytest.mark.parametrize("harm", [Path.unlink, lambda photo: photo.write_bytes(b"a strEet")])
def test_a_damaged_or_missing_photo_is_named_and_need_not_cost_the_city(
    stopped: Path, backup: Path, ticket: str, capsys: Captured, harm: Callable[[Path], object]
) -> None:
    before = contents(stopped)
    harm(backup / "photos" / f"{ticket}-one.jpg")
    assert main(["restore", str(backup)]) == 1
    told = capsys.readouterr().err
    assert (f"photos/{ticket}-one.jpg" in told, "--damaged" in told) == (True, True)
    assert contents(stopped) == before | {"laksa.lock": b""}
    assert main(["restore", str(backup), "--damaged"]) == 0
    assert count_in_copy(stopped / "laksa.db", COMPLAINTS) == 1


def test_sums_are_of_what_lies_there_and_taken_over_with_what_is_shared(backup: Path, tmp_path: Path) -> None:
    first = read_inventory(backup)
    (photo,) = (backup / "photos").iterdir()
    told = json.loads((backup / INVENTORY).read_text())
    told["sums"][f"photos/{photo.name}"] = "the sum of the first night"
    (backup / INVENTORY).write_text(json.dumps(told))
    second = read_inventory(make_backup(tmp_path, backup.parent, LATER).path)
    assert first and second and first.sums.keys() == second.sums.keys()
    changed = {name for name in first.sums if name != "laksa.db" and first.sums[name] != second.sums[name]}
    assert changed == {f"photos/{photo.name}"}


@pytest.fixture
def without_keys(laksa: World, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The backup of a city whose keys are set, and lie in no folder."""
    laksa.submit()
    made = make_backup(tmp_path, tmp_path_factory.mktemp("backups"), NIGHT, keys=[KEYS])
    assert (made.gaps, (made.path / "secrets.json").exists()) == ((), False)
    return made.path


@pytest.mark.parametrize(
    ("keys", "said"), [("", "there are no keys"), (OTHERS, "the keys here are others"), (f"{OTHERS},{KEYS}", "")]
)
def test_without_the_old_keys_no_city_comes_back(
    without_keys: Path,
    go_to: Callable[[Path], None],
    tmp_path: Path,
    capsys: Captured,
    monkeypatch: pytest.MonkeyPatch,
    keys: str,
    said: str,
) -> None:
    monkeypatch.setenv("LAKSA_KEYS", keys)
    go_to(tmp_path / "new")
    assert main(["restore", str(without_keys)]) == bool(said)
    assert said in capsys.readouterr().err
    assert (tmp_path / "new" / "laksa.db").exists() == (not said)


def test_a_folder_without_a_name_is_no_backup(laksa: World, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["restore", ""])
    assert (ended.value.code, "is empty" in capsys.readouterr().err) == (2, True)
