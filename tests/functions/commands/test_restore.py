"""`laksa restore`: what comes back, what is kept, when it refuses, and how one that was cut is ended."""

from __future__ import annotations
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cli.main import main
from functions.app.container import container
from infra.embedded.copies.inventory import INVENTORY
from infra.embedded.copies.make_backup import make_backup
from infra.embedded.copies.restore import restore
from infra.embedded.host_lock import acquire_host_lock, share_host_lock
from tests.functions.commands.test_backup import NIGHT
from tests.workflows.world import World
from workflows.adapters.sqlite import SqliteStore
from workflows.adapters.sqlite_copy import count_in_copy
from workflows.collection_names import COMPLAINTS

OLD_LINE = '{"ticket": "LKS-0000-0000-0", "what": "whole", "at": "2026-11-01T00:00:00+07:00", "by": "asked"}'
NEW_LINE = OLD_LINE.replace("LKS-0000", "LKS-1111")
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def ticket(laksa: World) -> str:
    """Of the one report in the backup."""
    ticket = laksa.submit().ticket
    laksa.photos.put(f"{ticket}-one.jpg", b"a street", "image/jpeg")
    container().ledger_file.append(OLD_LINE)
    assert container().keys
    return ticket


@pytest.fixture
def backup(ticket: str, tmp_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_backup(tmp_path, tmp_path_factory.mktemp("backups"), NIGHT).path


@pytest.fixture
def stopped(laksa: World, backup: Path, tmp_path: Path) -> Path:
    """The city's folder, a report and an erasure later."""
    laksa.submit()
    container().ledger_file.append(NEW_LINE)
    laksa.store.close()
    return tmp_path


@pytest.fixture
def go_to(laksa: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[Path], None]]:
    """From now on commands work on that folder."""

    def go(folder: Path) -> None:
        monkeypatch.setenv("LAKSA_DATA", str(folder))
        container.cache_clear()

    yield go
    store = container().store
    assert isinstance(store, SqliteStore)
    store.close()


def contents(folder: Path) -> dict[str, bytes]:
    return {str(path.relative_to(folder)): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_the_city_is_as_it_was_the_later_one_aside(stopped: Path, backup: Path, ticket: str, capsys: Captured) -> None:
    later = contents(stopped)
    assert main(["restore", str(backup), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    aside = Path(told["aside"])
    assert (told["complaints"], count_in_copy(stopped / "laksa.db", COMPLAINTS)) == (1, 1)
    assert (aside.parent, aside.stat().st_mode & 0o777) == (stopped, 0o700)
    assert contents(aside) == {name: later[name] for name in ("laksa.db", "secrets.json", f"photos/{ticket}-one.jpg")}
    assert count_in_copy(aside / "laksa.db", COMPLAINTS) == 2
    assert (stopped / "photos" / f"{ticket}-one.jpg").read_bytes() == b"a street"
    back = [stopped / "laksa.db", stopped / "secrets.json", *(stopped / "photos").iterdir(), stopped / "photos"]
    assert {path.stat().st_mode & 0o077 for path in back} == {0}


def test_the_ledger_only_grows(stopped: Path, backup: Path) -> None:
    (backup / INVENTORY).unlink()  # as a backup of an older Laksa
    with (backup / "erasures.jsonl").open("a") as ledger:
        ledger.write(OLD_LINE.replace("LKS-0000", "LKS-2222") + '\n{"ticket": "LKS-33')
    restore(stopped, backup, NIGHT + timedelta(hours=8))
    kept = (stopped / "erasures.jsonl").read_text().splitlines()
    assert kept == [OLD_LINE, NEW_LINE, OLD_LINE.replace("LKS-0000", "LKS-2222")]


def test_the_clock_does_not_go_back(stopped: Path, backup: Path) -> None:
    (backup / INVENTORY).unlink()  # as a backup of an older Laksa
    (backup / "clock.json").write_text('{"ahead_microseconds": 1}')
    (stopped / "clock.json").write_text('{"ahead_microseconds": 2}')
    restore(stopped, backup, NIGHT)
    assert json.loads((stopped / "clock.json").read_text()) == {"ahead_microseconds": 2}


def test_a_running_city_is_left_alone(backup: Path, tmp_path: Path, capsys: Captured) -> None:
    before = contents(tmp_path)
    with acquire_host_lock(tmp_path) as host:
        share_host_lock(host)
        assert main(["restore", str(backup)]) == 1
    assert "another Laksa is running" in capsys.readouterr().err
    assert contents(tmp_path) == before | {"laksa.lock": b""}


def test_the_newest_of_several_is_named_others_are_refused(stopped: Path, backup: Path, capsys: Captured) -> None:
    before = contents(stopped)
    assert main(["restore", str(backup.parent)]) == 1
    assert f"the newest is {backup}" in capsys.readouterr().err
    assert main(["restore", str(backup / "photos")]) == 1
    assert "is no backup" in capsys.readouterr().err
    (backup / "laksa.db").write_bytes((backup / "laksa.db").read_bytes()[:9000])
    assert main(["restore", str(backup)]) == 1
    assert "damaged" in capsys.readouterr().err
    assert contents(stopped) == before | {"laksa.lock": b""}


@pytest.mark.parametrize("exchanged", [(), ("laksa.db",), ("laksa.db", "photos"), ("photos",)])
def test_one_that_was_cut_opens_to_nobody_until_the_next_ends_it(
    stopped: Path, backup: Path, capsys: Captured, exchanged: tuple[str, ...]
) -> None:
    later = contents(stopped)
    aside = stopped / "before-restore-2026-11-24T10-00-00"
    aside.mkdir()
    (stopped / "restoring").write_text(aside.name)
    for name in exchanged:
        (stopped / name).rename(aside / name)
    if "photos" in exchanged:
        (stopped / "photos").mkdir()
        (stopped / "photos" / "half.jpg").write_bytes(b"put here by the one that was cut")
    container.cache_clear()
    assert main(["sweep"]) == 1
    assert "a restore into" in capsys.readouterr().err
    assert restore(stopped, backup, NIGHT + timedelta(days=1)).aside == aside
    assert (contents(aside)["laksa.db"], (stopped / "restoring").exists()) == (later["laksa.db"], False)
    assert count_in_copy(stopped / "laksa.db", COMPLAINTS) == 1
    assert [p.name for p in (stopped / "photos").iterdir()] == [p.name for p in (backup / "photos").iterdir()]
