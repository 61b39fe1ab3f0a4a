"""What a conflict of interest changes in the ranking, and who must not hear of it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from workflows.domain.department import DESK_HEAD, OWN_OFFICES
from workflows.routing.columns import EVERYBODY, MAYOR, SEKDA
from workflows.routing.conflict import Conflict
from workflows.routing.model import EXTERNAL, KECAMATAN, is_kecamatan
from workflows.routing.places import Location
from workflows.routing.ranking import PUNGLI, Candidate
from workflows.routing.table import Hearing, RoutingTable

INSPEKTORAT = "INSPEKTORAT"
_HIGHEST = (MAYOR, SEKDA, "SETDA", INSPEKTORAT, DESK_HEAD)
"""Of several accused the highest decides who hears of it."""
_OVERSIGHT = {"BKPSDM": 0.16, "DISKOMINFO": 0.08, "KESBANGPOL": 0.04, "BPKD": 0.04}
"""Who else may be suggested when an office is accused, beside the one who hears of it."""
_TELLING = 12.0  # what an accusation weighs beside phrases
_SUSPICION_ALONE = 0.4  # words of extortion without an accusation weigh this much
OWNERS = {
    "school": ("DISDIK", "sekolah_biaya_guru", (INSPEKTORAT,)),
    "dues": (KECAMATAN, "layanan_kelurahan", (INSPEKTORAT,)),
    "thug": ("SATPOLPP", "ketertiban", (EXTERNAL,)),
    "parking": ("DISHUB", "parkir_liar", ("SATPOLPP",)),
    "police": (EXTERNAL, "layanan_luar", ()),
    "elsewhere": (EXTERNAL, "layanan_luar", ()),
}
"""Kind of conflict that accuses no official → who has it, its category, who is right as well."""


def weigh(
    ranked: list[Candidate], conflict: Conflict | None, location: Location, table: RoutingTable
) -> list[Candidate]:
    """The candidates after the rule of conflict of interest, best first."""
    if conflict is None or conflict.kind == "doubt":
        quiet = _by_score([_quiet(c) if c.opd == INSPEKTORAT else c for c in ranked])
        return _doubted(quiet, conflict) if conflict else quiet
    if conflict.kind == "official":
        return heard(ranked, conflict, location, table)
    others = [c for c in ranked if c.opd != INSPEKTORAT]
    if conflict.kind in OWNERS:
        return _owned(others, conflict)
    if conflict.kind in ("rhetoric", "favour") and others:
        first = others[0]._replace(besides=(INSPEKTORAT, *others[0].besides), why=(*others[0].why, *conflict.why))
        return [first, *others[1:]]
    return others


def at_place(conflict: Conflict | None, location: Location) -> Conflict | None:
    """Outside the city, its kelurahan are another government's; which other office is meant an operator reads."""
    if conflict is None or conflict.kind != "official" or not location.outside:
        return conflict
    if conflict.accuses in (None, KECAMATAN):
        sure = conflict.sure and conflict.accuses is not None
        return Conflict("elsewhere", None, location.outside, conflict.why, sure)
    return replace(conflict, sure=False)


def _doubted(ranked: list[Candidate], conflict: Conflict) -> list[Candidate]:
    first = [c._replace(why=(*c.why, *conflict.why), certain=False) for c in ranked[:1]]
    return [*first, *ranked[1:]]


def accused(conflict: Conflict | None, location: Location) -> tuple[str, ...]:
    """All whose people are accused, the highest first; a kecamatan by its own code where the place is known."""
    if conflict is None:
        return ()
    codes = dict.fromkeys((*filter(None, [conflict.accuses]), *sorted(conflict.besides)))
    by_height = sorted(codes, key=lambda code: _HIGHEST.index(code) if code in _HIGHEST else len(_HIGHEST))
    return tuple(dict.fromkeys(map(location.placed, by_height)))


def hearing_for(codes: tuple[str, ...], table: RoutingTable) -> Hearing:
    """Who hears of an accusation against those (none: nobody in particular), by the city's own table.

    None of the accused, nor whom one of them keeps out; the desk only where it may hear of each.
    """
    hearings = [_hearing_of(code, table) for code in codes] or [table.hearings[EVERYBODY]]
    out = kept_out(codes, table)
    fitting = next((hearing for hearing in hearings if hearing.to not in out), hearings[0])
    return fitting._replace(desk=all(hearing.desk for hearing in hearings))


def _hearing_of(code: str, table: RoutingTable) -> Hearing:
    known = KECAMATAN if is_kecamatan(code) else code
    return table.hearings.get(known) or table.hearings[EVERYBODY]


def kept_out(codes: Iterable[str], table: RoutingTable) -> frozenset[str]:
    """The accused, and who must not hear of it either."""
    return frozenset().union(*({code} | _hearing_of(code, table).keep_out for code in codes))


def kept_out_above(conflict: Conflict | None, above: Iterable[str]) -> frozenset[str]:
    """The Sekda or the mayor with their office, where an accusation or a doubt names one: they may be meant."""
    named = {SEKDA, MAYOR} & set(above)
    if conflict is None or conflict.kind not in ("official", "doubt") or not named:
        return frozenset()
    return OWN_OFFICES["sekda"] - {SEKDA} | named


def _quiet(candidate: Candidate) -> Candidate:
    return candidate._replace(score=candidate.score * _SUSPICION_ALONE, certain=False)


def heard(
    ranked: list[Candidate], conflict: Conflict, location: Location, table: RoutingTable, weight: float = _TELLING
) -> list[Candidate]:
    """Oversight alone; only an unsure accusation leaves the desk the department of the matter as a choice.

    One that leaves the city ends there for us: an operator reads it first.
    """
    codes = accused(conflict, location)
    hearing, out = hearing_for(codes, table), kept_out(codes, table)
    sure = (conflict.sure and not hearing.external) or not hearing.desk
    first = Candidate(hearing.to, weight, PUNGLI, conflict.why, hearing.external, sure)
    rest = [c for c in _OVERSIGHT if c not in out and c != first.opd]
    matter = [c for c in ranked if c.opd not in (*out, *rest, first.opd)] if not sure else []
    return [first, *matter[:2], *(Candidate(other, _OVERSIGHT[other] * weight, PUNGLI, ()) for other in rest)]


def _owned(others: list[Candidate], conflict: Conflict) -> list[Candidate]:
    opd, category, besides = OWNERS[conflict.kind]
    same = next((c for c in others if c.opd == opd), None)
    score = (same.score if same else 0.0) + max((c.score for c in others), default=0.0) + 3.0
    why = (*(same.why if same else ()), *conflict.why)
    first = Candidate(opd, score, category, why, conflict.external, conflict.sure, besides)
    return [first, *(c for c in others if c.opd != opd)]


def _by_score(candidates: list[Candidate]) -> list[Candidate]:
    return sorted(candidates, key=lambda c: (-c.score, c.opd))
