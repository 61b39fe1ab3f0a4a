"""From categories to departments: owners, detours, roads of others, offices named in the text."""

from __future__ import annotations

from dataclasses import dataclass

from workflows.routing.model import DESK, EXTERNAL, KECAMATAN
from workflows.routing.phrases import Evidence, score_categories
from workflows.routing.places import Location
from workflows.routing.table import Detour, Road, RoutingTable
from workflows.routing.text import Words

_SECOND_CATEGORY = 0.35  # how much a department's further categories add to its best
_OFFICE_NAMED = 2.0
_ROAD_CATEGORIES = ("jalan_rusak", "jalan_non_kota")
OTHER = "lainnya"
PUNGLI = "pungli"


@dataclass(frozen=True)
class Candidate:
    """A department (or EXTERNAL, KEC) with its score, its best category and the sentences that explain it."""

    opd: str
    score: float
    category: str
    why: tuple[str, ...]
    external: str | None = None
    certain: bool = True
    besides: tuple[str, ...] = ()


def rank(words: Words, place: Words, location: Location, table: RoutingTable) -> list[Candidate]:
    """Every department that anything speaks for, best first; KEC is not yet a kecamatan's own code.

    place: the words of the place field, where only roads are looked for. DESK stands for praise and small talk.
    """
    best: dict[str, Candidate] = {}
    road = next(iter([*table.roads.found(words), *table.roads.found(place)]), None)
    detours = {detour.category: detour for detour in reversed(table.detours.found(words))}
    for evidence in score_categories(words, table):
        _add(best, _candidate(evidence, detours.get(evidence.category), road, table))
    for code in _offices(words, table):
        _add(best, Candidate(code, _OFFICE_NAMED, _category_of(code, table), (_named(code, table),)))
    if location.outside:
        best = {EXTERNAL: _outside(location.outside, best, table)} | _without(best, EXTERNAL)
    return sorted(best.values(), key=lambda c: (-c.score, c.opd))


def _add(best: dict[str, Candidate], new: Candidate) -> None:
    old = best.get(new.opd)
    if old is None:
        best[new.opd] = new
        return
    first, second = (old, new) if old.category != OTHER else (new, old)
    score = first.score + second.score * (_SECOND_CATEGORY if second.why[:1] != first.why[:1] else 0.0)
    best[new.opd] = Candidate(
        first.opd,
        score,
        first.category,
        (*first.why, *second.why)[:4],
        first.external,
        first.certain,
        first.besides,
    )


def _candidate(evidence: Evidence, detour: Detour | None, road: Road | None, table: RoutingTable) -> Candidate:
    category = table.categories[evidence.category]
    why: tuple[str, ...] = ("menyebut " + ", ".join(f"“{phrase}”" for phrase in evidence.phrases[:3]),)
    if detour:
        why = (*why, f"“{detour.text}” menjadi urusan {table.departments[detour.opd].short}")
        return Candidate(detour.opd, evidence.score, category.code, why, detour.external, True, (category.opd,))
    if road and category.code in _ROAD_CATEGORIES:
        why = (*why, f"{road.name} bukan jalan kota")
        return Candidate(EXTERNAL, evidence.score, category.code, why, road.authority, road.certain, ("PUPR",))
    owner = DESK if category.code == OTHER else category.opd
    return Candidate(owner, evidence.score, category.code, why, None, True, category.also)


def _offices(words: Words, table: RoutingTable) -> list[str]:
    named = {c.code for c in table.cues.found(words) if c.kind == "office" and c.code}
    return sorted(named - {KECAMATAN, "SETDA", "INSPEKTORAT"})


def _named(code: str, table: RoutingTable) -> str:
    return f"menyebut {table.departments[code].short}"


def _category_of(code: str, table: RoutingTable) -> str:
    return next((c.code for c in table.categories.values() if c.opd == code), OTHER)


def _outside(code: str, best: dict[str, Candidate], table: RoutingTable) -> Candidate:
    highest = max((c.score for c in best.values()), default=3.0)
    why = (f"lokasi di luar Kota Tangerang: {table.institutions[code].name}",)
    return Candidate(EXTERNAL, highest * 1.5, "layanan_luar", why, code)


def _without(best: dict[str, Candidate], code: str) -> dict[str, Candidate]:
    return {opd: candidate for opd, candidate in best.items() if opd != code}
