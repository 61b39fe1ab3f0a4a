"""What infra/gcp would make, in both sizes: every rule holds."""

from __future__ import annotations

import json

import pytest

from tests.bench.cost.planned import FILE, count
from tests.infra.planning import SIZES, Planned
from tests.infra.rules.every_rule import RULES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("rule", RULES)
def test_it_holds(plans: dict[str, Planned], rule: str, size: str) -> None:
    assert RULES[rule](plans[size]) == []


@pytest.mark.parametrize("size", SIZES)
def test_what_is_paid_by_the_month_is_counted_as_the_plan_has_it(plans: dict[str, Planned], size: str) -> None:
    written = json.loads(FILE.read_text("utf-8"))
    assert written[size] == count(plans[size]), "python -m tests.bench.cost.planned"
