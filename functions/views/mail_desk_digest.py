"""The desk's morning letter: whom to phone, and what Laksa cannot mend by itself."""

from __future__ import annotations

from collections.abc import Sequence

from functions.views.alarm_words import (
    FEW,
    call_words,
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
from functions.views.context import Context
from functions.views.mail_facts import Facts
from functions.views.words import full_moment, number
from workflows.desk.board_link import BoardLink
from workflows.domain.complaint import Complaint
from workflows.domain.mailbox_check import MailboxCheck
from workflows.mail.overviews import DeskDigest


def desk_facts(ctx: Context, digest: DeskDigest) -> Facts:
    """What the desk's template shows."""
    morning = digest.morning
    calls = zip(morning.calls, digest.paths, strict=True)
    path, until = digest.board
    return {
        "addressee": "operator Laksa",
        "count": number(morning.count) if morning.count else "",
        "board": ctx.url + path,
        "until": full_moment(until, "id"),
        "calls": [(case.ticket, call_words(ctx, case), ctx.url + path) for case, path in calls],
        "waiting": [
            (case.ticket, _waiting(ctx, case), ctx.url + path)
            for case, path in zip(morning.waiting, digest.waiting, strict=True)
        ],
        "waiting_total": number(morning.waiting_total),
        "waiting_more": number(more) if (more := morning.waiting_total - len(morning.waiting)) > 0 else "",
        "silent": [
            (phone_words(ctx, silent.opd), silent_words(silent), ctx.url + digest.silent[silent.opd])
            for silent in morning.silent
            if silent.case
        ],
        "silent_unnamed": [
            (phone_words(ctx, silent.opd), silent_words(silent)) for silent in morning.silent if not silent.case
        ],
        "undelivered": [(recipient_words(ctx, lost), letters_words(lost)) for lost in morning.undelivered],
        "dead": dead_words(morning.dead) if morning.dead else "",
        "mailboxes": _mailboxes(ctx, morning.mailboxes),
        "mailboxes_total": number(len(morning.mailboxes)),
        "data": data_words(morning.data) if morning.data else "",
        "tell": tell_words(morning.tell) if morning.tell else "",
        "in_line": line_words(morning.letters_in_line) if morning.letters_in_line else "",
        "years": [": ".join(year_words(ctx, year)) for year in morning.years],
    }


def board_link_facts(ctx: Context, link: BoardLink) -> Facts:
    """What the letter with a new link shows."""
    return {
        "addressee": "operator Laksa",
        "board": ctx.url + link.path,
        "until": full_moment(link.until, "id"),
    }


def _mailboxes(ctx: Context, checks: Sequence[MailboxCheck]) -> list[tuple[str, str]]:
    """Few of them by name; in a new quarter it may be every department."""
    named = [("", mailbox_words(ctx, check)) for check in checks[:FEW]]
    return named + ([("", f"{number(len(checks) - FEW)} lagi ada di papan kerja")] if len(checks) > FEW else [])


def _waiting(ctx: Context, case: Complaint) -> str:
    """Until when the desk must choose; of a restricted case nothing else."""
    until = full_moment(case.desk_by, "id") if case.desk_by else "–"
    words = "lewat, batasnya" if case.desk_by and case.desk_by <= ctx.now else "pilih OPD sampai"
    marks = ["terbatas"] if case.restricted else ["mendesak"] if case.urgent else []
    return " · ".join((*marks, f"{words} {until}"))
