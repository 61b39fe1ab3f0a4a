"""What infra/gcp would make, in both sizes: every rule holds."""

from __future__ import annotations

import pytest

from tests.infra.planning import SIZES, Planned
from tests.infra.rules.every_rule import RULES

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("rule", RULES)
def test_it_holds(plans: dict[str, Planned], rule: str, size: str) -> None:
    assert RULES[rule](plans[size]) == []
