"""A city moves from one machine to Google's stack and back: nothing is lost, and its old mails open in both."""

from __future__ import annotations

import os
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen, run

import pytest

from tests.journeys.city import ROOT, City, Mail, wait_for
from tests.journeys.test_new_table import answered, laksa
from tests.pictures.given import encoded, scene
from tests.workflows.many_cases import multiply
from tests.workflows.world import INDEXES
from workflows.adapters.sqlite import SqliteStore

pytestmark = pytest.mark.emulator
MANY = 120
"""Two thousand take four minutes on two cores that have other work; `make bench` moves ten thousand."""
LAMP = "Lampu PJU di gang kami mati total, sudah tiga malam gelap sekali."
"""A letter that the router is sure of."""
OFFICE = "dishub@opd.example"


@dataclass
class Moved:
    """The old city and its last mails, the two new ones, and the three files."""

    old: City
    google: City
    back: City
    case: Mail
    receipt: Mail
    ticket: str
    files: tuple[bytes, bytes, bytes]


@pytest.fixture(scope="module")
def moved(
    tmp_path_factory: pytest.TempPathFactory, firestore_emulator: str, pubsub_emulator: str
) -> Iterator[Moved]:
    """Out, in (cut once), out, in, out: each into a file of its own."""
    folder = tmp_path_factory.mktemp("moving")
    old, google, back = City(folder / "old"), City(folder / "google", "google"), City(folder / "back")
    ticket, case, receipt = _lived_in(old)
    first = _taken_out(old, folder / "1.zip")
    _cut_after_a_moment(google, folder / "1.zip")
    _put_in(google, folder / "1.zip")
    second = _taken_out(google, folder / "2.zip")
    _put_in(back, folder / "2.zip")
    third = _taken_out(back, folder / "3.zip")
    yield Moved(old, google, back, case, receipt, ticket, (first, second, third))


def _lived_in(city: City) -> tuple[str, Mail, Mail]:
    """An open report, one that was erased, a table of its own, and hundreds that are closed. It is stopped."""
    city.start()
    sent = city.submit(LAMP, encoded(scene(1)), email="warga@contoh.example")
    gone = city.submit(LAMP.replace("tiga", "empat"), email="lupa@contoh.example")
    done = city.submit(LAMP.replace("tiga", "lima"), email="senang@contoh.example")
    case, receipt = city.mail(OFFICE, sent.number), city.mail("warga@contoh.example", sent.number)
    city.act(city.mail(OFFICE, done.number).link, "answer", message="Lampunya sudah kami ganti tadi pagi.")
    city.act(done.url, "confirm")
    assert laksa(city, "erase", gone.number, "--whole", "--yes").returncode == 0
    answered(city, "routing", "export", str(city.data / "tabel"))
    phrases = city.data / "tabel" / "phrases.csv"
    phrases.write_text(phrases.read_text("utf-8").replace(",5\n", ",6\n", 1), "utf-8")
    answered(city, "routing", "import", str(city.data / "tabel"))
    assert city.stop() == 0
    store = SqliteStore(city.data / "laksa.db", INDEXES)
    multiply(store, done.number, MANY)
    store.close()
    return sent.number, case, receipt


def _taken_out(city: City, file: Path) -> bytes:
    said = answered(city, "export", "--all", str(file), "--with-keys")
    assert said["documents"]["complaints"]["count"] == MANY + 3
    return file.read_bytes()


def _put_in(city: City, file: Path) -> None:
    assert answered(city, "import", str(file))["documents"]["complaints"]["count"] == MANY + 3


def _cut_after_a_moment(city: City, file: Path) -> None:
    """kill -9 once something has arrived; no host starts on what is there."""
    with Popen(
        [sys.executable, "-m", "functions.cli", "import", str(file)], cwd=ROOT, env=_env(city)
    ) as importing:
        wait_for(lambda: (city.data / "photos").is_dir() or importing.poll() is not None, 60)
        time.sleep(0.3)
        importing.kill()
    assert importing.returncode == -9, "it was faster than the knife"
    command = [sys.executable, "-m", "infra.embedded.google_host"]
    host = run(command, cwd=ROOT, env=_env(city), capture_output=True, text=True, timeout=60)
    assert "the import into this city was cut" in host.stderr


def _env(city: City) -> dict[str, str]:
    of_city = {"LAKSA_DATA": str(city.data), "LAKSA_STACK": city.stack, "GOOGLE_CLOUD_PROJECT": city.project}
    return os.environ | of_city | {"PORT": str(city.port)}


def test_what_comes_out_of_each_is_the_same_to_the_byte(moved: Moved) -> None:
    assert moved.files[1] == moved.files[0]
    assert moved.files[2] == moved.files[0]


@pytest.mark.parametrize("where", ["google", "back"])
def test_links_in_old_mails_open_in_the_new_place_and_its_clock_goes_on(moved: Moved, where: str) -> None:
    city: City = getattr(moved, where).start()
    try:
        _opens_and_lives(city, moved)
    finally:
        assert city.stop() == 0


def _opens_and_lives(city: City, moved: Moved) -> None:
    office, citizen = (mail.link.replace(moved.old.url, city.url) for mail in (moved.case, moved.receipt))
    assert city.page(citizen)["ticket"] == city.page(office)["ticket"] == moved.ticket
    assert city.http.get(f"{office}/foto/1").status_code == 200
    told = [mail.subject for mail in city.mails()]
    assert len(told) == 1 and "ditarik pelapor" in told[0], "what waited goes out, and nothing a second time"
    city.later(days=14)
    assert city.mail(OFFICE, moved.ticket).message_id != moved.case.message_id, "reminded"
    city.act(office, "acknowledge")
    assert city.page(citizen)["status"] == "in_progress"
    fresh = city.submit(LAMP.replace("gang", "jalan"), email="baru@contoh.example")
    assert fresh.state()["department"]["code"] == "DISHUB"
