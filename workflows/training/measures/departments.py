"""How well each department's letters are found, and what is taken for what."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from workflows.training.cross import Decided
from workflows.training.measures.share import Share, share


@dataclass(frozen=True)
class Department:
    """Over the letters labelled with `opd`; precision over those decided as it: how many are right."""

    opd: str
    letters: int
    exact: Share
    right: Share
    automatic: Share
    precision: Share


def departments(decided: Sequence[Decided]) -> list[Department]:
    """Every code of a label or a decision, most letters first."""
    letters = Counter(d.letter.opd for d in decided)
    codes = sorted({*letters, *(d.opd for d in decided)}, key=lambda code: (-letters[code], code))
    return [_department(code, decided) for code in codes]


def _department(code: str, decided: Sequence[Decided]) -> Department:
    own = [d for d in decided if d.letter.opd == code]
    return Department(
        opd=code,
        letters=len(own),
        exact=share(d.exact for d in own),
        right=share(d.right for d in own),
        automatic=share(d.decision.confident for d in own),
        precision=share(d.right for d in decided if d.opd == code),
    )


def confusions(decided: Sequence[Decided], most: int = 20) -> list[tuple[str, str, int, int]]:
    """Label, decision, how often, how often of these without an operator: wrong ones only, commonest first."""
    wrong = [d for d in decided if not d.right]
    pairs = Counter((d.letter.opd, d.opd) for d in wrong)
    sent = Counter((d.letter.opd, d.opd) for d in wrong if d.decision.confident)
    ordered = sorted(pairs.items(), key=lambda entry: (-entry[1], entry[0]))[:most]
    return [(*pair, count, sent[pair]) for pair, count in ordered]
