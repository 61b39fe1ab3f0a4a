"""A table that somebody hands in, looked at beside the one in force."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from functions.routing_files import read_given
from functions.table_in_force import InForce
from functions.wiring import Runtime
from workflows.domain.unit import read_units
from workflows.dropped_departments import dropped, still_named
from workflows.routing.build import build_table, version_of
from workflows.routing.check.changes import Changed, changes
from workflows.routing.check.check import check
from workflows.routing.check.finding import Finding, of_file
from workflows.routing.load import load_judge
from workflows.routing.versions import SHIPPED, completed, stored_files

if TYPE_CHECKING:
    from workflows.replay_table import Compared


@dataclass(frozen=True)
class Examined:
    """Every mistake, the whole table as it would be stored, and what it changes."""

    findings: tuple[Finding, ...]
    files: Mapping[str, str]
    changed: tuple[Changed, ...]

    @property
    def errors(self) -> bool:
        """It cannot be used."""
        return any(not finding.warning for finding in self.findings)

    @property
    def version(self) -> str:
        """The version it would have."""
        return version_of(self.files)


def base_of(rt: Runtime) -> InForce:
    """The table in force, or the shipped one where Laksa has never run."""
    return rt.in_force if rt.has_store else rt.tables.shipped


def examine(rt: Runtime, paths: Sequence[str]) -> Examined:
    """Check the files on top of the table in force; NoSuchFile for a path that cannot be read."""
    given, base = read_given(paths), base_of(rt).texts
    checked = check(given, base, load_judge())
    findings = checked.findings
    if not checked.errors and rt.has_store:
        named = still_named(rt.store, dropped(base, checked.files))
        units = read_units(base["units.csv"])
        findings = (*findings, *(_orphan(code, count, code in units) for code, count in named.items()))
    return Examined(findings, checked.files, changes(base, checked.files))


def _orphan(code: str, count: int, unit: bool) -> Finding:
    if unit:
        message = f"unit {code} dihapus, padahal {count} laporan ditugaskan kepadanya"
        return of_file("units.csv", message, "kembalikan barisnya")
    message = f"OPD {code} dihapus, padahal {count} laporan ada atas namanya"
    return of_file("departments.csv", message, "kembalikan barisnya, dan pindahkan kategorinya ke OPD lain")


def replayed(rt: Runtime, examined: Examined, count: int) -> list[Compared]:
    """The last complaints under the table in force and under this one."""
    from workflows.replay_table import replay_table

    if not rt.has_store:
        return []
    return replay_table(rt.store, base_of(rt).table, build_table(examined.files, load_judge()), count)


def orphaned_by_return(rt: Runtime, version: str) -> dict[str, int]:
    """Departments and units with complaints that an earlier version lacks; ValueError when it is unusable."""
    shipped = rt.tables.shipped.texts
    files = shipped if version == SHIPPED else completed(stored_files(rt.store, version), shipped)
    build_table(files, load_judge())
    return still_named(rt.store, dropped(rt.in_force.texts, files))
