"""A department's list of open complaints: one row each, with its status in words and its own link."""

from __future__ import annotations
from itertools import groupby
from typing import Any
from urllib.parse import urlencode

from functions.views.shared.complaint_json import Shape
from functions.views.shared.context import Context
from functions.views.shared.forms import error_sentence
from functions.views.shared.office_case import due_words, is_overdue, plan_words, taken_words
from functions.views.shared.rendering import LISTS, iso, number, page_file_url, render, short_moment
from functions.views.shared.status_text import office_name
from workflows.domain.complaint.model import Complaint, State
from workflows.errors import FieldError
from workflows.office.case_list import NOWHERE, Listed


def list_page(ctx: Context, listed: Listed, error: FieldError | None = None) -> str:
    """The page behind a list link; `error`: why the filter was not used."""
    return render(
        "list.html",
        "id",
        list_sheet=page_file_url(LISTS),
        opd=office_name(ctx, listed.opd),
        opd_full=office_name(ctx, listed.opd, full=True),
        counts=listed.counts,
        number=number,
        rows=[_row(ctx, case, path) for case, path in zip(listed.cases, listed.paths, strict=True)],
        matching=listed.matching,
        kelurahan=listed.kelurahan,
        where=where_words(ctx, listed.kelurahan),
        nowhere=NOWHERE,
        areas=_areas(ctx),
        error=error_sentence(error, "id", office=True) if error else "",
        first=listed.first,
        following=f"?{urlencode(_query(listed))}" if listed.next else "",
        beginning=f"?{urlencode({'kelurahan': listed.kelurahan})}",
        until=listed.until,
    )


def list_json(ctx: Context, listed: Listed) -> Shape:
    """The page for machines; `next` is the URL of the following page, null on the last."""
    cases = zip(listed.cases, listed.paths, strict=True)
    return {
        "department": {"code": listed.opd, "name": ctx.directory[listed.opd].name},
        "cases": [_shape(ctx, case, path) for case, path in cases],
        "total": listed.matching,
        "next": f"?{urlencode(_query(listed))}" if listed.next else None,
    }


def where_words(ctx: Context, kelurahan: str) -> str:
    """The filter in words; '' for the whole list."""
    return "tanpa kelurahan" if kelurahan == NOWHERE else ctx.labels.area(kelurahan)


def _query(listed: Listed) -> dict[str, str]:
    narrowed = {"kelurahan": listed.kelurahan} if listed.kelurahan else {}
    return {**narrowed, "setelah": listed.next}


def _shape(ctx: Context, case: Complaint, path: str) -> Shape:
    """A row for machines; a restricted complaint's status is empty."""
    return {
        "ticket": case.ticket,
        "status": "" if case.restricted else case.state,
        "deadline": iso(case.deadlines.answer_by),
        "overdue": is_overdue(ctx, case),
        "url": ctx.url + path,
    }


def _row(ctx: Context, case: Complaint, path: str) -> dict[str, Any]:
    """A row; of a restricted complaint only ticket, deadline and link, not even whether hours count."""
    row = {
        "ticket": case.ticket,
        "path": path,
        "tag": due_words(ctx, case.evolve(urgent=False) if case.restricted else case),
        "deadline": _until(case),
        "restricted": case.restricted,
    }
    if case.restricted:
        return row | {"urgent": False, "about": [], "taken": "", "plan": ""}
    about = (ctx.labels.category(case.category), ctx.labels.area(case.kelurahan))
    return row | {
        "urgent": case.urgent,
        "about": list(filter(None, about)),
        "taken": taken_words(ctx, case),
        "plan": plan_words(ctx, case),
    }


def _until(case: Complaint) -> str:
    """Until when the clock may be paused, while it is."""
    until = case.deadlines.ask_until if case.state == State.WAITING else case.deadlines.answer_by
    return short_moment(until) if until else ""


def _areas(ctx: Context) -> list[tuple[str, list[tuple[str, str]]]]:
    """Kecamatan with their kelurahan, in alphabetical order."""
    rows = sorted((names[1], names[0], code) for code, names in ctx.labels.kelurahan.items())
    groups = groupby(rows, key=lambda row: row[0])
    return [(kecamatan, [(code, name) for _, name, code in group]) for kecamatan, group in groups]
