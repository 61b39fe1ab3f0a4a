"""A report that an office has, and its link: where most journeys of officers begin."""

from __future__ import annotations

from tests.journeys.city import City, Ticket

LAMP = "Lampu jalan di depan gang kami mati sejak hari Minggu, kalau malam gelap sekali dan anak-anak takut lewat."
TRASH = "Sampah di TPS dekat rumah kami sudah seminggu tidak diangkut, baunya sampai ke dalam rumah."
VAGUE = "Mohon bantuannya pak, sudah lama sekali kami menunggu dan belum ada tindakan apa pun."
DISHUB, DLH, DESK = "dishub@opd.example", "dlh@opd.example", "meja@laksa.example"
CITIZEN = "warga@contoh.example"


def given(city: City, letter: str, office: str, *photos: bytes, **fields: str) -> tuple[Ticket, str]:
    """The citizen's page of a new report, and the link in the mail to the office that has it.

    Minutes after the one before, so that it is no flood, of which an office gets a list.
    """
    city.later(minutes=1.5)
    ticket = city.submit(letter, *photos, **{"email": CITIZEN, **fields})
    return ticket, city.mail(office, ticket.number).link


def events(page: dict[str, object]) -> list[str]:
    """What has happened, oldest first."""
    timeline = page["timeline"]
    assert isinstance(timeline, list)
    return [entry["event"] for entry in timeline]
