"""What a check of an uploaded table found, what it changes and would have done; its button, if it is sound."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from functions.tables.check import Checked
from functions.tables.report import (
    changes_for_machines,
    for_machines,
    replay_for_machines,
    rows_changed,
    totals,
    way,
)
from functions.views.address_words import address_words
from functions.views.case_json import Shape
from functions.views.context import Context
from functions.views.table_days import days_changed
from functions.views.table_page import below_board
from functions.views.table_words import table_name
from workflows.routing.check.finding import Finding
from workflows.routing.replay import Compared

MOST = 200
"""Mistakes of a kind, and reports, that one page tells."""


def checked_page(ctx: Context, checked: Checked, path: str) -> str:
    """The answer to an upload at that path."""
    findings = checked.examined.findings
    errors, warnings = ([f for f in findings if f.warning is warning] for warning in (False, True))
    return below_board(
        "table_checked.html",
        path,
        errors=[_shown(finding) for finding in errors[:MOST]],
        more_errors=len(errors) - MOST,
        error_total=len(errors),
        warnings=[_shown(finding) for finding in warnings[:MOST]],
        more_warnings=len(warnings) - MOST,
        changed=[] if errors else [(c.file, ", ".join(rows_changed(c))) for c in checked.examined.changed],
        addresses=[] if errors else [address_words(change) for change in checked.examined.addresses],
        days=[] if errors else days_changed(checked.before, checked.examined.files),
        version=checked.version,
        seen=checked.seen,
        against=table_name(checked.seen),
        **_replay(checked.compared),
    )


def checked_json(checked: Checked) -> Shape:
    """As `laksa routing check --json` says it, with what a POST names to put it into force."""
    examined = checked.examined
    told = for_machines(examined.findings) | changes_for_machines(examined)
    replay = replay_for_machines(checked.compared, restricted=False) if checked.version else None
    return {"version": checked.version or None, "seen": checked.seen, **told, "replay": replay}


def _shown(finding: Finding) -> dict[str, Any]:
    place = f"{finding.file}, baris {finding.line}, kolom {finding.column}"
    return {
        "place": f"{place} ({finding.field})" if finding.field else place,
        "message": finding.message,
        "proposal": finding.proposal,
    }


def _replay(compared: Sequence[Compared]) -> dict[str, Any]:
    """A restricted report is not named: with its number stands where it is, and so whom it accuses."""
    moves = [c for c in compared if c.moves]
    named = [c for c in moves if not c.restricted]
    return {
        "tried": len(compared),
        "totals": list(totals(compared)),
        "moved": list(_moved(named[:MOST])),
        "more_moved": len(named) - MOST,
        "restricted": len(moves) - len(named),
    }


def _moved(named: Sequence[Compared]) -> Iterator[tuple[str, str, str]]:
    yield from ((c.ticket, way(c.old), way(c.new)) for c in named)
