"""What tells one complaint of another system from another."""

from __future__ import annotations

import pytest

from workflows.domain.complaint.records import Arrival


@pytest.mark.parametrize(("one", "other"), [("SP4N 77", "sp4n77"), ("12 / RW05", "12/rw05")])
def test_a_number_is_known_however_it_was_spaced(one: str, other: str) -> None:
    assert Arrival("letter", one).identity == Arrival("letter", other).identity != ""
    assert Arrival("letter", one).identity != Arrival("counter", one).identity


@pytest.mark.parametrize("ref", ["", "-", "–", "tidak ada", "s.n."])
def test_what_has_no_digit_tells_nothing(ref: str) -> None:
    assert Arrival("letter", ref).identity == ""
