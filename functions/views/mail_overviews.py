"""Letters about many cases, as subject, text and HTML."""

from __future__ import annotations

from functions.views.context import Context
from functions.views.mail_desk_digest import desk_facts
from functions.views.mail_digest import digest_facts
from functions.views.mail_new_cases import new_cases_facts
from functions.views.mails import Rendered, render_letter, render_table
from functions.views.words import short_date
from workflows.overviews import DESK_DIGEST, DIGEST, DeskDigest, Digest, NewCases, Overview, Table


def render_overview(ctx: Context, overview: Overview) -> Rendered:
    """The letter an overview is for; Indonesian, as offices read it."""
    today = f"Laksa {short_date(ctx.now)}"
    match overview:
        case Table(person, cases):
            return render_table(ctx, person, cases)
        case Digest():
            return render_letter(DIGEST, "id", today, digest_facts(ctx, overview))
        case DeskDigest():
            return render_letter(DESK_DIGEST, "id", today, desk_facts(ctx, overview))
        case NewCases():
            return render_letter("new_cases", "id", "Laksa", new_cases_facts(ctx, overview))
