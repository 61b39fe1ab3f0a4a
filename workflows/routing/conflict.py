"""Conflict of interest: money or power abused by an official goes to the Inspektorat, past the accused office.

Money words alone accuse nobody: somebody must stand near them. Who stands nearest decides – an office, a school,
thugs, a parking attendant, a company, the police. A denial or a plain question about fees is no accusation, and
suspicion put as a question (“have they been bribed?”) stays with the office of the matter.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from workflows.routing.matching import Match
from workflows.routing.model import KECAMATAN
from workflows.routing.table import Cue, RoutingTable
from workflows.routing.text import Words

_REACH = 14  # words between the money and who took it
_SURE_REACH = 6
_SURE_REACH_NAMELESS = 3  # “petugas”, “oknum” without an office
_DEEDS = ("extortion", "bribe", "taking", "abuse", "fee")
_TELLING = ("extortion", "bribe")  # enough without anybody near, though then an operator must read it
_ACTORS = ("office", "official", "school", "thug", "parking", "police", "private")


@dataclass(frozen=True)
class Conflict:
    """kind: official, school, dues, thug, parking, police, private, rhetoric, favour or doubt."""

    kind: str
    accuses: str | None
    external: str | None
    why: tuple[str, ...]
    sure: bool = True


@dataclass(frozen=True)
class _Hit:
    cue: Cue
    start: int
    end: int


_Near = tuple[int, _Hit, _Hit]  # distance, deed, actor


def find_conflict(words: Words, table: RoutingTable) -> Conflict | None:
    """What the words say about money, power and who abused them; None when nothing of the kind."""
    hits = _longest(table.cues.matcher.find(words), table)
    deeds = [hit for hit in hits if hit.cue.kind in _DEEDS and not _denied(hit, hits)]
    if not deeds:
        return _favour(hits) or _doubt(hits)
    if _rhetoric(deeds, hits, words):
        return Conflict("rhetoric", None, None, ("menduga, tidak menuduh",))
    near = [(_distance(deed, actor), deed, actor) for deed in deeds for actor in _actors(hits)]
    within = [n for n in near if n[0] <= _REACH and _plausible(n[1], n[2], hits)]
    if not within:
        return _nobody(deeds) or _doubt(hits)
    nearest = min(within, key=lambda n: (n[0], _ACTORS.index(n[2].cue.kind), n[2].start))
    return _judge(nearest, within, hits)


def _plausible(deed: _Hit, actor: _Hit, hits: list[_Hit]) -> bool:
    """A mere fee accuses nobody, unless RT, RW or kelurahan take it for a service or as dues."""
    if deed.cue.kind != "fee" or actor.cue.kind in ("school", "parking", "private"):
        return True
    return actor.cue.code == KECAMATAN and any(hit.cue.kind in ("service", "dues") for hit in hits)


def _judge(nearest: _Near, near: list[_Near], hits: list[_Hit]) -> Conflict:
    distance, deed, actor = nearest
    if actor.cue.kind == "official":
        distance, deed, actor = _nearest(near, "office") or nearest
    elif actor.cue.kind == "private" and deed.cue.kind == "bribe":  # which has a giver and a taker
        distance, deed, actor = _nearest(near, "office") or _nearest(near, "official") or nearest
    kind = actor.cue.kind
    why = (f"menyebut “{deed.cue.text}” dekat “{actor.cue.text}”",)
    if kind in ("thug", "parking", "private", "police"):
        return Conflict(kind, None, actor.cue.code, why)
    if kind == "school" and not any(hit.cue.kind == "pocket" for hit in hits):
        return Conflict(kind, None, None, why)
    if actor.cue.code == KECAMATAN and _only_dues(hits):
        return Conflict("dues", None, None, why)
    sure = distance <= (_SURE_REACH if actor.cue.code else _SURE_REACH_NAMELESS)
    return Conflict("official", actor.cue.code, None, why, sure)


def _nearest(near: list[_Near], kind: str) -> _Near | None:
    actors = [n for n in near if n[2].cue.kind == kind]
    return min(actors, key=lambda n: (n[0], n[2].start)) if actors else None


def _only_dues(hits: list[_Hit]) -> bool:
    kinds = {hit.cue.kind for hit in hits}
    return "dues" in kinds and not kinds & {"service", "abuse", "extortion"}


def _nobody(deeds: list[_Hit]) -> Conflict | None:
    telling = [hit for hit in deeds if hit.cue.kind in _TELLING]
    return Conflict("official", None, None, (f"menyebut “{telling[0].cue.text}”",), False) if telling else None


def _doubt(hits: list[_Hit]) -> Conflict | None:
    """Words of suspicion that accuse nobody yet: an operator reads them before any office does."""
    doubt = next((hit for hit in hits if hit.cue.kind in ("doubt", "taking", "abuse")), None)
    return Conflict("doubt", None, None, (f"menyebut “{doubt.cue.text}”",), False) if doubt else None


def _favour(hits: list[_Hit]) -> Conflict | None:
    favour = next((hit for hit in hits if hit.cue.kind == "favour"), None)
    return Conflict("favour", None, None, (f"menyebut “{favour.cue.text}”",)) if favour else None


def _rhetoric(deeds: list[_Hit], hits: list[_Hit], words: Words) -> bool:
    guesses = [hit for hit in hits if hit.cue.kind == "rhetoric"]
    bribes = all(hit.cue.kind == "bribe" for hit in deeds)
    asked = any(words.sentences[deed.start] in words.questions for deed in deeds)
    return bribes and (asked or any(_distance(guess, deed) <= 4 for guess in guesses for deed in deeds))


def _denied(deed: _Hit, hits: Iterable[_Hit]) -> bool:
    """A denial or a plain question about fees that covers or touches the deed."""
    return any(h.cue.kind in ("denial", "question") and _distance(h, deed) <= 1 for h in hits)


def _actors(hits: Iterable[_Hit]) -> list[_Hit]:
    return [hit for hit in hits if hit.cue.kind in _ACTORS]


def _distance(one: _Hit, other: _Hit) -> int:
    return max(one.start - other.end, other.start - one.end, 0)


def _longest(matches: list[Match], table: RoutingTable) -> list[_Hit]:
    """All hits, but no actor's name inside a longer one (“petugas” in “petugas parkir”)."""
    hits = [_Hit(table.cues.rows[m.phrase], m.start, m.end) for m in matches]
    actors = _actors(hits)
    return [hit for hit in hits if hit.cue.kind not in _ACTORS or not any(_inside(hit, other) for other in actors)]


def _inside(hit: _Hit, other: _Hit) -> bool:
    return other.start <= hit.start and hit.end <= other.end and other.end - other.start > hit.end - hit.start
