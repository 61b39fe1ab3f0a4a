"""However a letter is typed, greeted or ordered, it goes where it went."""

from __future__ import annotations
from functools import cache
from random import Random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.conftest import WHOLE
from tests.routing.given import decided_row, examples, letters
from tests.routing.noise import EXACT, FREE, Noise
from workflows.routing.model import Decision

pytestmark = pytest.mark.slow

ROWS = [*letters(), *examples()]
MAY_DOUBT = 0.05  # thanks that no longer close the letter are read as its words: an operator then looks
DRAWN = st.tuples(st.integers(0, len(ROWS) - 1), st.randoms(use_true_random=False))


@cache
def quiet(number: int) -> Decision:
    """The decision on a letter as it stands."""
    return decided_row(ROWS[number])


def noisy(number: int, noise: Noise, random: Random) -> Decision:
    """The decision on a letter typed another way."""
    return decided_row(ROWS[number], noise(ROWS[number]["text"], random))


@pytest.mark.parametrize("noise", EXACT.values(), ids=EXACT.keys())
@given(drawn=DRAWN)
def test_case_blanks_and_marks_change_no_department(noise: Noise, drawn: tuple[int, Random]) -> None:
    number, random = drawn
    decision = noisy(number, noise, random)
    assert (decision.opd, decision.accuses) == (quiet(number).opd, quiet(number).accuses)


@pytest.mark.parametrize("noise", FREE.values(), ids=FREE.keys())
@given(drawn=DRAWN)
def test_no_noise_makes_a_sure_decision_another_sure_one(noise: Noise, drawn: tuple[int, Random]) -> None:
    number, random = drawn
    decision = noisy(number, noise, random)
    assert not (quiet(number).confident and decision.confident) or decision.opd == quiet(number).opd


@pytest.mark.parametrize("noise", FREE.values(), ids=FREE.keys())
def test_noise_seldom_costs_a_decision_its_certainty(noise: Noise) -> None:
    random = Random(5)
    sure = [number for number in range(0, len(ROWS), 3) if quiet(number).confident]
    doubted = sum(not noisy(number, noise, random).confident for number in sure)
    assert doubted <= MAY_DOUBT * len(sure)


@pytest.mark.parametrize("noise", FREE.values(), ids=FREE.keys())
def test_no_letter_of_all_goes_surely_elsewhere(noise: Noise) -> None:
    random = Random(11)
    sure = [number for number in range(0, len(ROWS), 1 if WHOLE else 4) if quiet(number).confident]
    typed = ((number, noisy(number, noise, random)) for number in sure)
    assert [number for number, told in typed if told.confident and told.opd != quiet(number).opd] == []
