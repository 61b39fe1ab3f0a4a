"""Which letters become one list when many of a kind are due to the same office at once."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from workflows.domain.change import DEPARTMENT, HEAD
from workflows.domain.complaint import WAITING, WITH_DEPARTMENT, Complaint
from workflows.domain.notice import Notice, overtaken


@dataclass(frozen=True)
class Bundle:
    """A list in the place of many letters, to the one role that they are written to.

    mark: what ends the id of such a list: one capital, which a mail address just has room for.
    late: whether its cases are past their deadline; None where that does not matter.
    """

    template: str
    role: str
    mark: str
    late: bool | None = None


BUNDLES: Mapping[str, Bundle] = MappingProxyType(
    {
        "new_case": Bundle("new_cases", DEPARTMENT, ""),
        "reminder": Bundle("reminders", DEPARTMENT, "R", late=False),
        "overdue": Bundle("overdues", DEPARTMENT, "O", late=True),
        "also_head": Bundle("also_heads", DEPARTMENT, "A", late=True),
        "head_case": Bundle("head_cases", HEAD, "H", late=True),
    }
)
"""The letter's template → its list. A letter that is not here always goes out by itself."""

_LISTS = {bundle.template: bundle for bundle in BUNDLES.values()}


def bundle_of(letter: Notice) -> Bundle | None:
    """The list that such a letter can stand on."""
    bundle = BUNDLES.get(letter.template)
    return bundle if bundle and bundle.role == letter.role else None


def has_letters(notice: Notice) -> bool:
    """Whether a letter is a list: when it is lost, those that it stands for have told nobody."""
    return notice.template in _LISTS


def still_on(listed: Notice, letter: Notice, case: Complaint, now: datetime) -> bool:
    """Whether a list still tells of a letter's case: its office has it, and it is as late as the list says."""
    if case.state not in WITH_DEPARTMENT or overtaken(letter, case):
        return False
    late = _LISTS[listed.template].late
    return late is None or (case.state != WAITING and late == _is_late(case, now))


def _is_late(case: Complaint, now: datetime) -> bool:
    return case.answer_by is not None and case.answer_by <= now
