"""A command beside a host on emulators finds them by the data folder they share."""

from __future__ import annotations
import json
import subprocess
import sys
from pathlib import Path

import pytest

from functions.app.settings import emulators_beside, read_settings
from tests.embedded.conftest import ROOT
from tests.journeys.city import City
from tests.own_environment import without_settings

TOLD = {"FIRESTORE_EMULATOR_HOST": "127.0.0.1:5001", "PUBSUB_EMULATOR_HOST": "127.0.0.1:5002"}
SAY = """from functions.app.settings import read_settings
s = read_settings()
print(s.firestore_emulator, s.pubsub_emulator)"""


def _command(data: Path, *arguments: str, **env: str) -> subprocess.CompletedProcess[str]:
    env = {**without_settings(emulators=False), "LAKSA_DATA": str(data), **env}
    return subprocess.run([sys.executable, *arguments], cwd=ROOT, env=env, capture_output=True, text=True, timeout=60)


@pytest.mark.parametrize("content", [None, "", "[]", "{}", "null", '{"FIRESTORE_EMULATOR_HOST": "a:1"}'])
def test_without_a_whole_file_there_are_none(tmp_path: Path, content: str | None) -> None:
    if content is not None:
        (tmp_path / "emulators.json").write_text(content)
    assert emulators_beside(tmp_path) == {}


@pytest.mark.parametrize(
    ("env", "found"),
    [
        ({"LAKSA_STACK": "google"}, "127.0.0.1:5001 127.0.0.1:5002"),
        ({"LAKSA_STACK": "google", "FIRESTORE_EMULATOR_HOST": "127.0.0.1:9", "LAKSA_CALLERS": "iam"}, "127.0.0.1:9 "),
        ({"LAKSA_STACK": "embedded"}, " "),
    ],
)
def test_on_the_google_stack_they_are_used_where_the_environment_has_none(
    tmp_path: Path, env: dict[str, str], found: str
) -> None:
    (tmp_path / "emulators.json").write_text(json.dumps(TOLD))
    assert _command(tmp_path, "-c", SAY, **env).stdout == f"{found}\n"


def test_settings_from_a_given_environment_look_at_no_file() -> None:
    assert read_settings({}).firestore_emulator == ""


@pytest.mark.emulator
@pytest.mark.whole
def test_commands_work_beside_a_host_that_started_its_own_emulators(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, firestore_emulator: str, pubsub_emulator: str
) -> None:
    assert firestore_emulator
    assert pubsub_emulator
    for variable in TOLD:
        monkeypatch.delenv(variable)
    city = City(tmp_path, "google").start()
    ticket = city.submit("Lampu jalan di gang kami mati, gelap sekali setiap malam.").number
    city.idle()
    google = {"LAKSA_STACK": "google", "GOOGLE_CLOUD_PROJECT": city.project}
    case = _command(tmp_path, "-m", "cli.main", "case", ticket, "--json", **google)
    assert (case.returncode, ticket in case.stdout) == (0, True), case.stderr
    swept = _command(tmp_path, "-m", "cli.main", "sweep", "--json", **google)
    assert json.loads(swept.stdout) == {"woken": 0}, swept.stderr
    assert city.stop() == 0
    assert not (tmp_path / "emulators.json").exists()
