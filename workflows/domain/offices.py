"""The offices that every city has, with default addresses until its table names others. Also finds the institution
outside the city that an operator's choice means.
"""

from __future__ import annotations
import csv
import io
from collections.abc import Mapping

from workflows.errors import FieldError, InvalidInput

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
    """The default address of an office; nobody reads that of a department."""
    return OFFICES[code][2] if code in OFFICES else f"{code.lower()}@opd.example"


def desk_mailbox(departments: str) -> str:
    """The desk's mailbox in a table of departments (CSV with a head line), where nothing else of it is needed.

    KeyError where the column `code` or `mailbox` is missing: as a whole, too, that table cannot be used.
    """
    mailboxes = {row["code"]: row["mailbox"] for row in csv.DictReader(io.StringIO(departments))}
    return mailboxes.get(DESK) or usual_mailbox(DESK)


PREFIX = "EXT-"
MAX_REPEATED = 100
"""Characters of a wrong choice that its error repeats."""


def named_institution(sent: str, names: Mapping[str, str]) -> str:
    """The code of the institution that was meant by its code, with or without PREFIX, or by its name.

    names: code → name of those that are offered. InvalidInput lists their codes.
    """
    wanted = sent.strip().casefold()
    for code, name in names.items():
        if wanted and wanted in (code.casefold(), code.removeprefix(PREFIX).casefold(), name.casefold()):
            return code
    raise InvalidInput([not_offered("to", sent, names)])


def not_offered(field: str, sent: str, offered: Mapping[str, str] | tuple[str, ...]) -> FieldError:
    """The error of a choice from a closed list; it tells machines the whole list."""
    possible = {"possible": list(offered)}
    if not sent.strip():
        return FieldError(field, "bad_choice", possible)
    return FieldError(field, "not_offered", {"x": sent.strip()[:MAX_REPEATED], **possible})
