"""The tables of `make cost`: rows of a month's bills, in Markdown that a terminal can show, too."""

from __future__ import annotations
import statistics
from collections.abc import Iterator, Sequence

from tests.bench.cost.habits import Habits
from tests.bench.cost.measured import Measured
from tests.bench.cost.month import Month, a_life, a_part, month
from tests.bench.cost.planned import Fixed
from tests.bench.cost.prices import DAYS, PriceList
from tests.bench.cost.work import Work, billed, weigh

Rows = list[list[str]]
SHOWN = {unit: unit for unit in ("requests", "reads", "writes", "deletes", "messages", "mails")} | {
    "billed": "billed seconds"
}
SHOWN_VOLUME = "4,000 a day"


def markdown(head: Sequence[str], rows: Rows) -> str:
    """A table whose columns stand below each other; the first is text, the others are numbers."""
    widths = [max(len(row[n]) for row in (head, *rows)) for n in range(len(head))]
    rule = ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])]
    return "\n".join(_line(row, widths) for row in (head, rule, *rows))


def _line(row: Sequence[str], widths: Sequence[int]) -> str:
    cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
    return f"| {' | '.join(cells)} |"


def dollars(amount: float) -> str:
    """Cents where there are dollars, three digits where there are none, and an end to what is nothing."""
    if abs(amount) < 0.00005:
        return "0"
    return f"{amount:,.2f}" if abs(amount) >= 1 else f"{amount:.3g}"


def costs(measured: Measured, habits: Habits, sizes: dict[str, Fixed], prices: PriceList, free_tier: bool) -> str:
    """US$ a month and per 1,000 reports: each size at each volume, with the free tier or without it."""
    title = f"US$ a month, {'with' if free_tier else 'without'} the free tier"
    rows = []
    for size, fixed in sizes.items():
        for name, volume in habits.volumes.items():
            made = month(measured, habits, fixed, volume)
            rows.append([f"{size}, {name}", *_cells(made, prices, volume, free_tier)])
    return markdown([title, "fixed", "used", "held", "in all", "1,000 used", "1,000 held"], rows)


def _cells(made: Month, prices: PriceList, volume: int, free_tier: bool) -> Iterator[str]:
    """What is free goes to what comes anyway first; the reports get what is left of it."""
    fixed, whole, held = (sum(prices.bill(each, free_tier).values()) for each in (made.fixed, made.whole, made.held))
    thousands = volume * DAYS / 1000
    used = whole - fixed
    yield from map(dollars, (fixed, used, held, whole + held, used / thousands, held / thousands))


def drivers(measured: Measured, habits: Habits, sizes: dict[str, Fixed], prices: PriceList) -> str:
    """What the money is for at one volume, without the free tier: the fixed part a month, the rest per 1,000."""
    volume = habits.volumes[SHOWN_VOLUME]
    columns = [_shares(month(measured, habits, fixed, volume), prices, volume) for fixed in sizes.values()]
    head = [f"US$ at {SHOWN_VOLUME}", *(f"{size}: {part}" for size in sizes for part in ("fixed", "1,000"))]
    rows = [[name, *(dollars(cell) for column in columns for cell in column[name])] for name in columns[0]]
    return markdown(head, [row for row in rows if set(row[1:]) != {"0"}])


def _shares(made: Month, prices: PriceList, volume: int) -> dict[str, tuple[float, float]]:
    fixed, whole, held = (prices.bill(each, False) for each in (made.fixed, made.whole, made.held))
    thousands = volume * DAYS / 1000
    used = {name: (fixed[name], (usd - fixed[name]) / thousands) for name, usd in whole.items()}
    return used | {name: (0.0, usd / thousands) for name, usd in held.items()}


def parts(measured: Measured, habits: Habits) -> str:
    """What each part of a life counts, a report, and what is done every day."""
    rows = [_counts(name, a_part(calls, measured, habits)) for name, calls in measured.parts.items()]
    anyway = {
        "a sweep that finds nothing": measured.sweep,
        "a quiet morning": measured.morning,
        "a morning with a department's letter": measured.digest,
        "a health check": measured.health,
        "a department's list": measured.list_page,
        "the desk's board": measured.board,
    }
    more = [_counts(name, weigh(calls, habits)) for name, calls in anyway.items()]
    return markdown(["counted", *SHOWN.values()], [*rows, _counts("one life", a_life(measured, habits)), *more])


def _counts(name: str, work: Work) -> list[str]:
    return [name, *(f"{work.total(unit) + 0.0:,.1f}" for unit in SHOWN)]


def left(measured: Measured) -> str:
    """Bytes that one life leaves."""
    kept = {"documents": measured.kept, "index entries": measured.indexed, "photos": measured.photos}
    return markdown(["one life leaves", "bytes"], [[name, f"{size:,.0f}"] for name, size in kept.items()])


def times(measured: Measured, habits: Habits) -> str:
    """How long the requests of each function take: CPU, with its waits, and as billed; milliseconds, medians."""
    calls = [*measured.calls, *measured.health, *measured.list_page, *measured.board]
    rows = []
    for function in sorted({call.function for call in calls}):
        own = [call for call in calls if call.function == function]
        lasting = [habits.seconds(call) for call in own]
        medians = (statistics.median(each) * 1000 for each in ([c.cpu for c in own], lasting, map(billed, lasting)))
        rows.append([function, str(len(own)), *(f"{each:,.1f}" for each in medians)])
    return markdown(["ms of a request", "requests", "CPU", "with its waits", "billed"], rows)
