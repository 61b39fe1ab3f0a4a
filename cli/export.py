"""`laksa export`: the city's complaints as open data (CSV or JSON lines, newest first), people's corrections of
the router as training data, or with `--subject` all data held on one person as JSON.
"""

from __future__ import annotations
import argparse
import csv
import io
import json
import os
import sys
from collections.abc import Iterable, Iterator
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cli.migrate import ABOUT_KEYS, export_whole_city
from functions.views.shared.rendering import iso
from workflows.adapters.local_files import OWNER_ONLY

if TYPE_CHECKING:
    from workflows.domain.complaint.model import Complaint
    from workflows.domain.privacy.data_request import DataRequest
    from workflows.ports import Document
    from workflows.privacy.subject import Report
    from workflows.records.corrections import Correction, Corrections


def export_open_data(as_json: bool) -> int:
    """Print the rows; on stderr the number of rows and of complaints that are in none."""
    from workflows.domain.reporting import COLUMNS

    counted = {"open": 0, "left out": 0}
    writer = csv.writer(sys.stdout, lineterminator="\n")
    if not as_json:
        writer.writerow(COLUMNS)
    for row in _rows(counted):
        if as_json:
            sys.stdout.write(json.dumps(dict(zip(COLUMNS, row, strict=True)), ensure_ascii=False) + "\n")
        else:
            writer.writerow(row)
    sys.stderr.write(f"laksa: {counted['open']} reports, {counted['left out']} restricted or held back left out\n")
    return 0


def _rows(counted: dict[str, int]) -> Iterator[tuple[str, ...]]:
    from functions.app.container import container
    from workflows.domain.reporting import FIELDS, is_open, open_row
    from workflows.records.monthly_summary import leads_of
    from workflows.records.queries import every_page

    rt = container()
    areas = rt.labels.kelurahan
    for page in every_page(rt.store, (), FIELDS):
        leads = leads_of(rt.store, page)
        for case in page:
            counted["open" if is_open(case) else "left out"] += 1
            if is_open(case):
                yield open_row(case, leads.get(case.parent), areas.get(case.kelurahan or "", ("", ""))[1])


def export_subject(typed: str) -> int:
    """Print all data held on a person as JSON (possibly none).

    Returns 2 if `typed` is neither e-mail, phone nor ticket.
    """
    from functions.app.container import container
    from workflows.privacy.subject import contact_of, reports_of

    try:
        field, value = contact_of(typed)
    except ValueError as error:
        sys.stderr.write(f"laksa: {error}\n")
        return 2
    rt = container()
    shape = {
        "subject": {"email" if field == "email_key" else field: value},
        "exported_at": iso(rt.clock.now()),
        "reports": [_shape(report) for report in reports_of(rt.store, field, value)],
    }
    sys.stdout.write(json.dumps(shape, ensure_ascii=False, indent=2) + "\n")
    return 0


def _shape(report: Report) -> dict[str, Any]:
    """One complaint of the person: the citizen's page and the data behind it."""
    from functions.views.citizen.page import for_citizen
    from functions.views.shared.complaint_json import case_shape
    from functions.web.factories import case_of, context
    from workflows.domain.access import Audience

    case = case_of(report.complaint, Audience.REPORTER)
    seen = case.complaint
    photos = [{"n": photo.n, "by": photo.by, "file": f"photos/{photo.name}"} for photo in for_citizen(case).photos]
    return (
        case_shape(context(), case)
        | _given(seen)
        | {"contact": {name: report.reporter[name] for name in ("name", "email", "phone")}}
        | {"consents": {"contact": seen.reach.consent, "visibility": seen.visibility}}
        | {"photos": photos}
        | _correspondence(report)
        | {"next_erasure_at": iso(seen.erasure.erase_at)}
    )


def _given(complaint: Complaint) -> dict[str, Any]:
    """What was reported, where, when and through which channel."""
    from workflows.domain.privacy.redaction import untagged

    return {
        "received_at": iso(complaint.received_at),
        "ended_at": iso(complaint.erasure.ended_at),
        "kind": complaint.kind,
        "category": complaint.category,
        "place": untagged(complaint.place),
        "kelurahan": complaint.kelurahan,
        "latitude": complaint.latitude,
        "longitude": complaint.longitude,
        "language": complaint.lang,
        "channel": complaint.arrival.channel,
        "external_ref": complaint.arrival.external_ref,
        "noted_at": iso(complaint.noted_at),
    }


def _correspondence(report: Report) -> dict[str, Any]:
    """Mails in both directions, and the person's requests about their own data."""
    return {
        "letters": [_letter(letter) for letter in report.letters],
        "mails_received": [{"at": iso(mail["came_at"]), "outcome": mail.get("outcome")} for mail in report.mails],
        "data_requests": [_request(asked) for asked in report.requests],
    }


def _request(asked: DataRequest) -> dict[str, Any]:
    from workflows.domain.privacy.redaction import untagged

    return {
        "kind": asked.kind,
        "asked_at": iso(asked.asked_at),
        "message": untagged(asked.message),
        "done_at": iso(asked.done_at),
    }


def _letter(letter: Document) -> dict[str, Any]:
    asked, sent = letter.get("created_at"), letter.get("sent_at")
    return {"template": letter["template"], "state": letter["state"], "asked_at": iso(asked), "sent_at": iso(sent)}


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
        "--subject", metavar="WHO", help="all held on an e-mail address, a phone or one report, as JSON; nobody else's"
    )
    which.add_argument("--all", metavar="FILE", help="the whole city, to be moved; it must be stopped")
    parser.add_argument("--with-keys", action="store_true", help="with --all: the keys that sign links, too")
    parser.add_argument("--restricted", action="store_true", help="with --training: restricted cases, too")
    parser.add_argument("--json", action="store_true", help="open data as one JSON object for each line")
    parser.set_defaults(run=run)


def run(args: argparse.Namespace) -> int:
    """Print open data or a person's data; or write the training file and print its number of texts."""
    if args.subject is not None:
        return export_subject(args.subject)
    if args.all is not None:
        return export_whole_city(args)
    if args.training is None:
        return export_open_data(args.json)
    from functions.app.container import container
    from workflows.records.corrections import corrections

    found = corrections(container().store, args.restricted)
    _write(Path(args.training), as_csv(found.letters))
    sys.stderr.write(f"laksa: {_told(found)} in {args.training}. {_CARE}\n")
    return 0


def _told(found: Corrections) -> str:
    left_out = f", {found.restricted} restricted left out," if found.restricted else ""
    return f"{len(found.letters)} letters{left_out}"


def as_csv(letters: Iterable[Correction]) -> str:
    """The corrections as CSV with the columns that training reads."""
    from workflows.records.corrections import Correction

    text = io.StringIO()
    writer = csv.DictWriter(text, [field.name for field in fields(Correction)], lineterminator="\n")
    writer.writeheader()
    writer.writerows(map(asdict, letters))
    return text.getvalue()


def _write(path: Path, text: str) -> None:
    """Write a file readable only by its owner from the first byte on, also if a file of that name exists."""
    descriptor = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, OWNER_ONLY)
    with os.fdopen(descriptor, "w", encoding="utf-8", newline="") as file:
        os.fchmod(descriptor, OWNER_ONLY)
        file.write(text)
