"""The desk's morning: one board with all that waits, one form that sends it on, ten minutes to think again."""

from __future__ import annotations
import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
import requests

from tests.journeys.boards import boards, next_board
from tests.journeys.city import City, Ticket, next_quarter
from tests.journeys.conftest import STACKS, running
from tests.journeys.offices import VAGUE

DESK = "meja@laksa.example"
DLH, PUPR = "dlh@opd.example", "pupr@opd.example"
JSON = {"Accept": "application/json"}


def posted(city: City, link: str, action: str, **fields: str) -> requests.Response:
    return city.http.post(link, data={"action": action, **fields}, allow_redirects=False)


def rows(page: str) -> dict[str, str]:
    """Ticket → the field of its select."""
    fields = re.findall(r'<select[^>]* name="(to\.[^"]+)"', page)
    return {field.split(".")[1]: field for field in fields}


def hidden(page: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)">', page))


@pytest.fixture(scope="module", params=STACKS)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city on the day before a quarter begins: its first mornings bring every letter that there is."""
    yield from running(request, tmp_path_factory.mktemp(request.param), begins=next_quarter() - timedelta(hours=16))


@pytest.fixture(scope="module")
def waiting(city: City) -> list[Ticket]:
    """Five reports that nobody can place, and the days until the desk's first morning."""
    city.later(minutes=1)  # after the start has made up for this morning's letter
    texts = (f"{VAGUE} Sudah {n} kali kami menulis." for n in ("dua", "tiga", "empat", "lima", "enam"))
    return [city.submit(text, email=f"warga{n}@contoh.example") for n, text in enumerate(texts)]


@pytest.fixture(scope="module")
def link(city: City, waiting: list[Ticket]) -> str:
    return next_board(city)


def test_the_board_holds_all_that_waits_with_three_choices(city: City, waiting: list[Ticket], link: str) -> None:
    page = city.page(link)
    assert {case["ticket"] for case in page["cases"]} == {ticket.number for ticket in waiting}
    for case in page["cases"]:
        assert len(case["suggestions"]) == 3 and case["waiting_since"].endswith("+07:00")
        assert city.page(case["url"])["ticket"] == case["ticket"]
    assert page["alarms"] == []
    before = [ticket.state() for ticket in waiting]
    for method, status in (("GET", 200), ("HEAD", 200), ("PUT", 405)):
        assert city.http.request(method, link).status_code == status
    assert [ticket.state() for ticket in waiting] == before


def test_a_case_s_link_opens_no_board_and_a_board_s_no_case(city: City, link: str) -> None:
    case = city.page(link)["cases"][0]["url"]
    assert city.http.get(case.replace("/meja/", "/papan/")).status_code == 403
    for elsewhere in ("/meja/", "/opd/", "/kasus/"):
        assert city.http.get(link.replace("/papan/", elsewhere)).status_code == 403


def test_one_form_one_preview_one_press(city: City, waiting: list[Ticket], link: str) -> None:
    first, second = waiting[:2]
    fields = rows(city.http.get(link).text)
    chosen = dict.fromkeys(fields.values(), "") | {fields[first.number]: "DLH", fields[second.number]: "PUPR"}
    preview = posted(city, link, "assign", **chosen)
    assert preview.status_code == 200 and "2 laporan akan dikirim" in preview.text
    assert first.state()["status"] == "at_desk"
    assert posted(city, link, "confirm", **hidden(preview.text)).status_code == 303
    assert [ticket.state()["department"]["code"] for ticket in (first, second)] == ["DLH", "PUPR"]
    assert len(city.page(link)["cases"]) == 3
    before = first.state()
    assert posted(city, link, "confirm", **{f"to.{first.number}": "DLH"}).status_code == 303
    assert first.state() == before, "pressed twice it is done once"


def test_another_operator_s_choice_is_told_and_stays(city: City, waiting: list[Ticket], link: str) -> None:
    fields = {f"to.{waiting[0].number}": "DISHUB", f"to.{waiting[2].number}": "DLH"}
    page = posted(city, link, "confirm", **fields)
    assert page.status_code == 200
    assert "1 laporan terkirim, 1 tidak." in page.text and "didisposisikan ke DLH" in page.text
    assert waiting[0].state()["department"]["code"] == "DLH"
    refused = city.http.post(link, json={"action": "confirm", f"to.{waiting[0].number}": "DISHUB"}, headers=JSON)
    assert (refused.status_code, refused.json()["assigned"][0]["as_chosen"]) == (409, False)


def test_what_is_forged_is_named_and_every_choice_comes_back(city: City, waiting: list[Ticket], link: str) -> None:
    kept = rows(city.http.get(link).text)[waiting[3].number]
    answer = posted(city, link, "confirm", **{kept: "DLH", "to.LKS-0000-0000-0": "DLH"})
    assert answer.status_code == 422
    assert re.search(rf'name="{re.escape(kept)}"[^>]*>.*?<option value=DLH selected>', answer.text, re.DOTALL)
    assert waiting[3].state()["status"] == "at_desk"


def test_taken_back_within_ten_minutes_nobody_ever_hears_of_it(city: City, waiting: list[Ticket], link: str) -> None:
    ticket = waiting[0]
    reference = {sent["ticket"]: sent["undo"] for sent in city.page(link)["recent"]}[ticket.number]
    assert posted(city, link, "undo", case=reference).status_code == 303
    assert posted(city, link, "undo", case=reference).status_code == 303
    state = ticket.state()
    assert state["status"] == "at_desk" and state["department"] is None
    assert not [entry for entry in state["timeline"] if entry["event"] in ("assigned", "recalled")]
    city.later(minutes=16)
    assert not city.mails(DLH, ticket.number)
    assert not [mail for mail in city.mails("warga0@contoh.example") if "dikirim ke" in mail.subject]


def test_after_ten_minutes_the_letters_are_out_and_it_stands(city: City, waiting: list[Ticket], link: str) -> None:
    ticket = waiting[1]
    officer = city.mail(PUPR, ticket.number).link
    assert city.page(officer)["ticket"] == ticket.number
    assert city.mail("warga1@contoh.example", ticket.number, "dikirim ke Dinas PUPR")
    assert city.page(link)["recent"] == []
    late = posted(city, link, "undo", case=f"{ticket.number}.2")
    assert late.status_code == 409
    assert f"Sepuluh menit untuk membatalkan pengiriman {ticket.number} sudah lewat" in late.text
    assert ticket.state()["status"] == "assigned"


def test_a_link_of_yesterday_is_over_and_the_next_morning_brings_another(city: City, link: str) -> None:
    next_board(city)
    city.later(hours=4)  # whatever hour it is, the older link and what was begun by it are over
    newer = boards(city)[-1]
    answer = city.http.get(link)
    assert answer.status_code == 410
    assert "Yang baru datang lewat email pagi." in answer.text
    assert city.http.post(link, data={"action": "confirm"}).status_code == 410
    assert city.page(newer)["cases"]
    _every_other_page_of_the_desk_opens(city, newer)


def _every_other_page_of_the_desk_opens(city: City, board: str) -> None:
    for path in ("tabel", "rekap.csv", "baru"):
        assert city.http.get(f"{board}/{path}").status_code == 200
    noted = city.http.post(f"{board}/baru", json={"message": VAGUE, "channel": "phone"}, headers=JSON)
    assert (noted.status_code, city.http.get(f"{board}/baru/{noted.json()['ticket']}").status_code) == (201, 200)
    (asked,) = [mail.link for mail in city.mails(PUPR) if "masih dibaca?" in mail.subject]
    assert city.press(asked, "confirm").status_code == 303
