"""The table in force is sound: owners exist, names fit, no phrase pulls two ways or says nothing."""

from __future__ import annotations

from tests.routing.given import TABLE
from workflows.routing.ranking import OTHER
from workflows.routing.table import Book, Cue, Danger, Detour, Phrase

CODES = {found.code for found in TABLE.departments.departments.values() if found.kind != "office"}


def texts(book: Book[Phrase] | Book[Detour] | Book[Cue] | Book[Danger]) -> list[str]:
    return [row.text for row in book.rows]


def test_exceptions_institutions_roads_and_cues_name_what_exists() -> None:
    for detour in TABLE.detours.rows:
        assert detour.category in TABLE.categories and detour.opd in CODES, detour
        assert detour.external is None or detour.external in TABLE.institutions, detour
    assert {road.authority for road in TABLE.roads.rows} <= set(TABLE.institutions)
    assert {c.code for c in TABLE.cues.rows if c.code} <= set(TABLE.hearings) | CODES | set(TABLE.institutions)


def test_small_talk_has_its_category_and_extortion_is_restricted() -> None:
    assert OTHER in TABLE.categories
    restricted = {code for code, category in TABLE.categories.items() if category.restricted}
    assert restricted == {"pungli", "kepegawaian", "kdrt", "perundungan"}
