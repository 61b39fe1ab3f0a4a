"""The laws that the shipped policy and offices keep, whatever a city edits in them."""

from __future__ import annotations

import pytest

from functions.app.container import DATA
from functions.app.data_files import load_policy
from workflows.domain.deadlines.policy import OFFICES, EscalationLevel
from workflows.routing.load import load_table

FILE = "workflows/data/policy.toml"
POLICY = load_policy(DATA / "policy.toml")
TABLE = load_table()
NATIONAL_ANSWER_DAYS, OVERSIGHT_ANSWER_DAYS, NATIONAL_DESK_DAYS = 14, 60, 3
KINDS = ("aduan", "pertanyaan", "permintaan", "saran")
LADDERS = (*OFFICES, "urgent", "desk", "urgent_desk")


@pytest.mark.parametrize("category", sorted(TABLE.categories))
def test_every_category_has_days_within_the_national_ceiling(category: str) -> None:
    ceiling = OVERSIGHT_ANSWER_DAYS if TABLE.categories[category].restricted else NATIONAL_ANSWER_DAYS
    for kind in KINDS:
        days = POLICY.days_for(category, kind)
        assert 1 <= days.ack <= days.answer <= ceiling, (
            f"{category}/{kind}: give it ack_days ≤ answer_days ≤ {ceiling} in [categories] of {FILE}"
        )


def test_the_days_of_the_desk_keep_the_national_ceiling() -> None:
    assert 1 <= POLICY.desk_days <= NATIONAL_DESK_DAYS, f"desk_days in {FILE}: the national ceiling is 3"


def test_the_policy_names_only_categories_of_the_table() -> None:
    unknown = set(POLICY.categories) - set(TABLE.categories)
    assert not unknown, f"{sorted(unknown)}: not in categories.csv; correct their names in [categories] of {FILE}"


def _point(rung: EscalationLevel) -> tuple[int, float]:
    """When a level is due: shares of the time come before all that is counted from the deadline."""
    return (0, rung.share) if rung.share is not None else (1, rung.after_days * 24 + rung.after_hours)


@pytest.mark.parametrize("kind", LADDERS)
def test_every_ladder_is_in_order_and_ends_above_the_office(kind: str) -> None:
    ladder = POLICY.ladder_for(kind)
    points = [_point(rung) for rung in ladder]
    assert points == sorted(set(points)), f"ladder of {kind}: put each level of {FILE} after the one before"
    assert ladder[-1].to in ("sekda", "mayor"), f"ladder of {kind}: end it in {FILE} with sekda or mayor"


def test_every_department_is_of_a_kind_that_has_a_ladder() -> None:
    for department in TABLE.departments.assignable():
        kind = department.kind
        assert kind in OFFICES and POLICY.ladder_for(kind), f"{department.code}: add a ladder of {kind} to {FILE}"
