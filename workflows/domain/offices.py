"""The offices that every city has, and where mail goes until its table says so."""

from __future__ import annotations

import csv
import io

DESK = "DESK"
SEKDA = "SEKDA"
MAYOR = "WALIKOTA"
OFFICES = {
    DESK: ("Meja operator Laksa", "meja operator", "meja@laksa.example"),
    SEKDA: ("Sekretaris Daerah", "Sekda", "sekda@opd.example"),
    MAYOR: ("Wali Kota", "Wali Kota", "walikota@opd.example"),
}
"""Name, short name and mailbox."""


def usual_mailbox(code: str) -> str:
    """Where mail to an office goes whose cell is empty; of a department nobody reads it."""
    return OFFICES[code][2] if code in OFFICES else f"{code.lower()}@opd.example"


def desk_mailbox(departments: str) -> str:
    """The desk's mailbox in a table of departments (CSV with a head line), where nothing else of it is needed.

    KeyError where the column `code` or `mailbox` is missing: as a whole, too, that table cannot be used.
    """
    mailboxes = {row["code"]: row["mailbox"] for row in csv.DictReader(io.StringIO(departments))}
    return mailboxes.get(DESK) or usual_mailbox(DESK)
