"""The desk's page of the routing table: the version in force, its files, an upload that is checked, tried and
stored until somebody puts it into force, and the way back.
"""

from __future__ import annotations
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import functions_framework
from flask import Request, Response

from functions.app.container import Container, container, services
from functions.web.factories import context
from functions.web.http import FILE, MAX_FILE_BYTES, Body, as_json, back_to_page, download, html, read_body, wants_json
from functions.web.middleware import http_endpoint
from workflows.desk.board import parse_link
from workflows.errors import FieldError, InvalidInput, PageNotFound, TableNotChanged
from workflows.routing.stored import version_of

if TYPE_CHECKING:
    from functions.app.table_check import CheckedUpload, Examined
    from workflows.routing.check.sheet import Finding

Sent = Sequence[tuple[str, bytes]]
TRIED = 500
"""Complaints that a table is tried on: takes a second, besides the check's ten or so per megabyte."""


@functions_framework.http
@http_endpoint("/papan/<token>/tabel")
def desk_table(request: Request, token: str) -> Response:
    """GET the state or a file; POST files to be checked, a checked table into force, or the one before it back."""
    parse_link(services(), token)
    if request.method == "POST":
        return _act(request)
    from functions.app.spreadsheets import DOWNLOAD

    wanted = request.args.get(DOWNLOAD, "")
    return _download(wanted) if wanted else _show(request)


def _show(request: Request, status: int = 200, **shown: Any) -> Response:
    from functions.views.desk.table_pages import table_json, table_page
    from functions.views.desk.table_report import state_now

    state = state_now(container())
    if wants_json(request):
        return as_json(table_json(context(), state, request.path), status)
    return html(table_page(context(), state, request.path, **shown), status)


def _download(wanted: str) -> Response:
    from functions.app.spreadsheets import ALL, archive, for_excel

    texts = container().in_force.texts
    if wanted == ALL:
        return download(archive(texts), f"tabel-laksa-{version_of(texts)}.zip", "application/zip")
    if wanted not in texts:
        raise PageNotFound
    return download(for_excel(texts[wanted]).encode(), wanted)


def _act(request: Request) -> Response:
    body = read_body(request)
    try:
        if (act := ACTS.get(body.get("action"))) is None:
            raise InvalidInput([FieldError("action", "bad_choice")])
        return act(request, body)
    except (InvalidInput, TableNotChanged) as error:
        if wants_json(request):
            raise
        return _show(request, 422 if isinstance(error, InvalidInput) else 409, error=error)


def _check(request: Request, body: Body) -> Response:
    from functions.views.desk.table_pages import checked_json, checked_page

    if not body.files:
        raise InvalidInput([FieldError(FILE, "no_file")])
    checked = check_sent(container(), body.files, TRIED)
    status = 422 if checked.examined.errors else 200
    if wants_json(request):
        return as_json(checked_json(checked), status)
    return html(checked_page(context(), checked, request.path), status)


def _apply(request: Request, body: Body) -> Response:
    from functions.app.table_check import tables_of
    from workflows.tables.change import put_prepared

    with _changing():
        put_prepared(tables_of(container()), body.get("version").strip(), body.get("seen").strip())
    return _show(request) if wants_json(request) else back_to_page(request)


def _rollback(request: Request, body: Body) -> Response:
    from functions.app.table_check import tables_of
    from workflows.tables.change import take_back_named

    if not (version := body.get("version").strip()):
        raise InvalidInput([FieldError("version", "required")])
    with _changing():
        take_back_named(tables_of(container()), version, body.get("to").strip())
    return _show(request) if wants_json(request) else back_to_page(request)


@contextmanager
def _changing() -> Iterator[None]:
    """What is shown after it is as it stands then, also where somebody else was faster."""
    try:
        yield
    finally:
        container().tables.look_again()


ACTS: dict[str, Callable[[Request, Body], Response]] = {"check": _check, "apply": _apply, "rollback": _rollback}


def examine_sent(rt: Container, sent: Sent) -> Examined:
    """Check the files on top of the table in force; a broken file is a finding like any other."""
    from functions.app.table_check import examine

    wrong = tuple(_wrong(sent))
    given = {name: content for name, content in sent if len(content) <= MAX_FILE_BYTES}
    examined = examine(rt, given)
    return replace(examined, findings=tuple(sorted((*wrong, *examined.findings)))) if wrong else examined


def _wrong(sent: Sent) -> Iterator[Finding]:
    from workflows.routing.check.sheet import of_file

    names = [name for name, _ in sent]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield of_file(name, "berkas ini diberikan dua kali", "unggah satu saja")
    for name, content in sent:
        if len(content) > MAX_FILE_BYTES:
            yield of_file(name, f"berkas ini lebih dari {MAX_FILE_BYTES >> 20} MB", "apakah ini berkas yang benar?")


def check_sent(rt: Container, sent: Sent, tried: int) -> CheckedUpload:
    """Check files on top of the table in force, and store a valid table; InvalidInput for one that
    is too large.
    """
    from functions.app.table_check import CheckedUpload, replayed
    from workflows.routing.check.conflicts import not_from_board
    from workflows.tables.trial import store_prepared
    from workflows.tables.versions import BOARD

    seen, before = rt.tables.held().version, rt.in_force.texts
    examined = examine_sent(rt, sent)
    if not examined.errors:
        examined = replace(examined, findings=(*not_from_board(before, examined.files), *examined.findings))
    if examined.errors or not examined.changed:
        return CheckedUpload(examined, seen, before)
    try:
        version = store_prepared(rt.store, examined.files, examined.upload(BOARD), rt.clock.now())
    except ValueError as error:
        raise InvalidInput([FieldError(FILE, "table_too_large")]) from error
    return CheckedUpload(examined, seen, before, version, replayed(rt, examined, tried))
