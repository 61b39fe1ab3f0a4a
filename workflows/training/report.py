"""The report on the router: tables of the measures for the terminal or as Markdown, single texts to review (with
words on the terminal, ids only in files), and two charts (calibration, automation against precision).
"""

from __future__ import annotations
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from workflows.frozen import frozen
from workflows.training import measures
from workflows.training.cross import Decided
from workflows.training.measures import (
    AIMS,
    Band,
    Headline,
    Point,
    Share,
    bands,
    curve,
    headline,
    held_half,
    kinds,
    passed_over,
    reached,
    worst,
)


@frozen
class Section:
    """`rows`: printed cells, one for each name of `header`."""

    title: str
    header: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    note: str = ""


def section(title: str, header: tuple[str, ...], rows: Iterable[tuple[object, ...]], note: str = "") -> Section:
    """A section whose cells are converted to text."""
    return Section(title, header, tuple(tuple(map(str, row)) for row in rows), note)


def in_columns(part: Section) -> str:
    """The section for the terminal: the first column left-aligned, the others right-aligned."""
    widths = [max(map(len, column)) for column in zip(part.header, *part.rows, strict=True)]
    lines = [_aligned(row, widths) for row in (part.header, *part.rows)]
    return "\n".join(filter(None, [f"\n{part.title}", part.note, *lines]))


def _aligned(row: tuple[str, ...], widths: list[int]) -> str:
    cells = [row[0].ljust(widths[0]), *(cell.rjust(width) for cell, width in zip(row[1:], widths[1:], strict=True))]
    return "  ".join(cells).rstrip()


def in_markdown(part: Section) -> str:
    """The section as Markdown."""
    rule = "|".join(["---", *["---:"] * (len(part.header) - 1)])
    lines = [f"| {' | '.join(row)} |" for row in part.rows]
    table = "\n".join([f"| {' | '.join(part.header)} |", f"|{rule}|", *lines])
    return "\n\n".join(filter(None, [f"## {part.title}", part.note, table]))


_PRECISIONS = (0.90, 0.93, 0.95, 0.97, 0.98, 0.99)


def sections(decided: Sequence[Decided], halved: bool) -> list[Section]:
    """All sections without single texts. `halved`: also the half that no phrase was written from."""
    groups = {"all letters": headline(decided)}
    if halved:
        groups["held half"] = headline(held_half(decided))
    return [
        _headlines(groups),
        _aims(groups),
        _departments(decided),
        _confusions(decided),
        _alarms(decided),
        _kinds(decided),
        _reliability(decided),
        _coverage(decided),
    ]


def _headlines(groups: dict[str, Headline]) -> Section:
    header = ("", "letters", "exact", "right", "right in top 3", "automatic", "right of these")
    rows = [(n, h.letters, h.exact, h.right, h.top, h.automatic, h.precision) for n, h in groups.items()]
    note = "In brackets: the 95 % interval (Wilson). Held half: no phrase of the routing table was written from it."
    return section("How well letters are routed that the weights have not seen", header, rows, note)


def _aims(groups: dict[str, Headline]) -> Section:
    header = ("", "exact", "right", "top 3", "automatic, 95 % right")
    rows = []
    for name, found in groups.items():
        for aim in AIMS:
            wanted = (aim.exact, aim.right, aim.top, aim.automatic)
            met = zip(wanted, reached(found, aim), strict=True)
            rows.append(
                (f"{name}, {aim.name}", *(f"{share:.0%} {'met' if is_met else 'MISSED'}" for share, is_met in met))
            )
    return section("Held against what was aimed at", header, rows)


def _departments(decided: Sequence[Decided]) -> Section:
    header = ("department", "letters", "exact", "right", "right of decided", "automatic")
    found = measures.departments(decided)
    rows = ((d.opd, d.letters, d.exact.short, d.right.short, d.precision, d.automatic.short) for d in found)
    return section(
        "By department",
        header,
        rows,
        "The first columns over its own letters, `right of decided` over those decided as it.",
    )


def _confusions(decided: Sequence[Decided]) -> Section:
    header = ("label → decision", "letters", "of these automatic")
    rows = ((f"{label} → {opd}", count, sent) for label, opd, count, sent in measures.confusions(decided))
    return section("What is taken for what", header, rows, "Wrong decisions only.")


def _alarms(decided: Sequence[Decided]) -> Section:
    rows: list[tuple[object, ...]] = []
    for name, found in (("urgent", measures.urgency(decided)), ("INSPEKTORAT", measures.accusations(decided))):
        rows += [
            (f"{name}: found of those there are", *_parts(found.found)),
            (f"{name}: false of those said", *_parts(found.false)),
        ]
    against = measures.accused(decided)
    rows += [
        ("accused office named", *_parts(against.named)),
        ("accused office among the desk's first three choices", *_parts(against.shown)),
        ("sent to the accused office without an operator", *_parts(against.sent)),
    ]
    return section("Danger and accusations", ("", "letters", "of", "share"), rows)


def _kinds(decided: Sequence[Decided]) -> Section:
    rows = [(name, *_parts(right)) for name, right in kinds(decided)]
    rows.append(("a matter taken for thanks or no report", *_parts(passed_over(decided))))
    return section("Kind of letter", ("label", "right", "of", "share"), rows)


def _reliability(decided: Sequence[Decided]) -> Section:
    found = measures.bands(decided)
    header = ("probability", "letters", "mean probability", "exact", "right")
    rows = ((f"{b.low:.2f}–{b.high:.2f}", b.exact.of, f"{b.chance:.1%}", b.exact, b.right) for b in found)
    away = measures.calibration_error(found)
    note = f"On average the probability is {away:.1%} away from the share of exact decisions."
    return section("Is the probability to be believed?", header, rows, note)


def _coverage(decided: Sequence[Decided]) -> Section:
    points = measures.curve(decided)
    rows = []
    for precise in _PRECISIONS:
        if point := measures.widest(points, precise):
            rows.append((f"{precise:.0%}", f"{point.sure:.3f}", point.automatic, point.precision))
    header = ("asked for", "threshold", "automatic", "right of these")
    return section("How much could go out without an operator", header, rows)


def _parts(found: Share) -> tuple[object, ...]:
    return found.hits, found.of, found


_SHOWN = 160  # characters of a text


def on_terminal(letters: Iterable[Decided]) -> str:
    """Decision, reasons and the beginning of each text: for the terminal only, never for a file."""
    return "\n".join(["\nThe letters to look at first", *(_told(d) for d in letters)])


def _told(d: Decided) -> str:
    begins = " ".join(d.letter.text.split())[:_SHOWN]
    return f"\n{_what(d)}\n  {begins}\n  {'; '.join(d.decision.why)}"


def _what(d: Decided) -> str:
    sent = "sent" if d.decision.confident else "unsure"
    return f"{d.letter.id}: {'|'.join(sorted(d.letter.right))} → {d.opd} {d.chance:.0%}, {sent}"


def in_file(letters: Iterable[Decided]) -> Section:
    """Ids and codes, without words or reasons, since these quote the text."""
    header = ("letter", "right", "decision", "probability", "without an operator")
    rows = (
        (
            d.letter.id,
            " or ".join(sorted(d.letter.right)),
            d.opd,
            f"{d.chance:.0%}",
            "yes" if d.decision.confident else "no",
        )
        for d in letters
    )
    return section("The letters to look at first", header, rows, "Their words stand on the terminal only.")


CALIBRATION, COVERAGE = "calibration.png", "coverage.png"
_PROMISED = 0.95
_FEWEST = 30  # fewer texts than this give no meaningful precision
_SIZE = (6.4, 4.8)


def draw(decided: Sequence[Decided], folder: Path) -> None:
    """Write both charts into that folder."""
    _draw(folder / CALIBRATION, lambda axes: _calibration(axes, bands(decided)))
    _draw(folder / COVERAGE, lambda axes: _coverage_picture(axes, curve(decided)))


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


def _coverage_picture(axes: Any, points: Sequence[Point]) -> None:
    telling = [point for point in points if point.precision.of >= _FEWEST]
    shares = [point.automatic.value for point in telling]
    precisions = [point.precision.value for point in telling]
    low, high = zip(*(p.precision.interval for p in telling), strict=True) if telling else ((), ())
    axes.axhline(_PROMISED, color="grey", linestyle="--", label="95 of 100 right")
    axes.fill_between(shares, low, high, alpha=0.2)
    axes.plot(shares, precisions, label="right of what goes out")
    axes.set(xlabel="letters that go out without an operator", ylabel="share that is right", xlim=(0, 1))
    axes.set_title("How much goes out, and how much of it is right")


NAME = "report.md"


def write(folder: Path, heading: str, found: Sequence[Section], decided: Sequence[Decided]) -> Path:
    """Write `report.md` and both charts; none contains a text's words."""
    folder.mkdir(parents=True, exist_ok=True)
    draw(decided, folder)
    pictures = f"![Calibration]({CALIBRATION})\n\n![Coverage and precision]({COVERAGE})"
    parts = [
        f"# Routing, measured\n\n{heading}",
        *map(in_markdown, found),
        pictures,
        in_markdown(in_file(worst(decided))),
    ]
    path = folder / NAME
    path.write_text("\n\n".join(parts) + "\n", encoding="utf-8")
    return path
