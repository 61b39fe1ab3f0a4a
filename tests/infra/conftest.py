"""One plan of both sizes for all tests that read it; skipped, with a reason, where the checks are not set up."""

from __future__ import annotations
import os

import pytest

from tests.infra.planning import PYTHON, SIZES, Planned, nothing_edited, plan


@pytest.fixture(scope="session")
def set_up() -> None:
    """Terraform is there, or the run says why it is not looked at."""
    if not PYTHON.is_file():
        if os.environ.get("LAKSA_REQUIRE_INFRA"):
            pytest.fail("LAKSA_REQUIRE_INFRA is set, and .venv/infra is not there: make .venv/.infra")
        pytest.skip("needs .venv/infra: make .venv/.infra")


@pytest.fixture(scope="session")
def plans(set_up: None) -> dict[str, Planned]:
    """What infra/gcp would make, by size."""
    found = plan({size: (size, nothing_edited) for size in SIZES})
    refused = {size: answer for size, answer in found.items() if isinstance(answer, str)}
    assert not refused, refused
    return {size: answer for size, answer in found.items() if isinstance(answer, Planned)}
