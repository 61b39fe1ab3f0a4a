"""Departments with their units (a camat's kelurahan, a dinas's bidang and UPT), the other offices that get mail,
and their addresses.
"""

from __future__ import annotations
import csv
import io
from collections.abc import Iterable
from dataclasses import field

from workflows.domain.offices import MAYOR, OFFICES, SEKDA, usual_mailbox
from workflows.frozen import frozen


@frozen
class Unit:
    """One unit; `opd` is its department, which keeps the complaint. `kind`: one of UNIT_KINDS."""

    code: str
    opd: str
    name: str
    short: str
    kind: str
    head: str
    mailbox: str
    phone: str = ""


def read_units(text: str) -> dict[str, Unit]:
    """The units table (CSV with a head line) by code, in its order; empty mailboxes get the default."""
    return {row["code"]: _unit(row) for row in csv.DictReader(io.StringIO(text))}


def units_fitting(text: str, departments: str) -> str:
    """The rows of a units table whose department is in that departments table, and whose code is no
    department's.
    """
    known = {row.get("code") for row in csv.DictReader(io.StringIO(departments))}
    rows = csv.DictReader(io.StringIO(text))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows.fieldnames or (), lineterminator="\n")
    writer.writeheader()
    writer.writerows(row for row in rows if row["opd"] in known and row["code"] not in known)
    return out.getvalue()


def unit_of_kelurahan(name: str) -> str:
    """The code of a kelurahan's unit: Poris Plawad → KEL-PORISPLAWAD."""
    return "KEL-" + name.upper().replace(" ", "")


def _unit(row: dict[str, str]) -> Unit:
    code = row["code"]
    return Unit(
        code=code,
        opd=row["opd"],
        name=row["name"],
        short=row["short"],
        kind=row["kind"],
        head=row["head"],
        mailbox=row["mailbox"] or f"{code.lower()}@opd.example",
        phone=row.get("phone") or "",
    )


OWN_OFFICES = {"sekda": frozenset({SEKDA, "SETDA"}), "mayor": frozenset({MAYOR})}
"""Person of the executive reports → the codes that mean them."""
EXTERNAL = "EXTERNAL"
DESK_HEAD = "DISKOMINFO"
"""The department that runs the desk: the desk's ladder goes up to its head."""

NO_DEPARTMENT = "office"
"""The kind of an office that gets mails but no complaints: the desk, the Sekda, an assistant of his, the mayor."""


def usual_head_mailbox(code: str) -> str:
    """The default mailbox of a department's head."""
    return f"kepala.{code.lower()}@opd.example"


@frozen
class Department:
    """One OPD, or another office that Laksa writes to. asisten: the Sekda's assistant who coordinates it."""

    code: str
    name: str
    short: str
    kind: str
    head: str
    mailbox: str
    head_mailbox: str
    phone: str = ""
    fallback_mailbox: str = ""
    asisten: str = ""

    @property
    def receives(self) -> bool:
        """Whether complaints can be assigned to it."""
        return self.kind not in ("external", NO_DEPARTMENT)

    @property
    def has_own_mailbox(self) -> bool:
        """Whether the table names an address other than the default one, which nobody reads."""
        return self.mailbox.casefold() != usual_mailbox(self.code)


@frozen
class Directory:
    """All departments and units by code; an unknown code is a KeyError, so that no mail is lost."""

    departments: dict[str, Department]
    units: dict[str, Unit] = field(default_factory=dict)

    def get(self, code: str) -> Department | None:
        """The office of that code, or None."""
        return self.departments.get(code)

    def __getitem__(self, code: str) -> Department:
        return self.departments[code]

    def assignable(self) -> tuple[Department, ...]:
        """Every department of the city a case can be given to."""
        return tuple(d for d in self.departments.values() if d.receives)

    def receiver(self, code: str) -> Department | None:
        """The department of that code if complaints can be assigned to it, else None."""
        department = self.departments.get(code)
        return department if department and department.receives else None

    def asisten_of(self, code: str) -> str:
        """The office of the Sekda's assistant for that department; empty where the table names none."""
        department = self.get(code)
        return department.asisten if department and department.asisten in self.departments else ""

    def unit(self, code: str) -> Unit | None:
        """The unit of that code, or None."""
        return self.units.get(code)

    def units_of(self, opd: str) -> tuple[Unit, ...]:
        """The units of a department in the table's order."""
        return tuple(unit for unit in self.units.values() if unit.opd == opd)

    def address(self, role: str, code: str, fallback: bool = False) -> str:
        """The mailbox of an office in a role: its head's, or its own; with `fallback` the fallback one. In the
        role `unit`, the code is a unit's, which has no fallback.
        """
        if role == "unit":
            return self.units[code].mailbox
        office = self.departments[code]
        if fallback and office.fallback_mailbox:
            return office.fallback_mailbox
        return office.head_mailbox if role == "head" else office.mailbox


def read_departments(text: str, units: str = "") -> Directory:
    """The tables of departments and of units (CSV with a head line); empty mailboxes get the default."""
    rows = csv.DictReader(io.StringIO(text))
    given = {d.code: d for d in map(_department, rows)}
    return Directory({**given, **{d.code: d for d in _offices() if d.code not in given}}, read_units(units))


def _department(row: dict[str, str]) -> Department:
    code = row["code"]
    return Department(
        code=code,
        name=row["name"],
        short=row["short"],
        kind=row["kind"],
        head=row["head"],
        mailbox=row["mailbox"] or usual_mailbox(code),
        head_mailbox=row["head_mailbox"] or usual_head_mailbox(code),
        phone=row.get("phone") or "",
        fallback_mailbox=row.get("fallback_mailbox") or "",
        asisten=row.get("asisten") or "",
    )


def _offices() -> Iterable[Department]:
    for code, (name, short, mailbox) in OFFICES.items():
        yield Department(code, name, short, NO_DEPARTMENT, name, mailbox, mailbox)
