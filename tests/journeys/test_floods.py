"""Many reports at once: of one network, of one office, of one moment; people and machines, letters and lists."""

from __future__ import annotations

import pytest

from tests.journeys.boards import next_board
from tests.journeys.city import City, Mail, Ticket
from tests.journeys.offices import DESK, LAMP

LAMPS = "Lampu jalan di depan rumah kami mati, sudah {n} malam gelap sekali dan rawan begal."
DISHUB, HEAD = "dishub@opd.example", "kepala.dishub@opd.example"
MANY, SINGLY = 14, 10
SINGLE = {
    "laporan mendekati batas waktu": "masih terbuka",
    "laporan lewat batas waktu, ": "lewat batas waktu, mohon dijawab",
    "laporan kini juga diketahui": "kini juga diketahui",
    "laporan lewat batas waktu di Dishub": "lewat batas waktu di Dishub",
}
"""In the subject of a list → in that of the letter it stands for."""


@pytest.fixture(scope="module")
def neglected(city: City) -> set[str]:
    """Fourteen lamps of one night that nobody answers until the head has heard of them."""
    city.later(minutes=1)  # after the start has made up for this morning's digest
    sent = {city.submit_json(message=LAMPS.format(n=f"seratus {n}"))["ticket"] for n in range(MANY)}
    for _ in range(20):
        city.later(days=1)
        if city.mails(HEAD):
            break
    city.later(minutes=16)
    return sent


def singles(city: City, to: str, words: str, sent: set[str]) -> list[Mail]:
    found = [mail for mail in city.mails(to) if mail.subject.partition(": ")[0] in sent]
    return [mail for mail in found if words in mail.subject]


def listed(city: City, to: str, words: str) -> Mail:
    (found,) = [mail for mail in city.mails(to) if words in mail.subject]
    return found


def links(mail: Mail) -> list[str]:
    return [line for line in mail.text.splitlines() if "/opd/" in line]


@pytest.mark.parametrize("words", SINGLE)
def test_ten_letters_of_each_kind_and_then_a_list_whose_links_open(city: City, neglected: set[str], words: str) -> None:
    to = HEAD if words.endswith("Dishub") else DISHUB
    mail = listed(city, to, words)
    alone = singles(city, to, SINGLE[words], neglected)
    assert len(alone) == SINGLY
    assert f"Laksa: {MANY - SINGLY} laporan" in mail.subject
    opened = {city.page(link)["ticket"] for link in links(mail)}
    assert opened | {letter.subject.partition(": ")[0] for letter in alone} == neglected
    assert len(links(mail)) == MANY - SINGLY


def test_a_list_says_what_comes_next_and_the_head_s_own_leads_to_cases_alone(city: City, neglected: set[str]) -> None:
    after = {"laporan mendekati": "naik ke Kepala Dishub", "laporan kini": "masuk tabel harian Sekretaris Daerah"}
    for words, then in after.items():
        text = " ".join(listed(city, DISHUB, words).text.split())
        assert "Bila belum dijawab sampai " in text and f"laporan dalam daftar ini {then}." in text
    mail, theirs = (
        listed(city, HEAD, "laporan lewat batas waktu di Dishub"),
        listed(city, DISHUB, "laporan kini juga"),
    )
    assert "/kasus/" in theirs.text and "/kasus/" not in mail.text
    assert set(links(theirs)).isdisjoint(links(mail))
    answered = city.act(links(mail)[0], "answer", message="Lampunya sudah diganti pagi ini.", officer="Bu B.")
    assert answered["status"] == "answered"


LIMIT = 20
HELD = "Operator Laksa memeriksanya dulu"


def from_network(city: City, address: str, message: str, **sent: str) -> Ticket:
    """A report from somebody behind that address, as a proxy on this machine hands it on."""
    answer = city.http.post(
        city.url + "/", data={"message": message, **sent}, headers={"X-Forwarded-For": address}, allow_redirects=False
    )
    assert answer.status_code == 303, answer.text[:300]
    return Ticket(city, city.url + answer.headers["Location"])


def test_a_flood_is_held_says_so_and_is_released_by_an_operator(city: City) -> None:
    city.later(minutes=1)
    for n in range(LIMIT):
        from_network(city, "203.0.113.7", f"{LAMP} Nomor tiang {n}.")
    held = from_network(city, "203.0.113.7", f"{LAMP} Nomor tiang 99.", email="banjir@contoh.example")
    assert held.state()["status"] == "at_desk"
    assert city.mails(to="banjir@contoh.example") == []
    page = city.http.get(held.url).text
    assert HELD in page and "kabar datang setelah itu" in page
    assert "checks it first" in city.http.get(held.url + "?lang=en").text
    board = next_board(city)
    rows = {case["ticket"]: case["held"] for case in city.page(board)["cases"]}
    assert rows[held.number] is True
    assert "banyak laporan datang dari satu alamat jaringan" in city.http.get(board).text
    city.act(city.mail(DESK, held.number).link, "assign", to="DISHUB")
    assert city.mail("banjir@contoh.example", held.number).link == held.url
    assert HELD not in city.http.get(held.url).text
