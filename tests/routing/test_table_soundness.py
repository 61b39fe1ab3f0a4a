"""The table in force is sound: owners exist, names fit, no phrase pulls two ways or says nothing."""

from __future__ import annotations
from collections import Counter, defaultdict

from tests.routing.given import TABLE
from workflows.routing.ranking import OTHER
from workflows.routing.table import Book, Cue, Danger, Detour, Phrase

CODES = {found.code for found in TABLE.departments.departments.values() if found.kind != "office"}


def canonical(phrase: str) -> tuple[tuple[str, ...], ...]:
    return tuple(sorted(TABLE.lexicon.read(part).tokens for part in phrase.split("+")))


def texts(book: Book[Phrase] | Book[Detour] | Book[Cue] | Book[Danger]) -> list[str]:
    return [row.text for row in book.rows]


def test_every_category_has_phrases_and_an_owner_that_exists() -> None:
    written = Counter(phrase.category for phrase in TABLE.phrases.rows)
    poor = {category for category in TABLE.categories if written[category] < 8}
    assert not poor, f"{sorted(poor)}: give each at least 8 rows in phrases.csv"
    assert set(written) <= set(TABLE.categories), "phrases.csv names a category that categories.csv has not"
    assert {c.opd for c in TABLE.categories.values()} <= CODES | {"KEC"}


def test_every_alternative_exists_and_is_not_the_owner() -> None:
    for category in TABLE.categories.values():
        assert set(category.also) <= CODES - {category.opd}, category.code


def test_each_department_can_be_written_to() -> None:
    own = [TABLE.departments[code] for code in CODES - {"EXTERNAL"}]
    assert len(own) >= 30, "departments.csv has lost most of the city"
    for department in own:
        assert 0 < len(department.short) <= 24, department.short
        boxes = (department.mailbox, department.head_mailbox)
        assert department.head and all("@" in box for box in boxes), f"{department.code}: complete departments.csv"


def test_every_kecamatan_has_its_department() -> None:
    assert {TABLE.areas.find("", "", row.code).department for row in TABLE.areas.rows} == {
        code for code in CODES if code.startswith("KEC-")
    }


def test_no_phrase_pulls_to_two_categories_alike() -> None:
    pulls = defaultdict(set)
    for phrase in TABLE.phrases.rows:
        if phrase.kind != "not":
            pulls[canonical(phrase.text), phrase.weight].add(phrase.category)
    assert {key: categories for key, categories in pulls.items() if len(categories) > 1} == {}


def test_no_category_says_the_same_twice() -> None:
    counted = Counter((p.category, p.kind == "not", canonical(p.text)) for p in TABLE.phrases.rows)
    assert [key for key, times in counted.items() if times > 1] == []


def test_every_phrase_finds_itself_and_none_is_only_fillers() -> None:
    for book in (TABLE.phrases, TABLE.detours, TABLE.cues, TABLE.dangers):
        for number, text in enumerate(texts(book)):
            found = TABLE.matcher.find(TABLE.lexicon.read(text.replace("+", " ")))
            assert all(canonical(text)), text
            assert any(match.phrase == number for match in book.among(found)), text


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
