"""What the age of a form says about who sent it."""

from __future__ import annotations

import pytest

from tests.builders import POLICY, refused
from workflows.domain.intake.spam import TOO_FAST_SECONDS, has_run_out, odd_age

MOST = POLICY.form_max_age_hours * 3600


@pytest.mark.parametrize(
    ("seconds", "message", "odd"),
    [
        (1, "Beli di http://spam.example sekarang", "too_fast"),
        (1, "Kunjungi WWW.SPAM.EXAMPLE", "too_fast"),
        (1, "Lampu jalan mati", ""),
        (TOO_FAST_SECONDS, "Lihat https://contoh.example", ""),
        (MOST, "Lampu jalan mati", ""),
    ],
)
def test_only_a_hurried_form_full_of_addresses_is_odd(seconds: float, message: str, odd: str) -> None:
    assert odd_age(seconds, message, POLICY) == odd


def test_one_that_has_run_out_comes_back() -> None:
    assert (has_run_out(MOST, POLICY), has_run_out(MOST + 1, POLICY)) == (False, True)
    with refused(("form_token", "form_too_old")):
        odd_age(MOST + 1, "Lampu jalan mati", POLICY)
