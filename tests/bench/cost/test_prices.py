"""What a month's units cost: free tiers at their border, by day and by month; prices that lack something."""

from __future__ import annotations

import pytest

from tests.bench.cost.prices import DAYS, Price, read_prices

CENT = Price(1.0, 100, "a page", free=50)
DAILY = Price(0.1, 100_000, "a page", free=20_000, free_each="day")
DEARER = Price(0.2, 1, "a page", free=100, free_at=0.1)


@pytest.mark.parametrize(
    ("units", "free_tier", "usd"),
    [(0, True, 0), (49, True, 0), (50, True, 0), (51, True, 0.01), (150, True, 1), (50, False, 0.5), (0, False, 0)],
)
def test_only_what_is_beyond_the_free_units_is_charged(units: float, free_tier: bool, usd: float) -> None:
    assert CENT.charge(units, free_tier) == pytest.approx(usd)


def test_a_daily_quota_counts_on_each_day_of_the_month() -> None:
    assert DAILY.free_a_month == pytest.approx(20_000 * 365 / 12)
    assert DAILY.charge(20_000 * DAYS, True) == 0
    assert DAILY.charge(120_000 * DAYS, True) == pytest.approx(0.1 * DAYS)


def test_what_is_taken_off_as_money_is_fewer_units_where_they_are_dearer() -> None:
    assert DEARER.free_a_month == pytest.approx(50)
    assert DEARER.charge(60, True) == pytest.approx(2)


def test_a_bill_has_a_line_for_each_amount_and_knows_every_price() -> None:
    prices = read_prices()
    assert set(prices.bill({"reads": 1e6, "writes": 0}, False)) == {"reads", "writes"}
    with pytest.raises(KeyError):
        prices.bill({"miracles": 1}, False)


@pytest.mark.parametrize("change", [{"free_each": "week"}, {"usd": -1}, {"per": 0}, {"source": ""}])
def test_a_price_without_what_it_needs_is_refused(change: dict[str, object]) -> None:
    with pytest.raises(ValueError, match="no price"):
        Price(**{"usd": 1, "per": 1, "source": "a page", **change})  # type: ignore[arg-type]


def test_every_price_of_the_file_names_its_page() -> None:
    prices = read_prices()
    assert prices.region == "asia-southeast2"
    assert all(price.source.startswith("https://cloud.google.com/") for price in prices.prices.values())
    assert len(prices.assumed()) < len(prices.prices)
