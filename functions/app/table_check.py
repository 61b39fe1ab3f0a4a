"""Checks a submitted table against the one in force."""

from __future__ import annotations
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from functions.app.container import Container
from functions.app.data_files import national_year
from functions.app.routing_tables import TableVersion
from workflows.domain.deadlines.calendar import WorkCalendar
from workflows.domain.directory import read_units
from workflows.domain.notifications.mailbox_check import AddressChange, address_changes
from workflows.frozen import frozen
from workflows.routing.build import build_table
from workflows.routing.check.check import Checked, check
from workflows.routing.check.comparison import Changed, changes
from workflows.routing.check.conflicts import directory_of
from workflows.routing.check.sheet import Finding, of_file
from workflows.routing.load import load_judge
from workflows.routing.stored import version_of
from workflows.tables.change import Tables, dropped_codes, still_named
from workflows.tables.versions import Upload

if TYPE_CHECKING:
    from workflows.tables.trial import Compared


@frozen
class Examined:
    """Every finding, the whole table as it would be stored, and what it changes."""

    findings: tuple[Finding, ...]
    files: Mapping[str, str]
    changed: tuple[Changed, ...]
    addresses: tuple[AddressChange, ...] = ()

    @property
    def errors(self) -> bool:
        """Whether it cannot be used."""
        return any(not finding.warning for finding in self.findings)

    @property
    def version(self) -> str:
        """The version it would get."""
        return version_of(self.files)

    def upload(self, by: str) -> Upload:
        """The record of this upload, by that way."""
        return Upload(by, tuple(change.file for change in self.changed))


def base_of(rt: Container) -> TableVersion:
    """The table in force, or the shipped one where Laksa has never run."""
    return rt.in_force if rt.has_store else rt.tables.shipped


def examine(rt: Container, given: Mapping[str, bytes]) -> Examined:
    """Check files by their names on top of the table in force."""
    base = base_of(rt).texts
    checked = check(given, base, load_judge(), WorkCalendar(national_year))
    findings = checked.findings
    if not checked.errors and rt.has_store:
        units = read_units(base["units.csv"])
        named = still_named(rt.store, dropped_codes(base, checked.files))
        findings = (*findings, *(_orphan(code, count, code in units) for code, count in named.items()))
    return Examined(findings, checked.files, changes(base, checked.files), _addresses(base, checked))


def _addresses(base: Mapping[str, str], checked: Checked) -> tuple[AddressChange, ...]:
    """The offices whose mail would go elsewhere; () while there are mistakes."""
    return () if checked.errors else address_changes(directory_of(base), directory_of(checked.files))


def _orphan(code: str, count: int, unit: bool) -> Finding:
    if unit:
        message = f"unit {code} dihapus, padahal {count} laporan ditugaskan kepadanya"
        return of_file("units.csv", message, "kembalikan barisnya")
    message = f"OPD {code} dihapus, padahal {count} laporan ada atas namanya"
    return of_file("departments.csv", message, "kembalikan barisnya, dan pindahkan kategorinya ke OPD lain")


def replayed(rt: Container, examined: Examined, count: int) -> list[Compared]:
    """The latest complaints under the table in force and under this one."""
    from workflows.tables.trial import replay_table

    if not rt.has_store:
        return []
    return replay_table(rt.store, base_of(rt).table, build_table(examined.files, load_judge()), count)


def tables_of(rt: Container) -> Tables:
    """What is needed to change the table."""
    texts, caught = base_of(rt).texts, rt.settings.mail_is_caught
    return Tables(rt.store, rt.clock, rt.bus, texts, rt.tables.shipped.texts, caught)


@frozen
class CheckedUpload:
    """`seen`: the version it was checked against. `version`: under which it is stored, '' unless it may be put
    into force. `compared`: the latest complaints under both. `before`: the files in force.
    """

    examined: Examined
    seen: str
    before: Mapping[str, str]
    version: str = ""
    compared: Sequence[Compared] = ()
