"""The desk's board: the links that its letters bring."""

from __future__ import annotations

from tests.journeys.city import City
from tests.journeys.offices import DESK


def boards(city: City) -> list[str]:
    """Links of the desk's mornings, oldest first."""
    mornings = [mail for mail in city.mails(DESK) if mail.subject.startswith("Laksa ")]
    return [next(line for line in mail.text.splitlines() if "/papan/" in line) for mail in mornings]


def next_board(city: City) -> str:
    """The link that the next working day's letter brings."""
    known = set(boards(city))
    for _ in range(14):
        city.later(days=1)
        if newer := [link for link in boards(city) if link not in known]:
            return newer[-1]
    raise AssertionError("no letter in two weeks")


def open_boards(city: City) -> list[str]:
    """Every link that has come, the last of them of a shift that is not over."""
    for _ in range(14):
        links = [line for mail in city.mails(DESK) for line in mail.text.splitlines() if "/papan/" in line]
        if links and city.http.get(links[-1]).status_code == 200:
            return links
        city.later(days=1)
    raise AssertionError("no morning in two weeks")
