"""The decision: which department, how sure, and why, in words an operator can read.

Reading (what the table finds) → hints → learned probabilities → blend → conflict of interest → decision.
"""

from __future__ import annotations

from workflows.routing.accusing import settled
from workflows.routing.blend import blend
from workflows.routing.choices import also_of, top_of
from workflows.routing.conflict import Conflict
from workflows.routing.explain import reasons
from workflows.routing.kinds import FOR_OPERATOR, kind_of
from workflows.routing.learned.judge import Judgement
from workflows.routing.model import DESK, EXTERNAL, KECAMATAN, Decision, Letter
from workflows.routing.ranking import OTHER, Candidate
from workflows.routing.reading import Reading, hints_of, read_letter
from workflows.routing.table import RoutingTable
from workflows.routing.text import Words
from workflows.routing.verdict import INSPEKTORAT, accused, heard, hearing_for, kept_out

_ENOUGH_TO_INSPECT = 0.5  # where table and weights agree on an accusation, the Inspektorat itself should read it
_SAYS_NOTHING = Candidate(DESK, 0.0, OTHER, ("tidak cukup kata yang menunjuk satu OPD",), None, False)


def decide(letter: Letter, table: RoutingTable) -> Decision:
    """Where the letter goes by that table alone; the same letter and table decide alike, and no text raises."""
    reading = read_letter(letter, table)
    judged = table.judge.judge(reading.words, hints_of(reading, table))
    conflict = settled(reading, judged, table)
    ranked = _ranked(reading, judged, conflict, table)
    return _decision(letter, reading, judged, conflict, ranked, table)


def _ranked(
    reading: Reading, judged: Judgement, conflict: Conflict | None, table: RoutingTable
) -> list[Candidate]:
    """The departments, likeliest first: by the learned weights, then by the rules nothing may overrule."""
    if not any(map(str.isascii, reading.words.tokens)):  # codes are no words
        return [_SAYS_NOTHING]
    ranked = blend(reading, judged.opd, table)
    if conflict and conflict.kind == "official":
        share = sum(c.score for c in ranked if c.opd == INSPEKTORAT)
        return heard(ranked, conflict, reading.location, table, max(share, 0.5))
    return ranked


def _decision(
    letter: Letter,
    reading: Reading,
    judged: Judgement,
    conflict: Conflict | None,
    ranked: list[Candidate],
    table: RoutingTable,
) -> Decision:
    best = ranked[0]
    official = conflict is not None and conflict.kind == "official"
    accuses = accused(conflict, reading.location) if official else None
    out = kept_out(accuses, table)
    opd = reading.location.placed(best.opd)
    category = table.categories[best.category]
    kind = kind_of(judged.kinds, letter.kind, official, opd == DESK, reading.words)
    return Decision(
        opd=opd,
        category=category.code,
        kind=kind,
        also=() if official else also_of(opd, best, ranked, reading, conflict),
        top=top_of(letter, opd, ranked, reading, out, table),
        confident=_confident(opd, best, kind, conflict, table)
        or (official and not hearing_for(accuses, table).desk),
        why=reasons(best, reading, conflict, judged, table),
        urgent=bool(reading.dangers) or judged.urgent >= table.judge.weights.header.urgent,
        restricted=category.restricted or _suspected(reading),
        accuses=accuses,
        version=f"{table.version}+{table.judge.weights.version}",
        external=_institution(opd, best, reading.words, table),
        reason_public=category.label_id,
    )


def _suspected(reading: Reading) -> bool:
    """Words that may accuse somebody stay among few eyes until a person has read them."""
    return reading.conflict is not None and reading.conflict.kind == "official"


def _confident(opd: str, best: Candidate, kind: str, conflict: Conflict | None, table: RoutingTable) -> bool:
    if opd in (DESK, KECAMATAN) or not best.certain or kind in FOR_OPERATOR:
        return False
    if conflict and conflict.kind == "doubt":
        return False
    inspected = best.opd == INSPEKTORAT and conflict is not None and conflict.sure and conflict.accuses
    return best.score >= (_ENOUGH_TO_INSPECT if inspected else table.judge.weights.header.sure)


def _institution(opd: str, best: Candidate, words: Words, table: RoutingTable) -> str | None:
    if opd != EXTERNAL:
        return None
    return best.external or next(iter(table.outsiders.found(words)), None)
