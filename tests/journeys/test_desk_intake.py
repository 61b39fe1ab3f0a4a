"""Somebody at the counter, on the phone, by letter: an operator writes it down; one clock runs since it came."""

from __future__ import annotations
from datetime import datetime, timedelta
from typing import Any

import pytest
import requests

from tests.journeys.boards import boards, next_board
from tests.journeys.city import City, Ticket, attached, hidden
from tests.journeys.offices import DISHUB, LAMP, VAGUE
from tests.pictures.given import phone_photo
from workflows.domain.deadlines.calendar import WIB

JSON = {"Accept": "application/json"}
WHERE = {"place": "Jl. Rasuna Said no. 5", "kelurahan": "Cikokol, Tangerang"}


@pytest.fixture(scope="module")
def board(city: City) -> str:
    """The link of a morning's board."""
    city.later(minutes=1)
    city.submit(VAGUE)
    return next_board(city)


def noted(city: City, board: str, message: str, *photos: bytes, **fields: str) -> requests.Response:
    """Filled in and sent as a browser does."""
    address = f"{board}/baru"
    page = city.http.get(address)
    assert page.status_code == 200
    sent = {"message": message, "form_token": hidden(page.text, "form_token"), **fields}
    return city.http.post(address, data=sent, files=attached(photos), allow_redirects=False)


def receipt_of(city: City, answer: requests.Response) -> str:
    """The receipt that the answer leads to, once the router has read the report."""
    assert answer.status_code == 303, answer.text[:500]
    city.idle()
    page = city.http.get(city.url + answer.headers["Location"])
    assert page.status_code == 200
    return page.text


def told(city: City, board: str, **fields: Any) -> requests.Response:
    """What a script sends."""
    return city.http.post(f"{board}/baru", json={"message": LAMP, **fields}, headers=JSON)


def local(city: City, **ago: float) -> datetime:
    return (city.now - timedelta(**ago)).astimezone(WIB)


def test_a_report_from_the_counter_is_routed_and_its_receipt_is_complete(city: City, board: str) -> None:
    assert f'href="{board.removeprefix(city.url)}/baru"' in city.http.get(board).text
    answer = noted(city, board, LAMP, phone_photo(), channel="counter", name="Siti Aminah", **WHERE)
    page = receipt_of(city, answer)
    number = answer.headers["Location"].rsplit("/", 1)[1]
    for words in (number, LAMP, WHERE["place"], "Loket", "Dinas Perhubungan", "<svg", f"/laporan/{number}/"):
        assert words in page, words
    assert "Siti" not in page
    mail = city.mail(DISHUB, number)
    officer = city.http.get(mail.link).text
    assert "Lewat: Loket, diterima" in officer and "Laporan diterima di loket" in officer
    assert city.http.get(mail.link + "/foto/1").status_code == 200


def test_the_clocks_run_from_when_it_reached_the_city(city: City, board: str) -> None:
    now = told(city, board, channel="phone", message=LAMP + " Nomor tiang 1.")
    earlier = local(city, days=7)
    old = told(city, board, channel="letter", received_at=earlier.isoformat(), message=LAMP + " Nomor tiang 2.")
    assert (now.status_code, old.status_code) == (201, 201)
    pages = [Ticket(city, answer.json()["url"]).state() for answer in (now, old)]
    assert [page["department"]["code"] for page in pages] == ["DISHUB", "DISHUB"]
    due = [datetime.fromisoformat(page["deadline"]) for page in pages]
    assert timedelta(days=4) < due[0] - due[1] < timedelta(days=12)
    assert datetime.fromisoformat(pages[1]["timeline"][0]["at"]) == earlier.replace(microsecond=0)
    assert due[1] < city.now  # a lamp has three working days
    city.later(minutes=6)
    assert "rung" in [line["event"] for line in Ticket(city, old.json()["url"]).state()["timeline"]]


def test_the_same_number_of_sp4n_is_one_report_for_good(city: City, board: str) -> None:
    fields = {"channel": "sp4n", "external_ref": "SP4N 123-45", "message": LAMP + " Nomor tiang 3."}
    first = told(city, board, **fields)
    again = told(city, board, **fields | {"external_ref": "sp4n  123-45"})
    assert (first.status_code, again.status_code) == (201, 200)
    assert again.json()["ticket"] == first.json()["ticket"]
    assert again.json()["url"] == first.json()["url"]
    form = noted(city, board, fields["message"], channel="sp4n", external_ref="SP4N 123-45")
    page = receipt_of(city, form)
    assert first.json()["ticket"] in page and "sudah tercatat" in page
    other = told(city, board, **fields | {"channel": "letter"})
    assert other.json()["ticket"] != first.json()["ticket"]


@pytest.mark.parametrize("channel", ["letter", "sp4n"])
def test_another_letter_with_the_same_number_is_kept_and_shows_no_link(city: City, board: str, channel: str) -> None:
    typed = {"channel": channel, "external_ref": "001/2026"}
    first = told(city, board, message=LAMP + " Nomor tiang 8.", **typed).json()
    city.idle()
    other = VAGUE + " Ini laporan lain."
    answer = noted(city, board, other, phone_photo(), name="Pak Budi", **typed)
    assert answer.status_code == 409 and "/laporan/LKS" not in answer.text
    for kept in (first["ticket"], other, "001/2026", "Pak Budi", "1 foto tersimpan"):
        assert kept in answer.text, kept
    assert ("Dinas Perhubungan" in answer.text or "Dishub" in answer.text) == (channel == "sp4n")
    refused = told(city, board, message=other, **typed)
    assert refused.status_code == 409 and first["ticket"] in refused.text and "/laporan/LKS" not in refused.text
    mended = typed | {"external_ref": "001/2026 RW 05", "form_token": hidden(answer.text, "form_token")}
    sent = city.http.post(f"{board}/baru", data=mended | {"message": other}, allow_redirects=False)
    assert other in receipt_of(city, sent)


def test_a_form_sent_twice_is_one_report(city: City, board: str) -> None:
    address = f"{board}/baru"
    token = hidden(city.http.get(address).text, "form_token")
    sent = {"message": LAMP + " Nomor tiang 4.", "form_token": token, "channel": "whatsapp"}
    answers = [city.http.post(address, data=sent, allow_redirects=False) for _ in range(2)]
    assert {answer.status_code for answer in answers} == {303}
    assert len({answer.headers["Location"].partition("?")[0] for answer in answers}) == 1


def test_mistakes_are_named_all_at_once_and_nothing_typed_is_lost(city: City, board: str) -> None:
    tomorrow = local(city, days=-1).date().isoformat()
    typed = {"channel": "sp4n", "received_date": tomorrow, "email": "salah@", "name": "Pak Budi", "lang": "en"}
    answer = noted(city, board, "pendek", phone_photo(), **typed)
    assert answer.status_code == 422
    for words in ("Saat ini belum tiba.", "Tulis nomor SP4N", "Tulisan ini baru 6 huruf", "Alamat email ini"):
        assert words in answer.text, words
    for kept in (tomorrow, "salah@", "Pak Budi", "pendek", "1 foto tersimpan"):
        assert kept in answer.text, kept
    refused = told(city, board, channel="fax", received_at="kemarin")
    assert refused.status_code == 422
    codes = {(error["field"], error["code"]) for error in refused.json()["errors"]}
    assert codes == {("channel", "bad_choice"), ("received_at", "bad_moment")}


def test_many_from_one_counter_are_not_held_back(city: City, board: str) -> None:
    sent = [told(city, board, channel="counter", message=f"{LAMP} Tiang nomor {n}0.") for n in range(25)]
    assert {answer.status_code for answer in sent} == {201}
    city.idle()
    last = city.page(sent[-1].json()["url"])
    assert last["status"] == "assigned"


def test_reports_like_it_are_offered_and_may_be_followed(city: City, board: str) -> None:
    like = city.submit(LAMP + " Tiang kelima.", visibility="public", **WHERE)
    city.idle()
    asked = noted(city, board, LAMP, channel="counter", similar="ask", lang="en", **WHERE)
    assert asked.status_code == 200 and "Saya juga mengalami" in asked.text
    assert like.number in asked.text and f'action="{board.removeprefix(city.url)}/baru"' in asked.text
    token = hidden(asked.text, "form_token")
    assert (hidden(asked.text, "channel"), hidden(asked.text, "lang")) == ("counter", "en")
    sent = {"message": LAMP, "channel": "counter", "form_token": token, "similar": "seen", "lang": "en", **WHERE}
    answer = city.http.post(f"{board}/baru", data=sent | {"follow": like.number}, allow_redirects=False)
    assert "Report receipt" in receipt_of(city, answer)
    assert city.page(like.url)["status"] == "assigned"


def test_a_receipt_opens_for_what_the_desk_took_in_and_for_a_day(city: City, board: str) -> None:
    own = city.submit(LAMP + " Tiang keenam.")
    for number in (own.number, "LKS-0000-0000-0", "x"):
        assert city.http.get(f"{board}/baru/{number}").status_code == 403
    number = told(city, board, channel="phone", message=LAMP + " Tiang ketujuh.").json()["ticket"]
    assert city.http.get(f"{board}/baru/{number}", headers=JSON).json()["url"].startswith(f"{city.url}/laporan/")
    assert city.http.post(f"{board}/baru/{number}", data={}).status_code == 405
    assert city.http.get(f"{city.url}/papan/x/baru").status_code == 403
    next_board(city)
    city.later(hours=4)
    assert city.http.get(f"{board}/baru").status_code == 410
    over = city.http.post(f"{board}/baru", data={"message": LAMP, "channel": "counter"})
    assert over.status_code == 410 and LAMP in over.text
    city.later(hours=2)
    page = city.http.get(f"{boards(city)[-1]}/baru/{number}").text
    assert number in page and "/laporan/LKS" not in page and "Tiang ketujuh" not in page
