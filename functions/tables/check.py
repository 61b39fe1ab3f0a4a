"""A table that was sent to the board, checked, tried, and kept until somebody puts it into force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from functions.edge.body import FILE
from functions.tables.examined import Examined, replayed
from functions.tables.upload import Sent, examine_sent
from functions.wiring import Runtime
from workflows.errors import FieldError, InvalidInput
from workflows.routing.check.not_from_board import not_from_board
from workflows.routing.prepared import prepare
from workflows.routing.versions import BOARD

if TYPE_CHECKING:
    from workflows.routing.replay import Compared


@dataclass(frozen=True)
class Checked:
    """seen: the version that it was checked against. version: under which it is kept, empty unless it may be put
    into force. compared: the last complaints under both. before: the files in force.
    """

    examined: Examined
    seen: str
    before: Mapping[str, str]
    version: str = ""
    compared: Sequence[Compared] = ()


def check_sent(rt: Runtime, sent: Sent, tried: int) -> Checked:
    """Check files on top of the table in force, and keep a sound table; InvalidInput for one that is too large."""
    seen, before = rt.tables.held().version, rt.in_force.texts
    examined = examine_sent(rt, sent)
    if not examined.errors:
        examined = replace(examined, findings=(*not_from_board(before, examined.files), *examined.findings))
    if examined.errors or not examined.changed:
        return Checked(examined, seen, before)
    try:
        version = prepare(rt.store, examined.files, examined.upload(BOARD), rt.clock.now())
    except ValueError as error:
        raise InvalidInput([FieldError(FILE, "table_too_large")]) from error
    return Checked(examined, seen, before, version, replayed(rt, examined, tried))
