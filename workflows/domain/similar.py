"""Which reports may be of the same matter as one that is about to be sent."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.domain.complaint import Complaint
from workflows.domain.merging import may_be_followed
from workflows.domain.near import WITHIN, Placed, metres, street_keys

MOST = 5
"""Reports that are offered at one time."""


def nearby(found: Iterable[Complaint], sent: Placed) -> tuple[Complaint, ...]:
    """Those that a stranger may join, within WITHIN of the report that is sent or in its street.

    Nearest first, then newest.
    """
    each = {case.ticket: case for case in found if may_be_followed(case)}.values()
    fitting = [case for case in each if _is_near(case, sent) or _in_its_street(case, sent)]
    newest = sorted(fitting, key=lambda case: case.received_at, reverse=True)
    return tuple(sorted(newest, key=lambda case: _distance(case, sent)))


def same_matter(near: Iterable[Complaint], category: str) -> tuple[Complaint, ...]:
    """The first five of that category."""
    return tuple(case for case in near if case.category == category)[:MOST]


def _is_near(case: Complaint, sent: Placed) -> bool:
    return _distance(case, sent) <= WITHIN


def _distance(case: Complaint, sent: Placed) -> float:
    """In metres; of a case in the same street, whose point nobody knows, more than any that is near."""
    apart = metres(case, sent)
    return apart if apart is not None and apart <= WITHIN else WITHIN + 1


def _in_its_street(case: Complaint, sent: Placed) -> bool:
    return not set(street_keys(case)).isdisjoint(street_keys(sent))
