"""The first two things a citizen reads: the status as a headline, and the rest of it below."""

from __future__ import annotations

from functions.views.context import Case, Context
from functions.views.lateness import late_sentence
from functions.views.moved import why_moved
from functions.views.sentences import N_
from functions.views.standing import office, sentence
from functions.views.words import say
from workflows.domain import complaint as c
from workflows.domain.complaint import Complaint

LONG = 60
"""From so many characters on a headline is set in smaller type."""

SHORT = {
    c.AT_DESK: N_("Operator Laksa membaca laporan Anda"),
    c.IN_PROGRESS: N_("Laporan Anda sedang dikerjakan {opd}"),
}
ANOTHER = N_("Operator Laksa memilih OPD lain")


def headline(ctx: Context, case: Case, lang: str) -> tuple[str, str]:
    """The headline and the lead; past its deadline the lead says so and what comes next, else why it moved."""
    complaint = case.complaint
    whole = sentence(ctx, complaint, lang)
    first, rest = _first_sentence(whole, ctx.labels.institution(complaint.external_to)[0])
    if _is_short(complaint):
        words = ANOTHER if complaint.returned_by and complaint.state == c.AT_DESK else SHORT[complaint.state]
        first, rest = say(lang, "pages")(words).format(opd=office(ctx, complaint.opd)), whole
    return first, late_sentence(ctx, case, lang) or " ".join(filter(None, (rest, why_moved(ctx, case, lang))))


def _is_short(complaint: Complaint) -> bool:
    """States whose own sentence begins with a long date get a headline of their own."""
    reopened = complaint.state == c.IN_PROGRESS and complaint.disputes
    return complaint.state in SHORT and not reopened


def _first_sentence(whole: str, name: str) -> tuple[str, str]:
    """Parted after the first sentence; a full stop inside a name typed by an operator is none."""
    guarded = whole.replace(name, "\0") if name else whole
    first, _, rest = guarded.partition(". ")
    return first.rstrip(".").replace("\0", name), rest.replace("\0", name)
