"""The desk's morning mail: whom to phone, and what Laksa cannot repair itself."""

from __future__ import annotations

from collections.abc import Sequence

from functions.views.desk.alarms import (
    FEW,
    call_words,
    choose_words,
    data_words,
    dead_words,
    letters_words,
    line_words,
    mailbox_words,
    phone_words,
    recipient_words,
    silent_words,
    tell_words,
    year_words,
)
from functions.views.mail.facts import TemplateVars
from functions.views.shared.context import Context
from functions.views.shared.i18n import full_moment, number
from workflows.desk.board_link import BoardLink
from workflows.domain.complaint.model import Complaint
from workflows.domain.notifications.mailbox_check import MailboxCheck
from workflows.mail.digests import DeskDigest

MAX_LISTED = 7
"""Rows of each list: more would make the mail too large, and the board has them all."""


def desk_facts(ctx: Context, digest: DeskDigest) -> TemplateVars:
    """The template's variables."""
    morning = digest.morning
    calls = zip(morning.calls, digest.paths, strict=True)
    path, until = digest.board
    return {
        "addressee": "operator Laksa",
        "count": number(morning.count) if morning.count else "",
        "board": ctx.url + path,
        "until": full_moment(until, "id"),
        "calls": _listed([(case.ticket, call_words(ctx, case), ctx.url + path) for case, path in calls]),
        **_waiting_cases(ctx, digest),
        **_silent_departments(ctx, digest),
        "undelivered": _listed([(recipient_words(ctx, m), letters_words(m)) for m in morning.undelivered]),
        "dead": dead_words(morning.dead) if morning.dead else "",
        "mailboxes": _mailboxes(ctx, morning.mailboxes),
        "mailboxes_total": number(len(morning.mailboxes)),
        "data": data_words(morning.data) if morning.data else "",
        "tell": tell_words(morning.tell) if morning.tell else "",
        "in_line": line_words(morning.letters_in_line) if morning.letters_in_line else "",
        "years": [": ".join(year_words(ctx, year)) for year in morning.years],
    }


def _waiting_cases(ctx: Context, digest: DeskDigest) -> TemplateVars:
    """The first complaints that wait at the desk, and the number of others."""
    waiting, total = digest.morning.waiting, digest.morning.waiting_total
    shown = zip(waiting, digest.waiting, strict=True)
    return {
        "waiting": [(case.ticket, _waiting(ctx, case), ctx.url + path) for case, path in shown],
        "waiting_total": number(total),
        "waiting_more": number(more) if (more := total - len(waiting)) > 0 else "",
    }


def _silent_departments(ctx: Context, digest: DeskDigest) -> TemplateVars:
    """Whom to phone: with the link of a complaint, or without if all are restricted."""
    told = [(silent, phone_words(ctx, silent.opd), silent_words(silent)) for silent in digest.morning.silent]
    named = [(phone, words, ctx.url + digest.silent[silent.opd]) for silent, phone, words in told if silent.case]
    unnamed = [(phone, words) for silent, phone, words in told if not silent.case]
    return {"silent": _listed(named), "silent_unnamed": _listed(unnamed)}


def _listed(rows: Sequence[tuple[str, ...]]) -> TemplateVars:
    """The first rows, their total, and how many are on the board alone ('' for none)."""
    more = len(rows) - MAX_LISTED
    return {"rows": rows[:MAX_LISTED], "total": number(len(rows)), "more": number(more) if more > 0 else ""}


def board_link_facts(ctx: Context, link: BoardLink) -> TemplateVars:
    """The variables of the mail with a new link."""
    return {
        "addressee": "operator Laksa",
        "board": ctx.url + link.path,
        "until": full_moment(link.until, "id"),
    }


def _mailboxes(ctx: Context, checks: Sequence[MailboxCheck]) -> list[tuple[str, str]]:
    """A few mailboxes by name; in a new quarter it may be every department."""
    named = [("", mailbox_words(ctx, check)) for check in checks[:FEW]]
    return named + ([("", f"{number(len(checks) - FEW)} lagi ada di papan kerja")] if len(checks) > FEW else [])


def _waiting(ctx: Context, case: Complaint) -> str:
    """Until when the desk must choose; of a restricted complaint nothing else."""
    words = choose_words(ctx, case)
    return f"mendesak · {words}" if case.urgent and not case.restricted else words
