"""Finds the accused: office, level of government, co-accused; ignores bystanders. Also finds accusations against
those who answer at this desk, since they must not be the ones who read them. People write “operator Laksa”, “yang
telepon dari meja pengaduan”, “CS 112”. The desk asks nobody for anything, so even a mere fee counts, and in doubt
it is an accusation. 112 counts as well: nobody outside can tell its call takers from the desk's.
"""

from __future__ import annotations
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from typing import NamedTuple

from workflows.routing.conflict.matches import Hit, Placed
from workflows.routing.matching import Match
from workflows.routing.places import Areas
from workflows.routing.table import RoutingTable
from workflows.routing.text import Words

MONEY = ("abuse", "bribe", "extortion", "levy", "taking")
"""Kinds of words for what no official may do; a fee may be due, and a gift may be harmless."""
OWN = ("office", "overseer", "teacher")
"""Kinds of words for an office, for those above the offices, and for the people of a school."""
ACTORS = ("office", "overseer", "official", "teacher", "school", "thug", "parking", "police", "private")
SURE_REACH = 6  # words between a deed and an actor it certainly refers to
_BESIDE = 3  # words between a deed and those accused together with the nearest
_SUBJECT = 2  # words between a name above the offices and the deed it is the subject of
_OBJECT = 1
_VERB = 1  # words between officials and their misdeed
_OPENING = frozenset(
    ("ada", "beberapa", "dua", "kemarin", "lalu", "lihat", "malam", "pagi", "semalam", "siang", "sore", "tadi", "tiga")
)  # words that may stand before the subject of a sentence
_NEXT = 3  # words after an office in which another government is named
_IN_FULL = {"kab": "kabupaten", "kota": ""}  # “Dishub Kota Tangerang Selatan” is named without its first word

Near = tuple[int, Hit, Hit]  # distance, deed, actor


def accused_office(near: Mapping[str, Near], actors: Sequence[Hit], table: RoutingTable) -> Near:
    """The nearest actor of all kinds, with two corrections: the office of a nameless official comes before it, and
    whoever takes money from others. A company may only give, and parking is only a place.
    """
    nearest = min(near.values(), key=lambda n: (n[0], ACTORS.index(n[2].cue.kind)))
    kind, deed = nearest[2].cue.kind, nearest[1]
    own = min((near[k] for k in OWN if k in near), key=lambda n: n[0], default=None)
    if kind == "official":
        return near.get("office") or near.get("overseer") or nearest
    if kind == "private" and deed.cue.kind == "bribe":  # a bribe has a giver and a taker
        return own or near.get("official") or nearest
    takes = own and kind == "private" and _takes_from(own, nearest[2], actors, table)
    runs = own and kind == "parking" and own[0] <= SURE_REACH and are_people(own[2], actors, table)
    return own if own and (takes or runs) else nearest


def _takes_from(own: Near, giver: Hit, actors: Sequence[Hit], table: RoutingTable) -> bool:
    """Whether officials take and the company gives: “Petugas DLH minta upeti dari pabrik”, “pabrik kasih amplop ke
    petugas DLH”.
    """
    far, deed, actor = own
    asks = actor.end <= deed.start and deed.end <= giver.start
    gets = giver.end <= deed.start and deed.end <= actor.start and are_people(actor, actors, table)
    return deed.cue.kind in MONEY and far <= SURE_REACH and (asks or gets)


def owner_of(near: Mapping[str, Near]) -> str | None:
    """The code of the office to which a nameless official belongs, where only a school is near."""
    schools = (near[kind] for kind in ("teacher", "school") if kind in near)
    return next((actor.cue.code for far, _, actor in schools if far <= SURE_REACH), None)


def accused_beside(deeds: Iterable[Hit], hits: Iterable[Hit], words: Words, table: RoutingTable) -> frozenset[str]:
    """The codes of all offices whose people are close to such a deed, wherever the nearest actor is."""
    own = Placed(hit for hit in hits if hit.cue.kind in OWN and hit.cue.code)
    near = {actor for deed in deeds if deed.cue.kind in MONEY for _, actor in own.near(deed, _BESIDE)}
    codes = {actor.cue.code for actor in near}
    return frozenset(code for code in codes if code and not _all_elsewhere(code, near, words, table))


def _all_elsewhere(code: str, actors: Iterable[Hit], words: Words, table: RoutingTable) -> bool:
    return all(elsewhere(actor, words, table) for actor in actors if actor.cue.code == code)


def elsewhere(actor: Hit, words: Words, table: RoutingTable) -> str | None:
    """The institution of another government whose name follows (“Dishub Tangsel”); None for the city's own."""
    after = words.tokens[actor.end : actor.end + _NEXT]
    named = " ".join(_IN_FULL.get(word, word) for word in after)
    return _outside(named, table.areas) if after else None


@lru_cache(maxsize=256)  # a text repeats the same names
def _outside(name: str, areas: Areas) -> str | None:
    return areas.find("", name).outside


def of_the_city(cues: Iterable[Match], words: Words, table: RoutingTable) -> list[Match]:
    """The matches of accusing words without names of another government's offices."""
    hits = ((match, Hit(table.cues.rows[match.phrase], match.start, match.end)) for match in cues)
    return [match for match, hit in hits if hit.cue.kind != "office" or not elsewhere(hit, words, table)]


def are_people(actor: Hit, actors: Iterable[Hit], table: RoutingTable) -> bool:
    """“Petugas Dishub”, “oknum kelurahan”: people, not the office as such, which may only be asked to help."""
    if actor.cue.kind not in OWN:
        return False
    inside = actor.cue.text.startswith(table.officials)
    return inside or any(other.cue.kind == "official" and other.end == actor.start for other in actors)


def misdeeds(hits: Sequence[Hit], words: Words, table: RoutingTable) -> dict[Hit, Hit]:
    """Deeds that anybody may do (“memukul”) → the same as an abuse, where officials do them."""
    offices = [hit for hit in hits if hit.cue.kind in ("office", "official")]
    by_people = Placed(hit for hit in offices if _acts(hit, offices, words, table))
    found = (hit for hit in hits if hit.cue.kind == "misdeed" and _follows(hit, by_people))
    return {hit: hit._replace(cue=hit.cue._replace(kind="abuse")) for hit in found}


def _follows(hit: Hit, actors: Placed) -> bool:
    return any(actor.end <= hit.start or actor.start == hit.start for _, actor in actors.near(hit, _VERB))


def _acts(actor: Hit, actors: Iterable[Hit], words: Words, table: RoutingTable) -> bool:
    """Whether the actor does the deed: its people do, or it is the subject of a sentence that asks for nothing.
    Others may only be named as a place (“di depan kelurahan”).
    """
    if actor.cue.kind == "official" or are_people(actor, actors, table):
        return True
    before, sentence = actor.start - 1, words.sentences[actor.start]
    begins = before < 0 or words.sentences[before] != sentence or words.tokens[before] in _OPENING
    return begins and sentence not in words.questions


def bystanders(hits: Sequence[Hit], deeds: Sequence[Hit]) -> dict[Hit, bool]:
    """Those above the offices who are named but neither do the deed nor suffer it → whether a deed is so close
    that it may be theirs after all.
    """
    above = {hit for hit in hits if hit.cue.kind == "overseer"}
    if not above:
        return {}
    done = Placed(deed for deed in deeds if deed.cue.kind in MONEY)
    offices = [hit for hit in hits if hit.cue.kind == "office"]
    idle = (hit for hit in above if not _does(hit, done, offices) and not _suffers(hit, done, offices))
    return {hit: bool(done.near(hit, SURE_REACH)) for hit in idle}


def _does(hit: Hit, done: Placed, offices: Sequence[Hit]) -> bool:
    """“Wali kota menerima setoran”, “Inspektorat dan Dishub menerima suap”: nobody else is named between."""
    after = [deed for _, deed in done.near(hit, _SUBJECT + _BESIDE) if deed.start >= hit.end]
    if not after:
        return False
    deed = min(after, key=lambda deed: deed.start)
    between = [office for office in offices if hit.end <= office.start and office.end <= deed.start]
    gap = deed.start - hit.end - sum(office.end - office.start for office in between)
    return gap <= _SUBJECT and all(office.start == hit.end for office in between[:1])


def _suffers(hit: Hit, done: Placed, offices: Sequence[Hit]) -> bool:
    """“Pungli di Inspektorat”: the deed is next to no other name."""
    return not offices and any(deed.end <= hit.start for _, deed in done.near(hit, _OBJECT))


_OWN_NAME = "laksa"  # other offices' desks share every other name of this desk
_ASIDE = 4  # words between the person who answers and the name of the desk
_REACH = 7  # words from the person who answers to the deed
_BARE = 2  # the same from the desk's name alone
_BEFORE = 2  # words from a deed to the doer after it
_GREETING = frozenset(("dear", "halo", "hai", "hi", "kepada"))
_TURNING = _GREETING | {
    "adu", "aduan", "aplikasi", "kirim", "lalu", "lapor", "laporan", "laporkan", "lewat", "melapor", "melaporkan",
    "mengadu", "mohon", "pakai", "tolong", "via", "website",
}  # fmt: skip
"""Words before the desk's name that address it, or say that the text came through it."""
_DISH = {
    "bumbu", "dagang", "festival", "gerobak", "jual", "jualan", "kampung", "kedai", "kuliner", "lapak", "makan",
    "masak", "nasi", "pedagang", "penjual", "resep", "restoran", "rumah", "sentra", "tukang", "warung",
}  # fmt: skip
"""Words before “laksa” that mean the dish."""
_ASKS = ("minta", "suruh", "paksa", "pungut", "kasih", "transfer", "setor", "bayar")
_OTHERS = tuple(kind for kind in ACTORS if kind not in ("official", "private"))


class Accusal(NamedTuple):
    """`code`: the office whose people answer at the desk. `why`: the words that say so."""

    code: str
    why: tuple[str, ...]


class _Mention(NamedTuple):
    """The words[start:end]. `people`: a person who answers is named, not only the desk or a call from it."""

    start: int
    end: int
    code: str
    people: bool


def accuses_the_desk(hits: Sequence[Hit], words: Words) -> Accusal | None:
    """The first mention of people who answer at the desk with a deed near them that nobody else did. `hits`:
    places of accusing words without the denied ones, in any order.
    """
    if not any(hit.cue.kind in ("desk", "answering") for hit in hits):
        return None
    others = [hit for hit in hits if hit.cue.kind in _OTHERS]
    deeds = sorted((hit for hit in hits if _is_deed(hit)), key=lambda hit: hit.start)
    for said in _mentions(hits, others, words):
        deed = next((deed for deed in deeds if _did(said, deed, others, words)), None)
        if deed:
            return Accusal(said.code, _why(said, deed, hits, words))
    return None


def _why(said: _Mention, deed: Hit, hits: Iterable[Hit], words: Words) -> tuple[str, ...]:
    """The words of the accusation. The text cannot tell an impostor from an operator who knows the complaint."""
    called = " ".join(words.tokens[said.start : said.end])
    posing = any(hit.cue.kind == "posing" for hit in hits)
    told = ("mungkin orang luar yang mengaku petugas; periksa dahulu",) if posing else ()
    return (f"menyebut “{deed.cue.text}” dekat “{called}”", *told)


def _is_deed(hit: Hit) -> bool:
    kind, text = hit.cue.kind, hit.cue.text
    return kind in (*MONEY, "asking", "misdeed", "posing") or (
        kind in ("fee", "gift") and "tidak" not in text and any(word in text for word in _ASKS)
    )


def _mentions(hits: Iterable[Hit], others: Sequence[Hit], words: Words) -> Iterator[_Mention]:
    """Mentions of the desk, with the person who answers there; and of such persons without a desk beside them."""
    hits = list(hits)
    names = [hit for hit in hits if hit.cue.kind == "desk" and _is_ours(hit, others, words)]
    answering = [hit for hit in hits if hit.cue.kind == "answering"]
    speaking = [*answering, *(hit for hit in hits if hit.cue.kind == "official")]
    calls = [hit for hit in hits if hit.cue.kind == "calling"]
    for name in names:
        who = _beside(name, speaking, others, words)
        span = who or _beside(name, calls, others, words) or name
        start, end = min(span.start, name.start), max(span.end, name.end)
        yield _Mention(start, end, name.cue.code or "", who is not None)
    for who in answering:
        if who.cue.code and not _is_anothers(who, others) and _stands_alone(who, hits):
            yield _Mention(who.start, who.end, who.cue.code, False)


def _is_ours(name: Hit, others: Sequence[Hit], words: Words) -> bool:
    """Whether the name is this desk: not the dish, nor “call center PLN”."""
    if name.cue.text == _OWN_NAME:
        return not name.start or words.tokens[name.start - 1] not in _DISH
    return not _is_anothers(name, others)


def _is_anothers(name: Hit, others: Iterable[Hit]) -> bool:
    return any(0 <= other.start - name.end <= 1 or 0 <= name.start - other.end <= 0 for other in others)


def _beside(name: Hit, speaking: Iterable[Hit], others: Sequence[Hit], words: Words) -> Hit | None:
    """The nearest speaker with nobody else between: “Operator yang menelepon dari Laksa”, “Laksa operatornya”."""
    near = [who for who in speaking if _belongs(who, name, others, words)]
    return min(near, key=lambda who: abs(who.start - name.start), default=None)


def _belongs(who: Hit, name: Hit, others: Sequence[Hit], words: Words) -> bool:
    if words.sentences[who.start] != words.sentences[name.start]:
        return False
    if who.start >= name.start:
        return who.start <= name.end
    between = words.tokens[who.end : name.start]
    return len(between) <= _ASIDE and _TURNING.isdisjoint(between) and not _anybody(others, who.start, name.end)


def _stands_alone(who: Hit, hits: Iterable[Hit]) -> bool:
    """“Operator minta …”, “operator telepon”: not the operator of something else."""
    return any(0 <= hit.start - who.end <= 0 for hit in hits if _is_deed(hit) or hit.cue.kind in ("calling", "desk"))


def _did(said: _Mention, deed: Hit, others: Sequence[Hit], words: Words) -> bool:
    """Whether the deed is near enough and nobody else stands where the doer stands."""
    if deed.end <= said.start:
        return _done_by(said, deed, others, words)
    if deed.cue.kind == "posing":
        return deed.end <= said.end
    reach = _reach(said, words) if deed.cue.kind != "misdeed" else min(_reach(said, words), 1)
    if deed.start - said.end > reach or _anybody(others, said.end, deed.start):
        return False
    return said.people or not _anybody(others, deed.end, deed.end + _BESIDE)


def _reach(said: _Mention, words: Words) -> int:
    """The most words allowed between the name and the deed: 0 where the name stands inside a complaint's own
    words, −1 where it is greeted.
    """
    before = words.tokens[said.start - 1] if said.start else ""
    if before in _GREETING:
        return -1
    if before in _TURNING:
        return 0 if said.people else -1
    return _REACH if said.people else _BARE


def _done_by(said: _Mention, deed: Hit, others: Sequence[Hit], words: Words) -> bool:
    """“Diminta uang oleh operator Laksa” in one sentence; “mengaku petugas Laksa”."""
    between = words.tokens[deed.end : said.start]
    if words.sentences[deed.start] != words.sentences[said.start] or not _TURNING.isdisjoint(between):
        return False
    if deed.cue.kind == "posing":
        return len(between) <= _BESIDE
    taken = _anybody(others, deed.start - _BESIDE, said.start)
    return deed.cue.kind != "misdeed" and len(between) <= (_BEFORE if said.people else 0) and not taken


def _anybody(others: Iterable[Hit], start: int, end: int) -> bool:
    return any(start < hit.end and hit.start < end for hit in others)
