"""What writes into a city's folder refuses to be run by another user, and what needs a city makes none."""

from __future__ import annotations
import argparse
import os
from pathlib import Path

import pytest

from cli.main import COMMANDS, WRITE, main
from functions.app.container import container
from tests.builders import TICKET, complaint
from tests.workflows.world import World
from workflows.collection_names import SYSTEM
from workflows.migration.import_guard import MOVE

Captured = pytest.CaptureFixture[str]

WORDS = {
    "routing": ("rollback",),
    "replay": (),
    "sweep": (),
    "inbound": ("mail.eml",),
    "export": ("--all", "kota.zip"),
    "import": ("kota.zip",),
    "erase": (TICKET, "--yes"),
    "answer-data": (TICKET, "copy", "done", "Sudah dikirim."),
}


def commands() -> set[str]:
    """Every command there is."""
    subparsers = argparse.ArgumentParser().add_subparsers()
    for add_command in COMMANDS:
        add_command(subparsers)
    return set(subparsers.choices)


def test_of_each_command_it_is_known_whether_it_writes() -> None:
    subparsers = argparse.ArgumentParser().add_subparsers()
    for add_command in COMMANDS:
        add_command(subparsers)
    assert set(subparsers.choices) == {*WRITE, "route", "case", "stuck", "backup", "restore"}
    assert WORDS.keys() == set(WRITE)


@pytest.mark.parametrize("command", WRITE)
def test_another_user_than_the_folder_s_writes_nothing_into_it(
    command: str, laksa: World, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    laksa.put(complaint())
    before = sorted(tmp_path.iterdir())
    monkeypatch.setattr(os, "geteuid", lambda: tmp_path.stat().st_uid + 1)
    assert main([command, *WORDS[command]]) == 1
    assert capsys.readouterr().err == f"laksa: {tmp_path} belongs to another user; run this as its owner\n"
    assert sorted(tmp_path.iterdir()) == before


def test_a_misspelt_folder_is_no_city_in_which_nothing_is_due(
    laksa: World, tmp_path: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LAKSA_DATA", str(tmp_path / "kotta"))
    container.cache_clear()
    assert main(["sweep"]) == 1
    assert "is LAKSA_DATA right?" in capsys.readouterr().err
    assert not (tmp_path / "kotta").exists()


@pytest.mark.parametrize("command", ["stuck", "replay", "sweep"])
def test_of_half_a_city_nobody_says_that_all_is_well(command: str, laksa: World, capsys: Captured) -> None:
    laksa.store.transact(lambda tx: tx.set(SYSTEM, MOVE, {"phase": "filling"}))
    assert main([command]) == 1
    told = capsys.readouterr()
    assert (told.out, "the import into this city was cut" in told.err) == ("", True)
