"""What a city may switch on or off, and what that does to its month."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import replace

from tests.bench.cost.habits import Habits
from tests.bench.cost.measured import Measured
from tests.bench.cost.month import Month, month
from tests.bench.cost.planned import Fixed
from tests.bench.cost.prices import DAYS, PriceList
from tests.bench.cost.table import dollars, markdown

SHOWN = {"kecil": "40 a day", "besar": "4,000 a day"}
WEEK = 7
FIVE_MINUTES_A_DAY = 288


def _cold(size: Fixed) -> Fixed:
    services = {name: replace(service, min_instances=0) for name, service in size.services.items()}
    return replace(size, services=services)


SWITCHES: dict[str, Callable[[Fixed], Fixed]] = {
    "no instance kept warm": _cold,
    "backups kept for a week": lambda size: replace(size, backup_days=WEEK),
    "no recovery to any minute": lambda size: replace(size, pitr_copies=0),
    "one uptime check, every five minutes": lambda size: replace(size, probes_a_day=FIVE_MINUTES_A_DAY),
}


def options(measured: Measured, habits: Habits, sizes: dict[str, Fixed], prices: PriceList) -> str:
    """US$ a month that each switch adds or takes off, with the free tier."""
    columns = {f"{size}, {name}": (sizes[size], habits.volumes[name]) for size, name in SHOWN.items()}
    rows = []
    for name, switch in SWITCHES.items():
        changes = (
            _total(month(measured, habits, switch(size), volume), prices)
            - _total(month(measured, habits, size, volume), prices)
            for size, volume in columns.values()
        )
        rows.append([name, *map(dollars, changes)])
    address = dollars(sum(prices.bill({"nat_hours": DAYS * 24, "address_hours": DAYS * 24}, True).values()))
    return markdown(["US$ a month more", *columns], [*rows, ["a fixed address for mail", address, address]])


def _total(made: Month, prices: PriceList) -> float:
    return sum(prices.bill({**made.whole, **made.held}, True).values())
