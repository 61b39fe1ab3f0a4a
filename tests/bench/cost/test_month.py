"""A month from made-up calls: rounding up, instances that are shared, and what only one size has."""

from __future__ import annotations
from collections import Counter

import pytest

from infra.embedded.scheduler import SWEEP
from tests.bench.cost.habits import Habits, read_habits
from tests.bench.cost.measured import MORNING, Measured
from tests.bench.cost.meter import Call
from tests.bench.cost.month import a_life, busy_seconds, month, sweeps_a_day
from tests.bench.cost.planned import read_planned
from tests.bench.cost.prices import DAYS, read_prices
from tests.bench.cost.work import billed, weigh

HABITS, SIZES, PRICES = read_habits(), read_planned(), read_prices()


def call(function: str, cause: str = "", **counted: int) -> Call:
    return Call(function, cause or function, 0.01, Counter(counted))


def made_up(**more: float) -> Measured:
    """A life of two requests with three reads and a write."""
    ten = [call("complaint_form", reads=3, bytes_in=1000), call("send_notice", writes=1, mails=1)] * 10
    return Measured([call(SWEEP, reads=2)], [call(MORNING, reads=5)], [call(MORNING)], parts={"all": ten}, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(("seconds", "paid"), [(0, 0.1), (0.0001, 0.1), (0.1, 0.1), (0.1001, 0.2), (1.01, 1.1)])
def test_a_request_is_billed_in_whole_steps(seconds: float, paid: float) -> None:
    assert billed(seconds) == pytest.approx(paid)


def test_a_request_lasts_as_long_as_its_work_and_its_waits() -> None:
    waits = {"store_trip": 10.0, "publish": 5.0, "mail": 400.0, "bucket": 40.0}
    habits = Habits({}, {}, waits, {})
    assert habits.seconds(call("x", trips=3, messages=2, mails=1, class_b=1)) == pytest.approx(0.01 + 0.48)


def test_few_requests_are_billed_alone_and_many_share_an_instance() -> None:
    few = busy_seconds(billed=10, lasting=5, cpu=1, concurrency=8, habits=HABITS)
    assert 9.9 < few <= 10
    many = busy_seconds(billed=1e7, lasting=8e6, cpu=1e5, concurrency=8, habits=HABITS)
    assert many == pytest.approx(1e6)
    bound_by_cpu = busy_seconds(billed=1e7, lasting=8e6, cpu=3e6, concurrency=80, habits=HABITS)
    assert bound_by_cpu == pytest.approx(3e6 / HABITS.cloud["busy_at_most"])


def test_a_life_is_a_tenth_of_ten_without_what_happens_anyway() -> None:
    measured = made_up()
    measured.parts["more"] = [call(SWEEP, reads=12), call(MORNING, reads=5)]
    life = a_life(measured, HABITS)
    assert life.total("reads") == pytest.approx(3 + (12 - 2) / 10)
    assert life.total("requests") == pytest.approx(2)
    assert life.of(SWEEP, "requests") == life.of(MORNING, "requests") == 0


def test_work_adds_up() -> None:
    work = weigh([call("a", reads=1), call("b", reads=2)], HABITS)
    assert ((work + work) * 3 - work).total("reads") == 15
    assert work.functions == ["a", "b"]


@pytest.mark.parametrize("size", SIZES)
def test_a_thousand_times_the_reports_use_a_thousand_times_the_store(size: str) -> None:
    small, large = (month(made_up(), HABITS, SIZES[size], volume) for volume in (4_000, 4_000_000))
    for name, each in (("reads", 3), ("writes", 1)):
        assert small.whole[name] - small.fixed[name] == pytest.approx(4_000 * each * DAYS)
        assert large.whole[name] - large.fixed[name] == pytest.approx(4_000_000 * each * DAYS)
    assert small.fixed == large.fixed


def test_only_besar_pays_for_what_stands_in_front() -> None:
    bills = {size: PRICES.bill(month(made_up(), HABITS, fixed, 4_000).whole, False) for size, fixed in SIZES.items()}
    front = ("forwarding_hours", "armor_policies", "armor_rules", "armor_requests", "balanced_gib")
    assert [bills["kecil"][name] for name in front] == [0] * 5
    assert all(bills["besar"][name] > 0 for name in front)
    assert bills["besar"]["forwarding_hours"] == pytest.approx(0.025 * 730)


def test_what_is_kept_counts_in_the_database_its_copies_and_the_year() -> None:
    held = month(made_up(kept=600, indexed=400, photos=2**30, short_lived=1), HABITS, SIZES["kecil"], 10).held
    assert held["database_gib"] == pytest.approx(10 * 365 * 1000 / 2**30)
    assert held["pitr_gib"] == held["database_gib"]
    assert held["backup_gib"] == pytest.approx(30 * held["database_gib"])
    assert held["photo_gib"] == pytest.approx(3650)
    assert held["ttl_deletes"] == pytest.approx(10 * DAYS)


def test_the_schedule_says_how_often_a_day_is_swept() -> None:
    assert sweeps_a_day() == 288
