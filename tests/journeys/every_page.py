"""An address of every page there is, in the states that show most; some appear only after something was sent."""

from __future__ import annotations
from dataclasses import dataclass, field

from tests.browser import listed
from tests.journeys.boards import open_boards
from tests.journeys.city import City, Ticket
from tests.journeys.offices import CITIZEN, DESK, DISHUB, LAMP, VAGUE, given
from tests.pictures.given import phone_photo

EXTORTION = "Petugas kelurahan Sudimara Pinang minta uang 50 ribu untuk surat pengantar, tidak bayar tidak dibuat."
FIRE = "Ada kebakaran di belakang Pasar Malabar, api sudah besar dan merambat ke rumah warga. Tolong segera!"
SPOT = {"place": "Jalan Rasuna Said, depan pasar", "kelurahan": "Cikokol, Tangerang"}
WHO = {"name": "Siti Aminah", "phone": "+628129876543", "contact": "yes"}
REPLY = "Lampu di depan gang sudah menyala lagi sejak tadi malam. Fittingnya kami ganti."

NAMES = """
form, form in English, form with mistakes, similar reports, lost link, lost link with a wrong code,
forbidden, not found, front hall, inbox,
receipt, receipt in English, answered, objection without words, forwarded, handed on, urgent, overdue, restricted,
asked, asked in English, asked and answered with nothing, data asked, correction without words,
asked whether it is solved, no without words,
officer, officer with a canned answer, officer left a blank, officer without words, officer with the contact,
officer after the answer, officer was too late, officer waits, officer with a draft,
officer with a replaced draft, officer with an older draft, officer overdue, unit,
restricted officer, superseded, superseded with words, expired, expired with words, expired desk,
desk, desk with a call, desk with a doubtful photo, desk archives for no reason, desk is not asked,
list, list of a kelurahan, list without such a kelurahan, list is over,
board, board preview, board with mistakes, board with data unanswered, mailbox link that is none, board is over,
table, table without a file, table of another version,
intake, intake with mistakes, intake receipt
"""
PAGES = listed(NAMES)


@dataclass(frozen=True)
class Page:
    """Where it is; and for the answer to a form what that form sends."""

    url: str
    sent: dict[str, str] = field(default_factory=dict)


def every_page(city: City) -> dict[str, Page]:
    """Once, with the city's clock moved by two months, so that there are links that have expired."""
    old = _old(city)
    return {
        **old,
        **_public(city),
        **_officers(city),
        **_answers(city),
        **_questions(city),
        **_units(city),
        **_desk(city),
        **_restricted(city),
        **_board(city, old["board"].url),
        **_intake(city, old["board"].url + "/baru"),
    }


def _public(city: City) -> dict[str, Page]:
    paths = {
        "form": "/",
        "form in English": "/?lang=en",
        "lost link": "/laporan",
        "forbidden": "/opd/x",
        "not found": "/tidak-ada",
        "front hall": "/_lokal",
        "inbox": "/_lokal/mail",
    }
    wrong = {"message": "lubang", "phone": "0", "email": "a@", "place": "Jalan Rasuna"}
    given(city, LAMP + " Nomor tiang 9.", DISHUB, phone_photo(), visibility="public", **SPOT)
    pages = {name: Page(city.url + path) for name, path in paths.items()}
    return pages | {
        "form with mistakes": Page(city.url + "/", wrong),
        "lost link with a wrong code": Page(city.url + "/laporan", {"ticket": "LKS-7K3M-9QXT-4", "code": "0000"}),
        "similar reports": Page(city.url + "/", {"message": LAMP, "similar": "ask", **SPOT}),
    }


def _old(city: City) -> dict[str, Page]:
    """Two cases that nobody touched, the mornings' lists of the department that has one of them, and one that was
    closed weeks ago.
    """
    desk = given(city, VAGUE, DESK)[1]
    city.submit(LAMP + " Nomor tiang 10.", phone=WHO["phone"])
    ticket, link = given(city, LAMP + " Nomor tiang 1.", DISHUB, **SPOT)
    solved, done = given(city, LAMP + " Nomor tiang 11.", DISHUB)
    city.act(done, "answer", message=REPLY)
    city.act(solved.url, "confirm")
    city.later(days=61)
    boards = open_boards(city)
    mornings = [mail.link for mail in city.mails(DISHUB) if mail.subject.startswith("Laksa ")]
    city.act(link, "renew")
    return {
        "expired desk": Page(desk),
        "expired": Page(link),
        "expired with words": Page(link, {"action": "answer", "message": REPLY}),
        "overdue": Page(ticket.url),
        "asked whether it is solved": Page(solved.url),
        "no without words": Page(solved.url, {"action": "dispute"}),
        "officer overdue": Page(city.mail(DISHUB, ticket.number, "tautan baru").link),
        "list": Page(mornings[-1]),
        "list of a kelurahan": Page(mornings[-1] + "?kelurahan=36.71.01.1005"),
        "list without such a kelurahan": Page(mornings[-1] + "?kelurahan=1"),
        "list is over": Page(mornings[0]),
        "board": Page(boards[-1]),
        "board is over": Page(boards[0]),
    }


def _officers(city: City) -> dict[str, Page]:
    ticket, link = given(city, LAMP, DISHUB, phone_photo(), **SPOT, **WHO)
    other = given(city, LAMP + " Nomor tiang 3.", DISHUB, **WHO)[1]
    city.act(other, "contact", reason="Petugas perlu dibukakan pagar gang.", officer="Bu Rani")
    blank = {"action": "answer", "message": "Lampu di [lokasi] sudah menyala.", "officer": "Bu Rani"}
    return {
        "receipt": Page(ticket.url),
        "receipt in English": Page(ticket.url + "?lang=en"),
        "officer": Page(link),
        "officer with a canned answer": Page(link + "?contoh=0"),
        "officer left a blank": Page(link, blank),
        "officer without words": Page(link, {"action": "ask"}),
        "officer with the contact": Page(other),
    }


def _answers(city: City) -> dict[str, Page]:
    ticket, link = given(city, LAMP + " Nomor tiang 4.", DISHUB, phone_photo(2))
    city.act(link, "answer", phone_photo(2), message=REPLY, officer="Bu Rani")
    moved, gone = given(city, LAMP + " Nomor tiang 5.", DISHUB)
    city.act(gone, "forward", to="PUPR", message="Ini lampu proyek.")
    doubt = city.mail(DESK, ticket.number, "foto bukti").link
    return {
        "answered": Page(ticket.url),
        "objection without words": Page(ticket.url, {"action": "dispute"}),
        "officer after the answer": Page(link),
        "officer was too late": Page(link, {"action": "answer", "message": "Sudah kami periksa tadi pagi."}),
        "superseded": Page(gone),
        "superseded with words": Page(gone, {"action": "answer", "message": REPLY}),
        "forwarded": Page(moved.url),
        "desk with a doubtful photo": Page(doubt),
    }


def _questions(city: City) -> dict[str, Page]:
    ticket, link = given(city, LAMP + " Nomor tiang 6.", DISHUB, lang="en")
    city.act(link, "ask", message="Gang yang mana? Mohon sebutkan RT dan RW-nya.", officer="Bu Rani")
    return {
        "asked": Page(ticket.url + "?lang=id"),
        "asked in English": Page(ticket.url),
        "asked and answered with nothing": Page(ticket.url, {"action": "add"}),
        "officer waits": Page(link),
    }


def _units(city: City) -> dict[str, Page]:
    ticket, link = given(city, LAMP + " Nomor tiang 7.", DISHUB, **SPOT)
    city.act(link, "delegate", to="DISHUB-PJU", message="Tolong dicek sore ini.", officer="Bu Rani")
    unit = city.mail("dishub-pju@opd.example", ticket.number).link
    city.act(unit, "answer", phone_photo(3), message=REPLY, officer="Pak Udin")
    return {"unit": Page(unit), "officer with a draft": Page(link), "handed on": Page(ticket.url), **_drafts(city)}


def _drafts(city: City) -> dict[str, Page]:
    """A unit has drafted twice; the department answers the draft that it has read before."""
    link = given(city, LAMP + " Nomor tiang 8.", DISHUB, **SPOT)[1]
    city.act(link, "delegate", to="DISHUB-PJU")
    unit = city.mail("dishub-pju@opd.example").link
    city.act(unit, "answer", phone_photo(3), message=REPLY, officer="Pak Udin")
    city.act(unit, "answer", phone_photo(4), message="Maaf, yang kami ganti tiang 8.", officer="Pak Udin")
    sent = {"action": "answer", "message": REPLY, "draft": "3", "draft_photos": "yes"}
    return {"officer with a replaced draft": Page(link), "officer with an older draft": Page(link, sent)}


def _desk(city: City) -> dict[str, Page]:
    fire, call = given(city, FIRE, DESK, **SPOT)
    vague = given(city, VAGUE + " Terima kasih.", DESK)[1]
    return {
        "urgent": Page(fire.url),
        "desk with a call": Page(call),
        "desk": Page(vague),
        "desk archives for no reason": Page(vague, {"action": "reject"}),
        "desk is not asked": Page(call, {"action": "assign", "to": "DLH"}),
    }


def _restricted(city: City) -> dict[str, Page]:
    ticket = city.submit(EXTORTION, email=CITIZEN)
    link = city.mail("inspektorat@opd.example", ticket.number).link
    return {"restricted": Page(ticket.url), "restricted officer": Page(link)}


def _board(city: City, link: str) -> dict[str, Page]:
    """With one case that was just assigned, and one for which something is chosen."""
    (gone, _), (waits, _) = (given(city, f"{VAGUE} Mohon {n} petugas.", DESK, **SPOT) for n in ("satu", "dua"))
    city.act(link, "confirm", **{f"to.{gone.number}": "DLH"})
    return {
        "board preview": Page(link, {"action": "assign", f"to.{waits.number}": "PUPR"}),
        "board with mistakes": Page(link, {"action": "assign", f"to.{waits.number}": "NASA"}),
        **_data(city, link, waits),
        **_table(f"{link}/tabel"),
    }


def _data(city: City, board: str, ticket: Ticket) -> dict[str, Page]:
    """Somebody asks for a copy of their data, and the desk presses without an answer."""
    city.act(ticket.url, "data", kind="copy", message="Mohon dikirim ke email saya.")
    unanswered = {"action": "data_done", "request": f"{ticket.number}.copy"}
    return {
        "data asked": Page(ticket.url),
        "correction without words": Page(ticket.url, {"action": "data", "kind": "correction"}),
        "board with data unanswered": Page(board, unanswered),
        "mailbox link that is none": Page(city.url + "/alamat/x"),
    }


def _table(url: str) -> dict[str, Page]:
    return {
        "table": Page(url),
        "table without a file": Page(url, {"action": "check"}),
        "table of another version": Page(url, {"action": "apply", "version": "0123456789ab"}),
    }


def _intake(city: City, form: str) -> dict[str, Page]:
    """What an operator writes down for somebody who came with a letter."""
    wrong = {"channel": "sp4n", "received_time": "25:00", "message": "lubang", "phone": "0"}
    sent = {"message": LAMP + " Nomor tiang 11.", "channel": "letter", "external_ref": "12/RW05", **SPOT}
    noted = city.http.post(form, json=sent, headers={"Accept": "application/json"}).json()
    city.idle()
    return {
        "intake": Page(form),
        "intake with mistakes": Page(form, wrong),
        "intake receipt": Page(f"{form}/{noted['ticket']}"),
    }
