"""Does a letter accuse those who answer at this desk? They must not be the ones who read it.

People write “operator Laksa”, “yang telepon dari meja pengaduan”, “CS 112”: who answers and what the desk is
called, with words between. The desk asks nobody for anything, so even a mere fee counts; rather once too often
than never. 112 counts as well: nobody outside can tell its call takers from the desk's.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from workflows.routing.hits import Hit
from workflows.routing.takers import ACTORS, MONEY
from workflows.routing.text import Words

_OWN_NAME = "laksa"  # whatever else the desk is called, other offices' desks are called so as well
_ASIDE = 4  # words between who answers and what the desk is called
_REACH = 7  # words from who answers to what they do
_BARE = 2  # the same from the desk's mere name
_BEFORE = 2  # words from what is done to who does it
_BESIDE = 3  # words between a deed and whoever else may have done it
_GREETING = frozenset(("dear", "halo", "hai", "hi", "kepada"))
_TURNING = _GREETING | {
    "adu", "aduan", "aplikasi", "kirim", "lalu", "lapor", "laporan", "laporkan", "lewat", "melapor", "melaporkan",
    "mengadu", "mohon", "pakai", "tolong", "via", "website",
}  # fmt: skip
"""Before the desk's name: it is written to, or the letter came through it."""
_DISH = {
    "bumbu", "dagang", "festival", "gerobak", "jual", "jualan", "kampung", "kedai", "kuliner", "lapak", "makan",
    "masak", "nasi", "pedagang", "penjual", "resep", "restoran", "rumah", "sentra", "tukang", "warung",
}  # fmt: skip
"""Before “laksa”: what one eats."""
_ASKS = ("minta", "suruh", "paksa", "pungut", "kasih", "transfer", "setor", "bayar")
_OTHERS = tuple(kind for kind in ACTORS if kind not in ("official", "private"))


class Accusal(NamedTuple):
    """code: the office whose people answer at the desk. why: the words that say so."""

    code: str
    why: tuple[str, ...]


class _Mention(NamedTuple):
    """words[start:end]. people: somebody who answers is named, not only the desk or a call from it."""

    start: int
    end: int
    code: str
    people: bool


def accuses_the_desk(hits: Sequence[Hit], words: Words) -> Accusal | None:
    """The first who answer at the desk and near whom something is asked or done that is nobody else's doing.

    hits: where words of accusation stand, but for those denied; in any order.
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
    """From the letter nobody can tell an impostor from one who answers at the desk and knows the report."""
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
    """The desk where it is named, with who answers there; and those who answer, with no desk named beside them."""
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
    """Not the dish, nor “call center PLN”."""
    if name.cue.text == _OWN_NAME:
        return not name.start or words.tokens[name.start - 1] not in _DISH
    return not _is_anothers(name, others)


def _is_anothers(name: Hit, others: Iterable[Hit]) -> bool:
    return any(0 <= other.start - name.end <= 1 or 0 <= name.start - other.end <= 0 for other in others)


def _beside(name: Hit, speaking: Iterable[Hit], others: Sequence[Hit], words: Words) -> Hit | None:
    """“Operator yang menelepon dari Laksa”, “Laksa operatornya”: the nearest with nobody else between."""
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
    """“Operator minta …”, “operator telepon”: not the operator of something."""
    return any(
        0 <= hit.start - who.end <= 0 for hit in hits if _is_deed(hit) or hit.cue.kind in ("calling", "desk")
    )


def _did(said: _Mention, deed: Hit, others: Sequence[Hit], words: Words) -> bool:
    """Near enough, and nobody else stands where the doer does."""
    if deed.end <= said.start:
        return _done_by(said, deed, others, words)
    if deed.cue.kind == "posing":
        return deed.end <= said.end
    reach = _reach(said, words) if deed.cue.kind != "misdeed" else min(_reach(said, words), 1)
    if deed.start - said.end > reach or _anybody(others, said.end, deed.start):
        return False
    return said.people or not _anybody(others, deed.end, deed.end + _BESIDE)


def _reach(said: _Mention, words: Words) -> int:
    """Words from its name to what it does; none where the name stands in a report, −1 where it is greeted."""
    before = words.tokens[said.start - 1] if said.start else ""
    if before in _GREETING:
        return -1
    if before in _TURNING:
        return 0 if said.people else -1
    return _REACH if said.people else _BARE


def _done_by(said: _Mention, deed: Hit, others: Sequence[Hit], words: Words) -> bool:
    """“Diminta uang oleh operator Laksa”, in one sentence; “mengaku petugas Laksa”."""
    between = words.tokens[deed.end : said.start]
    if words.sentences[deed.start] != words.sentences[said.start] or not _TURNING.isdisjoint(between):
        return False
    if deed.cue.kind == "posing":
        return len(between) <= _BESIDE
    taken = _anybody(others, deed.start - _BESIDE, said.start)
    return deed.cue.kind != "misdeed" and len(between) <= (_BEFORE if said.people else 0) and not taken


def _anybody(others: Iterable[Hit], start: int, end: int) -> bool:
    return any(start < hit.end and hit.start < end for hit in others)
