"""A backup of a city that is not whole itself, and of places that are none for a backup."""

from __future__ import annotations
from pathlib import Path

import pytest

from cli.main import main
from functions.app.container import container
from infra.embedded.copies.make_backup import make_backup
from infra.embedded.copies.old_backups import backups_in
from tests.functions.commands.test_backup import NIGHT, watcher
from tests.functions.commands.test_restore import contents
from tests.workflows.world import World
from workflows.adapters.local_files import ErasureFile
from workflows.collection_names import SYSTEM
from workflows.domain.complaint.records import PhotoFacts
from workflows.migration.import_guard import DONE, MOVE

__all__ = ["watcher"]
Captured = pytest.CaptureFixture[str]
ERASED = '{{"ticket": "{}", "what": "{}", "at": "2026-11-01T00:00:00+07:00", "by": "asked"}}'


@pytest.fixture
def ticket(laksa: World) -> str:
    """Of a report with two photos, in a city with keys."""
    assert container().keys
    ticket = laksa.submit().ticket
    names = [f"{ticket}-{word}.jpg" for word in ("one", "two")]
    for name in names:
        laksa.photos.put(name, b"a street", "image/jpeg")
    photos = tuple(PhotoFacts(n, "citizen", name=name) for n, name in enumerate(names, 1))
    laksa.put(laksa.case(ticket).evolve(photos=photos))
    return ticket


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups")


def _imported(laksa: World, phase: str) -> None:
    laksa.store.transact(lambda tx: tx.set(SYSTEM, MOVE, {"phase": phase}))


def test_no_half_import_is_backed_up(laksa: World, ticket: str, tmp_path: Path, folder: Path, capsys: Captured) -> None:
    _imported(laksa, "documents")
    assert main(["backup", str(folder)]) == 1
    assert "backup failed: the import into this city was cut" in capsys.readouterr().err
    assert list(folder.glob("*laksa*")) == []
    _imported(laksa, DONE)
    assert make_backup(tmp_path, folder, NIGHT).gaps == ()


@pytest.mark.parametrize(("what", "gaps"), [("whole", 0), ("photos", 0), ("contact", 1)])
def test_an_erasure_of_photos_leaves_no_gap(ticket: str, tmp_path: Path, folder: Path, what: str, gaps: int) -> None:
    ErasureFile(tmp_path / "erasures.jsonl").append(ERASED.format(ticket, what))
    (tmp_path / "photos" / f"{ticket}-two.jpg").unlink()
    assert len(make_backup(tmp_path, folder, NIGHT).gaps) == gaps


@pytest.mark.parametrize(("left", "said"), [(None, "LAKSA_KEYS"), ("{}", "is no file of keys")])
def test_missing_keys_are_told(
    ticket: str, tmp_path: Path, folder: Path, capsys: Captured, left: str | None, said: str
) -> None:
    (tmp_path / "secrets.json").unlink()
    if left:
        (tmp_path / "secrets.json").write_text(left)
    assert main(["backup", str(folder)]) == 1
    assert said in capsys.readouterr().err
    assert len(backups_in(folder)) == 1


@pytest.mark.parametrize("below", [".", "photos", "photos/..", "new"])
def test_the_city_s_own_folder_takes_no_backup(ticket: str, tmp_path: Path, capsys: Captured, below: str) -> None:
    before = contents(tmp_path)
    assert main(["backup", str(tmp_path / below)]) == 1
    assert "the city's own data" in capsys.readouterr().err
    assert (contents(tmp_path), (tmp_path / "new").exists()) == (before, False)


def test_a_backup_takes_no_backup(ticket: str, tmp_path: Path, folder: Path) -> None:
    made = make_backup(tmp_path, folder, NIGHT).path
    with pytest.raises(ValueError, match="a city or a backup itself"):
        make_backup(tmp_path, made, NIGHT)
