"""The list mail of a flooding night: many new cases at once, each with its own link, urgent ones on top."""

from __future__ import annotations

from functions.views.context import Context
from functions.views.mail_digest import case_row, deadline, kelurahan
from functions.views.mail_facts import Facts
from functions.views.standing import office
from functions.views.words import full_moment, number, short_date
from workflows.domain.calendar import WIB
from workflows.domain.complaint import Complaint
from workflows.overviews import NewCases


def new_cases_facts(ctx: Context, cases: NewCases) -> Facts:
    """What the list mail's template shows."""
    rows = zip(cases.cases, cases.paths, strict=True)
    return {
        "addressee": f"petugas {office(ctx, cases.opd)}",
        "opd": office(ctx, cases.opd, full=True),
        "total": number(cases.total),
        "at": f"{short_date(ctx.now)} pukul {ctx.now.astimezone(WIB):%H.%M}",
        "since": full_moment(cases.since, "id"),
        "rows": [(*case_row(ctx, case, _words), ctx.url + path) for case, path in rows],
        "left_out": cases.total - len(cases.cases),
        "link": ctx.url + cases.list_path,
        "until": full_moment(cases.until, "id"),
    }


def _words(ctx: Context, case: Complaint) -> list[str]:
    return [ctx.labels.category(case.category), kelurahan(ctx, case), deadline(case)]
