"""Probabilities held against what came true, and what a threshold would let out."""

from __future__ import annotations

import pytest

from tests.training.given import decided, label
from workflows.training.measures import Share, bands, calibration_error, curve, widest

LETTERS = [
    decided(label("DLH"), "DLH", 0.96),
    decided(label("DLH"), "DLH", 1.0),
    decided(label("KEC", "DLH"), "DLH", 0.85),
    decided(label("KEC"), "DLH", 0.85),
    decided(label("KEC"), "PUPR", 0.7),
    decided(label("DLH"), "DLH", 0.5, may_go=False),
    decided(label("DLH"), "DESK", 0.9),
]


def test_bands_hold_letters_of_their_probability_none_of_the_desk() -> None:
    found = {(b.low, b.high): (b.exact, b.right) for b in bands(LETTERS)}
    assert found == {
        (0.95, 1.0): (Share(2, 2), Share(2, 2)),
        (0.8, 0.9): (Share(0, 2), Share(1, 2)),
        (0.7, 0.8): (Share(0, 1), Share(0, 1)),
        (0.5, 0.6): (Share(1, 1), Share(1, 1)),
    }


def test_the_error_is_the_mean_distance_from_the_exact_share() -> None:
    expected = (2 * 0.02 + 2 * 0.85 + 0.7 + 0.5) / 6
    assert calibration_error(bands(LETTERS)) == pytest.approx(expected)
    assert calibration_error([]) == 0


def test_a_lower_threshold_lets_out_more_and_equals_go_together() -> None:
    points = curve(LETTERS)
    assert [(p.sure, p.automatic.hits, p.precision) for p in points] == [
        (1.0, 1, Share(1, 1)),
        (0.96, 2, Share(2, 2)),
        (0.85, 4, Share(3, 4)),
        (0.7, 5, Share(3, 5)),
    ]
    assert {p.automatic.of for p in points} == {7}


@pytest.mark.parametrize(("precise", "sure"), [(0.95, 0.96), (0.75, 0.85), (0.1, 0.7)])
def test_the_widest_point_is_the_last_that_is_precise_enough(precise: float, sure: float) -> None:
    point = widest(curve(LETTERS), precise)
    assert point and point.sure == sure


def test_where_nothing_is_precise_enough_there_is_no_point() -> None:
    assert widest(curve(LETTERS[3:4]), 0.5) is None
