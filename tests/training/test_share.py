"""Shares and how sure one can be of them."""

from __future__ import annotations

import pytest

from workflows.training.measures import Share, share


@pytest.mark.parametrize(
    ("hits", "of", "low", "high"),
    [(8, 10, 0.4902, 0.9433), (0, 10, 0.0, 0.2775), (10, 10, 0.7225, 1.0), (1799, 1894, 0.9391, 0.9587), (0, 0, 0, 1)],
)
def test_the_interval_is_wilson_s(hits: int, of: int, low: float, high: float) -> None:
    assert Share(hits, of).interval == pytest.approx((low, high), abs=1e-4)


def test_a_share_is_printed_with_its_interval_and_one_of_nothing_as_a_dash() -> None:
    assert str(share([True] * 8 + [False] * 2)) == "80.0% (49.0%–94.3%)"
    assert (str(Share(0, 0)), Share(0, 0).short, Share(2, 3).short) == ("–", "–", "67%")
