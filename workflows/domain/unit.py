"""What stands under a department: a camat's kelurahan, a dinas's bidang and UPT."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass


@dataclass(frozen=True)
class Unit:
    """One unit; `opd` is the department that it stands under and that keeps the case. kind: one of UNIT_KINDS."""

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
    """The lines of a units table that stand under a department of that table, and whose code is none of theirs."""
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
