"""Mails about many complaints, as subject, text and HTML. Also the mail to the old mailbox of an office whose
address was changed.
"""

from __future__ import annotations

from functions.views.mail.department_digest import digest_facts
from functions.views.mail.desk_digest import board_link_facts, desk_facts
from functions.views.mail.facts import TemplateVars
from functions.views.mail.lists import list_facts
from functions.views.mail.render import render_letter, render_table
from functions.views.officer.mailbox_page import mailbox_facts
from functions.views.shared.context import Context
from functions.views.shared.i18n import full_moment, short_date
from functions.views.shared.status_text import office_name
from workflows.desk.board_link import BoardLink
from workflows.domain.directory import DESK_HEAD
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.notifications.mailbox_check import FALLBACK, MAILBOX
from workflows.domain.offices import DESK
from workflows.mail.address_changes import AddressLetter
from workflows.mail.digests import DepartmentDigest, DeskDigest, ExecutiveReport, ListMail, Overview
from workflows.mail.send_notice import MailText
from workflows.office.mailbox_check import MailboxLetter


def address_facts(ctx: Context, letter: AddressLetter) -> TemplateVars:
    """The template's variables; of a new address only its first letter and its domain."""
    held = ctx.directory.get(letter.opd)
    return {
        "addressee": held.head if held and letter.head else office_name(ctx, letter.opd, full=True),
        "head": letter.head,
        "short": office_name(ctx, letter.opd),
        "changed": [_sentence(ctx, letter, *change) for change in letter.changes],
        "desk": ctx.directory[DESK].mailbox,
        "runs_desk": office_name(ctx, DESK_HEAD, full=True),
    }


def _sentence(ctx: Context, letter: AddressLetter, field: str, whose: str, new: str) -> str:
    name = office_name(ctx, letter.opd, full=True) if field == MAILBOX else whose
    what = f"Alamat cadangan {name}" if field == FALLBACK else f"Alamat email {name}"
    at = full_moment(letter.at, "id")
    return f"{what} di Laksa diganti menjadi {new}, sejak {at}." if new else f"{what} dihapus dari Laksa, {at}."


def render_overview(ctx: Context, overview: Overview) -> MailText:
    """The mail of an overview; Indonesian, as offices read it."""
    today = f"Laksa {short_date(ctx.now)}"
    match overview:
        case ExecutiveReport(to, cases):
            return render_table(ctx, to, cases)
        case DepartmentDigest():
            return render_letter(NoticeName.DIGEST, "id", today, digest_facts(ctx, overview))
        case DeskDigest():
            return render_letter(NoticeName.DESK_DIGEST, "id", today, desk_facts(ctx, overview))
        case MailboxLetter():
            return render_letter(NoticeName.MAILBOX_CHECK, "id", "Laksa", mailbox_facts(ctx, overview))
        case BoardLink():
            return render_letter(NoticeName.BOARD_LINK, "id", "Laksa", board_link_facts(ctx, overview))
        case AddressLetter():
            return render_letter(NoticeName.ADDRESS_CHANGED, "id", "Laksa", address_facts(ctx, overview))
        case ListMail():
            return render_letter(overview.template, "id", "Laksa", list_facts(ctx, overview))
