"""`laksa export --subject`: all we hold on one person, as JSON, for that person."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Any

from functions.views.words import iso

if TYPE_CHECKING:
    from workflows.domain.complaint import Complaint
    from workflows.domain.data_request import DataRequest
    from workflows.ports import Document
    from workflows.privacy.subject import Report


def export_subject(typed: str) -> int:
    """Print all data held on a person as JSON (possibly none).

    Returns 2 if `typed` is neither e-mail, phone nor ticket.
    """
    from functions.wiring import runtime
    from workflows.privacy.subject import contact_of, reports_of

    try:
        field, value = contact_of(typed)
    except ValueError as error:
        sys.stderr.write(f"laksa: {error}\n")
        return 2
    rt = runtime()
    shape = {
        "subject": {"email" if field == "email_key" else field: value},
        "exported_at": iso(rt.clock.now()),
        "reports": [_shape(report) for report in reports_of(rt.store, field, value)],
    }
    sys.stdout.write(json.dumps(shape, ensure_ascii=False, indent=2) + "\n")
    return 0


def _shape(report: Report) -> dict[str, Any]:
    """The citizen's page, and what stands behind it."""
    from functions.services import case_of, context
    from functions.views.case_json import case_shape
    from functions.views.citizens_photos import for_citizen

    case = case_of(report.complaint)
    photos = [{"n": photo.n, "by": photo.by, "file": f"photos/{photo.name}"} for photo in for_citizen(case).photos]
    return (
        case_shape(context(), case)
        | _given(report.complaint)
        | {"contact": {name: report.reporter[name] for name in ("name", "email", "phone")}}
        | {"consents": {"contact": report.complaint.contact, "visibility": report.complaint.visibility}}
        | {"photos": photos}
        | _correspondence(report)
        | {"next_erasure_at": iso(report.complaint.erase_at)}
    )


def _given(complaint: Complaint) -> dict[str, Any]:
    """What was reported, where, when and by which way."""
    from workflows.domain.own_name import whole

    return {
        "received_at": iso(complaint.received_at),
        "ended_at": iso(complaint.ended_at),
        "kind": complaint.kind,
        "category": complaint.category,
        "place": whole(complaint.place),
        "kelurahan": complaint.kelurahan,
        "latitude": complaint.latitude,
        "longitude": complaint.longitude,
        "language": complaint.lang,
        "channel": complaint.arrival.channel,
        "external_ref": complaint.arrival.external_ref,
        "noted_at": iso(complaint.noted_at),
    }


def _correspondence(report: Report) -> dict[str, Any]:
    """Letters and mails there and back, and what the person has asked about their own data."""
    return {
        "letters": [_letter(letter) for letter in report.letters],
        "mails_received": [{"at": iso(mail["came_at"]), "outcome": mail.get("outcome")} for mail in report.mails],
        "data_requests": [_request(asked) for asked in report.requests],
    }


def _request(asked: DataRequest) -> dict[str, Any]:
    from workflows.domain.own_name import whole

    return {
        "kind": asked.kind,
        "asked_at": iso(asked.asked_at),
        "message": whole(asked.message),
        "done_at": iso(asked.done_at),
    }


def _letter(letter: Document) -> dict[str, Any]:
    asked, sent = letter.get("created_at"), letter.get("sent_at")
    return {"template": letter["template"], "state": letter["state"], "asked_at": iso(asked), "sent_at": iso(sent)}
