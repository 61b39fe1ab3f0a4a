"""Somebody types a stranger's address into many forms: three mails a day, no word of the forms, and all of them in
the end once the stranger has opened one."""

from __future__ import annotations
import re
from collections.abc import Iterator
from html import unescape
from urllib.parse import urljoin, urlsplit

import pytest

from tests.journeys.city import City, Mail, Ticket, wait_for
from tests.journeys.conftest import STACKS, running
from tests.pictures.given import phone_photo

PREVIEW = {"User-Agent": "WhatsApp/2.23.20.0 A"}
VICTIM = "sasaran@contoh.example"
WORDS = "Lampu jalan di depan gang kami padam sejak hari Minggu, nomor {n}, Kalimat-rahasia dari yang mengirim."


@pytest.fixture(scope="module", params=STACKS)
def strict(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city whose caught mail is limited as mail is that really goes out."""
    yield from running(request, tmp_path_factory.mktemp(request.param), {"LAKSA_MAIL_LIMIT": "on"})


def bomb(city: City, count: int, email: str) -> list[Ticket]:
    """So many reports with one address, one after the other."""
    sent = []
    for n in range(count):
        sent.append(city.submit(WORDS.format(n=n), email=email, place="Patokan-rahasia 7", name="Nama-rahasia"))
        city.idle()
    return sent


def page(mail: Mail) -> str:
    """The page that a letter leads to."""
    return mail.link.split("?")[0]


def found(city: City, link: str, pattern: str) -> str:
    """The address that the page behind a link leads to."""
    address = re.search(pattern, city.http.get(link).text)
    assert address
    return urljoin(link, unescape(address[1]))


def test_three_a_day_and_when_a_link_is_opened_the_others_in_their_order(strict: City) -> None:
    tickets = bomb(strict, 6, VICTIM)
    mails = strict.mails(to=VICTIM)
    assert [ticket.number in mail.subject for ticket, mail in zip(tickets, mails, strict=False)] == [True] * 3
    assert "rahasia" not in "".join(mail.subject + mail.text + mail.html for mail in mails)
    tickets[5].state()  # the page that the form led to; no mail has told of it
    assert len(strict.mails(to=VICTIM)) == 3
    strict.http.head(mails[1].link)
    strict.http.get(mails[1].link, headers=PREVIEW)
    assert len(strict.mails(to=VICTIM)) == 3
    strict.http.get(mails[1].link)
    wait_for(lambda: len(strict.mails(to=VICTIM)) == 6)
    assert {page(mail) for mail in strict.mails(to=VICTIM)} == {ticket.url for ticket in tickets}
    assert len(bomb(strict, 1, VICTIM)) + 6 == len(strict.mails(to=VICTIM))


def test_the_bomber_who_opens_the_own_pages_is_no_reader(strict: City) -> None:
    address = "korban-lain@contoh.example"
    (first,) = bomb(strict, 1, address)
    (letter,) = strict.mails(to=address)
    for url in (first.url, f"{first.url}?lang=en", f"{first.url}?m=", f"{first.url}?m={'0' * 16}"):
        assert strict.http.get(url).status_code == 200
    assert strict.page(first.url)["ticket"] == first.number
    tickets = [first, *bomb(strict, 11, address)]
    for ticket in tickets:
        strict.http.get(ticket.url)
    strict.http.get(f"{tickets[4].url}?{letter.link.split('?')[1]}")  # a mark is its own report's
    strict.act(tickets[1].url, "add", message="Masih padam juga malam ini.")
    assert len(strict.mails(to=address)) == 3
    strict.http.get(letter.link)
    wait_for(lambda: len(strict.mails(to=address)) >= 12)
    receipts = [mail for mail in strict.mails(to=address) if "kami terima" in mail.subject]
    assert sorted(map(page, receipts)) == sorted(ticket.url for ticket in tickets)


def test_behind_a_letter_s_link_the_page_and_its_links_are_the_same(strict: City) -> None:
    address = "pembaca@contoh.example"
    ticket = strict.submit(WORDS.format(n=77), phone_photo(), email=address)
    strict.idle()
    link = strict.mail(address, ticket.number).link
    assert re.fullmatch(re.escape(ticket.url) + r"\?m=[0-9a-f]{16}", link)
    assert strict.http.get(link).text == strict.http.get(ticket.url).text
    assert strict.page(link) == strict.page(ticket.url)
    (photo, english) = (found(strict, link, pattern) for pattern in (r'<img src="([^"]+)"', r'href="([^"]*lang=en)"'))
    assert strict.http.get(photo).headers["Content-Type"] == "image/jpeg"
    assert 'lang="en"' in strict.http.get(english).text
    pressed = strict.press(link, "add", message="Lampunya di sebelah kiri gang.")
    assert (pressed.status_code, pressed.headers["Location"]) == (303, urlsplit(ticket.url).path)
    refused = strict.press(link, "add", message="")
    assert refused.status_code == 422
    assert strict.act(link, "withdraw")["status"] == "withdrawn"


def test_without_being_asked_caught_mail_is_not_held_back(village: City) -> None:
    tickets = bomb(village, 5, VICTIM)
    assert [mail.link for mail in village.mails(to=VICTIM)] == [ticket.url for ticket in tickets]
