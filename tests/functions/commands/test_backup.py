"""`laksa backup`: what lies in a backup, whose it is, which old ones go, and that half of one is none."""

from __future__ import annotations
import json
import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from cli.main import main
from functions.app.container import container
from functions.app.data_folder import CLOCK, IN_BACKUP, MAIL
from infra.embedded.copies.inventory import INVENTORY
from infra.embedded.copies.make_backup import Backup, make_backup
from infra.embedded.copies.old_backups import backups_in
from tests.embedded.conftest import ROOT
from tests.workflows.world import World

NIGHT = datetime(2026, 11, 23, 19, 30, tzinfo=UTC)
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def city(laksa: World, tmp_path: Path) -> Path:
    """The data folder of a city with a report, its photo, its keys and a line of the ledger."""
    ticket = laksa.submit().ticket
    laksa.photos.put(f"{ticket}-one.jpg", b"a street", "image/jpeg")
    container().ledger_file.append('{"ticket": "LKS-1"}')
    assert container().keys
    return tmp_path


@pytest.fixture
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("backups")


def photo_in(backup: Path) -> Path:
    (photo,) = (backup / "photos").glob("*-one.jpg")
    return photo


def test_everything_is_in_it_for_its_owner_alone(city: Path, folder: Path, capsys: Captured) -> None:
    (city / "secrets.json").chmod(0o644)
    assert main(["backup", str(folder)]) == 0
    (made,) = backups_in(folder)
    assert capsys.readouterr().out == f"Cadangan utuh: {made}, 1 laporan, 3 berkas lain.\n"
    files = {str(path.relative_to(made)): path for path in made.rglob("*")}
    assert files.keys() == {
        *("laksa.db", "secrets.json", "erasures.jsonl", "photos", f"photos/{photo_in(made).name}", INVENTORY)
    }
    assert {path.stat().st_mode & 0o777 for path in files.values() if path.is_file()} == {0o600}
    assert {path.stat().st_mode & 0o777 for path in (made, made / "photos")} == {0o700}
    for name in ("secrets.json", "erasures.jsonl", f"photos/{photo_in(made).name}"):
        assert files[name].read_bytes() == (city / name).read_bytes()


def test_a_machine_reads_where_it_is_and_a_watcher_hears_of_it(
    city: Path, folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch, watcher: tuple[str, list[str]]
) -> None:
    monkeypatch.setenv("LAKSA_BACKUP_HEARTBEAT_URL", f"{watcher[0]}/backup?key=abc")
    assert main(["backup", str(folder), "--json"]) == 0
    told = json.loads(capsys.readouterr().out)
    assert told == {"path": str(backups_in(folder)[0]), "complaints": 1, "files": 3, "removed": [], "gaps": []}
    assert watcher[1] == ["/backup?key=abc"]


@pytest.fixture
def watcher() -> Iterator[tuple[str, list[str]]]:
    """An address, and the paths that were opened there."""
    seen: list[str] = []

    class Watcher(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            seen.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            """Quiet."""

    with HTTPServer(("127.0.0.1", 0), Watcher) as server:
        threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", seen
        server.shutdown()


def test_nothing_that_a_city_is_whole_with_is_missing(city: Path, folder: Path) -> None:
    (city / CLOCK).write_text('{"ahead_microseconds": 1}')
    (city / MAIL).mkdir()
    (city / MAIL / "1.eml").write_bytes(b"Subject: kabar")
    made = _on_day(0, city, folder)
    assert ({file.name for file in made.path.iterdir()}, made.files) == ({*IN_BACKUP, INVENTORY}, 5)
    assert (made.path / MAIL / "1.eml").read_bytes() == b"Subject: kabar"


def _on_day(day: int, city: Path, folder: Path) -> Backup:
    return make_backup(city, folder, NIGHT + timedelta(days=day))


def test_a_photo_that_has_not_changed_takes_no_more_room(city: Path, folder: Path, laksa: World) -> None:
    first, second = (photo_in(_on_day(day, city, folder).path) for day in (0, 1))
    assert first.samefile(second)
    laksa.photos.put(first.name, b"another street", "image/jpeg")
    third = photo_in(_on_day(2, city, folder).path)
    assert (third.read_bytes(), second.read_bytes()) == (b"another street", b"a street")
    assert not third.samefile(photo_in(city))


def test_a_full_disk_leaves_no_backup_and_one_line_that_says_why(city: Path, folder: Path) -> None:
    earlier = _on_day(0, city, folder).path
    ran = limited(["backup", str(folder), "--days", "1", "--at-least", "1"], city)
    assert (ran.returncode, ran.stdout) == (1, "")
    (line,) = ran.stderr.splitlines()
    assert line.startswith("laksa: backup failed: ")
    assert [path.name for path in folder.iterdir() if path.is_dir()] == [earlier.name]


def limited(words: list[str], data: Path) -> subprocess.CompletedProcess[str]:
    """A command that may write no file of more than 32 KiB, as on a disk with no more room."""
    command = ["sh", "-c", 'ulimit -f 64; exec "$@"', "sh", sys.executable, "-m", "cli.main", *words]
    env = {"PATH": os.environ["PATH"], "LAKSA_DATA": str(data), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(command, cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize(("target", "why"), [("file", "File exists"), ("not/mounted", "No such file")])
def test_a_place_that_is_full_is_named(city: Path, folder: Path, capsys: Captured, target: str, why: str) -> None:
    (folder / "file").touch()
    assert main(["backup", str(folder / target)]) == 1
    assert f"laksa: backup failed: {folder / target}: {why}" in capsys.readouterr().err


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (["backup"], "required: FOLDER"),
        (["backup", "x", "--days", "0"], "no number from 1 on"),
        (["backup", "x", "--at-least", "-3"], "no number from 1 on"),
    ],
)
def test_wrong_use_ends_with_2(words: list[str], said: str, capsys: Captured) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert (ended.value.code, said in capsys.readouterr().err) == (2, True)


@pytest.mark.parametrize("command", ["backup", "restore"])
def test_on_google_cloud_there_is_another_way(
    command: str, laksa: World, folder: Path, capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in {"LAKSA_STACK": "google", "LAKSA_KEYS": "k" * 16, "LAKSA_PHOTO_BUCKET": "b"}.items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("LAKSA_CALLERS", "iam")
    assert main([command, str(folder)]) == 2
    assert "docs/deploy.md" in capsys.readouterr().err
