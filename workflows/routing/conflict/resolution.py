"""Decides whether an accusation stands, by the table's words and the learned weights together."""

from __future__ import annotations

from dataclasses import replace

from workflows.routing.columns import MAYOR, SEKDA
from workflows.routing.conflict.detection import INSPEKTORAT, OWNERS, Conflict, accused, hearing_for
from workflows.routing.learned.classifier import Judgement
from workflows.routing.reading import Reading
from workflows.routing.table import RoutingTable

_STANDS = 0.3  # probability that supports accusing words
_ACCUSES = 0.5  # probability that counts as an accusation by itself
_ABOVE = {INSPEKTORAT, SEKDA, MAYOR}  # their accusations leave the city: never decided by the weights alone
_CLEAR = 0.68  # probability of a clear matter; more is needed to assign it without an operator


def resolve_conflict(reading: Reading, judged: Judgement, table: RoutingTable) -> Conflict | None:
    """The conflict to act on, or None. An accusation of an office always stands, but is sure only where the
    weights support it; one of nobody in particular is a doubt where the matter is clear. One that only the weights
    see accuses the office that the text names.
    """
    conflict = _readable(reading, table)
    if conflict and conflict.kind == "official":
        supported = _supported(conflict, reading, judged, table)
        if conflict.accuses or supported or not _clear(judged):
            return replace(conflict, sure=conflict.sure and supported)
        return replace(conflict, kind="doubt", sure=False)
    if conflict and conflict.kind in OWNERS:
        return replace(conflict, sure=conflict.sure and judged.accusing < _ACCUSES)
    if _accusing(judged):
        return _seen(conflict, reading, judged)
    if (conflict is None or conflict.kind == "denied") and _doubtful(judged, table):
        return Conflict("doubt", None, None, ("mungkin menyangkut tindakan petugas",), False)
    return conflict


def _accusing(judged: Judgement) -> bool:
    return _likeliest(judged) == INSPEKTORAT or judged.accusing >= _ACCUSES


def _likeliest(judged: Judgement) -> str:
    return max(judged.opd, key=lambda code: judged.opd[code])


def _seen(conflict: Conflict | None, reading: Reading, judged: Judgement) -> Conflict:
    """A doubt for what only the weights see, though the words deny it or name a place outside the city."""
    why, office = ("kata-katanya mirip laporan pungli",), _office(reading)
    if (conflict and conflict.kind == "denied") or (reading.location.outside and not office):
        return Conflict("doubt", None, None, why, False)
    sure = _likeliest(judged) == INSPEKTORAT and _clear(judged)
    return Conflict("official", office, None, why, sure and office not in _ABOVE and not reading.above)


def _readable(reading: Reading, table: RoutingTable) -> Conflict | None:
    """The conflict by the words; a doubt that the desk may not read becomes an accusation."""
    conflict = reading.conflict
    if conflict is None or conflict.kind != "doubt" or not conflict.accuses:
        return conflict
    readable = hearing_for(accused(conflict, reading.location), table).desk
    return conflict if readable else replace(conflict, kind="official")


def _supported(conflict: Conflict, reading: Reading, judged: Judgement, table: RoutingTable) -> bool:
    hearing = hearing_for(accused(conflict, reading.location), table)
    heard = sum(judged.opd.get(code, 0.0) for code in {INSPEKTORAT, hearing.to})
    return max(heard, judged.accusing) >= _STANDS


def _doubtful(judged: Judgement, table: RoutingTable) -> bool:
    """Whether a matter of money or power must be read by a person before it can reach the accused."""
    return max(judged.opd.get(INSPEKTORAT, 0.0), judged.accusing) >= table.judge.weights.header.doubt


def _clear(judged: Judgement) -> bool:
    return max(judged.opd.values()) >= _CLEAR


def _office(reading: Reading) -> str | None:
    """The office that the text names, if it names exactly one; somebody above the others comes first."""
    above = reading.offices & _ABOVE
    named = above or reading.offices
    return next(iter(named)) if len(named) == 1 else None
