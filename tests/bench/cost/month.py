"""What a month of a size at a volume uses, by the names of the prices: the fixed part, and with all reports."""

from __future__ import annotations
import math
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from infra.embedded.scheduler import SWEEP, ticks
from infra.topology import read_topology
from tests.bench.cost.habits import Habits
from tests.bench.cost.life import OF_TEN
from tests.bench.cost.measured import MORNING, Measured
from tests.bench.cost.meter import Call
from tests.bench.cost.planned import Fixed
from tests.bench.cost.prices import DAYS, Amounts
from tests.bench.cost.work import TIMES_CHARGED, Work, weigh

GIB, TIB = 2**30, 2**40
HOUR, DAY = 3600, 86400
LOOKED_AT = 30
"""Seconds between two looks of an alert's condition."""
COUNTED = ("reads", "writes", "deletes", "requests", "class_a", "class_b")


@dataclass(frozen=True)
class Month:
    """Amounts by price: `fixed` comes anyway, `whole` with that many reports a day; `held` is what lies there."""

    fixed: Amounts
    whole: Amounts
    held: Amounts


def month(measured: Measured, habits: Habits, size: Fixed, volume: int) -> Month:
    """One size at a volume, at the end of the city's first year."""
    fixed, life = a_day(measured, habits, size, volume), a_life(measured, habits)
    anyway = standing(size, habits)
    return Month(
        {**anyway, **used(fixed, habits, size)},
        {**anyway, **used(fixed + life * volume, habits, size)},
        stored(measured, habits, size, volume),
    )


def a_life(measured: Measured, habits: Habits) -> Work:
    """What one report adds, from its form to the erasure."""
    return sum((a_part(calls, measured, habits) for calls in measured.parts.values()), Work())


def a_part(calls: Sequence[Call], measured: Measured, habits: Habits) -> Work:
    """A tenth of what was done for the ten, without what sweeps and a morning do for nobody."""
    for_nobody = weigh(measured.sweep, habits) * sum(call.function == SWEEP for call in calls)
    if any(call.cause == MORNING for call in calls):
        for_nobody += weigh(measured.morning, habits)
    return (weigh(calls, habits) - for_nobody) * (1 / OF_TEN)


def a_day(measured: Measured, habits: Habits, size: Fixed, volume: int) -> Work:
    """What happens every day however many reports there are: ticks, letters to departments, views, checks."""
    offices = min(habits.city["departments"], volume)
    morning = weigh(measured.morning, habits)
    return (
        weigh(measured.sweep, habits) * sweeps_a_day()
        + morning
        + (weigh(measured.digest, habits) - morning) * offices
        + weigh(measured.list_page, habits) * (offices * habits.city["views_of_the_list_a_day"])
        + weigh(measured.board, habits) * habits.city["views_of_the_board_a_day"]
        + weigh(measured.health, habits) * (size.probes_a_day * habits.cloud["probes"])
    )


def sweeps_a_day() -> int:
    """As the topology's schedule has it."""
    begin = datetime(2026, 1, 1, tzinfo=UTC)
    return sum(name == SWEEP for _, name in ticks(read_topology(), begin, begin + timedelta(days=1)))


def used(day: Work, habits: Habits, size: Fixed) -> dict[str, float]:
    """What is paid by use: a day's work, for a month."""
    amounts = {name: day.total(name) * DAYS for name in COUNTED}
    lines = day.total("log_bytes") + day.total("log_lines") * habits.cloud["log_line_extra"]
    amounts["message_tib"] = day.total("message_bytes") * TIMES_CHARGED * DAYS / TIB
    amounts["log_gib"] = lines * DAYS / GIB
    balanced = [name for name in day.functions if size.services[size.service_of(name)].balanced]
    moved = sum(day.of(name, "bytes_in") + day.of(name, "bytes_out") for name in balanced)
    amounts["balanced_gib"] = moved * DAYS / GIB
    amounts["armor_requests"] = sum(day.of(name, "requests") for name in balanced) * DAYS
    return amounts | instances(day, habits, size)


def instances(day: Work, habits: Habits, size: Fixed) -> dict[str, float]:
    """vCPU- and GiB-seconds of a month, service by service."""
    sums = {"vcpu_seconds": 0.0, "gib_seconds": 0.0}
    for name, service in size.services.items():
        own = [function for function in day.functions if size.service_of(function) == name]
        parts = {unit: sum(day.of(each, unit) for each in own) for unit in ("billed", "lasting", "cpu")}
        seconds = busy_seconds(**parts, concurrency=service.concurrency, habits=habits) * DAYS
        sums["vcpu_seconds"] += seconds * service.cpu
        sums["gib_seconds"] += seconds * service.gib
    return sums


def busy_seconds(billed: float, lasting: float, cpu: float, concurrency: int, habits: Habits) -> float:
    """Instance-seconds of a day in which a service has a request in hand, given the sums over its requests.

    Few requests are alone on an instance, each billed by itself. Of many, several share one: as many as it takes
    at once, and as its CPU bears.
    """
    open_seconds = habits.city["working_hours_a_day"] * HOUR
    shared = max(
        1 - math.exp(-billed / open_seconds),
        lasting / open_seconds / concurrency,
        cpu / open_seconds / habits.cloud["busy_at_most"],
    )
    return min(billed, shared * open_seconds)


def stored(measured: Measured, habits: Habits, size: Fixed, volume: int) -> dict[str, float]:
    """What lies there after `held_days` of that volume, and what TTL takes away in the month."""
    held = volume * habits.city["held_days"] / GIB
    database = (measured.kept + measured.indexed) * held
    return {
        "ttl_deletes": measured.short_lived * volume * DAYS,
        "database_gib": database,
        "pitr_gib": database * size.pitr_copies,
        "backup_gib": database * size.backup_days,
        "photo_gib": measured.photos * held,
    }


def standing(size: Fixed, habits: Habits) -> dict[str, float]:
    """What is paid by the month for being there."""
    kept = size.services.values()
    month_seconds = DAYS * DAY
    return {
        "idle_vcpu_seconds": sum(each.min_instances * each.cpu for each in kept) * month_seconds,
        "idle_gib_seconds": sum(each.min_instances * each.gib for each in kept) * month_seconds,
        "scheduler_jobs": size.scheduler_jobs,
        "secret_versions": size.secret_versions,
        "probe_runs": size.probes_a_day * habits.cloud["probes"] * DAYS,
        "alert_conditions": size.alert_conditions,
        "alert_series": size.alert_conditions * month_seconds / LOOKED_AT,
        "image_gib": habits.cloud["image_gib"],
        "forwarding_hours": DAYS * 24 if size.forwarding_rules else 0,  # one price for the first five
        "armor_policies": size.armor_policies,
        "armor_rules": size.armor_rules,
    }
