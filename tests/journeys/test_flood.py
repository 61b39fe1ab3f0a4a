"""Many reports from one network address: a machine's wait for a person, a whole village's go their way."""

from __future__ import annotations

from tests.journeys.boards import next_board
from tests.journeys.city import City, Ticket, hidden
from tests.journeys.offices import DESK, LAMP

LIMIT = 20
HELD = "Operator Laksa memeriksanya dulu"


def from_network(city: City, address: str, message: str, **sent: str) -> Ticket:
    """A report from somebody behind that address, as a proxy on this machine hands it on."""
    answer = city.http.post(
        city.url + "/",
        data={"message": message, **sent},
        headers={"X-Forwarded-For": address},
        allow_redirects=False,
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


def test_a_village_behind_one_address_is_not(city: City) -> None:
    streets = [f"{first}{second}" for first in "abcde" for second in "fghijk"]
    tokens = [hidden(city.http.get(city.url + "/").text, "form_token") for _ in streets]
    city.later(seconds=30)  # people type
    words = [f"Lampu jalan di gang {street} mati sejak hari Minggu, gelap sekali." for street in streets]
    sent = [
        from_network(city, "203.0.113.8", text, form_token=token)
        for text, token in zip(words, tokens, strict=True)
    ]
    assert {ticket.state()["department"]["code"] for ticket in sent} == {"DISHUB"}
