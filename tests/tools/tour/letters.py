"""Lives what the list of pages does not: until every mail there is has been sent once."""

from __future__ import annotations
from datetime import timedelta

from tests.inbound.samples import raw_bounce
from tests.journeys.boards import open_boards
from tests.journeys.city import City, Mail
from tests.journeys.every_page import EXTORTION, FIRE, REPLY, SPOT
from tests.journeys.offices import CITIZEN, DESK, DISHUB, LAMP, VAGUE, given
from tests.journeys.test_reply_by_mail import answer_to, hand_in
from tests.pictures.given import phone_photo


def every_letter(city: City) -> list[Mail]:
    """All that were sent; the city takes in mail (LAKSA_INBOUND_SECRET)."""
    for story in (_work, _ends, _desk, _followers, _mail, _data, _old_board, _addresses, _flood, _neglected):
        story(city)
    return city.mails()


def lamp(city: City, what: str, **fields: str) -> tuple[str, str, str]:
    """Number, citizen's page and officer's link of a new report about a lamp."""
    ticket, link = given(city, f"{LAMP} Tiang {what}.", DISHUB, **{**SPOT, **fields})
    return ticket.number, ticket.url, link


def _work(city: City) -> None:
    _, url, link = lamp(city, "di depan sekolah")
    city.act(link, "ask", message="Gang yang mana?", officer="Bu Rani")
    city.act(url, "add", message="Gang kedua di kiri musala.")
    city.act(link, "progress", message="Petugas berangkat sore ini.", officer="Bu Rani")
    _, _, silent = lamp(city, "di tikungan")
    city.act(silent, "ask", message="Di tikungan yang mana?", officer="Bu Rani")
    _, _, later = lamp(city, "di jembatan")
    day = (city.now + timedelta(days=5)).date().isoformat()
    city.act(later, "schedule", date=day, message="Kami jadwalkan.", officer="Bu Rani")
    city.later(days=9)


def _ends(city: City) -> None:
    _, _, link = lamp(city, "di pasar")
    city.act(link, "answer", message=REPLY, officer="Bu Rani")
    _, url, again = lamp(city, "di gang buntu")
    city.act(again, "answer", message=REPLY, officer="Bu Rani")
    city.act(url, "dispute", message="Masih padam.")
    _, gone, _ = lamp(city, "di lapangan")
    city.act(gone, "withdraw", message="Sudah menyala sendiri.")
    city.later(days=50)


def _desk(city: City) -> None:
    for n, (action, fields) in enumerate(
        (
            ("assign", {"to": "DLH", "message": "Silakan ditangani."}),
            ("reject", {"reason": "unclear", "message": "Tulis lagi bila ada lokasinya."}),
            ("external", {"to": "PLN", "message": "Gardu ini milik PLN."}),
        )
    ):
        _, link = given(city, f"{VAGUE} Sudah {n + 2} kali.", DESK, **SPOT)
        city.act(link, action, **fields)


def _followers(city: City) -> None:
    """Two that are the same as a third; what they follow is taken back at the end."""
    number, url, link = lamp(city, "di simpang", visibility="public")
    for n in range(2):
        _, desk = given(city, f"{VAGUE} Warga ke-{n} di simpang.", DESK, **SPOT)
        city.act(desk, "merge", into=number)
    city.act(link, "progress", message="Kabelnya sedang diganti.", officer="Bu Rani")
    away, own, other = lamp(city, "di simpang lama")
    city.act(own, "add", phone_photo(5), message="Ini fotonya.")
    city.act(other, "answer", phone_photo(5), message=REPLY, officer="Bu Rani")
    city.act(own, "dispute", message="Masih padam.")
    city.act(city.mail(DESK, away, "foto bukti").link, "merge", into=number)
    city.act(url, "withdraw")


def _mail(city: City) -> None:
    number, _, link = lamp(city, "di halte")
    letter, receipt = city.mail(DISHUB, number), city.mail(CITIZEN, number)
    hand_in(city, raw_bounce("postfix.eml", letter.headers["return-path"].strip("<>")))
    city.act(link, "answer", message=REPLY, officer="Bu Rani")
    hand_in(city, answer_to(letter, "Sudah kami ganti.", 1))
    hand_in(city, answer_to(receipt, "Belum menyala.", 2))
    city.idle()


def _data(city: City) -> None:
    number, url, _ = lamp(city, "di terminal")
    city.http.post(city.url + "/laporan", data={"ticket": number, "email": CITIZEN})
    city.act(url, "data", kind="copy", message="Saya ingin tahu apa yang disimpan.")
    ticket = given(city, f"{VAGUE} Ini tentang terminal.", DESK, **SPOT)[0]
    board = open_boards(city)[-1]
    city.act(board, "data_done", request=f"{number}.copy", result="done", message="Salinannya kami kirim.")
    city.act(board, "confirm", **{f"to.{ticket.number}": "DISHUB"})
    city.act(ticket.url, "withdraw")
    city.later(minutes=15)


def _addresses(city: City) -> None:
    """The desk corrects the mailbox of a department."""
    page = f"{open_boards(city)[-1]}/tabel"
    offices = city.http.get(page, params={"berkas": "departments.csv"}).text
    turned = offices.replace(";Kepala DLH;;", ";Kepala DLH;lingkungan@kota.example;")
    files, headers = {"file": ("departments.csv", turned, "text/csv")}, {"Accept": "application/json"}
    checked = city.http.post(page, {"action": "check"}, files=files, headers=headers)
    city.act(page, "apply", version=checked.json()["version"], seen=checked.json()["seen"])
    city.idle()


def _old_board(city: City) -> None:
    board = open_boards(city)[-1]
    city.later(days=2)
    city.press(board, "renew")
    city.idle()


def _flood(city: City) -> None:
    """A night in which an office gets lists, with danger and what few may read among it."""
    city.later(hours=2)
    city.submit(FIRE, email=CITIZEN, **SPOT)
    secret = city.submit(EXTORTION + " Ini yang kedua kali.", email=CITIZEN)
    city.act(city.mail("inspektorat@opd.example", secret.number).link, "progress", message="Kami periksa.")
    for n in range(14):
        city.submit(f"{LAMP} Tiang nomor {n} di Jalan Melati.", email=CITIZEN, **SPOT)
    city.later(minutes=30)


def _neglected(city: City) -> None:
    """Nobody acts for two months; now and then somebody looks."""
    for _ in range(6):
        city.later(days=10)
