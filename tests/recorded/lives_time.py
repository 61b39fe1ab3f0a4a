"""What time alone does: reminders, the ladder up to the mayor, silence, the questionnaire, a quarter, erasure."""

from __future__ import annotations
from datetime import datetime, timedelta

from tests.recorded.letters import DESK, EXTORTION, FIRE, LAMP, QUESTION, TRASH, VAGUE, mailbox, reader
from tests.recorded.lives_desk import INSPECTORATE
from tests.recorded.lives_office import DISHUB, DLH, given
from tests.recorded.town import Ticket, Town

NOBODY: list[Ticket] = []


def left_alone(town: Town) -> None:
    """Sent in and never touched again: with a department, at the desk, in danger, asked, answered."""
    NOBODY.clear()
    for letter, to in (
        (LAMP.format(n=61), DISHUB),
        (TRASH.format(n=62), DLH),
        (EXTORTION.format(n=63), INSPECTORATE),
        (VAGUE.format(n=64), DESK),
        (FIRE.format(n=65), mailbox("BPBD")),
    ):
        ticket = town.submit(letter, email=reader(60 + len(NOBODY)))
        town.mail(to, ticket.number)
        NOBODY.append(ticket)
    asked, link = given(town, LAMP.format(n=66), DISHUB, email=reader(66))
    town.act(link, "ask", message="Tiang nomor berapa?")
    answered, link = given(town, QUESTION.format(n=67), mailbox("DISDUKCAPIL"), email=reader(67))
    town.act(link, "answer", message="Tiga hari kerja.")
    unheard, link = given(town, LAMP.format(n=68), DISHUB)
    town.act(link, "answer", message="Sudah menyala.")
    town.clock.wait(minutes=15)
    flood = [town.submit(TRASH.format(n=n), email=reader(n)) for n in range(70, 82)]
    NOBODY.extend((asked, answered, unheard, *flood))


def weeks_pass(town: Town) -> None:
    """Twelve days, by the page that moves the clock; each time everybody looks."""
    for days in (1, 2, 4, 5):
        town.clock_to(town.clock.now() + timedelta(days=days))
        for ticket in NOBODY[:6]:
            town.both(ticket.path)
        town.both(town.board())
        for to in (DISHUB, mailbox("WALIKOTA")):
            town.both(*lists_of(town, to))


def lists_of(town: Town, to: str) -> list[str]:
    """The newest list that an office was sent."""
    lines = [line for mail in reversed(town.mails) if mail.to == to for line in mail.text.splitlines()]
    return [line.split("8080", 1)[1] for line in lines if "/kasus/" in line and line.startswith("http")][:1]


def morning(town: Town, *days: str) -> None:
    """Of all that the schedule runs only that day's digest and two sweeps."""
    for day in days:
        town.tick("sweep", datetime.fromisoformat(f"{day}T06:55:00+07:00"))
        town.tick("morning_digest", datetime.fromisoformat(f"{day}T07:00:00+07:00"))
        town.tick("sweep", datetime.fromisoformat(f"{day}T07:05:00+07:00"))


def a_quarter_begins(town: Town) -> None:
    """Every department is asked whether it reads its mailbox; one says so, one is phoned."""
    morning(town, "2026-08-03", "2026-08-31", "2026-10-01")
    link = town.mail(DLH, subject="masih dibaca?").link
    town.both(link)
    town.press(link, "confirm")
    town.act(link, "confirm")
    town.act(link, "x", status=422)
    morning(town, "2026-10-12")
    board = town.board()
    town.both(board)
    town.press(board, "mailbox_called", opd="PUPR")
    town.act(board, "mailbox_called", opd="NASA", status=422)


def questionnaire_answered(town: Town) -> None:
    """Weeks after: one says it is solved, one that it is not."""
    for ticket, action in zip(NOBODY[5:7], ("confirm", "dispute"), strict=True):
        town.both(ticket.path)
        town.ask("POST", ticket.path, step=action, data={"action": action, "message": "Kata saya."})
        town.both(ticket.path)


def by_command(town: Town) -> None:
    """What the command prints."""
    for ticket in NOBODY[:4]:
        town.command("case", ticket.number)
    town.command("case", NOBODY[0].number, "--json")
    town.command("export")
    town.command("export", "--subject", reader(1))
    town.command("erase", NOBODY[0].number, code=1)
    town.command("erase", NOBODY[0].number, "--whole", "--yes")
    town.command("erase", NOBODY[1].number, "--yes", code=0)
    for ticket in NOBODY[:2]:
        town.both(ticket.path)


def overtaken(town: Town) -> None:
    """Mails that are written only after their matter has gone on."""
    ticket, desk = given(town, VAGUE.format(n=82), DESK, email=reader(82))
    other, link = given(town, LAMP.format(n=83), DISHUB, email=reader(83))
    town.bus.held = True
    town.act(desk, "assign", to="DLH")
    town.act(ticket.path, "withdraw")
    town.act(link, "schedule", date="2026-07-14", message="Selasa.")
    town.act(link, "answer", message="Ternyata sudah menyala.")
    town.bus.held = False
    town.both(ticket.path, other.path, link)


BEFORE = (overtaken, left_alone, weeks_pass, a_quarter_begins, questionnaire_answered, by_command)


def years_pass(town: Town) -> None:
    """Contacts go after a year, photos after two."""
    for months in (13, 25):
        at = datetime.fromisoformat("2026-10-15T09:00:00+07:00") + timedelta(days=31 * months)
        for minutes in range(0, 60, 5):
            town.tick("sweep", at + timedelta(minutes=minutes))
    for ticket in NOBODY[:5]:
        town.both(ticket.path)
