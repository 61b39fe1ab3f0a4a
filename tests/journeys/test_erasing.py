"""A citizen asks to be forgotten, beside a running Laksa: every file is looked through; an old copy comes back."""

from __future__ import annotations
import json
import shutil
from pathlib import Path

from tests.journeys.city import City, Ticket
from tests.pictures.given import encoded, scene
from tests.workflows.personal import EMAIL, NAME, PHONE, SAID, TEXT, WHO, found

PERSON = {"name": NAME, "email": EMAIL, "phone": PHONE, "place": "Gang Mangga 7, rumah Zubaedah", "contact": "yes"}


def lived(city: City) -> Ticket:
    """A report that a department works on: its words and its writer are in letters, lines and files."""
    city.later(minutes=10)  # the morning's lists are out, and name neither report nor officer
    ticket = city.submit(TEXT, encoded(scene(1)), **PERSON)
    department = ticket.state()["department"]["code"].lower()
    link = city.mail(f"{department}@opd.example", ticket.number).link
    city.act(link, "acknowledge", officer="Petugas Rani")
    city.act(link, "contact", reason="Atas nama pelapor, Ibu Zubaedah")
    city.act(link, "ask", message="Ibu Zubaedah, sejak kapan?")
    city.act(ticket.url, "add", message="Tetangga juga mengeluh, atas nama Zubaedah.")
    city.act(link, "answer", encoded(scene(2)), message="Sudah diangkut, Ibu Zubaedah.", officer="Petugas Rani")
    city.act(ticket.url, "confirm", message="Terima kasih, Zubaedah.")
    city.idle()
    return ticket


def left(city: City) -> list[tuple[str, str]]:
    """What names the person in the city's folder; what the other stack's store holds, a command says."""
    return found(city.data, WHO + SAID)


def test_who_asks_to_be_forgotten_is_found_in_no_file_any_more(city: City) -> None:
    ticket = lived(city)
    erase = ("erase", ticket.number)
    export, listed = city.commands(("export", "--subject", EMAIL.upper()), erase)
    assert [report["ticket"] for report in json.loads(export.stdout)["reports"]] == [ticket.number]
    assert {word for _, word in left(city)} >= {"zubaedah", "contoh.example", "mangga"}
    assert (listed.returncode, listed.stderr, ticket.state()["status"]) == (1, "", "closed")
    done = city.laksa(*erase, "--yes")
    assert (done.returncode, done.stderr) == (0, ""), done
    city.idle()
    assert left(city) == []
    case, export, again = city.commands(("case", ticket.number), ("export", "--subject", EMAIL), erase)
    assert [word for word in WHO + SAID if word in case.stdout.casefold()] == []
    assert (json.loads(export.stdout)["reports"], again.returncode) == ([], 0)
    _the_old_link_says_what_is_left_and_takes_nothing(city, ticket)


def _the_old_link_says_what_is_left_and_takes_nothing(city: City, ticket: Ticket) -> None:
    before = len(city.mails(EMAIL, ticket.number))
    page = city.http.get(ticket.url)
    assert page.status_code == 410
    assert "Laporan ini sudah dihapus" in page.text
    assert "status (selesai (terkonfirmasi))" in page.text
    city.refused(ticket.url, 410, "dispute", message="Belum selesai.")
    forged = city.http.get(ticket.url[:-1] + ("A" if ticket.url[-1] != "A" else "B"))
    assert forged.status_code == 403
    again = city.http.post(city.url + "/laporan", data={"ticket": ticket.number, "email": EMAIL})
    assert again.status_code == 200
    assert before == len(city.mails(EMAIL, ticket.number)) == 0


def test_a_store_put_back_from_an_old_copy_is_erased_again_and_time_erases_too(tmp_path: Path) -> None:
    city = City(tmp_path / "data").start()
    ticket = lived(city)
    assert city.stop() == 0
    old = shutil.copytree(city.data, tmp_path / "old")
    city.start()
    assert city.laksa("erase", ticket.number, "--yes").returncode == 0
    assert city.stop() == 0
    ledger = (city.data / "erasures.jsonl").read_bytes()
    shutil.rmtree(city.data)
    shutil.copytree(old, city.data)
    (city.data / "erasures.jsonl").write_bytes(ledger)
    assert left(city)
    city.start()
    assert city.http.get(ticket.url).status_code == 410
    assert left(city) == []
    _after_its_months_the_contact_is_gone_and_the_link_opens(city, lived(city))
    assert city.stop() == 0


def _after_its_months_the_contact_is_gone_and_the_link_opens(city: City, ticket: Ticket) -> None:
    city.sleep(days=368)
    assert found(city.data, WHO) == []
    page = ticket.state()
    assert (page["status"], page["timeline"][-1]["event"]) == ("closed", "erased")
    assert "Sampah di depan Gang Mangga" in page["message"]
