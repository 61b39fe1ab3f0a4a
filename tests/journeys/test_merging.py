"""Three neighbours, one heap of rubbish: an operator merges, everybody hears of it, each keeps the last word."""

from __future__ import annotations

import pytest

from tests.journeys.city import City, Ticket

HEAP = "Sampah menumpuk di depan gang kami di Cikokol, sudah seminggu tidak diangkut."
VAGUE = "Mohon bantuannya pak, sudah lama sekali kami menunggu dan belum ada tindakan apa pun."
TOO = "Di depan rumah saya juga menumpuk, baunya sampai ke dalam."
NEWS = "Truk kami datang besok pagi."
MEJA = "meja@laksa.example"


@pytest.fixture
def heap(town: City) -> tuple[Ticket, str]:
    """A public report that DLH has, and DLH's link."""
    town.later(minutes=1.5)  # no flood, of which DLH would get a list
    ticket = town.submit(HEAP, email="pertama@contoh.example", visibility="public")
    return ticket, town.mail("dlh@opd.example", ticket.number).link


def merged(town: City, into: str, **fields: str) -> tuple[Ticket, str]:
    """Another report that an operator has merged into that one, and the operator's link."""
    ticket = town.submit(VAGUE, **fields)
    link = town.mail(MEJA, ticket.number).link
    assert town.act(link, "merge", into=into)["status"] == "merged"
    return ticket, link


def test_a_merged_report_follows_another_and_its_citizen_gets_the_news(town: City, heap: tuple[Ticket, str]) -> None:
    first, office = heap
    typed = first.number.replace("0", "o").lower().removeprefix("lks-")
    second, _ = merged(town, typed, email="kedua@contoh.example", lang="en")
    letter = town.mail("kedua@contoh.example", second.number, "merged with the same report")
    assert first.number in letter.text and letter.link == second.url
    town.act(office, "progress", message=NEWS)
    news = town.mail("kedua@contoh.example", second.number, "news from DLH")
    assert NEWS in news.text and news.link == second.url and first.number in news.text
    assert len(town.mails("kedua@contoh.example", NEWS)) == 1
    page = second.state()
    assert (page["status"], page["department"]["code"]) == ("merged", "DLH")
    assert page["parent"]["status"] == "in_progress"
    assert NEWS in [line["text"] for line in page["parent"]["timeline"]]
    assert (page["message"], page["timeline"][-1]["event"]) == (VAGUE, "merged")


def test_a_follower_of_a_confidential_report_reads_only_its_status(town: City) -> None:
    quiet = town.submit(HEAP, email="ketiga@contoh.example")
    second, _ = merged(town, quiet.number, email="keempat@contoh.example")
    town.act(town.mail("dlh@opd.example", quiet.number).link, "answer", message=NEWS)
    town.idle()
    assert NEWS not in town.http.get(second.url).text
    assert (second.state()["parent"]["status"], second.state()["parent"]["timeline"]) == ("answered", [])
    assert not town.mails("keempat@contoh.example", NEWS)
    assert "dijawab" in town.mail("keempat@contoh.example", second.number, "ada kabar").text


def test_whoever_says_i_have_this_too_follows_at_once(town: City, heap: tuple[Ticket, str]) -> None:
    first, office = heap
    joined = town.submit_json(message=TOO, email="kelima@contoh.example", follow=first.number)
    assert joined["status"] == "merged"
    receipt = town.mail("kelima@contoh.example", joined["ticket"])
    assert first.number in receipt.text and receipt.link == joined["url"]
    town.act(office, "answer", message=NEWS)
    assert NEWS in town.mail("kelima@contoh.example", joined["ticket"], "jawaban dari DLH").text
    town.act(first.url, "confirm")
    assert town.mail("kelima@contoh.example", joined["ticket"], "laporan ditutup")
    assert town.act(joined["url"], "dispute", message="Di rumah saya belum.")["status"] == "at_desk"
    assert first.state()["status"] == "closed"
    assert town.mail(MEJA, joined["ticket"])


def test_when_the_first_takes_its_report_back_nobody_else_loses_theirs(town: City, heap: tuple[Ticket, str]) -> None:
    first, _ = heap
    addresses = ("keenam@contoh.example", "ketujuh@contoh.example")
    older, younger = [
        town.submit_json(message=TOO, email=email, visibility="public", follow=first.number) for email in addresses
    ]
    town.idle()
    town.act(first.url, "withdraw")
    town.idle()
    assert town.page(older["url"])["status"] == "at_desk"
    assert town.mail("keenam@contoh.example", older["ticket"], "berdiri sendiri")
    page = town.page(younger["url"])
    assert (page["status"], page["parent"]["ticket"]) == ("merged", older["ticket"])
    town.act(town.mail(MEJA, older["ticket"]).link, "assign", to="DLH")
    assert town.mail("ketujuh@contoh.example", younger["ticket"], "dikirim ke DLH")


def test_a_follower_takes_its_own_report_back_and_the_other_goes_on(town: City, heap: tuple[Ticket, str]) -> None:
    first, office = heap
    second, _ = merged(town, first.number, email="kelima@contoh.example")
    page = town.http.get(second.url).text
    assert f"OPD mengerjakan laporan {first.number}" in page and 'value="add"' not in page
    assert town.act(second.url, "withdraw", message="Sudah saya urus sendiri.")["status"] == "withdrawn"
    town.act(office, "progress", message="Truk kedua datang lusa.")
    assert town.mails("kelima@contoh.example", "Truk kedua") == []
    assert first.state()["status"] == "in_progress"
