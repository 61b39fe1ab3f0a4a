"""Two pictures: is the probability to be believed, and how much goes out at which precision."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from workflows.training.cross import Decided
from workflows.training.measures.calibration import Band, Point, bands, curve

CALIBRATION, COVERAGE = "calibration.png", "coverage.png"
_PROMISED = 0.95
_FEWEST = 30  # letters below which a precision says nothing
_SIZE = (6.4, 4.8)


def draw(decided: Sequence[Decided], folder: Path) -> None:
    """Write both files into that folder."""
    _draw(folder / CALIBRATION, lambda axes: _calibration(axes, bands(decided)))
    _draw(folder / COVERAGE, lambda axes: _coverage(axes, curve(decided)))


def _draw(path: Path, fill: Any) -> None:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    figure = Figure(figsize=_SIZE, layout="constrained")
    FigureCanvasAgg(figure)
    axes = figure.add_subplot()
    fill(axes)
    axes.grid(alpha=0.3)
    axes.legend(loc="lower right" if path.name == CALIBRATION else "lower left")
    figure.savefig(path, dpi=120, metadata={"Software": None})


def _calibration(axes: Any, found: Sequence[Band]) -> None:
    chances = [band.chance for band in found]
    exact = [band.exact.value for band in found]
    low, high = zip(*(band.exact.interval for band in found), strict=True) if found else ((), ())
    axes.plot([0, 1], [0, 1], color="grey", linestyle="--", label="as promised")
    axes.fill_between(chances, low, high, alpha=0.2)
    axes.plot(chances, exact, marker="o", label="the best department")
    axes.plot(chances, [band.right.value for band in found], marker="s", label="that or an accepted one")
    axes.set(xlabel="probability of the decision", ylabel="share of letters", xlim=(0, 1), ylim=(0, 1.02))
    axes.set_title("Is the probability to be believed?")


def _coverage(axes: Any, points: Sequence[Point]) -> None:
    telling = [point for point in points if point.precision.of >= _FEWEST]
    shares = [point.automatic.value for point in telling]
    precisions = [point.precision.value for point in telling]
    low, high = zip(*(p.precision.interval for p in telling), strict=True) if telling else ((), ())
    axes.axhline(_PROMISED, color="grey", linestyle="--", label="95 of 100 right")
    axes.fill_between(shares, low, high, alpha=0.2)
    axes.plot(shares, precisions, label="right of what goes out")
    axes.set(xlabel="letters that go out without an operator", ylabel="share that is right", xlim=(0, 1))
    axes.set_title("How much goes out, and how much of it is right")
