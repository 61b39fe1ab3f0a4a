"""What the age of a form says about who sent it."""

from __future__ import annotations

from tests.builders import POLICY, refused
from workflows.domain.intake.spam import has_run_out, odd_age

MOST = POLICY.form_max_age_hours * 3600


def test_one_that_has_run_out_comes_back() -> None:
    assert (has_run_out(MOST, POLICY), has_run_out(MOST + 1, POLICY)) == (False, True)
    with refused(("form_token", "form_too_old")):
        odd_age(MOST + 1, "Lampu jalan mati", POLICY)
