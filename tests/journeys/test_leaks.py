"""A confidential and an anonymous report live through everything there is; nobody reads who wrote them.

The places are listed by `looked`; a page or a mail that is new fails here until it is looked at, or until it
stands below with the reason why it is not.
"""

from __future__ import annotations
import os
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.inbound.samples import reply
from tests.journeys.boards import open_boards
from tests.journeys.city import City, Ticket, hidden
from tests.journeys.conftest import INBOUND
from tests.journeys.leaks import Looked, Person
from tests.journeys.log_leaks import addresses_in, found_in, lines_of_letters, secrets_of
from tests.journeys.offices import DESK, DISHUB, LAMP, VAGUE
from tests.log_lines import lines_of
from tests.pictures.given import phone_photo

RATNA = Person("Ratnaningsih Wulandari", "ratna.wulan@kotak-rahasia.example", "081377889911")
HENDRA = Person("Hendrawan Kusumaatmaja", "hendra.gelap@surat-malam.example", "081566778822")
NEIGHBOUR = "tetangga@contoh.example"
UNMASKED = {word for person in (RATNA, HENDRA) for word in (*person.words("-")[-3:-1], person.phone)}
SPOT = {"kelurahan": "Cikokol, Tangerang"}
PAGES_LEFT_OUT = {
    *("/style.css", "/list.css", "/board.css", "/keep.css", "/receipt.css", "/draft.js", "/favicon.svg"),  # files
    "/healthz",  # the same as /sehat, which Google keeps for itself
}
COMMANDS_LEFT_OUT = {
    *("route", "routing"),  # read a text that is given to them, or the routing table
    *("replay", "inbound", "import", "backup", "restore"),  # print a number or a folder (tests/functions/commands)
}
MAILS_LEFT_OUT = {
    # lists in the place of letters that are looked at: number, category and date (tests/views/list_mails)
    *("new_cases", "reminders", "overdues", "also_heads", "head_cases"),
    # danger and restricted reports: number, link, phone of the office (tests/views/mail_cases)
    *("call_now", "call_late", "restricted_citizen", "restricted_office"),
    # written where a mail server refuses or a reply comes late (tests/journeys/test_reply_by_mail)
    *("mail_failed", "reply_late", "reply_by_link", "moved_on_citizen", "moved_on_office"),
    # made from the same facts as those that are looked at (tests/views/test_mails reads every one of them)
    *("archived", "external", "closed", "confirm_reminder", "contact_shown", "no_reply", "head_desk"),
    *("triage_late", "questionnaire", "link_renewed", "lost_link", "merged_office", "data_answered"),
    "address_changed",  # an office's address, and no report
    "board_link",  # the desk's link to its board, and no report
    "mailbox_check",  # asks an office whether an address is its own, and knows no report
}


@pytest.fixture(scope="module")
def town(tmp_path_factory: pytest.TempPathFactory) -> Iterator[City]:
    """A city of its own that takes in mail."""
    running = City(tmp_path_factory.mktemp("leaks"), env={"LAKSA_INBOUND_SECRET": INBOUND}).start()
    yield running
    assert running.stop() == 0


def words_of(person: Person, text: str) -> str:
    """What people write though they are told not to."""
    spaced = f"{person.phone[:4]}-{person.phone[4:8]}-{person.phone[8:]}"
    return f"{text} Saya {person.name}, hubungi {spaced} atau {person.email}. Hormat saya, {person.name.split()[0]}"


def report(town: City, person: Person, letter: str, visibility: str) -> Ticket:
    return town.submit(
        words_of(person, letter),
        phone_photo(),
        name=person.name,
        email=person.email,
        phone=person.phone,
        place=f"Jalan Kenanga Raya, depan rumah {person.name}",
        visibility=visibility,
        **SPOT,
    )


class Life:
    """One report, from the form to the mayor's table."""

    def __init__(self, looked: Looked, person: Person, ticket: Ticket) -> None:
        self.looked, self.town, self.person, self.ticket = looked, looked.city, person, ticket

    def link(self, to: str, subject: str = "") -> str:
        return self.town.mail(to, self.ticket.number, subject).link

    def at_work(self) -> None:
        """Question, answer, news, a unit's draft, the answer, an objection, another department, the desk."""
        link, town = self.link(DISHUB), self.town
        self.officer("officer", link)
        town.act(link, "ask", message="Di sebelah mana tiangnya?", officer="Bu Rani")
        self.looked.look("officer waits", link)
        town.act(self.ticket.url, "add", phone_photo(2), message=words_of(self.person, "Di sebelah kiri pasar."))
        self.officer("officer with an answer", link)
        town.act(link, "progress", phone_photo(3), message="Petugas berangkat sore ini.")
        town.act(link, "delegate", to="DISHUB-PJU", message="Tolong dicek.")
        unit = self.link("dishub-pju@opd.example")
        self.looked.look("unit", unit)
        town.act(unit, "answer", phone_photo(4), message="Sudah diganti.", officer="Pak Udin")
        draft = hidden(self.looked.look("officer with a draft", link), "draft")
        town.act(link, "answer", message="Lampu sudah menyala.", draft=draft, draft_photos="yes")
        self.looked.look("officer after the answer", link)
        town.act(self.ticket.url, "dispute", message=words_of(self.person, "Masih padam."))
        self.looked.look("head", self.link("kepala.dishub@opd.example"))
        self.changes_hands(link)

    def officer(self, name: str, link: str) -> None:
        self.looked.look(name, link)
        self.looked.look(f"{name}, a canned answer", link + "?contoh=0")
        self.looked.look(f"{name}, photo", link + "/foto/1")
        self.looked.look(f"{name}, small photo", link + "/foto/1?kecil=1")
        self.looked.look(f"{name}, no such photo", link + "/foto/9")
        self.looked.look(f"{name}, no words", link, {"action": "ask"})
        self.looked.look(f"{name}, no such act", link, {"action": "x"})
        self.looked.look(f"{name}, contact", link, {"action": "contact", "reason": "Mau menelepon pelapor."})

    def changes_hands(self, link: str) -> None:
        self.town.act(link, "forward", to="PUPR", message="Ini lampu proyek.")
        self.looked.look("superseded", link)
        self.looked.look("superseded with words", link, {"action": "answer", "message": "Sudah kami periksa."})
        pupr = self.link("pupr@opd.example")
        self.officer("second department", pupr)
        self.town.act(pupr, "not-ours", message="Bukan milik kami.")
        desk = self.link(DESK)
        self.looked.look("desk", desk)
        self.looked.look("desk, photo", desk + "/foto/1")
        self.looked.look("desk, no reason", desk, {"action": "reject"})
        self.board()
        self.town.act(desk, "assign", to="DISHUB", message="Silakan.")
        self.looked.look("desk afterwards", desk)

    def board(self) -> None:
        link, row = open_boards(self.town)[-1], f"to.{self.ticket.number}"
        self.looked.look("board", link)
        self.looked.look("board, preview", link, {"action": "assign", row: "PUPR"})
        self.looked.look("board, mistake", link, {"action": "assign", row: "NASA"})
        self.looked.look("summary", link + "/rekap.csv")
        for path in ("/tabel", "/baru"):
            self.looked.look(f"board {path}", link + path)
        self.looked.look("receipt at the counter", f"{link}/baru/{self.ticket.number}")

    def neglected(self) -> None:
        """A date that nobody keeps, and every rung up to the mayor."""
        town = self.town
        day = f"{town.now + timedelta(days=3):%Y-%m-%d}"
        town.act(self.link(DISHUB), "schedule", date=day, message="Kami jadwalkan.")
        for _ in range(25):
            town.later(days=2)
            if town.mails("walikota@opd.example", self.ticket.number):
                break
        else:
            raise AssertionError("it never came to the mayor")
        lists = [mail.link for mail in town.mails(DISHUB) if mail.subject.startswith("Laksa ")]
        self.looked.look("department's list", lists[-1])
        self.looked.look("department's list of a kelurahan", lists[-1] + "?kelurahan=36.71.01.1005")
        self.looked.look("list is over", lists[0])
        self.looked.look("officer overdue", self.link(DISHUB))


def followers(looked: Looked, parent: Ticket, other: str) -> None:
    """A neighbour whose report an operator merges, and one who says “I have this too”."""
    town = looked.city
    second = town.submit(VAGUE, email=NEIGHBOUR)
    town.act(town.mail(DESK, second.number).link, "merge", into=parent.number)
    looked.look(f"follower of the {other} one", second.url)
    office = town.mail(DISHUB, parent.number).link
    town.act(office, "progress", message="Petugas sudah di lokasi.")
    looked.look(f"follower of the {other} one, news", second.url)


def commands(looked: Looked, tickets: list[Ticket], folder: Path) -> None:
    numbers = [ticket.number for ticket in tickets]
    looked.run(
        ("export", "--training", str(folder / "t.csv")),
        ("export", "--training", str(folder / "r.csv"), "--restricted"),
        ("stuck",),
        ("sweep",),
        *(("case", number) for number in numbers),
        *(("erase", number) for number in numbers),
        *(("answer-data", number, "correction", "done", "Sudah.") for number in numbers),
    )


def problems(looked: Looked, ticket: Ticket) -> None:
    url = looked.city.url
    for name, path in {
        "forbidden": "/opd/x",
        "no key": f"/laporan/{ticket.number}",
        "wrong key": f"/laporan/{ticket.number}/xxxxxxxxxxxxxxxxxxxxxxxxxxxx",
        "wrong key, photo": f"/laporan/{ticket.number}/xxxxxxxxxxxxxxxxxxxxxxxxxxxx/foto/1",
        "not found": "/tidak-ada",
        "no board": "/papan/x",
        "no list": "/kasus/x",
        "no desk": "/meja/x",
        "no address": "/alamat/x",
        "health": "/sehat",
        "form": "/",
        "lost link": "/laporan",
    }.items():
        looked.look(name, url + path)
    looked.look("lost link, asked", url + "/laporan", {"ticket": ticket.number, "email": "lain@contoh.example"})
    looked.look("mail without its secret", url + "/surat-masuk", {"x": "y"})
    alike = {"message": LAMP, "similar": "ask", "place": "Jalan Kenanga Raya", **SPOT}
    looked.look("similar reports", url + "/", alike)
    looked.look("form with mistakes", url + "/", {"message": "x", "phone": "0"})


@pytest.fixture(scope="module")
def lives(town: City, tmp_path_factory: pytest.TempPathFactory) -> tuple[Looked, Ticket, Ticket]:
    """Everything looked at, and the two reports."""
    looked = Looked(town)
    town.later(minutes=1)
    quiet = report(town, RATNA, LAMP, "confidential")
    nameless = report(town, HENDRA, LAMP + " Tiang nomor 7.", "anonymous")
    town.idle()
    problems(looked, quiet)
    for person, ticket, other in ((RATNA, quiet, "confidential"), (HENDRA, nameless, "anonymous")):
        life = Life(looked, person, ticket)
        life.at_work()
        followers(looked, ticket, other)
        life.neglected()
    by_mail(town, quiet)
    town.act(nameless.url, "withdraw", message=words_of(HENDRA, "Sudah tidak perlu."))
    town.act(quiet.url, "data", kind="copy", message=words_of(RATNA, "Mohon salinannya."))
    looked.look("board with a request", open_boards(town)[-1])
    for link in sorted({line for mail in town.mails() for line in mail.text.splitlines() if "/alamat/" in line}):
        looked.look("is this your address", link)
    for name, own in {"confidential": quiet, "anonymous": nameless}.items():
        looked.look(f"own page of the {name} one", own.url)
        looked.look(f"own photo of the {name} one", own.url + "/foto/1")
    commands(looked, [quiet, nameless], tmp_path_factory.mktemp("exports"))
    looked.mails()
    looked.add("log", (town.data / "host.log").read_text("utf-8"))
    if folder := os.environ.get("LAKSA_LEAKS"):
        (Path(folder) / "places.txt").write_text("\n".join(looked.places), "utf-8")
    return looked, quiet, nameless


def by_mail(town: City, ticket: Ticket) -> None:
    """The citizen answers a letter with a mail that says who they are."""
    letter = town.mail(RATNA.email, ticket.number)
    raw = reply(words_of(RATNA, "Masih gelap."), letter.headers["reply-to"], From=f"{RATNA.name} <{RATNA.email}>")
    headers = {"Authorization": f"Bearer {INBOUND}", "Content-Type": "message/rfc822"}
    assert town.http.post(f"{town.url}/surat-masuk", data=raw.as_bytes(), headers=headers).status_code == 202
    town.idle()


def key_of(ticket: Ticket) -> str:
    return ticket.url.rsplit("/", 1)[1]


def own(name: str, which: str, person: Person) -> bool:
    """Whether a place is the citizen's alone."""
    mine = f"of the {which} one" in name and name.startswith("own ")
    return mine or name.partition(" #")[0].endswith(f"to {person.email}")


def must_know(name: str, word: str, key: str) -> bool:
    """Where somebody reads it for a reason: the receipt that the counter prints bears the link; a request about
    the own data is what its writer asks the desk; `laksa case` shows words unmasked, and only the name is hidden.
    """
    if name.startswith("receipt at the counter"):
        return word == key.casefold()
    return name.startswith("board with a request") or (name.startswith("laksa case") and word in UNMASKED)


def test_nobody_else_reads_who_wrote(lives: tuple[Looked, Ticket, Ticket]) -> None:
    looked, quiet, nameless = lives
    leaks = [
        (name, word)
        for who, which, ticket in ((RATNA, "confidential", quiet), (HENDRA, "anonymous", nameless))
        for name, text in looked.places.items()
        if not own(name, which, who)
        for word in who.found_in(text, key_of(ticket))
        if not must_know(name, word, key_of(ticket))
    ]
    assert not leaks, "\n".join(f"{name}: {word}" for name, word in leaks)


def test_its_log_is_entries_and_tells_no_line_of_a_letter_and_no_link(
    lives: tuple[Looked, Ticket, Ticket], town: City
) -> None:
    log, mails = lives[0].places["log"], town.mails()
    assert len(lines_of(log)) > len(mails)
    assert addresses_in(log) == []
    assert found_in(log, secrets_of(mails, *(ticket.url for ticket in lives[1:]))) == []
    assert found_in(log, lines_of_letters(mails)) == []


def test_a_citizens_mails_say_no_name_and_no_number(lives: tuple[Looked, Ticket, Ticket]) -> None:
    mails = {name: text for name, text in lives[0].places.items() if name.startswith("mail ")}
    for person in (RATNA, HENDRA):
        found = [person.found_in(text, "-")[:1] for name, text in mails.items() if person.email in name]
        assert all(set(words) <= {person.words("-")[-3]} for words in found), found  # the address it goes to
    assert not [name for name in mails if HENDRA.email in name]  # an anonymous report has no address


def test_its_citizen_reads_the_own_words_whole(lives: tuple[Looked, Ticket, Ticket]) -> None:
    for name, person in {"confidential": RATNA, "anonymous": HENDRA}.items():
        for form in ("", " (JSON)"):
            page = lives[0].places[f"own page of the {name} one{form}"]
            assert person.name in page and "\ufff9" not in page and "(nama pelapor)" not in page


def test_others_read_that_it_was_hidden(lives: tuple[Looked, Ticket, Ticket]) -> None:
    places = ("similar reports", "laksa export --training", "desk (JSON)", "unit (JSON)", "head (JSON)")
    assert [place for place in places if "(nama pelapor)" not in lives[0].places[place]] == []
    assert "Saya (nama pelapor), hubungi [nomor HP disamarkan]" in lives[0].places["officer (JSON)"]


def test_every_page_was_looked_at(lives: tuple[Looked, Ticket, Ticket]) -> None:
    assert lives[0].unseen_pages(PAGES_LEFT_OUT) == set()


def test_every_command_was_run(lives: tuple[Looked, Ticket, Ticket]) -> None:
    assert lives[0].unseen_commands(COMMANDS_LEFT_OUT) == set()


def test_every_mail_was_looked_at(lives: tuple[Looked, Ticket, Ticket]) -> None:
    assert lives[0].unseen_mails(MAILS_LEFT_OUT) == set()


def test_no_page_broke(lives: tuple[Looked, Ticket, Ticket]) -> None:
    assert {name: status for name, status in lives[0].statuses.items() if status >= 500} == {}
