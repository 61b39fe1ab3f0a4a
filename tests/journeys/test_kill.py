"""kill -9 in a flood, and a machine that dies after a backup: what was acknowledged is there and told once."""

from __future__ import annotations
import json
import random
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import pytest
import requests

from tests.conftest import WHOLE
from tests.journeys.city import City, Mail, Ticket
from tests.journeys.test_erasing import PERSON
from tests.pictures.given import encoded, scene
from tests.workflows.personal import TEXT, WHO, found

COMPLAINTS, DEATHS = (200, 6) if WHOLE else (120, 3)
TICKET = re.compile("LKS-[0-9A-Z]{4}-[0-9A-Z]{4}-[0-9A-Z]")
MATTERS = [
    ("Lampu PJU di gang kami mati total, sudah tiga malam gelap. Nomor {n}.", "dishub@opd.example"),
    ("Jalan berlubang besar di depan sekolah, motor sering jatuh. Nomor {n}.", "pupr@opd.example"),
    ("Sampah sudah seminggu tidak diangkut dari TPS kami. Nomor {n}.", "dlh@opd.example"),
]


def test_every_acknowledged_complaint_survives_and_is_told_once(tmp_path: Path) -> None:
    city = City(tmp_path).start()
    accepted: dict[int, str] = {}
    stop = threading.Event()
    reaper = threading.Thread(target=_keep_killing, args=(city, stop))
    reaper.start()
    with ThreadPoolExecutor(8) as citizens:
        list(citizens.map(lambda n: _send_until_taken(city, n, accepted), range(COMPLAINTS)))
    stop.set()
    reaper.join()
    city.later(minutes=16)  # the lists wait ten minutes for more
    _everything_is_there(city, accepted)
    assert city.stop() == 0


def _keep_killing(city: City, stop: threading.Event) -> None:
    luck = random.Random()
    for _ in range(DEATHS):
        if stop.wait(luck.uniform(0.15, 0.9)):
            break
        city.kill()
        city.start()


def _send_until_taken(city: City, n: int, accepted: dict[int, str]) -> None:
    """As a browser would: the same key again until an answer comes."""
    sent = {"message": MATTERS[n % 3][0].format(n=n)}
    for _ in range(400):
        try:
            answer = requests.post(city.url + "/", json=sent, headers={"Idempotency-Key": f"warga-{n:012d}"}, timeout=9)
        except requests.RequestException:
            time.sleep(0.05)
            continue
        if answer.status_code in (200, 201):
            accepted[n] = answer.json()["url"]
            return
        assert answer.status_code == 503, answer.text
        time.sleep(0.05)
    raise AssertionError(f"complaint {n} was never taken")


def _everything_is_there(city: City, accepted: dict[int, str]) -> None:
    assert len(accepted) == COMPLAINTS
    letters = [mail for mail in city.mails() if not mail.subject.startswith("Laksa ")]  # no morning's letter
    told = Counter((mail.to, ticket) for mail in letters for ticket in _named(mail))
    for n, url in accepted.items():
        assert city.page(url)["status"] == "assigned"
        assert told[MATTERS[n % 3][1], url.rsplit("/", 2)[1]] == 1
    assert len(told) == COMPLAINTS
    # The catcher knows its letters, so not even SMTP's window is left.
    assert len({mail.message_id for mail in letters}) == len(letters) < COMPLAINTS / 3


def _named(mail: Mail) -> set[str]:
    return set(TICKET.findall(mail.subject + mail.text))


BEFORE, WRITERS = 12, 3
READER = "warga@surat.example"


@dataclass
class Crowd:
    """Citizens who go on writing; which page each report got, in the order of the answers."""

    city: City
    pages: dict[int, str] = field(default_factory=dict)
    numbers: Iterator[int] = field(default_factory=count)

    def write(self) -> None:
        """One report, taken."""
        number = next(self.numbers)
        sent = {"message": MATTERS[number % 3][0].format(n=number)}
        key = {"Idempotency-Key": f"warga-{number:012d}"}
        answer = requests.post(self.city.url + "/", json=sent, headers=key, timeout=30)
        assert answer.status_code == 201, answer.text
        self.pages[number] = answer.json()["url"]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """All at once, for the length of a block."""
        stop = threading.Event()

        def write_on() -> None:
            while not stop.is_set():
                self.write()

        with ThreadPoolExecutor(WRITERS) as citizens:
            busy = [citizens.submit(write_on) for _ in range(WRITERS)]
            try:
                yield
            finally:
                stop.set()
        assert [done.exception() for done in busy] == [None] * WRITERS


@pytest.fixture
def city(tmp_path: Path) -> Iterator[City]:
    """A city that ends with the test, however the test ends."""
    city = City(tmp_path / "data")
    with city.ending():
        yield city.start()


def test_a_city_that_died_comes_back_from_its_backup_and_stays_erased(city: City, tmp_path: Path) -> None:
    crowd, erased = Crowd(city), city.submit(TEXT, encoded(scene(1)), **PERSON)
    known = city.submit(MATTERS[0][0].format(n="dari warga"), email=READER)
    letter = _letter(city, known)
    backup, before, after = _back_up(city, crowd, tmp_path / "backups")
    assert city.laksa("erase", erased.number, "--whole", "--yes").returncode == 0
    city.kill()
    put_back = json.loads(city.laksa("restore", str(backup), "--json").stdout)
    assert put_back["complaints"] >= BEFORE + 2
    city.start()
    assert (city.http.get(erased.url).status_code, _left(city)) == (410, [])
    assert city.page(letter.link)["ticket"] == known.number
    city.later(minutes=16)  # the lists wait ten minutes for more
    _all_are_there_and_told(city, before)
    assert {requests.get(page, timeout=30).status_code for page in after.values()} <= {200, 403}
    _the_clock_goes_on(city, known)
    assert city.stop() == 0


def _letter(city: City, ticket: Ticket) -> Mail:
    ticket.state()
    return city.mail(READER, ticket.number)


def _back_up(city: City, crowd: Crowd, folder: Path) -> tuple[Path, dict[int, str], dict[int, str]]:
    """The backup, what was taken before it began, and what was taken meanwhile."""
    for _ in range(BEFORE):
        crowd.write()
    city.idle()
    with crowd.writing():
        before = dict(crowd.pages)
        made = city.laksa("backup", str(folder), "--days", "30", "--json")
    assert (made.returncode, made.stderr) == (0, "")
    assert len(crowd.pages) > len(before)
    return Path(json.loads(made.stdout)["path"]), before, dict(list(crowd.pages.items())[len(before) :])


def _left(city: City) -> list[tuple[str, str]]:
    """What names the person who was forgotten, but for what the restore kept aside."""
    return [(file, word) for file, word in found(city.data, (*WHO, "gang mangga")) if "before-restore-" not in file]


def _all_are_there_and_told(city: City, before: dict[int, str]) -> None:
    """Once: but a letter that went out while the backup was made may stand on a list after the restore, too."""
    letters = [mail for mail in city.mails() if not mail.subject.startswith("Laksa ")]  # no morning's letter
    told = Counter((mail.to, ticket) for mail in letters for ticket in _named(mail))
    for number, page in before.items():
        assert city.page(page)["status"] == "assigned"
        times = told[MATTERS[number % 3][1], page.rsplit("/", 2)[1]]
        assert times == 1 if number < BEFORE else times >= 1
    assert len({mail.message_id for mail in letters}) == len(letters)


def _the_clock_goes_on(city: City, known: Ticket) -> None:
    """Nobody takes the case: its department hears of it again, as in a city that never died."""
    so_far = len(city.mails("dishub@opd.example", known.number))
    city.later(days=3)
    assert len(city.mails("dishub@opd.example", known.number)) > so_far
