"""The quarter's question to a mailbox: its letter, and its page in every state."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta

from functions.views.mail.digests import render_overview
from functions.views.officer.mailbox_page import mailbox_page
from tests.views.list_cases import MORNING
from tests.views.page_cases import context
from workflows.domain.notifications.mailbox_check import MailboxCheck
from workflows.mail.address_changes import AddressLetter
from workflows.mail.send_notice import MailText
from workflows.office.mailbox_check import MailboxLetter

UNTIL = MORNING + timedelta(days=7)
CHECK = MailboxCheck("KEC-CILEDUG", "2026-Q4", "0123abcd", MORNING, UNTIL)
PATH = "/alamat/aB3dE5fG7hJ9kL1mN2pQ4rS6tU8.KEC-CILEDUG.2026-Q4.0123abcd"


def mailbox_letter() -> MailText:
    """The letter."""
    return render_overview(context(MORNING), MailboxLetter(CHECK.opd, PATH, UNTIL))


def address_letter(head: bool = False) -> MailText:
    """To the old address of a department, and to its head; every kind of address has changed."""
    changes = (("mailbox", "Ciledug", "l•••@kota.example"), ("head_mailbox", "Camat Ciledug", "c•••@kota.example"))
    behind = ("fallback_mailbox", "Ciledug", "")
    return render_overview(context(MORNING), AddressLetter(CHECK.opd, head, (*changes, behind), MORNING))


def mailbox_pages() -> dict[str, str]:
    """Name → page."""
    states = {
        "asked": CHECK,
        "confirmed": replace(CHECK, confirmed_at=MORNING, until=None),
        "phoned": replace(CHECK, called_at=MORNING, until=None),
        "over": None,
    }
    return {name: mailbox_page(context(MORNING), CHECK.opd, check) for name, check in states.items()}
