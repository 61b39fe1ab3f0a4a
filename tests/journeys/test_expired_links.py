"""Links live sixty days; after that they still do one thing: mail a new one to the registered address."""

from __future__ import annotations

import pytest

from tests.journeys.city import City

TRASH = "Sampah di TPS dekat rumah kami sudah seminggu tidak diangkut, baunya sampai ke dalam rumah."
VAGUE = "Mohon bantuannya pak, sudah lama sekali kami menunggu dan belum ada tindakan apa pun."
OFFICES = [("dlh@opd.example", TRASH), ("meja@laksa.example", VAGUE)]


@pytest.fixture(scope="module")
def old_links(village: City) -> dict[str, tuple[str, str]]:
    """Number and first link of each office's case, sixty-one days later."""
    numbers = {to: village.submit(letter).number for to, letter in OFFICES}
    links = {to: (number, village.mail(to, number).link) for to, number in numbers.items()}
    village.later(days=61)
    return links


@pytest.mark.parametrize("to", [to for to, _ in OFFICES])
def test_an_expired_link_offers_a_new_one_and_mails_it(
    village: City, old_links: dict[str, tuple[str, str]], to: str
) -> None:
    number, link = old_links[to]
    page = village.http.get(link)
    assert page.status_code == 410
    assert 'value="renew"' in page.text
    late = village.press(link, "answer", message="Sudah dikerjakan kemarin.")
    assert late.status_code in (410, 422)
    assert late.status_code == 422 or "Sudah dikerjakan kemarin." in late.text
    assert village.press(link, "renew").status_code == 303
    assert "Tautan baru sudah dikirim" in village.http.get(link).text
    assert village.page(village.mail(to, number, "tautan baru").link)["ticket"] == number


@pytest.mark.parametrize("to", [to for to, _ in OFFICES])
def test_asking_for_a_new_link_shows_nothing_of_the_case(
    village: City, old_links: dict[str, tuple[str, str]], to: str
) -> None:
    number, link = old_links[to]
    page = village.act(link, "renew")
    assert (page["ticket"], page["message"], page["timeline"], page["actions"]) == (number, "", [], [])
