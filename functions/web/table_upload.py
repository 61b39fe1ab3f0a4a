"""A table uploaded to the board: checked, tried, and stored until somebody puts it into force."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from functions.app.container import Container
from functions.app.table_check import CheckedUpload, Examined, examine, replayed
from functions.web.request_body import FILE, MAX_FILE_BYTES
from workflows.errors import FieldError, InvalidInput
from workflows.routing.check.conflicts import not_from_board
from workflows.routing.check.finding import Finding, of_file
from workflows.tables.trial import store_prepared
from workflows.tables.versions import BOARD

if TYPE_CHECKING:
    pass


Sent = Sequence[tuple[str, bytes]]


def examine_sent(rt: Container, sent: Sent) -> Examined:
    """Check the files on top of the table in force; a broken file is a finding like any other."""
    wrong = tuple(_wrong(sent))
    given = {name: content for name, content in sent if len(content) <= MAX_FILE_BYTES}
    examined = examine(rt, given)
    return replace(examined, findings=tuple(sorted((*wrong, *examined.findings)))) if wrong else examined


def _wrong(sent: Sent) -> Iterator[Finding]:
    names = [name for name, _ in sent]
    for name in dict.fromkeys(names):
        if names.count(name) > 1:
            yield of_file(name, "berkas ini diberikan dua kali", "unggah satu saja")
    for name, content in sent:
        if len(content) > MAX_FILE_BYTES:
            yield of_file(
                name, f"berkas ini lebih dari {MAX_FILE_BYTES >> 20} MB", "apakah ini berkas yang benar?"
            )


def check_sent(rt: Container, sent: Sent, tried: int) -> CheckedUpload:
    """Check files on top of the table in force, and store a valid table; InvalidInput for one that
    is too large.
    """
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
