"""The card to keep: the whole link of a report, the same for a phone's camera, and a code to read aloud."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from functions.views.context import Context
from workflows.domain.complaint import Complaint
from workflows.mail.case_links import path_by_key


@dataclass(frozen=True)
class KeepCard:
    """Ticket, address in full, its QR code as SVG markup, the code to read aloud, and what can bring it back.

    again: `email`, `phone`, or empty where nothing but the card leads to the report.
    """

    ticket: str
    link: str
    qr: str
    code: str
    again: str


def keep_card(ctx: Context, complaint: Complaint, key: str) -> KeepCard:
    """What the citizen has to keep of a report."""
    link = ctx.url + path_by_key(complaint.ticket, key)
    code = ctx.links.spoken_code(complaint.ticket, complaint.key_version)
    return KeepCard(complaint.ticket, link, qr_code(link), code, _brought_back_by(complaint))


def _brought_back_by(complaint: Complaint) -> str:
    if complaint.reachable:
        return "email"
    return "phone" if complaint.can_be_told else ""


@lru_cache(maxsize=256)
def qr_code(link: str) -> str:
    """An inline SVG without any style of its own, so that a strict policy lets it be."""
    import segno

    code = segno.make(link, micro=False, error="m")
    return str(code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))
