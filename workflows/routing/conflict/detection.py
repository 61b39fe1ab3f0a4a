"""Conflict of interest: money or power abused by an official goes to the Inspektorat, never to the accused office.
Words of money alone accuse nobody: somebody must be named near them, and the nearest decides (an office, a school,
thugs, a parking attendant, a company, the police). A denial or a plain question about fees is no accusation, and a
suspicion put as a question stays with the office of the matter.

If an office's own people stand near the deed, an operator reads the text first, whoever is nearest. Money that a
school's people, or another government's, take under a threat makes the complaint restricted, though it stays with
the office that decides about schools. The module also says how a conflict changes the ranking, and who must not
hear of it.
"""

from __future__ import annotations
from collections.abc import Iterable, Sequence
from dataclasses import replace

from workflows.domain.directory import DESK_HEAD, OWN_OFFICES
from workflows.frozen import frozen
from workflows.routing.columns import EVERYBODY, MAYOR, SEKDA
from workflows.routing.conflict.accused import (
    ACTORS,
    MONEY,
    OWN,
    SURE_REACH,
    Accusal,
    Near,
    accused_beside,
    accused_office,
    accuses_the_desk,
    are_people,
    bystanders,
    elsewhere,
    misdeeds,
    owner_of,
)
from workflows.routing.conflict.matches import Hit, Placed, within_others
from workflows.routing.matching import Match
from workflows.routing.model import EXTERNAL, KECAMATAN, is_kecamatan
from workflows.routing.places import Location
from workflows.routing.ranking import PUNGLI, Candidate
from workflows.routing.table import Hearing, RoutingTable
from workflows.routing.text import Words

_WHOSE = ("school", "police", "elsewhere")
_CALLED_SO = ("bribe", "extortion", "levy")


def is_compelled(kind: str, deeds: Iterable[Hit], hits: Iterable[Hit]) -> bool:
    """Whether a threat or a duty stands near the money, or the text itself calls it pungli. `kind`: that of the
    conflict.
    """
    if kind not in _WHOSE:
        return False
    threats = Placed(hit for hit in hits if hit.cue.kind == "compulsion")
    return any(deed.cue.kind in _CALLED_SO or threats.near(deed, _REACH) for deed in deeds)


_REACH = 14  # words between the money and who took it
_GUESSED = 4  # words between a bribe and words that only hint at one
_SURE_REACH_NAMELESS = 3  # “petugas”, “oknum” without an office
_DEEDS = (*MONEY, "fee", "gift")
_TELLING = ("extortion", "bribe", "levy")  # enough without an actor near, though an operator must then read it
_GRAVE = ("abuse", "bribe", "extortion")  # what no school may do; a levy may be a fee that parents agreed to


@frozen
class Conflict:
    """`kind`: official, school, dues, thug, parking, police, private, elsewhere, rhetoric, favour, denied or
    doubt. `besides`: all accused, including `accuses`. Not `sure`: an operator reads it first. `few_eyes`: it
    accuses none of the city's offices but is restricted all the same.
    """

    kind: str
    accuses: str | None
    external: str | None
    why: tuple[str, ...]
    sure: bool = True
    besides: frozenset[str] = frozenset()
    few_eyes: bool = False


def find_conflict(words: Words, cues: Sequence[Match], table: RoutingTable) -> Conflict | None:
    """The conflict that the words describe (money, power, who abused them); None without one. `cues`: the places
    of accusing words.
    """
    longest = _longest(cues, table)
    denied = _denied(longest)
    found = _by_others(_acted(longest, words, table), words, table)
    said = accuses_the_desk([hit for hit in longest if hit not in denied], words)
    return _together(found, said) if said else found


def _together(found: Conflict | None, said: Accusal) -> Conflict:
    """The accusation of the desk's own people, together with everybody else who is accused."""
    besides = {said.code, *(filter(None, (found.accuses, *found.besides)) if found else ())}
    return Conflict("official", said.code, None, said.why, False, frozenset(besides))


def _by_others(all_hits: list[Hit], words: Words, table: RoutingTable) -> Conflict | None:
    denied = _denied(all_hits)
    hits = [hit for hit in all_hits if hit not in denied]
    deeds = [hit for hit in hits if hit.cue.kind in _DEEDS]
    if not deeds:
        return _favour(hits) or _doubt(hits) or _denial(denied)
    idle = bystanders(hits, deeds)
    actors = [hit for hit in hits if hit.cue.kind in ACTORS and hit not in idle]
    found = _found(deeds, actors, hits, words, table)
    if found is None or found.kind != "official":
        careful = _careful(found, deeds, actors, words, table)
        return replace(careful, few_eyes=True) if careful and is_compelled(careful.kind, deeds, hits) else careful
    beside = accused_beside(deeds, actors, words, table)
    return replace(found, besides=beside, sure=found.sure and not any(idle.values()))


def _found(deeds: list[Hit], actors: list[Hit], hits: list[Hit], words: Words, table: RoutingTable) -> Conflict | None:
    if _rhetoric(deeds, hits, words):
        return Conflict("rhetoric", None, None, ("menduga, tidak menuduh",))
    kinds = _kinds(hits)
    near = _nearest((deed for deed in deeds if deed.cue.kind != "gift"), actors, kinds)
    if not near:
        return _nobody(deeds) or _doubt(hits)
    far, deed, actor = accused_office(near, actors, table)
    outside = elsewhere(actor, words, table) if actor.cue.kind in (*OWN, "official", "school") else None
    if outside:
        return Conflict("elsewhere", None, outside, _why(deed, actor))
    if actor.cue.kind == "parking" and _run_by_an_office(actors) and deed.cue.kind in (*_GRAVE, "levy"):
        return Conflict("doubt", None, None, _why(deed, actor), False)
    judged = _judge(far, deed, actor, actor.cue.code or owner_of(near), kinds)
    told = judged.kind == "official" or _one_sentence(deed, actor, words)
    return judged if told else replace(judged, sure=False)


def _run_by_an_office(actors: Iterable[Hit]) -> bool:
    """Parking as such, where no words say that an attendant keeps the money."""
    return all(actor.cue.code for actor in actors if actor.cue.kind == "parking")


def _denied(hits: list[Hit]) -> set[Hit]:
    """The hits that a denial, or a plain question about fees, covers or touches."""
    denials = Placed(hit for hit in hits if hit.cue.kind in ("denial", "question"))
    return {hit for hit in hits if hit.cue.kind in (*_DEEDS, "asking", "misdeed") and denials.near(hit, 1)}


def _denial(denied: Iterable[Hit]) -> Conflict | None:
    """“Petugas tidak minta uang”: accusing words that accuse nobody."""
    return Conflict("denied", None, None, ()) if any(hit.cue.kind in MONEY for hit in denied) else None


def _nearest(deeds: Iterable[Hit], actors: Sequence[Hit], kinds: set[str]) -> dict[str, Near]:
    """Kind of actor → the nearest actor of that kind within reach of a deed."""
    placed, among = Placed(actors), len({actor.cue.kind for actor in actors})
    found: dict[str, Near] = {}
    reach = _REACH
    for deed in deeds:
        for far, actor in placed.near(deed, reach):
            held = found.get(actor.cue.kind)
            nearer = held is None or _closeness(far, deed, actor) < _closeness(*held)
            if nearer and _plausible(deed, actor, kinds):
                found[actor.cue.kind] = (far, deed, actor)
        if len(found) == among:
            reach = max((n[0] for n in found.values()), default=0)  # an actor farther away cannot be nearer
    return found


def _closeness(far: int, deed: Hit, actor: Hit) -> tuple[int, bool, int]:
    return far, deed.cue.kind not in _GRAVE, actor.start


def _kinds(hits: list[Hit]) -> set[str]:
    return {hit.cue.kind for hit in hits}


def _plausible(deed: Hit, actor: Hit, kinds: set[str]) -> bool:
    """A mere fee accuses nobody, unless RT, RW or kelurahan take it for a service or as dues."""
    if deed.cue.kind != "fee" or actor.cue.kind in ("school", "teacher", "parking", "private"):
        return True
    return actor.cue.code == KECAMATAN and not kinds.isdisjoint(("service", "dues"))


def _judge(far: int, deed: Hit, actor: Hit, code: str | None, kinds: set[str]) -> Conflict:
    kind, why = actor.cue.kind, _why(deed, actor)
    if kind in ("thug", "private", "police", "parking"):
        return Conflict(kind, None, actor.cue.code, why)
    if kind in ("school", "teacher") and deed.cue.kind not in _GRAVE and "pocket" not in kinds:
        people = kind == "teacher" and deed.cue.kind != "fee"
        return Conflict("school", None, None, why, not people and deed.cue.kind != "levy")
    if code == KECAMATAN and _only_dues(kinds):
        return Conflict("dues", None, None, why)
    sure = far <= (SURE_REACH if actor.cue.code else _SURE_REACH_NAMELESS)
    return Conflict("official", code, None, why, sure)


def _careful(
    found: Conflict | None, deeds: list[Hit], actors: list[Hit], words: Words, table: RoutingTable
) -> Conflict | None:
    """Accuses no office by the rules, but people of one are near: an operator reads it first."""
    if found and found.kind in ("dues", "elsewhere"):
        return found
    near = _nearest((deed for deed in deeds if deed.cue.kind != "fee"), actors, set())
    own = [n for kind in (*OWN, "official") if (n := near.get(kind)) and _in_earnest(n, words)]
    if found and found.kind in ("school", "rhetoric"):
        schools = {None, *(actor.cue.code for actor in actors if actor.cue.kind == "school")}
        strange = any(actor.cue.kind == "teacher" or actor.cue.code not in schools for _, _, actor in own)
        return replace(found, sure=found.sure and not strange)
    if found and found.kind != "doubt":
        own = [n for n in own if are_people(n[2], actors, table)]
    if not own:
        return found
    _, deed, actor = min(own, key=lambda n: n[0])
    return Conflict("doubt", actor.cue.code, None, _why(deed, actor), False)


def _in_earnest(near: Near, words: Words) -> bool:
    """Whether the pair is close, or within reach of something nobody may do; a possible gift counts in its own
    sentence only.
    """
    far, deed, actor = near
    reach = _REACH if deed.cue.kind in _GRAVE else SURE_REACH
    return far <= reach and (deed.cue.kind != "gift" or _one_sentence(deed, actor, words))


def _one_sentence(deed: Hit, actor: Hit, words: Words) -> bool:
    """Whether deed and actor are in one sentence: an actor of the next sentence is not certainly the doer."""
    return words.sentences[deed.start] == words.sentences[actor.start]


def _why(deed: Hit, actor: Hit) -> tuple[str, ...]:
    return (f"menyebut “{deed.cue.text}” dekat “{actor.cue.text}”",)


def _only_dues(kinds: set[str]) -> bool:
    return "dues" in kinds and not kinds & {"service", "abuse", "extortion", "levy"}


def _nobody(deeds: list[Hit]) -> Conflict | None:
    telling = [hit for hit in deeds if hit.cue.kind in _TELLING]
    return Conflict("official", None, None, (f"menyebut “{telling[0].cue.text}”",), False) if telling else None


def _doubt(hits: list[Hit]) -> Conflict | None:
    """Words of suspicion that do not accuse anybody yet: an operator reads them before any office."""
    doubt = next((hit for hit in hits if hit.cue.kind in ("doubt", "taking", "abuse")), None)
    return Conflict("doubt", None, None, (f"menyebut “{doubt.cue.text}”",), False) if doubt else None


def _favour(hits: list[Hit]) -> Conflict | None:
    favour = next((hit for hit in hits if hit.cue.kind == "favour"), None)
    return Conflict("favour", None, None, (f"menyebut “{favour.cue.text}”",)) if favour else None


def _rhetoric(deeds: list[Hit], hits: list[Hit], words: Words) -> bool:
    if any(deed.cue.kind != "bribe" for deed in deeds):
        return False
    guesses = Placed(hit for hit in hits if hit.cue.kind == "rhetoric")
    return any(words.sentences[deed.start] in words.questions or guesses.near(deed, _GUESSED) for deed in deeds)


def _acted(hits: list[Hit], words: Words, table: RoutingTable) -> list[Hit]:
    """Misdeeds count as an abuse where officials do them, and are dropped otherwise."""
    done = misdeeds(hits, words, table)
    return [done.get(hit, hit) for hit in hits if hit.cue.kind != "misdeed" or hit in done]


def _longest(matches: Sequence[Match], table: RoutingTable) -> list[Hit]:
    """All hits without an actor's name inside a longer one (“petugas” in “petugas parkir”)."""
    hits = [Hit(table.cues.rows[m.phrase], m.start, m.end) for m in matches]
    within = within_others(hit for hit in hits if hit.cue.kind in ACTORS)
    return [hit for hit in hits if hit.cue.kind not in ACTORS or (hit.start, hit.end) not in within]


INSPEKTORAT = "INSPEKTORAT"
_HIGHEST = (MAYOR, SEKDA, "SETDA", INSPEKTORAT, DESK_HEAD)
"""Of several accused the highest decides who hears the accusation."""
_OVERSIGHT = {"BKPSDM": 0.16, "DISKOMINFO": 0.08, "KESBANGPOL": 0.04, "BPKD": 0.04}
"""Who else may be suggested when an office is accused, beside the office that hears it."""
_ACCUSATION_WEIGHT = 12.0  # weight of an accusation compared with phrases
_SUSPICION_ALONE = 0.4  # weight of words of extortion without an accusation
OWNERS = {
    "school": ("DISDIK", "sekolah_biaya_guru", (INSPEKTORAT,)),
    "dues": (KECAMATAN, "layanan_kelurahan", (INSPEKTORAT,)),
    "thug": ("SATPOLPP", "ketertiban", (EXTERNAL,)),
    "parking": ("DISHUB", "parkir_liar", ("SATPOLPP",)),
    "police": (EXTERNAL, "layanan_luar", ()),
    "elsewhere": (EXTERNAL, "layanan_luar", ()),
}
"""Kind of conflict that accuses no official → (its department, its category, departments that are right as well).
"""


def weigh(
    ranked: list[Candidate], conflict: Conflict | None, location: Location, table: RoutingTable
) -> list[Candidate]:
    """The candidates after the rules of conflict of interest, best first."""
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
    """The conflict at its place: outside the city a kelurahan belongs to another government; if another office may
    be meant, an operator reads it.
    """
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
    """Codes of all accused, the highest first; a kecamatan by its own code where the place is known."""
    if conflict is None:
        return ()
    codes = dict.fromkeys((*filter(None, [conflict.accuses]), *sorted(conflict.besides)))
    by_height = sorted(codes, key=lambda code: _HIGHEST.index(code) if code in _HIGHEST else len(_HIGHEST))
    return tuple(dict.fromkeys(map(location.placed, by_height)))


def hearing_for(codes: tuple[str, ...], table: RoutingTable) -> Hearing:
    """Who hears an accusation against these codes (none: nobody in particular), by the city's own table: never one
    of the accused, nor an office that a row of theirs keeps out; the desk only where it may hear of each of them.
    """
    hearings = [_hearing_of(code, table) for code in codes] or [table.hearings[EVERYBODY]]
    out = kept_out(codes, table)
    fitting = next((hearing for hearing in hearings if hearing.to not in out), hearings[0])
    return fitting._replace(desk=all(hearing.desk for hearing in hearings))


def _hearing_of(code: str, table: RoutingTable) -> Hearing:
    known = KECAMATAN if is_kecamatan(code) else code
    return table.hearings.get(known) or table.hearings[EVERYBODY]


def kept_out(codes: Iterable[str], table: RoutingTable) -> frozenset[str]:
    """The accused, and the offices that must not hear of it either."""
    return frozenset().union(*({code} | _hearing_of(code, table).keep_out for code in codes))


def kept_out_above(conflict: Conflict | None, above: Iterable[str]) -> frozenset[str]:
    """The Sekda or the mayor with their office, where an accusation or a doubt names them: they may be meant."""
    named = {SEKDA, MAYOR} & set(above)
    if conflict is None or conflict.kind not in ("official", "doubt") or not named:
        return frozenset()
    return OWN_OFFICES["sekda"] - {SEKDA} | named


def _quiet(candidate: Candidate) -> Candidate:
    return candidate._replace(score=candidate.score * _SUSPICION_ALONE, certain=False)


def heard(
    ranked: list[Candidate],
    conflict: Conflict,
    location: Location,
    table: RoutingTable,
    weight: float = _ACCUSATION_WEIGHT,
) -> list[Candidate]:
    """The candidates of an accusation: oversight alone; only an unsure one leaves the department of the matter as
    a choice for the desk. One that concerns another government is read by an operator first.
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
