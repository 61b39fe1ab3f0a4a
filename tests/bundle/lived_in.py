"""A city's data folder with something for every function to do, and how each is asked for it."""

from __future__ import annotations
import json
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path

from tests.bundle.server import Answer, Server
from tests.workflows.world import INDEXES, KEYS, HandClock, World, table
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.sqlite import SqliteStore
from workflows.domain.complaint.model import State
from workflows.domain.intake.submission import Submission
from workflows.mail import inbound_mail
from workflows.ports import MailboxGrant, Query
from workflows.routing.route_complaint import route

SECRET = "known to the mail provider alone"
EMAIL = "warga@contoh.example"
LAMP = "Lampu PJU di gang kami mati total, sudah tiga malam gelap sekali."
VAGUE = "Mohon perhatian Bapak Wali Kota atas keadaan di lingkungan kami."


@dataclass(frozen=True)
class LivedIn:
    """Numbers and links of what lies there: with its office, at the desk, not yet read by the router."""

    folder: Path
    assigned: str
    at_desk: str
    received: str
    mail: str
    links: dict[str, str]

    def store(self) -> SqliteStore:
        """To look what has come of it."""
        return SqliteStore(self.folder / "laksa.db", INDEXES)


def live_in(folder: Path) -> LivedIn:
    """Make it: three reports and a mail, as a city that runs would have them."""
    folder.mkdir()
    (folder / "secrets.json").write_text(json.dumps({"keys": KEYS}))
    store = SqliteStore(folder / "laksa.db", INDEXES)
    world = World(store, HandClock(datetime.now(UTC)), photos=PhotoFolder(folder / "photos"))
    assigned, at_desk, received = (
        world.submit(Submission(text, email=EMAIL)).ticket for text in (LAMP, VAGUE, LAMP.replace("tiga", "lima"))
    )
    for ticket in (assigned, at_desk):
        route(world.services, ticket, table())
    assert world.case(at_desk).state == State.AT_DESK
    mail = inbound_mail.take_in(world.services, _mail("Masih gelap.", world, assigned))
    made = LivedIn(folder, assigned, at_desk, received, mail, _links(world, assigned, at_desk))
    store.close()
    return made


def _links(world: World, assigned: str, at_desk: str) -> dict[str, str]:
    links, expires = world.services.links, world.clock.now() + timedelta(days=1)
    case, waiting = world.case(assigned), world.case(at_desk)
    board = f"/papan/{links.board_token(expires)}"
    grant = MailboxGrant("DISHUB", "2026-Q1", "00000000")
    return {
        "complaint_page": f"/laporan/{assigned}/{world.key(assigned)}",
        "case_page": f"/opd/{world.token(assigned, assignment_no=case.assignment_no)}",
        "case_list": f"/kasus/{links.list_token('DISHUB', expires)}",
        "mailbox_page": f"/alamat/{links.mailbox_token(grant)}",
        "desk_page": f"/meja/{world.token(at_desk, 'desk', waiting.assignment_no)}",
        "desk_board": board,
        "desk_intake": f"{board}/baru",
        "desk_table": f"{board}/tabel",
        "desk_summary": f"{board}/rekap.csv",
    }


def _mail(words: str, world: World | None = None, ticket: str = "") -> bytes:
    message = EmailMessage()
    key = world.services.links.mail_key("reply", f"{ticket}.1.receipt.citizen") if world else "none"
    message["From"], message["To"] = EMAIL, f"balas+{key}@laksa.example"
    message["Subject"], message["Message-ID"] = "Re: laporan", f"<{len(words)}@contoh.example>"
    message.set_content(words)
    return message.as_bytes()


def _page(said: str, status: int = 200) -> Callable[[Server, LivedIn, str], Answer]:
    """A page of people: opened by its link, it says something of the case."""

    def ask(server: Server, city: LivedIn, target: str) -> Answer:
        answer = server.ask("GET", city.links.get(target, "/"))
        expected = said.format(assigned=city.assigned, at_desk=city.at_desk)
        assert answer.status == status, answer
        assert expected in answer.text, answer.text[:2000]
        return answer

    return ask


def _routed(server: Server, city: LivedIn, target: str) -> Answer:
    answer = server.push({"ticket": city.received})
    assert city.store().get("complaints", city.received)["state"] == "assigned"  # type: ignore[index]
    return answer


def _sent(server: Server, city: LivedIn, target: str) -> Answer:
    letters = city.store().query(Query("notices", (("ticket", "==", city.assigned),), "created_at"))
    answer = server.push({"notice": letters[0].id})
    assert city.store().get("notices", letters[0].id)["state"] == "sent"  # type: ignore[index]
    return answer


def _mail_read(server: Server, city: LivedIn, target: str) -> Answer:
    answer = server.push({"mail": city.mail})
    assert city.store().get("inbound", city.mail)["state"] != "arrived"  # type: ignore[index]
    return answer


def _recorded(server: Server, city: LivedIn, target: str) -> Answer:
    answer = server.push({"topic": "notice-due", "data": "{}", "error": "KeyError"})
    assert city.store().count(Query("dead_letters")) == 1
    return answer


def _swept(server: Server, city: LivedIn, target: str) -> Answer:
    answer = server.tick()
    assert city.store().get("system", "sweep")
    return answer


def _mail_taken(server: Server, city: LivedIn, target: str) -> Answer:
    wrong = server.ask("POST", "/surat-masuk", _mail("Siapa ini?"), Authorization="Bearer no")
    assert wrong.status == 401
    headers = {"Authorization": f"Bearer {SECRET}", "Content_Type": "message/rfc822"}
    answer = server.ask("POST", "/surat-masuk", _mail("Baik, terima kasih."), **headers)
    assert answer.status == 202
    return answer


def _healthy(server: Server, city: LivedIn, target: str) -> Answer:
    answer = server.ask("GET", "/sehat")
    assert (answer.status, json.loads(answer.text)["status"]) == (200, "ok")
    return answer


def _all_in_one(server: Server, city: LivedIn, target: str) -> Answer:
    """The small city's one service: pages for everybody, pushes and ticks only with a token."""
    assert "<form" in server.ask("GET", "/").text
    assert server.ask("GET", city.links["case_page"]).status == 200
    for path in ("/_push/send_notice", "/_tick/sweep"):
        assert server.ask("POST", path, b"{}").status == 401
    return server.ask("GET", "/sehat")


def _pushed(data: Callable[[LivedIn], dict[str, str]]) -> Callable[[Server, LivedIn, str], Answer]:
    return lambda server, city, target: server.push(data(city))


ASKED: dict[str, Callable[[Server, LivedIn, str], Answer]] = {
    "complaint_form": _page("<form"),
    "complaint_page": _page("{assigned}"),
    "case_page": _page("{assigned}"),
    "case_list": _page("{assigned}"),
    "mailbox_page": _page("Laksa", 410),
    "desk_page": _page("{at_desk}"),
    "desk_board": _page("{at_desk}"),
    "desk_intake": _page("<form"),
    "desk_table": _page("departments.csv"),
    "desk_summary": _page("DISHUB"),
    "inbound_mail": _mail_taken,
    "health": _healthy,
    "route_complaint": _routed,
    "send_notice": _sent,
    "read_mail": _mail_read,
    "send_lost_link": _pushed(lambda city: {"ticket": city.assigned, "email": "0" * 32, "phone": ""}),
    "check_deadline": _pushed(lambda city: {"ticket": city.assigned}),
    "dead_letter": _recorded,
    "sweep": _swept,
    "morning_digest": lambda server, city, target: server.tick(),
    "laksa": _all_in_one,
}
"""Target → ask it as Google would, and look what came of it; the last answer."""
