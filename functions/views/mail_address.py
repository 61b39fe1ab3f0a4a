"""The letter to whoever read an office's mail until its address was changed."""

from __future__ import annotations

from functions.views.context import Context
from functions.views.mail_facts import Facts
from functions.views.standing import office
from functions.views.words import full_moment
from workflows.domain.department import DESK_HEAD
from workflows.domain.notifications.mailbox_check import FALLBACK, MAILBOX
from workflows.domain.offices import DESK
from workflows.mail.address_letters import AddressLetter


def address_facts(ctx: Context, letter: AddressLetter) -> Facts:
    """What the letter shows; of a new address no more than its domain and its first letter."""
    held = ctx.directory.get(letter.opd)
    return {
        "addressee": held.head if held and letter.head else office(ctx, letter.opd, full=True),
        "head": letter.head,
        "short": office(ctx, letter.opd),
        "changed": [_sentence(ctx, letter, *change) for change in letter.changes],
        "desk": ctx.directory[DESK].mailbox,
        "runs_desk": office(ctx, DESK_HEAD, full=True),
    }


def _sentence(ctx: Context, letter: AddressLetter, field: str, whose: str, new: str) -> str:
    name = office(ctx, letter.opd, full=True) if field == MAILBOX else whose
    what = f"Alamat cadangan {name}" if field == FALLBACK else f"Alamat email {name}"
    at = full_moment(letter.at, "id")
    return f"{what} di Laksa diganti menjadi {new}, sejak {at}." if new else f"{what} dihapus dari Laksa, {at}."
