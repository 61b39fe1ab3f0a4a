"""Labels and decisions in one line each, as measures want them."""

from __future__ import annotations
from dataclasses import replace

from workflows.routing.model import Decision
from workflows.training.cross import Decided
from workflows.training.labelled import Labelled, read_examples

LETTERS = read_examples()[:150]
_DECISION = Decision(
    opd="DLH",
    category="sampah",
    also=(),
    top=(),
    confident=True,
    why=("menyebut “sampah”",),
    urgent=False,
    restricted=False,
    accuses=None,
    version="0",
    external=None,
    reason_public="Sampah",
)


def label(opd: str = "DLH", *also: str, id: str = "a", text: str = "Sampah menumpuk.", **more: object) -> Labelled:
    """A letter with its right departments."""
    whole = Labelled(id, text, opd, also, urgent=False, accuses=None, kind="complaint")
    return replace(whole, **more)  # type: ignore[arg-type]


def decided(
    letter: Labelled, opd: str, chance: float = 0.9, *others: str, may_go: bool = True, **more: object
) -> Decided:
    """That letter decided as `opd`, with further codes at the desk."""
    top = ((opd, chance), *((code, 0.01) for code in others))
    decision = replace(_DECISION, opd=opd, top=top, confident=may_go and chance >= 0.65)
    return Decided(letter, replace(decision, **more), may_go)  # type: ignore[arg-type]
