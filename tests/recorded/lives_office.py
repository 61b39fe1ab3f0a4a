"""Complaints that departments and their units work on."""

from __future__ import annotations

from tests.pictures.given import phone_photo
from tests.recorded.letters import (
    ENGLISH,
    HOLE,
    LAMP,
    NAME,
    NAMED,
    POINT,
    QUESTION,
    STREET,
    TRASH,
    WATER,
    mailbox,
    reader,
)
from tests.recorded.town import Ticket, Town, hidden

DISHUB, DLH, PUPR = mailbox("DISHUB"), mailbox("DLH"), mailbox("PUPR")
UNIT = mailbox("DISHUB-PJU")


def given(town: Town, letter: str, office: str, *photos: bytes, **fields: str) -> tuple[Ticket, str]:
    """A complaint by the form, and the link that its department got."""
    ticket = town.submit(letter, *photos, **fields)
    return ticket, town.mail(office, ticket.number).link


def worked_on(town: Town) -> None:
    """Accepted, asked about, worked on, answered with photos, confirmed and rated."""
    photos = phone_photo(1), phone_photo(2)
    fields = {"email": reader(1), "name": NAME, "contact": "yes", "phone": "0812-0000-0001", **STREET, **POINT}
    ticket, link = given(town, LAMP.format(n=1), DISHUB, *photos, **fields)
    town.both(ticket.path, link)
    town.photo(f"{ticket.path}/foto/1")
    town.photo(f"{link}/foto/2?kecil=1")
    town.press(link, "acknowledge", officer="Bu Rani")
    town.act(link, "acknowledge", officer="Bu Rani")
    town.act(link, "ask", message="Tiang yang mana, dekat gang atau dekat musala?", officer="Bu Rani")
    town.both(ticket.path, link)
    town.press(ticket.path, "add", phone_photo(3), message="Yang dekat musala, di foto ini.")
    town.act(link, "progress", phone_photo(4), message="Petugas berangkat siang ini.")
    town.act(link, "contact", reason="Perlu janji dengan pelapor.", officer="Bu Rani")
    town.both(ticket.path, link)
    town.press(link, "answer", phone_photo(5), message="Lampu sudah kami ganti.", officer="Bu Rani")
    town.both(ticket.path, link)
    town.press(ticket.path, "rate", score="4", message="Cepat, terima kasih.")
    town.press(ticket.path, "confirm", message="Sudah terang.")
    town.act(ticket.path, "rate", score="5", message="Ternyata sangat cepat.")
    town.act(link, "progress", message="Terlambat.", status=409)
    town.both(ticket.path, link)


def refused_and_disputed(town: Town) -> None:
    """Answered as not possible, disputed twice; from the second time on the desk reads it."""
    ticket, link = given(town, TRASH.format(n=9), DLH, phone_photo(6), email=reader(2))
    town.act(link, "answer", phone_photo(7), message="Truk kami rusak.", outcome="not_done")
    town.both(ticket.path, link)
    town.press(ticket.path, "dispute", status=422)
    town.press(ticket.path, "dispute", message="Masih menumpuk, ini sudah bau.")
    town.both(ticket.path, link)
    town.act(link, "answer", phone_photo(7), message="Sudah kami angkut sebagian.", officer="Pak Danu")
    town.act(ticket.path, "dispute", message="Sebagian besar masih di sana.")
    town.both(ticket.path, link)
    desk = town.mail("meja@laksa.example", ticket.number).link
    town.both(ticket.path, desk)
    town.press(desk, "assign", to="DLH", message="Mohon diselesaikan minggu ini.")
    town.both(ticket.path, town.mail(DLH, ticket.number).link)


def scheduled(town: Town) -> None:
    """Work on a named day that comes while nobody acts."""
    ticket, link = given(town, HOLE.format(n=3), PUPR, email=reader(3), visibility="public", **STREET)
    town.press(link, "schedule", date="2020-01-01", status=422)
    town.press(link, "schedule", date="2026-07-15", message="Menunggu aspal dari gudang.")
    town.both(ticket.path, link)
    town.press(ticket.path, "add", message="Lubangnya makin lebar.")


def forwarded(town: Town) -> None:
    """From department to department; the third time it goes to the desk, which chooses, and once more."""
    ticket, link = given(town, LAMP.format(n=4), DISHUB, email=reader(4))
    for code, why in (("PUPR", "Lampu proyek."), ("DLH", "Lampu taman."), ("PERKIM", "Lampu perumahan.")):
        town.press(link, "forward", to="NASA", message=why, status=422)
        town.act(link, "forward", to=code, message=why, officer="Pak Yanto")
        town.act(link, "forward", to=code, message=why, officer="Pak Yanto")
        town.both(ticket.path)
        if code != "PERKIM":
            link = town.mail(mailbox(code), ticket.number).link
    desk = town.mail("meja@laksa.example", ticket.number).link
    town.both(ticket.path, desk)
    town.act(desk, "assign", to="PERKIM")
    link = town.mail(mailbox("PERKIM"), ticket.number).link
    town.press(link, "forward", to="DISHUB", message="Kembali ke Dishub.")
    town.both(ticket.path, link)


def not_ours(town: Town) -> None:
    """Given back to the desk, which answers in its own words."""
    ticket, link = given(town, WATER.format(n=5), mailbox("PDAM"), email=reader(5))
    town.press(link, "not-ours", message="Ini pipa perumahan swasta.", officer="Bu Sari")
    town.both(ticket.path, link)
    desk = town.mail("meja@laksa.example", ticket.number).link
    town.act(desk, "answer", message="Pengembang perumahan sudah kami hubungi.")
    town.both(ticket.path, desk)
    town.act(ticket.path, "dispute", message="Airnya masih keruh.")


def delegated(town: Town) -> None:
    """A unit gives news and drafts; the department sends the second draft."""
    ticket, link = given(town, LAMP.format(n=6), DISHUB, email=reader(6))
    town.act(link, "delegate", to="DLH-TPA", status=422)
    town.press(link, "delegate", to="DISHUB-PJU", message="Tolong dicek sore ini.", officer="Bu Rani")
    unit = town.mail(UNIT, ticket.number).link
    town.both(ticket.path, unit)
    town.act(unit, "progress", message="Kami berangkat pukul 14.00.", officer="Pak Udin")
    town.act(unit, "answer", phone_photo(8), message="Fitting kami ganti.", officer="Pak Udin")
    town.press(unit, "answer", phone_photo(9), message="Maaf, fitting dan kabel.", officer="Pak Udin")
    ready = town.mail(DISHUB, ticket.number, "konsep").link
    town.both(ticket.path, ready)
    seen = hidden(town.look(ready + "?konsep=sebelumnya"), "draft")
    town.act(ready, "answer", message="Sudah menyala.", draft="0", status=409)
    town.press(ready, "answer", message="Fitting dan kabel diganti.", draft=seen, draft_photos="yes")
    town.both(ticket.path, ready)
    town.act(unit, "progress", message="Selesai.", status=409)


def delegated_elsewhere(town: Town) -> None:
    """Another unit, then another department: the unit's link ends. A renewed link, too."""
    ticket, link = given(town, LAMP.format(n=7), DISHUB, email=reader(7), lang="en")
    town.act(link, "delegate", to="DISHUB-PJU")
    unit = town.mail(UNIT, ticket.number).link
    town.press(unit, "renew")
    town.press(link, "renew")
    town.act(link, "renew")
    town.act(link, "delegate", to="DISHUB-LALIN", message="Bidang ini lebih tepat.")
    town.look(unit, 410)
    town.act(link, "forward", to="PUPR", message="Lampu proyek jalan baru.")
    town.look(link, 410)
    town.look(town.mail(mailbox("DISHUB-LALIN"), ticket.number).link, 410)
    town.both(ticket.path, town.mail(PUPR, ticket.number).link)


def in_english(town: Town) -> None:
    """The same pages for somebody who reads English."""
    fields = {"email": reader(8), "lang": "en", "kind": "aduan", "visibility": "public", **STREET}
    ticket = town.submit(ENGLISH.format(n=3), **fields)
    desk = town.mail("meja@laksa.example", ticket.number).link
    town.act(desk, "assign", to="DISHUB", message="Lampu jalan.")
    link = town.mail(DISHUB, ticket.number).link
    town.act(link, "ask", message="Nomor tiangnya berapa?")
    town.both(ticket.path, link)
    town.act(ticket.path, "add", message="Pole number 12.")
    town.act(link, "schedule", date="2026-07-10", message="Jumat pagi.")
    town.act(link, "answer", message="Sudah menyala.")
    town.both(ticket.path, link)
    town.act(ticket.path, "confirm")
    town.both(ticket.path, link)


def anonymous(town: Town) -> None:
    """Neither name nor contact is stored; the code on the card leads back."""
    fields = {"visibility": "anonymous", "email": reader(9), "name": NAME, "kind": "pertanyaan"}
    ticket, link = given(town, QUESTION.format(n=9), mailbox("DISDUKCAPIL"), **fields)
    town.both(ticket.path, link)
    town.act(link, "contact", reason="Ingin tahu.", status=409)
    town.act(link, "answer", message="Bawa surat kehilangan; jadinya tiga hari.")
    town.both(ticket.path, link)


def by_program(town: Town) -> None:
    """JSON in and out, sent twice; and a name in the words that nobody else reads."""
    ticket = town.submit_json(message=LAMP.format(n=10), email=reader(10), contact="yes", visibility="public")
    town.submit_json(message=LAMP.format(n=10), email=reader(10), contact="yes", visibility="public", status=200)
    town.both(ticket.path, town.mail(DISHUB, ticket.number).link)
    town.ask("POST", "/", json={"message": "pendek", "email": "bukan alamat", "latitude": "x"})
    named = town.submit_json(message=NAMED.format(n="0011"), name=NAME, email=reader(11))
    link = town.mail(DISHUB, named.number).link
    town.both(named.path, link)
    town.act(link, "ask", message="Apakah Melur Kencana di rumah besok?")
    town.both(named.path, link)


ALL = (
    worked_on,
    refused_and_disputed,
    scheduled,
    forwarded,
    not_ours,
    delegated,
    delegated_elsewhere,
    in_english,
    anonymous,
    by_program,
)
