"""The report of `laksa routing check` (findings, changes, replay) and the state of the routing tables, in words
and as JSON. Also changed mail addresses in words.
"""

from __future__ import annotations
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict
from typing import TYPE_CHECKING, Any

from functions.app.container import Container
from workflows.domain.notifications.mailbox_check import FALLBACK, AddressChange
from workflows.frozen import frozen
from workflows.routing.stored import Current, version_of
from workflows.tables.versions import Version, versions

if TYPE_CHECKING:
    from functions.app.table_check import Examined
    from workflows.domain.notifications.mailbox_check import AddressChange
    from workflows.routing.check.comparison import Changed
    from workflows.routing.check.sheet import Finding
    from workflows.routing.model import Decision
    from workflows.tables.trial import Compared


@frozen
class TableState:
    """`known`: the last imported versions, newest first. `shipped`: the version of the shipped table."""

    held: Current
    known: tuple[Version, ...]
    texts: Mapping[str, str]
    shipped: str

    def upload_of(self, version: str) -> Version | None:
        """How a version came here; None for the shipped one and for those imported by old releases."""
        return next((each for each in self.known if each.version == version), None)


def state_now(rt: Container) -> TableState:
    """The present state; where Laksa has never run, the shipped table alone."""
    shipped = rt.tables.shipped
    if not rt.has_store:
        return TableState(Current(), (), shipped.texts, version_of(shipped.texts))
    known = tuple(versions(rt.store))
    return TableState(rt.tables.held(), known, rt.in_force.texts, version_of(shipped.texts))


def state_as_json(state: TableState) -> dict[str, Any]:
    """The state as a document; its moments are still datetimes."""
    held = state.held
    known = [asdict(version) for version in state.known]
    named = {"version": held.version or state.shipped, "shipped": not held.version}
    return named | {"since": held.since, "before": list(held.before), "imported": known}


_BEHIND = "alamat cadangan "


def address_words(change: AddressChange) -> str:
    """`DLH: lama → baru`."""
    whose = f"{_BEHIND if change.field == FALLBACK else ''}{change.whose}"
    if change.field == FALLBACK and not (change.old and change.new):
        return f"{whose}: {change.old or 'belum ada'} → {change.new or 'dihapus'}"
    if not change.old:
        return f"{whose} (baru): {change.new}"
    if not change.new:
        return f"{whose} (dihapus): {change.old}"
    return f"{whose}: {change.old} → {change.new}"


def addresses_in_words(changes: Sequence[AddressChange]) -> list[str]:
    """One line per changed address under a heading; [] without changes."""
    return ["Alamat email yang berubah:", *(f"  {address_words(change)}" for change in changes)] if changes else []


def in_words(findings: Sequence[Finding]) -> list[str]:
    """One line per finding, errors first, and their number."""
    errors = [finding for finding in findings if not finding.warning]
    warnings = [finding for finding in findings if finding.warning]
    total = f"{len(errors)} kesalahan, {len(warnings)} peringatan."
    return [*map(str, (*errors, *warnings)), total]


def changes_in_words(changed: Sequence[Changed], addresses: Sequence[AddressChange]) -> list[str]:
    """One line per changed file, and one per changed address."""
    lines = [f"{change.file}: {', '.join(rows_changed(change))}" for change in changed]
    told = [f"  {line}" for line in lines or ["tidak ada yang berubah"]]
    return ["Dibanding tabel yang berlaku:", *told, *addresses_in_words(addresses)]


def changes_for_machines(examined: Examined) -> dict[str, Any]:
    """The changes as documents."""
    addresses = [asdict(change) for change in examined.addresses]
    return {"changes": [asdict(change) for change in examined.changed], "addresses": addresses}


def rows_changed(change: Changed) -> Iterator[str]:
    """What happened to a file's rows."""
    if change.added or change.removed:
        yield f"{change.added} baris baru, {change.removed} baris hilang"
    if change.reordered:
        yield "urutan berubah"


def replay_in_words(compared: Sequence[Compared]) -> list[str]:
    """One line per complaint that would go elsewhere, then the totals."""
    if not compared:
        return ["Belum ada laporan untuk dicoba."]
    moved = [c for c in compared if c.moves]
    lines = [f"  {c.ticket}: {way(c.old)} → {way(c.new)}" for c in moved]
    return [f"Dicoba pada {len(compared)} laporan terakhir:", *lines, *(f"  {line}" for line in totals(compared))]


def way(decision: Decision) -> str:
    """Where it would go, and whether without an operator."""
    opd = decision.external or decision.opd
    return f"{opd} ({'langsung' if decision.confident else 'lewat meja'})"


def totals(compared: Sequence[Compared]) -> Iterator[str]:
    """How many would change, and how many would be assigned without an operator."""
    moved = sum(c.moves for c in compared)
    elsewhere = sum(c.old.opd != c.new.opd for c in compared)
    before, after = sum(c.old.confident for c in compared), sum(c.new.confident for c in compared)
    yield f"{moved} berubah ({elsewhere} pindah OPD), {len(compared) - moved} tetap"
    yield f"langsung ke OPD: {before} → {after}; lewat meja: {len(compared) - before} → {len(compared) - after}"


def report_as_json(findings: Sequence[Finding]) -> dict[str, Any]:
    """The findings as documents."""
    documents = [asdict(finding) for finding in findings]
    return {
        "errors": [document for document in documents if not document["warning"]],
        "warnings": [document for document in documents if document["warning"]],
    }


def replay_for_machines(compared: Sequence[Compared], restricted: bool = True) -> dict[str, Any]:
    """Every complaint that would go elsewhere, and the number of those compared. `restricted`: list restricted
    ones too; else they are only counted.
    """
    moves = [c for c in compared if c.moves]
    named = [c for c in moves if restricted or not c.restricted]
    moved = [{"ticket": c.ticket, "old": _document(c.old), "new": _document(c.new)} for c in named]
    unnamed = {} if restricted else {"moved_restricted": len(moves) - len(named)}
    return {"complaints": len(compared), "moved": moved, **unnamed}


def _document(decision: Decision) -> dict[str, Any]:
    return {"opd": decision.opd, "external": decision.external, "confident": decision.confident}
