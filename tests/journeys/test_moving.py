"""A city of hundreds of reports moves to Google's stack, goes on there, and moves back: nobody loses anything."""

from __future__ import annotations
import json
import sys
import zipfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from subprocess import Popen, run
from typing import Any

import pytest

from tests.journeys.city import ROOT, City, Mail, Ticket, wait_for
from tests.journeys.test_new_table import answered
from tests.pictures.given import encoded, scene
from tests.workflows.many_cases import multiply
from tests.workflows.world import INDEXES
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.sqlite import SqliteStore

pytestmark = [pytest.mark.emulator, pytest.mark.whole]
MANY = 2000
"""`make bench` moves ten thousand."""
LAMP = "Lampu PJU di gang kami mati total, sudah tiga malam gelap sekali."
"""A letter that the router is sure of."""
OFFICE, CITIZEN = "dishub@opd.example", "warga@contoh.example"


@dataclass
class Letters:
    """What was sent of an open report: to its office, and to its citizen."""

    ticket: str
    office: Mail
    citizen: Mail

    def links_in(self, city: City, old: City) -> tuple[str, str]:
        """As if the public name led to the new city: the office's link, and the citizen's."""
        office, citizen = (mail.link.replace(old.url, city.url) for mail in (self.office, self.citizen))
        return office, citizen


def test_there_and_back(tmp_path: Path, firestore_emulator: str, pubsub_emulator: str) -> None:
    old, google, back = City(tmp_path / "old"), City(tmp_path / "google", "google"), City(tmp_path / "back")
    first, second, third = (tmp_path / f"{n}.zip" for n in (1, 2, 3))
    sent = _lived_in(old)
    there = _taken_out(old, first)
    assert there["complaints"]["count"] == MANY + 3
    _cut_after_a_moment(google, first)
    assert _put_in(google, first) == there
    with _running(google):
        fresh = _goes_on(google, old, sent)
    _taken_out(google, second)
    _put_in(back, second)
    assert _taken_out(back, third)["complaints"]["count"] == MANY + 4
    assert third.read_bytes() == second.read_bytes(), "one city is the same bytes on both stacks"
    changed = {id for id, _ in _documents(first) - _documents(third)}
    assert {sent.ticket, "sweep", "digest"} < changed and len(changed) == 4, "the fourth: the letter that waited"
    with _running(back):
        _ends(back, old, sent, google, fresh)


@contextmanager
def _running(city: City) -> Iterator[City]:
    city.start()
    try:
        yield city
    finally:
        assert city.stop() == 0


def _lived_in(city: City) -> Letters:
    """An open report, one that was erased, a table of its own, and thousands that are closed. It is stopped."""
    with _running(city):
        letters, done = _lives(city)
    store = SqliteStore(city.data / "laksa.db", INDEXES)
    multiply(store, PhotoFolder(city.data / "photos"), done, MANY)
    store.close()
    return letters


def _lives(city: City) -> tuple[Letters, str]:
    sent = city.submit(LAMP, encoded(scene(1)), email=CITIZEN)
    gone = city.submit(LAMP.replace("tiga", "empat"), email="lupa@contoh.example")
    done = city.submit(LAMP.replace("tiga", "lima"), encoded(scene(2)), email="senang@contoh.example")
    letters = _letters(city, sent)
    city.act(city.mail(OFFICE, done.number).link, "answer", message="Lampunya sudah kami ganti tadi pagi.")
    city.act(done.url, "confirm")
    city.later(days=2)
    assert city.laksa("erase", gone.number, "--whole", "--yes").returncode == 0
    _table_of_its_own(city)
    return letters, done.number


def _letters(city: City, sent: Ticket) -> Letters:
    return Letters(sent.number, city.mail(OFFICE, sent.number), city.mail(CITIZEN, sent.number))


def _table_of_its_own(city: City) -> None:
    answered(city, "routing", "export", str(city.data / "tabel"))
    phrases = city.data / "tabel" / "phrases.csv"
    phrases.write_text(phrases.read_text("utf-8").replace(",5\n", ",6\n", 1), "utf-8")
    answered(city, "routing", "import", str(city.data / "tabel"))


def _taken_out(city: City, file: Path) -> Any:
    return answered(city, "export", "--all", str(file), "--with-keys")["documents"]


def _put_in(city: City, file: Path) -> Any:
    return answered(city, "import", str(file))["documents"]


def _cut_after_a_moment(city: City, file: Path) -> None:
    """kill -9 once something has arrived; no host starts on what is there."""
    with Popen([sys.executable, "-m", "cli.main", "import", str(file)], cwd=ROOT, env=city.env) as importing:
        wait_for(lambda: (city.data / "photos").is_dir() or importing.poll() is not None)
        importing.kill()
    assert importing.returncode == -9, "it was faster than the knife"
    command = [sys.executable, "-m", "infra.embedded.google_host"]
    host = run(command, cwd=ROOT, env=city.env, capture_output=True, text=True, timeout=60)
    assert "the import into this city was cut" in host.stderr


def _goes_on(city: City, old: City, sent: Letters) -> Letters:
    """Old links open, what waited goes out once, alarms ring, an office acts, somebody reports something new."""
    office, citizen = sent.links_in(city, old)
    _opens(city, office, citizen, sent.ticket)
    told = [mail.subject for mail in city.mails()]
    assert len(told) == 1 and "ditarik pelapor" in told[0], "what waited goes out, and nothing a second time"
    city.later(days=1)
    assert city.mail(OFFICE, sent.ticket).message_id != sent.office.message_id, "reminded"
    city.act(office, "acknowledge")
    assert city.page(citizen)["status"] == "in_progress"
    fresh = city.submit(LAMP.replace("gang", "jalan"), encoded(scene(3)), email=CITIZEN)
    return _letters(city, fresh)


def _ends(city: City, old: City, sent: Letters, google: City, fresh: Letters) -> None:
    """Links of both places open in the third, both reports come to their end there, and a third one begins."""
    assert city.mails() == [], "nothing goes out twice"
    for before, letters in ((old, sent), (google, fresh)):
        office, citizen = letters.links_in(city, before)
        _opens(city, office, citizen, letters.ticket)
        city.act(office, "answer", message="Lampunya sudah kami ganti pagi ini, silakan dilihat.")
        assert city.act(citizen, "confirm")["status"] == "closed"
    newest = city.submit(LAMP.replace("gang", "lorong"), email=CITIZEN)
    assert newest.state()["department"]["code"] == "DISHUB"


def _opens(city: City, office: str, citizen: str, ticket: str) -> None:
    assert city.page(citizen)["ticket"] == city.page(office)["ticket"] == ticket
    assert city.http.get(f"{office}/foto/1").status_code == 200


def _documents(file: Path) -> set[tuple[str, bytes]]:
    """Every line of every collection, with the document's id."""
    with zipfile.ZipFile(file) as archive:
        entries = [name for name in archive.namelist() if name.startswith("documents/")]
        lines = (line for name in entries for line in archive.read(name).splitlines())
        return {(json.loads(line)["id"], line) for line in lines}
