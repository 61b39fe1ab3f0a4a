"""`make bench`: a simulated day of a large city on Google Cloud: what waits where, and when letters come late.

A second at a time, each step of the way is a line that moves as fast as its instances, or its provider, allow.
Instances, calls at a time and the sweep's seconds come from infra/topology.yaml; the rest stands in Assumed and in
docs/scale.md. Nothing is really stored or sent.
"""

from __future__ import annotations
import sys
from dataclasses import dataclass, field, replace
from random import Random

from infra.topology import Topology, read_topology
from tests.bench.waiting_line import Batch, Line, percentile

CURVE = (2, 1, 1, 1, 2, 8, 25, 48, 78, 88, 86, 72, 60, 66, 72, 68, 60, 52, 50, 54, 48, 34, 18, 6)
"""Thousandths of a day's reports, hour by hour: most in office hours, and a second wave after supper."""
OFFICE = range(8, 16)
HOUR = 3_600
AIM = 60
"""Seconds from the form to the citizen's first letter, for 95 of 100."""
FIRST, LATER, LISTED = "first", "later", "listed"
"""Letters: a citizen's first, a citizen's others, and an office's, nearly all of which a list stands for."""
SIZES = (40_000, 200_000, 1_000_000, 2_000_000)


@dataclass(frozen=True)
class Assumed:
    """How long things take on Google Cloud, and a city's ways.

    route, letter, check: seconds of a call, cpu of them computing. smtp: letters a second that the provider takes.
    publish: seconds until a message is taken; at_once: how many the sweep sends before it waits for that. late:
    the share of a day's reports whose alarm rings at closing time, late_letters: what each of them sends. later:
    letters to its citizen after the first, in office hours. apart: offices' letters have a topic of their own.
    """

    route: float = 0.3
    letter: float = 0.6
    check: float = 0.2
    cpu: float = 0.02
    smtp: float = 50
    publish: float = 0.012
    at_once: int = 1
    late: float = 0.2
    late_letters: float = 2
    later: float = 2
    apart: bool = False


@dataclass
class Day:
    """A line for each step, alarms that no sweep has come to yet; by hour the longest of all, and what it took."""

    lines: dict[str, Line]
    per_sweep: float
    alarms: float = 0.0
    longest: dict[str, list[float]] = field(default_factory=dict)
    took: list[list[tuple[float, float]]] = field(default_factory=lambda: [[] for _ in CURVE])

    def p95(self, hour: int) -> float:
        """Seconds within which 95 of 100 of that hour's reports had their first letter."""
        return percentile(self.took[hour], 0.95)

    def note(self, second: int) -> None:
        """Remember how long the lines are now."""
        for name, length in [("alarms", self.alarms), *((name, line.length) for name, line in self.lines.items())]:
            hours = self.longest.setdefault(name, [0.0] * len(CURVE))
            hours[second // HOUR] = max(hours[second // HOUR], length)


def pace(topology: Topology, function: str, seconds: float, cpu: float) -> float:
    """Calls a second that a function does at most: by Little's law, and by what its processors can compute."""
    declared = topology.by_name[function]
    return declared.max_instances * min(declared.concurrency / seconds, declared.cpu / cpu)


def simulate(a_day: int, topology: Topology, assumed: Assumed) -> Day:
    """One day. A first letter that is not out at midnight counts as if it went out then."""
    luck, day = Random(a_day), _empty(topology, assumed)
    for second in range(len(CURVE) * HOUR):
        mean = a_day * CURVE[second // HOUR] / 1000 / HOUR
        came = _poisson(mean, luck)
        day.alarms += a_day * assumed.late if second == OFFICE.stop * HOUR else 0.0
        later = a_day * assumed.later / (len(OFFICE) * HOUR) if second // HOUR in OFFICE else 0.0
        _a_second(day, second, came, later, assumed)
        day.note(second)
    for batch in (each for line in day.lines.values() for each in line.waiting if each.kind == FIRST):
        day.took[batch.born // HOUR].append((len(CURVE) * HOUR - batch.born, batch.many))
    return day


def _poisson(mean: float, luck: Random) -> float:
    if mean > 20:
        return max(0.0, luck.gauss(mean, mean**0.5))
    number, at = 0, luck.expovariate(1)
    while at < mean:
        number, at = number + 1, at + luck.expovariate(1)
    return float(number)


def _empty(topology: Topology, assumed: Assumed) -> Day:
    steps = {"route": "route_complaint", "check": "check_deadline", "letter": "send_notice"}
    paces = {step: pace(topology, name, getattr(assumed, step), assumed.cpu) for step, name in steps.items()}
    paces |= {"office": paces["letter"], "smtp": assumed.smtp}
    lines = {name: Line(each) for name, each in paces.items()}
    return Day(lines, topology.by_name["sweep"].timeout_seconds / assumed.publish * assumed.at_once)


def _a_second(day: Day, second: int, came: float, later: float, assumed: Assumed) -> None:
    woken = min(day.alarms, day.per_sweep) if second % 300 == 0 else 0.0
    day.alarms -= woken
    routed = day.lines["route"].step([Batch(second, came, FIRST)])
    checked = day.lines["check"].step([Batch(second, woken, LISTED)])
    citizens = [*routed, Batch(second, later, LATER)]
    offices = [batch._replace(kind=LISTED) for batch in routed]
    offices += [batch._replace(many=batch.many * assumed.late_letters) for batch in checked]
    day.lines["office"].step(offices if assumed.apart else ())
    written = day.lines["letter"].step(citizens if assumed.apart else citizens + offices)
    for batch in day.lines["smtp"].step(batch for batch in written if batch.kind != LISTED):
        if batch.kind == FIRST:
            day.took[batch.born // HOUR].append((second - batch.born + assumed.route + assumed.letter, batch.many))


def main() -> None:
    """Print every size as declared and with each remedy, and a million as declared hour by hour."""
    topology, assumed = read_topology(), Assumed()
    remedies = {
        "as declared": (topology, assumed),
        "a provider for 300 letters/s": (topology, replace(assumed, smtp=300)),
        "and 200 wake-ups at once": (topology, replace(assumed, smtp=300, at_once=200)),
        "and offices' letters apart": (topology, replace(assumed, smtp=300, at_once=200, apart=True)),
    }
    sys.stdout.write("simulated: p95 seconds from form to first letter, worst hour; alarms left at five\n")
    sys.stdout.write(f"{'reports a day':<30}" + "".join(f"{size:>18,}" for size in SIZES) + "\n")
    for name, given in remedies.items():
        cells = [_cell(simulate(size, *given)) for size in SIZES]
        sys.stdout.write(f"{name:<30}" + "".join(cells) + "\n")
    _tell(simulate(1_000_000, topology, assumed))


def _cell(day: Day) -> str:
    worst = max(day.p95(hour) for hour in range(len(CURVE)))
    return f"{worst:>9,.0f} {day.longest['alarms'][OFFICE.stop + 1]:>8,.0f}"


def _tell(day: Day) -> None:
    sys.stdout.write("\nhour   p95 s      " + "".join(f"{name:>12}" for name in day.longest) + "   (longest line)\n")
    for hour in range(len(CURVE)):
        lengths = "".join(f"{hours[hour]:>12,.0f}" for hours in day.longest.values())
        late = "late" if day.p95(hour) > AIM else ""
        sys.stdout.write(f"{hour:>4} {day.p95(hour):>7,.0f} {late:<5}{lengths}\n")


if __name__ == "__main__":
    main()
