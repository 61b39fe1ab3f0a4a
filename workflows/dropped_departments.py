"""Departments that a new table drops though complaints stand under them: their pages and letters need them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping

from workflows.domain.department import read_departments
from workflows.every_complaint import every_complaint
from workflows.ports import Store


def dropped(old: Mapping[str, str], new: Mapping[str, str]) -> set[str]:
    """The codes of departments.csv that the new files no longer have."""
    before, after = (read_departments(files["departments.csv"]).departments for files in (old, new))
    return set(before) - set(after)


def still_named(store: Store, codes: Iterable[str]) -> dict[str, int]:
    """How many complaints are, or were last, with each of these departments; those without any are left out.

    Reads every complaint, but only when there is a code to look for.
    """
    wanted = frozenset(codes)
    if not wanted:
        return {}
    holders = (complaint.assignment.opd for complaint in every_complaint(store) if complaint.assignment)
    return dict(sorted(Counter(opd for opd in holders if opd in wanted).items()))
