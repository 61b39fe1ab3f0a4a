"""The card to keep: the whole link of a report, and the same as a code for a phone's camera."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from functions.views.context import Context
from workflows.domain.complaint import Complaint


@dataclass(frozen=True)
class KeepCard:
    """Ticket, address in full, its QR code as SVG markup, and whether a contact can bring it back."""

    ticket: str
    link: str
    qr: str
    only_way: bool


def keep_card(ctx: Context, complaint: Complaint, key: str) -> KeepCard:
    """What the citizen has to keep of a report."""
    link = f"{ctx.url}/laporan/{complaint.ticket}/{key}"
    return KeepCard(complaint.ticket, link, qr_code(link), only_way=not complaint.reachable)


@lru_cache(maxsize=256)
def qr_code(link: str) -> str:
    """An inline SVG without any style of its own, so that a strict policy lets it be."""
    import segno

    code = segno.make(link, micro=False, error="m")
    return str(code.svg_inline(border=2, omitsize=True, svgclass=None, lineclass=None))
