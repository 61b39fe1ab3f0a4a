"""The sections of the report, made of the measures."""

from __future__ import annotations

from collections.abc import Sequence

from workflows.training.cross import Decided
from workflows.training.measures import alarms, calibration, departments
from workflows.training.measures.halves import held_half
from workflows.training.measures.headline import AIMS, Headline, headline, reached
from workflows.training.measures.kinds import kinds, passed_over
from workflows.training.measures.share import Share
from workflows.training.report.section import Section, section

_PRECISIONS = (0.90, 0.93, 0.95, 0.97, 0.98, 0.99)


def sections(decided: Sequence[Decided], halved: bool) -> list[Section]:
    """Everything but the single letters. halved: also the half that no phrase was written from."""
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
    note = (
        "In brackets: the 95 % interval (Wilson). Held half: no phrase of the routing table was written from it."
    )
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
    found = departments.departments(decided)
    rows = ((d.opd, d.letters, d.exact.short, d.right.short, d.precision, d.automatic.short) for d in found)
    return section(
        "By department",
        header,
        rows,
        "The first columns over its own letters, `right of decided` over those decided as it.",
    )


def _confusions(decided: Sequence[Decided]) -> Section:
    header = ("label → decision", "letters", "of these automatic")
    rows = ((f"{label} → {opd}", count, sent) for label, opd, count, sent in departments.confusions(decided))
    return section("What is taken for what", header, rows, "Wrong decisions only.")


def _alarms(decided: Sequence[Decided]) -> Section:
    rows: list[tuple[object, ...]] = []
    for name, found in (("urgent", alarms.urgency(decided)), ("INSPEKTORAT", alarms.accusations(decided))):
        rows += [
            (f"{name}: found of those there are", *_parts(found.found)),
            (f"{name}: false of those said", *_parts(found.false)),
        ]
    against = alarms.accused(decided)
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
    found = calibration.bands(decided)
    header = ("probability", "letters", "mean probability", "exact", "right")
    rows = ((f"{b.low:.2f}–{b.high:.2f}", b.exact.of, f"{b.chance:.1%}", b.exact, b.right) for b in found)
    away = calibration.calibration_error(found)
    note = f"On average the probability is {away:.1%} away from the share of exact decisions."
    return section("Is the probability to be believed?", header, rows, note)


def _coverage(decided: Sequence[Decided]) -> Section:
    points = calibration.curve(decided)
    rows = []
    for precise in _PRECISIONS:
        if point := calibration.widest(points, precise):
            rows.append((f"{precise:.0%}", f"{point.sure:.3f}", point.automatic, point.precision))
    header = ("asked for", "threshold", "automatic", "right of these")
    return section("How much could go out without an operator", header, rows)


def _parts(found: Share) -> tuple[object, ...]:
    return found.hits, found.of, found
