"""kill -9 at random moments of a flood: whatever was acknowledged is there, assigned, and told once."""

from __future__ import annotations

import random
import re
import threading
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import requests

from tests.journeys.city import City, Mail

COMPLAINTS, DEATHS = 200, 6
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
            answer = requests.post(
                city.url + "/", json=sent, headers={"Idempotency-Key": f"warga-{n:012d}"}, timeout=20
            )
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
