"""The list prices of infra/prices.toml, and what a month's amounts cost by them."""

from __future__ import annotations
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

FILE = Path(__file__).parents[3] / "infra" / "prices.toml"
DAYS = 365 / 12
"""Of a month."""
Amounts = Mapping[str, float]
"""What a month uses, by the name of its price."""


@dataclass(frozen=True)
class Price:
    """US$ for `per` units.

    free: units without charge each `free_each`; free_at: the price that they are taken off at.
    """

    usd: float
    per: float
    source: str
    free: float = 0
    free_each: str = "month"
    free_at: float = 0
    assumption: str = ""

    def __post_init__(self) -> None:
        if self.free_each not in ("day", "month") or self.usd < 0 or self.per <= 0 or not self.source:
            raise ValueError(f"no price: {self}")

    @property
    def free_a_month(self) -> float:
        """Units; fewer where Google gives them as money and this region is dearer."""
        dearer = self.free_at * self.per / self.usd if self.free_at else 1
        return self.free * dearer * (DAYS if self.free_each == "day" else 1)

    def charge(self, amount: float, free_tier: bool) -> float:
        """US$ for a month's units."""
        charged = max(0.0, amount - self.free_a_month) if free_tier else amount
        return charged * self.usd / self.per


@dataclass(frozen=True)
class PriceList:
    """Prices by name, for one region, as read on that day."""

    region: str
    tier: int
    read_on: date
    prices: Mapping[str, Price]

    def bill(self, amounts: Amounts, free_tier: bool) -> dict[str, float]:
        """US$ a month by price; KeyError for an amount that has none."""
        return {name: self.prices[name].charge(amount, free_tier) for name, amount in amounts.items()}

    def assumed(self) -> dict[str, str]:
        """What was taken for each price that could not be read, and why."""
        return {name: price.assumption for name, price in self.prices.items() if price.assumption}


def read_prices(file: Path = FILE) -> PriceList:
    """The list of a file; ValueError or TypeError where a price lacks something."""
    told = tomllib.loads(file.read_text("utf-8"))
    prices = {name: Price(**price) for name, price in told.pop("prices").items()}
    return PriceList(prices=prices, **told)
