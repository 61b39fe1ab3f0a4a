"""Letters about many cases, as subject, text and HTML."""

from __future__ import annotations

from functions.views.context import Context
from functions.views.mail_address import address_facts
from functions.views.mail_desk_digest import board_link_facts, desk_facts
from functions.views.mail_digest import digest_facts
from functions.views.mail_lists import list_facts
from functions.views.mailbox_page import mailbox_facts
from functions.views.mails import render_letter, render_table
from functions.views.words import short_date
from workflows.desk.board_link import BoardLink
from workflows.domain.notifications.kinds import NoticeName
from workflows.mail.address_letters import AddressLetter
from workflows.mail.letters import MailText
from workflows.mail.overviews import DeskDigest, Digest, ListMail, Overview, Table
from workflows.office.mailboxes import MailboxLetter


def render_overview(ctx: Context, overview: Overview) -> MailText:
    """The letter an overview is for; Indonesian, as offices read it."""
    today = f"Laksa {short_date(ctx.now)}"
    match overview:
        case Table(to, cases):
            return render_table(ctx, to, cases)
        case Digest():
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
