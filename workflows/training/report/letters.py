"""Single letters to look at: with their words on the terminal, by their ids alone in files."""

from __future__ import annotations

from collections.abc import Iterable

from workflows.training.cross import Decided
from workflows.training.report.section import Section, section

_SHOWN = 160  # characters of a letter


def on_terminal(letters: Iterable[Decided]) -> str:
    """What was decided and why, with the beginning of each letter: for the eyes of who measures, in no file."""
    return "\n".join(["\nThe letters to look at first", *(_told(d) for d in letters)])


def _told(d: Decided) -> str:
    begins = " ".join(d.letter.text.split())[:_SHOWN]
    return f"\n{_what(d)}\n  {begins}\n  {'; '.join(d.decision.why)}"


def _what(d: Decided) -> str:
    sent = "sent" if d.decision.confident else "unsure"
    return f"{d.letter.id}: {'|'.join(sorted(d.letter.right))} → {d.opd} {d.chance:.0%}, {sent}"


def in_file(letters: Iterable[Decided]) -> Section:
    """Ids and codes: neither the words nor the reasons, which quote them."""
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
