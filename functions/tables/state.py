"""Which routing table is in force, since when, by which upload, and which were before it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from functions.wiring import Runtime
from workflows.routing.stored import Current, version_of
from workflows.routing.versions import Version, versions


@dataclass(frozen=True)
class TableState:
    """known: the last that were imported, newest first. shipped: the version of the one that comes with Laksa."""

    held: Current
    known: tuple[Version, ...]
    texts: Mapping[str, str]
    shipped: str

    def upload_of(self, version: str) -> Version | None:
        """How a version came here; None for the shipped one and for one imported long ago."""
        return next((each for each in self.known if each.version == version), None)


def state_now(rt: Runtime) -> TableState:
    """As it stands; where Laksa has never run, the shipped table alone."""
    shipped = rt.tables.shipped
    if not rt.has_store:
        return TableState(Current(), (), shipped.texts, version_of(shipped.texts))
    known = tuple(versions(rt.store))
    return TableState(rt.tables.held(), known, rt.in_force.texts, version_of(shipped.texts))


def for_machines(state: TableState) -> dict[str, Any]:
    """The same as a document; its moments are still moments."""
    held = state.held
    known = [asdict(version) for version in state.known]
    named = {"version": held.version or state.shipped, "shipped": not held.version}
    return named | {"since": held.since, "before": list(held.before), "imported": known}
