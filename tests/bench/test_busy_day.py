"""The arithmetic of the simulated day, on numbers that can be counted on the fingers."""

from __future__ import annotations
from dataclasses import replace
from math import inf
from typing import Any

import pytest

from infra.topology import Function, Push, Topology
from tests.bench.busy_day import FIRST, Assumed, pace, simulate
from tests.bench.waiting_line import Batch, Line, percentile

PUSHED = ("route_complaint", "send_notice", "check_deadline")
GIVEN: dict[str, Any] = {"max_instances": 4, "concurrency": 5, "timeout_seconds": 50}
TOPOLOGY = Topology(
    (
        *(Function(name, "push", topic=name, **GIVEN) for name in PUSHED),
        Function("sweep", "tick", cron="*/5 * * * *", **GIVEN),
    ),
    Push(5, 1, 110, "dead-letter"),
    "Asia/Jakarta",
)
QUIET = Assumed(late=0, later=0)


def test_a_line_does_what_it_can_in_the_order_in_which_it_came() -> None:
    line = Line(pace=3)
    assert line.step([Batch(0, 4, FIRST)]) == [Batch(0, 3, FIRST)]
    assert line.step([Batch(1, 4, FIRST)]) == [Batch(0, 1, FIRST), Batch(1, 2, FIRST)]
    assert line.length == 2
    assert line.step([]) == [Batch(1, 2, FIRST)]
    assert line.step([]) == []


@pytest.mark.parametrize(
    ("seconds", "cpu", "calls"),
    [(0.5, 0.001, 40.0), (0.5, 0.2, 20.0), (2.0, 0.2, 10.0)],
    ids=["as many as are let in", "as many as can be computed", "slow calls"],
)
def test_a_function_is_as_fast_as_its_instances_hold_or_compute_calls(seconds: float, cpu: float, calls: float) -> None:
    assert pace(TOPOLOGY, "send_notice", seconds, cpu) == pytest.approx(calls)


@pytest.mark.parametrize(
    ("values", "found"),
    [([(1.0, 95.0), (9.0, 5.0)], 1.0), ([(9.0, 6.0), (1.0, 94.0)], 9.0), ([], inf)],
    ids=["just within", "just beyond", "nothing"],
)
def test_a_percentile_weighs_each_value(values: list[tuple[float, float]], found: float) -> None:
    assert percentile(values, 0.95) == found


@pytest.mark.slow
def test_where_all_is_fast_a_letter_takes_two_calls_and_alarms_sweeps() -> None:
    assumed = replace(QUIET, late=0.5, publish=0.05)  # 10,000 alarms, 1,000 a sweep: the last after 45 minutes
    day = simulate(20_000, TOPOLOGY, assumed)
    assert day.p95(9) == pytest.approx(assumed.route + assumed.letter)
    assert day.longest["alarms"][15:18] == [0, 9_000, 0]


@pytest.mark.slow
def test_what_the_provider_does_not_take_waits_and_is_counted() -> None:
    day = simulate(20_000, TOPOLOGY, replace(QUIET, smtp=0.2))
    assert day.longest["smtp"][10] > 1_000
    assert day.p95(9) > 3_600
    assert sum(count for hour in day.took for _, count in hour) == pytest.approx(20_000, rel=0.05)
