"""Departments and units that a new table drops though complaints are with them: pages and letters need them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from workflows.domain.department import read_departments
from workflows.ports import Store
from workflows.records.every_complaint import every_complaint


def dropped(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    """The codes of departments.csv and units.csv that the new files no longer have."""
    return _codes(old) - _codes(new)


def still_named(store: Store, codes: Iterable[str]) -> dict[str, int]:
    """How many complaints are, or were last, with each of these offices; those without any are left out.

    Reads every complaint, but only when there is a code to look for.
    """
    wanted = frozenset(codes)
    if not wanted:
        return {}
    held = (complaint.assignment for complaint in every_complaint(store) if complaint.assignment)
    holders = (code for assignment in held for code in (assignment.opd, assignment.unit))
    return dict(sorted(Counter(code for code in holders if code in wanted).items()))


def _codes(files: Mapping[str, str]) -> set[str]:
    directory = read_departments(files["departments.csv"], files["units.csv"])
    return {*directory.departments, *directory.units}
