"""The quarterly question to a department's mailbox, as a mail and as the page behind it."""

from __future__ import annotations

from functions.views.mail.facts import TemplateVars
from functions.views.shared.complaint_json import Shape
from functions.views.shared.context import Context
from functions.views.shared.rendering import full_moment, iso, render
from functions.views.shared.status_text import office_name
from workflows.domain.notifications.mailbox_check import MailboxCheck
from workflows.office.mailbox_check import MailboxLetter


def mailbox_facts(ctx: Context, letter: MailboxLetter) -> TemplateVars:
    """The template's variables."""
    return {
        "addressee": office_name(ctx, letter.opd, full=True),
        "opd": office_name(ctx, letter.opd, full=True),
        "short": office_name(ctx, letter.opd),
        "until": full_moment(letter.until, "id"),
        "link": ctx.url + letter.path,
    }


def mailbox_page(ctx: Context, opd: str, check: MailboxCheck | None) -> str:
    """The question, the thanks once it was answered, or the note that a newer one has replaced it."""
    return render(
        "mailbox.html",
        "id",
        opd=office_name(ctx, opd, full=True),
        short=office_name(ctx, opd),
        check=check,
        until=full_moment(check.until, "id") if check and check.until else "",
        confirmed=full_moment(check.confirmed_at, "id") if check and check.confirmed_at else "",
    )


def mailbox_json(ctx: Context, opd: str, check: MailboxCheck | None) -> Shape:
    """The page for machines; `over`: a newer question has replaced it."""
    return {
        "department": {"code": opd, "name": office_name(ctx, opd, full=True)},
        "until": iso(check.until) if check else None,
        "confirmed_at": iso(check.confirmed_at) if check else None,
        "over": check is None,
    }
