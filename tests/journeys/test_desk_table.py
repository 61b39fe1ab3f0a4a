"""On the board an operator changes mailboxes and holidays: in force at once everywhere, and taken back as fast."""

from __future__ import annotations
import csv
import io
import re
import zipfile
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
import requests

from tests.journeys.boards import next_board
from tests.journeys.city import City
from tests.journeys.conftest import STACKS, running
from tests.journeys.offices import LAMP

JSON = {"Accept": "application/json"}
LEAVE = b"\xef\xbb\xbfdate;kind;name\r\n26/12/2028;cuti_bersama;Natal\r\n"
NEW = "lampu@kota.example"
CHANGED = "Laksa: alamat email Dishub diganti"


OCTOBER = datetime(2027, 10, 3, 23, 0, tzinfo=UTC)
"""When the library knows no cuti bersama of the next year, which the desk is told of from October on."""


@pytest.fixture(scope="module", params=STACKS)
def city(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city that begins in October 2027."""
    yield from running(request, tmp_path_factory.mktemp(request.param), begins=OCTOBER)


@pytest.fixture(scope="module")
def board(city: City) -> str:
    city.submit("Mohon bantuannya pak, sudah lama sekali kami menunggu.", email="warga@contoh.example")
    return next_board(city)


def sent(city: City, board: str, *files: tuple[str, bytes]) -> requests.Response:
    """Files to be checked, as a browser sends them."""
    parts = [("file", (name, content, "text/csv")) for name, content in files]
    return city.http.post(f"{board}/tabel", data={"action": "check"}, files=parts)


def pressed(city: City, board: str, page: str, action: str) -> requests.Response:
    """The button of the form that does this, as the page holds it."""
    for form in re.findall(r"<form.*?</form>", page, re.DOTALL):
        fields = dict(re.findall(r'type="hidden" name="([^"]+)" value="([^"]*)"', form))
        if fields.get("action") == action:
            return city.http.post(f"{board}/tabel", data=fields, allow_redirects=False)
    raise AssertionError(f"no button for {action}")


def alarms(city: City, board: str) -> list[str]:
    return [alarm["kind"] for alarm in city.page(board)["alarms"]]


def in_force(city: City, board: str) -> str:
    return str(city.page(f"{board}/tabel")["version"])


def downloaded(city: City, board: str, name: str) -> bytes:
    answer = city.http.get(f"{board}/tabel", params={"berkas": name})
    assert answer.status_code == 200
    return answer.content


def test_the_board_leads_to_both_and_only_its_link_opens_them(city: City, board: str) -> None:
    page = city.http.get(board).text
    path = board.removeprefix(city.url)
    assert f'href="{path}/tabel"' in page and f'href="{path}/rekap.csv"' in page
    for wrong in (f"{city.url}/papan/x", board.replace("/papan/", "/kasus/")):
        assert {city.http.get(f"{wrong}/{name}").status_code for name in ("tabel", "rekap.csv")} <= {403, 404}
    assert city.http.put(f"{board}/tabel").status_code == 405
    assert city.http.post(f"{board}/rekap.csv").status_code == 405


def test_holidays_are_missed_counted_for_new_reports_alone_and_taken_back(city: City, board: str) -> None:
    assert "calendar" in alarms(city, board)
    assert city.http.get(f"{city.url}/sehat").json()["undecreed_years"] == [2028]
    city.later(minutes=16)
    ticket = city.submit(LAMP + " Nomor tiang 21.", email="warga@contoh.example")
    before = ticket.state()["deadline"]
    days = "".join(f"2027-10-{day:02};libur;Pemilihan\n" for day in range(5, 30))
    checked = sent(city, board, ("holidays.csv", LEAVE + days.encode()))
    assert checked.status_code == 200 and "Selasa, 26 Desember 2028: cuti bersama, Natal" in checked.text
    assert "calendar" in alarms(city, board)
    assert pressed(city, board, checked.text, "apply").status_code == 303
    assert "calendar" not in alarms(city, board)
    assert "undecreed_years" not in city.http.get(f"{city.url}/sehat").json()
    later = city.submit(LAMP + " Nomor tiang 22.", email="warga@contoh.example")
    assert later.state()["deadline"] > "2027-11-01" > before == ticket.state()["deadline"]
    page = city.http.get(f"{board}/tabel").text
    for _ in range(2):
        assert pressed(city, board, page, "rollback").status_code == 303
    assert "calendar" in alarms(city, board)


def test_a_new_mailbox_is_used_at_once_and_the_old_one_after_a_rollback(city: City, board: str) -> None:
    offices = downloaded(city, board, "departments.csv").decode().replace("Kepala Dishub;;", f"Kepala Dishub;{NEW};")
    checked = sent(city, board, ("departments.csv", offices.encode()))
    assert re.search(r"Dicoba pada \d+ laporan terakhir", checked.text)
    assert f"Dishub: dishub@opd.example → {NEW}" in checked.text
    for _ in range(2):
        assert pressed(city, board, checked.text, "apply").status_code == 303
    city.idle()
    for old in ("dishub@opd.example", "kepala.dishub@opd.example"):
        (told,) = [mail for mail in city.mails(old) if mail.subject == CHANGED]
        assert "diganti menjadi l•••@kota.example" in " ".join(told.text.split()) and NEW not in told.text
    assert not [mail for mail in city.mails(NEW) if mail.subject == CHANGED]
    city.later(minutes=16)
    ticket = city.submit(LAMP + " Nomor tiang 23.", email="warga@contoh.example").number
    assert city.mail(NEW, ticket)
    assert pressed(city, board, city.http.get(f"{board}/tabel").text, "rollback").status_code == 303
    city.later(minutes=16)
    ticket = city.submit(LAMP + " Nomor tiang 24.", email="warga@contoh.example").number
    assert city.mail("dishub@opd.example", ticket)


def test_a_mistake_never_comes_into_force_and_names_line_and_column(city: City, board: str) -> None:
    before = in_force(city, board)
    with zipfile.ZipFile(io.BytesIO(downloaded(city, board, "semua"))) as zipped:
        wrong = zipped.read("exceptions.csv").decode().replace("perahu;BPBD", "perahu;BPDB").encode()
    answer = sent(city, board, ("exceptions.csv", wrong), ("0123.csv", b"x"))
    assert answer.status_code == 422
    assert "exceptions.csv, baris 7, kolom 3 (opd)" in answer.text and "maksudnya BPBD?" in answer.text
    assert "nama berkas ini tidak dikenal" in answer.text and "accusations.csv, categories.csv" in answer.text
    assert "Berlakukan" not in answer.text and in_force(city, board) == before


def test_the_summary_adds_up_and_opens_in_excel(city: City, board: str) -> None:
    answer = city.http.get(f"{board}/rekap.csv")
    assert answer.headers["Content-Type"] == "text/csv; charset=utf-8"
    assert answer.content.startswith("\ufeffkode;opd;bulan;masuk;menunggu;proses;selesai;".encode())
    *rows, whole = csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig")), delimiter=";")
    assert {"DISHUB", "DESK"} <= {row["kode"] for row in rows}
    for row in (*rows, whole):
        assert int(row["masuk"]) == sum(int(row[stage]) for stage in ("menunggu", "proses", "selesai"))
    assert int(whole["masuk"]) == sum(int(row["masuk"]) for row in rows)
    assert "LKS-" not in answer.text and "contoh.example" not in answer.text
    assert city.http.get(f"{board}/rekap.csv", params={"tahun": "1"}).status_code == 422
    assert len(city.http.get(f"{board}/rekap.csv", params={"tahun": "2020"}).text.splitlines()) == 2
