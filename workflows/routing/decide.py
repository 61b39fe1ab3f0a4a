"""The routing decision: which department, how sure, and why, in words an operator can read. Steps: reading (what
the table finds) → hints → learned probabilities → blend → conflict of interest → decision. The reasons name the
phrases, words, place and rules that decided, in Indonesian.

The kind of a text: complaint, question, suggestion, accusation, or nothing to route. Also says whether a text
only thanks: then there is nothing to do, however clear the department.
"""

from __future__ import annotations
import re
from collections.abc import Mapping
from dataclasses import replace

from workflows.frozen import frozen
from workflows.routing.candidates import also_of, blend, top_of
from workflows.routing.columns import MAYOR, SEKDA
from workflows.routing.conflict.detection import (
    INSPEKTORAT,
    OWNERS,
    Conflict,
    accused,
    heard,
    hearing_for,
    kept_out,
    kept_out_above,
)
from workflows.routing.learned.classifier import Judgement
from workflows.routing.model import DESK, EXTERNAL, KECAMATAN, Decision, Letter
from workflows.routing.places import Location
from workflows.routing.ranking import OTHER, Candidate
from workflows.routing.reading import Reading, hints_of, read_letter
from workflows.routing.table import RoutingTable
from workflows.routing.text import Words, fold

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


COMPLAINT, QUESTION, SUGGESTION, OVERSIGHT = "aduan", "pertanyaan", "saran", "pengawasan"
THANKS, UNCLEAR, NO_REPORT = "terima_kasih", "tidak_jelas", "bukan_laporan"
NOTHING_TO_DO = (THANKS, NO_REPORT)
FOR_OPERATOR = (*NOTHING_TO_DO, UNCLEAR)
"""Kinds that no department gets without an operator."""
_LEARNED = {
    "complaint": COMPLAINT,
    "request": COMPLAINT,
    "question": QUESTION,
    "praise": THANKS,
    "unclear": UNCLEAR,
    "not_for_government": NO_REPORT,
}
_NO_MATTER = ("unclear", "not_for_government")
_THANKING = frozenset(("terima", "kasih", "mantap", "bagus", "apresiasi", "puas", "hebat", "keren", "thanks"))
_SUGGESTING = frozenset(("saran", "usul", "aspirasi"))


def kind_heard(kinds: Mapping[str, float], official: bool, desk: bool, words: Words) -> str:
    """The kind by the words alone. `kinds`: a score for each kind that the weights know (complaint, praise, …).
    `official`: an official is accused. `desk`: no department is responsible; then it is thanks, no complaint, or
    unclear.
    """
    if official:
        return OVERSIGHT
    if desk:
        possible = (*_NO_MATTER, "praise") if not _THANKING.isdisjoint(words.tokens) else _NO_MATTER
        return _LEARNED[max(possible, key=lambda kind: kinds.get(kind, -99.0))]
    learned = max(kinds, key=lambda kind: kinds[kind])
    suggests = learned == "request" and not _SUGGESTING.isdisjoint(words.tokens)
    return SUGGESTION if suggests else _LEARNED[learned]


def kind_told(heard: str, ticked: str | None, desk: bool) -> str:
    """The kind that people read: what the citizen ticked, unless it is an accusation or nothing to route."""
    return heard if desk or heard == OVERSIGHT else ticked or heard


_THANKS = r"(?:terima ?kasih|makasih|makasi|trims|thx|thanks|thank you|salut|apresiasi|mantap|alhamdulillah)"
_OPENING = 40  # characters within which a text of mere thanks begins to thank
_THANKED = re.compile(rf"\b{_THANKS}\b")
_WANTING = {
    "belum", "bisa", "bolong", "bukan", "butuh", "cuma", "harap", "jangan", "kapan", "kenapa", "kurang", "lubang",
    "macet", "masih", "mati", "minta", "mohon", "perlu", "rusak", "saran", "sayang", "segera", "tambah", "tapi",
    "tetapi", "tidak", "tolong", "tumpuk", "usul", "but", "please", "still", "not",
}  # fmt: skip
"""Words of a text that asks for something, or gives thanks for what has not been done."""


def only_thanks(text: str, words: Words) -> bool:
    """Whether it begins with thanks and asks for nothing: “Makasih DLH, taman kami sudah bersih”."""
    if words.questions or not _WANTING.isdisjoint(words.tokens):
        return False
    return _THANKED.search(fold(text)[:_OPENING]) is not None


_NAMES = {KECAMATAN: "kecamatan", DESK: "meja operator"}


def reasons(
    best: Candidate, reading: Reading, conflict: Conflict | None, judged: Judgement, table: RoutingTable
) -> tuple[str, ...]:
    """Reasons for the best candidate, strongest first; then the place, then what makes it urgent."""
    said = (*speaking_for(best, judged, table), *doubt_of(conflict), _place(reading.location))
    return (*dict.fromkeys(said), *(f"mendesak: {danger}" for danger in reading.dangers))


def doubt_of(conflict: Conflict | None) -> tuple[str, ...]:
    """Reasons why an operator must read the text before any office does."""
    return conflict.why if conflict and conflict.kind == "doubt" else ()


def speaking_for(candidate: Candidate, judged: Judgement, table: RoutingTable) -> tuple[str, ...]:
    """Phrases and words in favour of this candidate, whether or not it is the best."""
    code = table.categories[candidate.category].opd if candidate.moved else candidate.opd
    learned = (f"“{name}” {_signed(w)} → {_short(code, table)}" for name, w in table.judge.evidence(judged, code))
    return (*candidate.why, *learned)


def _short(code: str, table: RoutingTable) -> str:
    department = table.departments.get(code)
    return department.short if department else _NAMES.get(code, code)


def _signed(weight: float) -> str:
    return f"{weight:+.1f}".replace(".", ",")


def _place(location: Location) -> str:
    if not location.label:
        return "kelurahan dan kecamatan belum diketahui"
    return f"lokasi: {location.label}"


_ENOUGH_TO_INSPECT = 0.5  # where table and weights agree on an accusation, the Inspektorat itself should read it
_SAYS_NOTHING = Candidate(DESK, 0.0, OTHER, ("tidak cukup kata yang menunjuk satu OPD",), None, False)


@frozen
class _Weighed:
    """A text with everything found in it; `ranked`: the departments, likeliest first."""

    letter: Letter
    reading: Reading
    judged: Judgement
    conflict: Conflict | None
    ranked: list[Candidate]
    table: RoutingTable

    @property
    def best(self) -> Candidate:
        return self.ranked[0]

    @property
    def opd(self) -> str:
        return self.reading.location.placed(self.best.opd)

    @property
    def official(self) -> bool:
        """Whether an official is accused."""
        return self.conflict is not None and self.conflict.kind == "official"

    @property
    def accused(self) -> tuple[str, ...]:
        """Codes of all accused, the highest first."""
        return accused(self.conflict, self.reading.location) if self.official else ()

    @property
    def heard(self) -> str:
        """Its kind by the words alone, whatever the form says."""
        if not self.official and only_thanks(self.letter.text, self.reading.words):
            return THANKS
        return kind_heard(self.judged.kinds, self.official, self.opd == DESK, self.reading.words)

    @property
    def desk(self) -> bool:
        """Whether an operator may read it."""
        return not self.official or hearing_for(self.accused, self.table).desk


def decide(letter: Letter, table: RoutingTable) -> Decision:
    """The decision by this table alone. Deterministic; never raises, whatever the text."""
    reading = read_letter(letter, table)
    judged = table.judge.judge(reading.words, hints_of(reading, table))
    conflict = resolve_conflict(reading, judged, table)
    above = kept_out_above(conflict, reading.above)
    ranked = [c for c in _ranked(reading, judged, conflict, table) if c.opd not in above] or [_SAYS_NOTHING]
    return _decision(_Weighed(letter, reading, judged, conflict, ranked, table))


def _ranked(reading: Reading, judged: Judgement, conflict: Conflict | None, table: RoutingTable) -> list[Candidate]:
    """Departments, likeliest first: by the learned weights, then by the rules that override everything."""
    if not any(map(str.isascii, reading.words.tokens)):  # a text of codes has no words
        return [_SAYS_NOTHING]
    ranked = blend(reading, judged.opd, table)
    if conflict and conflict.kind == "official":
        share = sum(c.score for c in ranked if c.opd == INSPEKTORAT)
        return heard(ranked, conflict, reading.location, table, max(share, 0.5))
    return ranked


def _decision(case: _Weighed) -> Decision:
    opd, reading, judged, conflict, table = case.opd, case.reading, case.judged, case.conflict, case.table
    category = table.categories[case.best.category]
    out = kept_out(case.accused, table) | kept_out_above(conflict, reading.above)
    unsuspected = {INSPEKTORAT} if conflict is None and opd != INSPEKTORAT else set()
    top = top_of(case.letter, opd, case.ranked, reading, out | unsuspected, table)
    why = reasons(case.best, reading, conflict, judged, table)
    sent = _confident(case) or not case.desk
    return Decision(
        opd=opd,
        category=category.code,
        kind=kind_told(case.heard, case.letter.kind, opd == DESK),
        also=() if case.official else _also(case, out),
        top=top,
        confident=sent,
        why=why,
        urgent=bool(reading.dangers) or judged.urgent >= table.judge.weights.header.urgent,
        restricted=category.restricted or _suspected(reading),
        accuses=next(iter(case.accused), None),
        kept_out=tuple(sorted(out)),
        version=f"{table.version}+{table.judge.weights.version}",
        external=_institution(opd, case.best, reading),
        reason_public=category.label_id,
        desk=case.desk,
        because=((opd, why),) if sent else _because(case, top),
    )


def _because(case: _Weighed, top: tuple[tuple[str, float], ...]) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """The reasons for each code of `top` that an operator may choose, with a doubt before the first; none for
    those that only fill up the list.
    """
    placed = case.reading.location.placed
    found = {placed(candidate.opd): candidate for candidate in reversed(case.ranked)}
    chosen = [(code, found[code]) for code, _ in top if code in found]
    whys = [speaking_for(candidate, case.judged, case.table) for _, candidate in chosen]
    whys[:1] = [tuple(dict.fromkeys((*why, *doubt_of(case.conflict)))) for why in whys[:1]]
    return tuple((code, why) for (code, _), why in zip(chosen, whys, strict=True))


def _also(case: _Weighed, out: frozenset[str]) -> tuple[str, ...]:
    also = also_of(case.opd, case.best, case.ranked, case.reading, case.conflict)
    return tuple(code for code in also if code not in out)


def _suspected(reading: Reading) -> bool:
    """Whether words that may accuse somebody keep the complaint restricted until a person has read it."""
    conflict = reading.conflict
    return conflict is not None and (conflict.kind == "official" or conflict.few_eyes)


def _confident(case: _Weighed) -> bool:
    best, conflict = case.best, case.conflict
    if case.opd in (DESK, KECAMATAN) or not best.certain or case.heard in FOR_OPERATOR:
        return False
    if conflict and not conflict.sure:
        return False
    inspected = best.opd == INSPEKTORAT and conflict is not None and conflict.accuses
    return best.score >= (_ENOUGH_TO_INSPECT if inspected else case.table.judge.weights.header.sure)


def _institution(opd: str, best: Candidate, reading: Reading) -> str | None:
    if opd != EXTERNAL:
        return None
    return best.external or next(iter(reading.outsiders), None)
