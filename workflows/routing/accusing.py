"""Does the accusation stand? The table's words and the learned weights together say so."""

from __future__ import annotations

from dataclasses import replace

from workflows.routing.conflict import Conflict
from workflows.routing.learned.judge import Judgement
from workflows.routing.reading import Reading
from workflows.routing.table import RoutingTable
from workflows.routing.verdict import INSPEKTORAT, OWNERS, accused, hearing_for

_STANDS = 0.3  # a probability that supports the words of accusation
_ACCUSES = 0.5  # a probability of an accusation that is taken as one


def settled(reading: Reading, judged: Judgement, table: RoutingTable) -> Conflict | None:
    """The conflict as it is acted on.

    An accusation of an office always stands, but is sure only where the weights support it; one of nobody in
    particular is a doubt where the matter is clear. One that only the weights see accuses the office that the
    letter names.
    """
    conflict = reading.conflict
    if conflict and conflict.kind == "official":
        supported = _supported(conflict, reading, judged, table)
        if conflict.accuses or supported or not _clear(judged, table):
            return replace(conflict, sure=conflict.sure and supported)
        return replace(conflict, kind="doubt", sure=False)
    likeliest = max(judged.opd, key=lambda code: judged.opd[code])
    if (likeliest == INSPEKTORAT or judged.accusing >= _ACCUSES) and not (conflict and conflict.kind in OWNERS):
        why = ("kata-katanya mirip laporan pungli",)
        sure = likeliest == INSPEKTORAT and _clear(judged, table)
        return Conflict("official", _office(reading, table), None, why, sure)
    if conflict is None and _doubtful(judged, table):
        return Conflict("doubt", None, None, ("mungkin menyangkut tindakan petugas",), False)
    return conflict


def _supported(conflict: Conflict, reading: Reading, judged: Judgement, table: RoutingTable) -> bool:
    hearing = hearing_for(accused(conflict, reading.location), table)
    heard = sum(judged.opd.get(code, 0.0) for code in {INSPEKTORAT, hearing.to})
    return max(heard, judged.accusing) >= _STANDS


def _doubtful(judged: Judgement, table: RoutingTable) -> bool:
    """A matter of money or power must not reach the accused before a person has looked."""
    return max(judged.opd.get(INSPEKTORAT, 0.0), judged.accusing) >= table.judge.weights.header.doubt


def _clear(judged: Judgement, table: RoutingTable) -> bool:
    return max(judged.opd.values()) >= table.judge.weights.header.sure


def _office(reading: Reading, table: RoutingTable) -> str | None:
    """The one office of the city that the letter names, when it names just one."""
    named = {cue.code for cue in table.cues.found(reading.words) if cue.kind == "office"} - {INSPEKTORAT}
    return named.pop() if len(named) == 1 else None
