"""`laksa export`: what people put right after the router, to learn from; or all that is held on one person."""

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

from functions.subject_export import export_subject

if TYPE_CHECKING:
    from workflows.corrections import Correction, Corrections

_OWNER_ONLY = 0o600
_CARE = "The texts may name people: keep the file as carefully as the reports."


def add_parser(subparsers: Any) -> None:
    """Declare the command."""
    parser = subparsers.add_parser("export", help="the desk's corrections; all that is held on one person")
    which = parser.add_mutually_exclusive_group(required=True)
    which.add_argument("--training", metavar="FILE", help="a CSV file, written for its owner only")
    which.add_argument("--subject", metavar="EMAIL-OR-PHONE", help="all that is held on that person, as JSON")
    parser.add_argument("--restricted", action="store_true", help="restricted cases, too")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Write the file and say how many letters are in it; or print what is held on a person."""
    if args.subject is not None:
        return export_subject(args.subject)
    from functions.wiring import runtime
    from workflows.corrections import corrections

    found = corrections(runtime().store, args.restricted)
    _write(Path(args.training), as_csv(found.letters))
    sys.stderr.write(f"laksa: {_told(found)} in {args.training}. {_CARE}\n")
    return 0


def _told(found: Corrections) -> str:
    left_out = f", {found.restricted} restricted left out," if found.restricted else ""
    return f"{len(found.letters)} letters{left_out}"


def as_csv(letters: Iterable[Correction]) -> str:
    """The columns that training reads."""
    from workflows.corrections import Correction

    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Correction)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(asdict, letters))
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    """For its owner only from the first byte on, also where a file of that name was there."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, _OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        os.fchmod(descriptor, _OWNER_ONLY)
        file.write(text)
