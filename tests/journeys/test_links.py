"""Links live sixty days and then mail a new one; a new key signs them while the old one runs out."""

from __future__ import annotations
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.journeys.city import City, Ticket
from tests.journeys.offices import CITIZEN, DISHUB, LAMP

TRASH = "Sampah di TPS dekat rumah kami sudah seminggu tidak diangkut, baunya sampai ke dalam rumah."
VAGUE = "Mohon bantuannya pak, sudah lama sekali kami menunggu dan belum ada tindakan apa pun."
OFFICES = [("dlh@opd.example", TRASH), ("meja@laksa.example", VAGUE)]


@pytest.fixture(scope="module")
def old_links(own: City) -> dict[str, tuple[str, str]]:
    """Number and first link of each office's case, sixty-one days later."""
    numbers = {to: own.submit(letter).number for to, letter in OFFICES}
    links = {to: (number, own.mail(to, number).link) for to, number in numbers.items()}
    own.sleep(days=61)
    return links


@pytest.mark.parametrize("to", [to for to, _ in OFFICES])
def test_an_expired_link_offers_and_mails_a_new_one(own: City, old_links: dict[str, tuple[str, str]], to: str) -> None:
    number, link = old_links[to]
    page = own.http.get(link)
    assert page.status_code == 410
    assert 'value="renew"' in page.text
    late = own.press(link, "answer", message="Sudah dikerjakan kemarin.")
    assert late.status_code in (410, 422)
    assert late.status_code == 422 or "Sudah dikerjakan kemarin." in late.text
    assert own.press(link, "renew").status_code == 303
    assert "Tautan baru sudah dikirim" in own.http.get(link).text
    assert own.page(own.mail(to, number, "tautan baru").link)["ticket"] == number


@pytest.mark.parametrize("to", [to for to, _ in OFFICES])
def test_asking_for_a_link_shows_nothing_of_the_case(own: City, old_links: dict[str, tuple[str, str]], to: str) -> None:
    number, link = old_links[to]
    page = own.act(link, "renew")
    assert (page["ticket"], page["message"], page["timeline"], page["actions"]) == (number, "", [], [])


OLD, NEW = "kunci lama kota cukup panjang", "kunci baru kota cukup panjang"


@dataclass
class Rotated:
    """Links to a citizen's page and an office's, made before and after the new key; the first one's ticket."""

    folder: Path
    ticket: str
    old: list[str]
    new: list[str]


def begun(folder: Path, *keys: str) -> City:
    """The city on its folder with these keys, newest first."""
    return City(folder, env={"LAKSA_KEYS": ",".join(keys)}).start()


def links(city: City, ticket: Ticket) -> list[str]:
    """Paths of the citizen's page and the office's, from the mails about it."""
    urls = (city.mail(CITIZEN, ticket.number).link, city.mail(DISHUB, ticket.number).link)
    return [url.removeprefix(city.url) for url in urls]


def statuses(city: City, paths: list[str]) -> list[int]:
    return [city.http.get(city.url + path).status_code for path in paths]


@pytest.fixture(scope="module")
def rotated(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Rotated]:
    """One report under the old key alone; then, the new one in front, everything opens, and one more comes."""
    folder = tmp_path_factory.mktemp("keys")
    city = begun(folder, OLD)
    first = city.submit(LAMP, email=CITIZEN)
    old = links(city, first)
    assert city.stop() == 0
    city = begun(folder, NEW, OLD)
    assert statuses(city, old) == [200, 200]
    new = links(city, city.submit(LAMP.replace("gang", "jalan"), email=CITIZEN))
    assert city.act(city.url + old[1], "acknowledge")["status"] == "in_progress", "an old link still acts"
    assert city.stop() == 0
    yield Rotated(folder, first.number, old, new)


def test_links_are_signed_with_the_key_in_front_and_end_with_their_key(rotated: Rotated) -> None:
    city = begun(rotated.folder, NEW)
    try:
        assert statuses(city, rotated.new) == [200, 200]
        assert statuses(city, rotated.old) == [403, 403]
        city.http.post(city.url + "/laporan", data={"ticket": rotated.ticket, "email": CITIZEN})
        assert city.http.get(city.mail(CITIZEN, rotated.ticket).link).status_code == 200, "another is sent on request"
    finally:
        assert city.stop() == 0
