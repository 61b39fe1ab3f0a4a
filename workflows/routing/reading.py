"""What the table finds in a text before anything is decided, and the hints for the learned weights."""

from __future__ import annotations

from workflows.frozen import frozen
from workflows.routing.conflict.accused import of_the_city
from workflows.routing.conflict.detection import Conflict, at_place, find_conflict, weigh
from workflows.routing.conflict.matches import without_addressed
from workflows.routing.matching import Match
from workflows.routing.model import Letter
from workflows.routing.places import Location
from workflows.routing.ranking import Candidate, Evidence, offices_named, rank, score_categories
from workflows.routing.table import RoutingTable
from workflows.routing.text import Words

_TELLING = 8.0  # score that leaves little doubt; hints are shares of it
_MAX_CATEGORIES = 5


@frozen
class Reading:
    """Words and place of a text, categories with phrases, the conflict, the ranked departments. `said`: places of
    categories' phrases. `outsiders`: codes of institutions that are named. `offices`: codes of the city's own
    offices that are named. `above`: those above the offices who are named and not only addressed. `dangers`:
    dangers to life or limb, in words.
    """

    words: Words
    location: Location
    evidence: list[Evidence]
    conflict: Conflict | None
    ranked: list[Candidate]
    said: list[Match]
    outsiders: list[str]
    offices: frozenset[str]
    above: frozenset[str]
    dangers: tuple[str, ...]


def read_letter(letter: Letter, table: RoutingTable) -> Reading:
    """Everything that the table's own files say about a text."""
    words, place = table.lexicon.read(letter.text), table.lexicon.read(letter.place)
    location = table.areas.find(letter.text, letter.place, letter.kelurahan)
    found = table.matcher.find(words)
    cues = without_addressed(table.cues.among(found), letter.text, table)
    offices = offices_named(of_the_city(cues, words, table), table)
    above = offices_named(cues, table, "overseer")
    conflict = at_place(find_conflict(words, cues, table), location)
    said = table.phrases.among(found)
    evidence = score_categories(words, said, table)
    roads = [*table.roads.said(found), *table.roads.said(table.matcher.find(place))]
    ranked = rank(evidence, table.detours_at(found, location.kecamatan), roads, offices, location, table)
    ranked = weigh(ranked, conflict, location, table)
    dangers = tuple(dict.fromkeys(danger.label for danger in table.dangers.said(found)))
    outsiders = table.outsiders.said(found)
    return Reading(words, location, evidence, conflict, ranked, said, outsiders, offices, above, dangers)


def taught_owner(candidate: Candidate, table: RoutingTable) -> str:
    """The department of a matter at the time of training, before any exception of a kecamatan."""
    category = table.categories[candidate.category]
    if candidate.moved == "place" or candidate.opd == category.opd:
        return table.judge.weights.header.owners.get(category.code, category.opd)
    return candidate.opd


def hints_of(reading: Reading, table: RoutingTable) -> dict[str, float]:
    """The table's findings as named numbers: r:<department>, c:<category>, top:…, k:<kind of conflict>, …
    Departments have the names of the time of training: a category with a new owner is still the same matter.
    """
    taught = [taught_owner(c, table) for c in reading.ranked]
    hints = {
        f"r:{code}": max(c.score, 0.0) / _TELLING for code, c in reversed([*zip(taught, reading.ranked, strict=True)])
    }
    hints |= {f"c:{e.category}": e.score / _TELLING for e in reading.evidence[:_MAX_CATEGORIES]}
    if reading.ranked:
        hints[f"top:{taught[0]}"] = 0.5
    if reading.conflict:
        hints[f"k:{reading.conflict.kind}"] = 1.0
        hints["sure"] = float(reading.conflict.sure)
    hints["question"] = 0.5 * bool(reading.words.questions)
    hints["danger"] = float(bool(reading.dangers))
    return hints
