"""What `laksa routing check` says: mistakes, what changes, what the last complaints would have done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from functions.views.address_words import addresses_in_words

if TYPE_CHECKING:
    from functions.tables.examined import Examined
    from workflows.domain.notifications.mailbox_check import AddressChange
    from workflows.routing.check.changes import Changed
    from workflows.routing.check.finding import Finding
    from workflows.routing.model import Decision
    from workflows.routing.replay import Compared


def in_words(findings: Sequence[Finding]) -> list[str]:
    """One line a mistake, errors first, and how many there are."""
    errors = [finding for finding in findings if not finding.warning]
    warnings = [finding for finding in findings if finding.warning]
    total = f"{len(errors)} kesalahan, {len(warnings)} peringatan."
    return [*map(str, (*errors, *warnings)), total]


def changes_in_words(changed: Sequence[Changed], addresses: Sequence[AddressChange]) -> list[str]:
    """One line a file that differs from the table in force, and one an address that does."""
    lines = [f"{change.file}: {', '.join(rows_changed(change))}" for change in changed]
    told = [f"  {line}" for line in lines or ["tidak ada yang berubah"]]
    return ["Dibanding tabel yang berlaku:", *told, *addresses_in_words(addresses)]


def changes_for_machines(examined: Examined) -> dict[str, Any]:
    """The same as documents."""
    addresses = [asdict(change) for change in examined.addresses]
    return {"changes": [asdict(change) for change in examined.changed], "addresses": addresses}


def rows_changed(change: Changed) -> Iterator[str]:
    """What became of a file's rows."""
    if change.added or change.removed:
        yield f"{change.added} baris baru, {change.removed} baris hilang"
    if change.reordered:
        yield "urutan berubah"


def replay_in_words(compared: Sequence[Compared]) -> list[str]:
    """One line a complaint that would go another way, then the totals."""
    if not compared:
        return ["Belum ada laporan untuk dicoba."]
    moved = [c for c in compared if c.moves]
    lines = [f"  {c.ticket}: {way(c.old)} → {way(c.new)}" for c in moved]
    return [f"Dicoba pada {len(compared)} laporan terakhir:", *lines, *(f"  {line}" for line in totals(compared))]


def way(decision: Decision) -> str:
    """Where it would go, and whether by itself."""
    opd = decision.external or decision.opd
    return f"{opd} ({'langsung' if decision.confident else 'lewat meja'})"


def totals(compared: Sequence[Compared]) -> Iterator[str]:
    """How many would change, and how many would go out by themselves."""
    moved = sum(c.moves for c in compared)
    elsewhere = sum(c.old.opd != c.new.opd for c in compared)
    before, after = sum(c.old.confident for c in compared), sum(c.new.confident for c in compared)
    yield f"{moved} berubah ({elsewhere} pindah OPD), {len(compared) - moved} tetap"
    yield f"langsung ke OPD: {before} → {after}; lewat meja: {len(compared) - before} → {len(compared) - after}"


def for_machines(findings: Sequence[Finding]) -> dict[str, Any]:
    """The mistakes as documents."""
    documents = [asdict(finding) for finding in findings]
    return {
        "errors": [document for document in documents if not document["warning"]],
        "warnings": [document for document in documents if document["warning"]],
    }


def replay_for_machines(compared: Sequence[Compared], restricted: bool = True) -> dict[str, Any]:
    """Every complaint that would go another way, and how many were looked at.

    restricted: also those of which few may read with whom they are; else only how many of them would.
    """
    moves = [c for c in compared if c.moves]
    named = [c for c in moves if restricted or not c.restricted]
    moved = [{"ticket": c.ticket, "old": _document(c.old), "new": _document(c.new)} for c in named]
    unnamed = {} if restricted else {"moved_restricted": len(moves) - len(named)}
    return {"complaints": len(compared), "moved": moved, **unnamed}


def _document(decision: Decision) -> dict[str, Any]:
    return {"opd": decision.opd, "external": decision.external, "confident": decision.confident}
