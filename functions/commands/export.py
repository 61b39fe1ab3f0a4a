"""`laksa export`: open data; what people put right after the router; all held on one person; the whole city."""

from __future__ import annotations

import argparse
import csv
import io
import os
import sys
from collections.abc import Iterable
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from functions.commands.move import ABOUT_KEYS, export_whole_city
from functions.commands.open_data import export_open_data
from functions.commands.subject_export import export_subject
from workflows.adapters.owner_only import OWNER_ONLY

if TYPE_CHECKING:
    from workflows.records.corrections import Correction, Corrections

_CARE = "The texts may name people: keep the file as carefully as the reports."

_ABOUT = (
    "Without an option: the city's reports as open data on standard output, one CSV row each: dates by day, "
    "category, department, how it went; no words, no contact, no restricted ones, and of confidential ones "
    "neither number nor kelurahan."
)


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    words = "open data without personal data; the desk's corrections; one person's data; the whole city"
    parser = subparsers.add_parser("export", help=words, description=_ABOUT, epilog=ABOUT_KEYS)
    which = parser.add_mutually_exclusive_group()
    which.add_argument(
        "--training",
        metavar="FILE",
        help="what the desk corrected, as texts the router can learn from: a CSV file for its owner only",
    )
    which.add_argument(
        "--subject",
        metavar="WHO",
        help="all held on an e-mail address, a phone or one report, as JSON; nobody else's",
    )
    which.add_argument("--all", metavar="FILE", help="the whole city, to be moved; it must be stopped")
    parser.add_argument("--with-keys", action="store_true", help="with --all: the keys that sign links, too")
    parser.add_argument("--restricted", action="store_true", help="with --training: restricted cases, too")
    parser.add_argument("--json", action="store_true", help="open data as one JSON object for each line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print open data or what is held on a person; or write the file and say how many letters are in it."""
    if args.subject is not None:
        return export_subject(args.subject)
    if args.all is not None:
        return export_whole_city(args)
    if args.training is None:
        return export_open_data(args.json)
    from functions.wiring import runtime
    from workflows.records.corrections import corrections

    found = corrections(runtime().store, args.restricted)
    _write(Path(args.training), as_csv(found.letters))
    sys.stderr.write(f"laksa: {_told(found)} in {args.training}. {_CARE}\n")
    return 0


def _told(found: Corrections) -> str:
    left_out = f", {found.restricted} restricted left out," if found.restricted else ""
    return f"{len(found.letters)} letters{left_out}"


def as_csv(letters: Iterable[Correction]) -> str:
    """The columns that training reads."""
    from workflows.records.corrections import Correction

    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Correction)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(asdict, letters))
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    """For its owner only from the first byte on, also where a file of that name was there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        os.fchmod(descriptor, OWNER_ONLY)
        file.write(text)
