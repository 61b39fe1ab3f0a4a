"""Is it a complaint, a question, thanks, or no report at all?"""

from __future__ import annotations

from collections.abc import Sequence

from workflows.routing.kinds import (
    COMPLAINT,
    NO_REPORT,
    NOTHING_TO_DO,
    OVERSIGHT,
    QUESTION,
    SUGGESTION,
    THANKS,
    UNCLEAR,
)
from workflows.routing.verdict import INSPEKTORAT
from workflows.training.cross import Decided
from workflows.training.measures.share import Share, share

_MEANT = {
    "complaint": {COMPLAINT},
    "request": {COMPLAINT, SUGGESTION},
    "question": {QUESTION},
    "praise": {THANKS},
    "unclear": {UNCLEAR},
    "not_for_government": {NO_REPORT},
}


def kind_right(decided: Decided) -> bool:
    """The decided kind is what the label means; an accusation may be `pengawasan` whatever else it is."""
    heard = {OVERSIGHT} if INSPEKTORAT in decided.letter.right else set()
    return decided.decision.kind in _MEANT[decided.letter.kind] | heard


def kinds(decided: Sequence[Decided]) -> list[tuple[str, Share]]:
    """All letters, then each kind of label."""
    names = [name for name in _MEANT if any(d.letter.kind == name for d in decided)]
    each = [(name, share(kind_right(d) for d in decided if d.letter.kind == name)) for name in names]
    return [("all", share(map(kind_right, decided))), *each]


def passed_over(decided: Sequence[Decided]) -> Share:
    """Of letters with a matter for an office, those taken for thanks or no report at all."""
    matters = [d for d in decided if d.letter.opd != "DESK"]
    return share(d.decision.kind in NOTHING_TO_DO for d in matters)
