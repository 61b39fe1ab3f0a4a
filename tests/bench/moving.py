"""`make bench`: a city of 10,000 reports moves from one machine to the emulators and back; seconds and memory.

Where gcloud or Java is missing, it moves between two machines instead.
"""

from __future__ import annotations
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from infra.embedded.google_host import missing_emulators, running_emulators
from tests.emulators import PROJECT
from tests.own_environment import without_settings
from tests.workflows.many_cases import multiply
from tests.workflows.moving_cases import city_at
from tests.workflows.personal import lived
from tests.workflows.world import KEYS

MANY = 10_000
FIRESTORE = "FIRESTORE_EMULATOR_HOST"


def main() -> None:
    """Measure and print."""
    with tempfile.TemporaryDirectory() as name, _second_stack() as google:
        folder = Path(name)
        with city_at(folder / "old") as old:
            multiply(old.store, old.photos, lived(old), MANY)
        (folder / "old" / "secrets.json").write_text(f'{{"keys": ["{KEYS[0]}"]}}')
        here = {"LAKSA_DATA": str(folder / "old")}
        there, back = google | {"LAKSA_DATA": str(folder / "new")}, {"LAKSA_DATA": str(folder / "back")}
        _timed("out of SQLite", here, "export", "--all", str(folder / "1.zip"), "--with-keys")
        where = "Firestore's emulator" if google else "SQLite"
        _timed(f"into {where}", there, "import", str(folder / "1.zip"))
        _timed(f"out of {where}", there, "export", "--all", str(folder / "2.zip"), "--with-keys")
        _timed("into SQLite", back, "import", str(folder / "2.zip"))
        _timed("out again", back, "export", "--all", str(folder / "3.zip"), "--with-keys")
        files = [(folder / f"{n}.zip").read_bytes() for n in (1, 2, 3)]
        same = files[0] == files[1] == files[2]
    sys.stdout.write(f"the three files ({len(files[0]) / 1e6:.1f} MB) are {'the same' if same else 'NOT THE SAME'}\n")


@contextmanager
def _second_stack() -> Iterator[dict[str, str]]:
    """What a command needs to work on the emulator; nothing where there is none."""
    if not (shutil.which("gcloud") and shutil.which("java")):
        yield {}
        return
    address = {FIRESTORE: missing_emulators({})[FIRESTORE]}
    with running_emulators(address, PROJECT):
        never_used = {"PUBSUB_EMULATOR_HOST": "127.0.0.1:1"}
        yield address | never_used | {"LAKSA_STACK": "google", "GOOGLE_CLOUD_PROJECT": PROJECT}


def _timed(what: str, env: dict[str, str], *words: str) -> None:
    """One command as a process of its own: how long, and the most memory that it held."""
    started = time.perf_counter()
    command = [sys.executable, "-m", "cli.main", *words, "--json"]
    process = os.posix_spawn(sys.executable, command, without_settings() | env, file_actions=_SILENT)
    _, status, used = os.wait4(process, 0)
    assert status == 0, f"{what} failed"
    seconds = time.perf_counter() - started
    sys.stdout.write(f"{MANY:,} reports {what:<26}{seconds:7.1f} s {used.ru_maxrss / 1024:7.0f} MB\n")


_SILENT = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]


if __name__ == "__main__":
    main()
