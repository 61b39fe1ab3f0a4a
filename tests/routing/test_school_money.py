"""Money that a school takes under a threat is read by few; what parents agreed to is no secret."""

from __future__ import annotations

import pytest

from tests.routing.given import decided
from tests.sentences import sentences


@pytest.mark.parametrize("text", sentences("school_money", "a_school_s_money_under"))
def test_a_school_s_money_under_a_threat_is_read_by_few(text: str) -> None:
    decision = decided(text)
    assert decision.restricted
    assert decision.desk


@pytest.mark.parametrize(
    "text",
    [
        "Komite sekolah minta sumbangan wisuda 300 ribu, mohon dijelaskan",
        "Iuran kelas di SD naik, apa memang sekolah menarik uang kas tiap bulan",
    ],
)
def test_a_school_s_fee_without_any_is_an_ordinary_report(text: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.restricted) == ("DISDIK", False)


def test_who_decides_about_schools_stays_the_same() -> None:
    forced = decided("Guru SMP negeri minta uang perpisahan 400 ribu, wajib, kalau tidak bayar rapor ditahan")
    free = decided("Guru SMP negeri minta uang perpisahan 400 ribu")
    assert (forced.opd, forced.confident, forced.accuses) == (free.opd, free.confident, free.accuses)
