"""`laksa export --all` and `laksa import`: what they say, when they refuse, whose keys open old links."""

from __future__ import annotations
import json
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from cli.main import main
from functions.app.container import container
from functions.schedule import sweep
from tests.functions.requests import ask, get
from tests.workflows.world import World
from workflows.adapters.clocks import JumpClock
from workflows.adapters.sqlite import SqliteStore

Go = Callable[[str], None]


@pytest.fixture
def go_to(laksa: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Go]:
    """From now on commands work on the folder of that name."""

    def go(name: str) -> None:
        monkeypatch.setenv("LAKSA_DATA", str(tmp_path / name))
        container.cache_clear()

    yield go
    store = container().store
    assert isinstance(store, SqliteStore)
    store.close()


@pytest.fixture
def ticket(laksa: World) -> str:
    """Of the one report in the old city."""
    return laksa.submit().ticket


def test_the_new_city_opens_old_links(
    ticket: str, go_to: Go, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    key, file = container().links.citizen_key(ticket, 1), tmp_path / "kota.zip"
    assert main(["export", "--all", str(file), "--with-keys"]) == 0
    assert "juga kunci tautan" in capsys.readouterr().out
    assert file.stat().st_mode & 0o777 == 0o600
    go_to("new")
    assert main(["import", str(file)]) == 0
    said = capsys.readouterr().out
    assert "complaints                      1" in said
    assert "sama dengan berkas" in said
    assert container().links.check_citizen_key(ticket, key) == 1
    assert (tmp_path / "new" / "secrets.json").stat().st_mode & 0o777 == 0o600
    assert main(["import", str(file), "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["again"] is True
    assert main(["export", "--all", str(tmp_path / "again.zip"), "--with-keys"]) == 0
    assert (tmp_path / "again.zip").read_bytes() == file.read_bytes()


def test_a_moved_clock_is_as_far_ahead_in_the_new_city(ticket: str, go_to: Go, tmp_path: Path) -> None:
    first, second = tmp_path / "kota.zip", tmp_path / "again.zip"
    moved = JumpClock(tmp_path / "clock.json")
    moved.be_ahead(timedelta(days=4, seconds=3.6))
    container().clock = moved
    assert main(["export", "--all", str(first), "--with-keys"]) == 0
    go_to("new")
    assert main(["import", str(first)]) == main(["import", str(first)]) == 0
    assert main(["export", "--all", str(second), "--with-keys"]) == 0
    assert second.read_bytes() == first.read_bytes()


def test_without_keys_it_says_so_and_makes_none(
    ticket: str, go_to: Go, tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    keys, file = container().keys, tmp_path / "kota.zip"
    assert main(["export", "--all", str(file)]) == 0
    assert "LAKSA_KEYS" in capsys.readouterr().out
    assert keys[0].encode() not in file.read_bytes()
    go_to("new")
    assert main(["import", str(file)]) == 1
    assert "the file holds no keys" in capsys.readouterr().err
    assert not (tmp_path / "new" / "secrets.json").exists()
    monkeypatch.setenv("LAKSA_KEYS", "quite other keys and long enough")
    go_to("new")
    assert main(["import", str(file)]) == 1
    assert "the keys here are others" in capsys.readouterr().err
    monkeypatch.setenv("LAKSA_KEYS", f"a newer key that is long enough,{keys[0]}")
    go_to("new")
    assert main(["import", str(file)]) == 0


def test_an_existing_file_is_not_overwritten(ticket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "kota.zip"
    file.write_bytes(b"perhaps the only copy")
    assert main(["export", "--all", str(file)]) == 1
    assert "is there already" in capsys.readouterr().err
    assert file.read_bytes() == b"perhaps the only copy"


def test_no_half_city_exported(laksa: World, ticket: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    laksa.store.transact(lambda tx: tx.set("system", "move", {"phase": "filling"}))
    assert main(["export", "--all", str(tmp_path / "kota.zip")]) == 1
    assert "the import into this city was cut" in capsys.readouterr().err
    assert ask(sweep, get("/")).status_code == 503
    assert laksa.store.get("system", "sweep") is None
