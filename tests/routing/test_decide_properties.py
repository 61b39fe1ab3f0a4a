"""What holds of every decision, whatever is written."""

from __future__ import annotations
import json
import time
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.routing.given import TABLE, decided, letters
from workflows.routing.build import build_table
from workflows.routing.columns import FILES
from workflows.routing.load import FOLDER, read_files
from workflows.routing.model import Decision

pytestmark = pytest.mark.slow

SPICE = [cue.text.replace("+", " ") for cue in TABLE.cues.rows] + [row["text"] for row in letters()]
PIECES = st.one_of(st.text(max_size=30), st.sampled_from(SPICE), st.sampled_from([" ", ".", "?", "\n", " rt 2 "]))
TEXTS = st.lists(PIECES, max_size=8).map(" ".join)
CODES = set(TABLE.departments.departments)


@settings(max_examples=150)
@given(TEXTS, st.text(max_size=40), st.one_of(st.none(), st.text(max_size=20), st.just("36.71.11.1002")))
def test_any_text_gets_a_decision_that_keeps_the_rules(text: str, place: str, kelurahan: str | None) -> None:
    decision = decided(text, place, kelurahan)
    top = [code for code, _ in decision.top]
    assert decision == decided(text, place, kelurahan)
    assert {decision.opd, *decision.also, *top} <= CODES | {"DESK", "KEC"}
    assert len(set(top) & {d.code for d in TABLE.departments.assignable()}) >= 3
    assert decision.opd in ("DESK", top[0])
    assert decision.accuses not in {decision.opd, *decision.also, *top}
    assert all(0 <= score <= 1 for _, score in decision.top)
    assert not (decision.confident and decision.opd in ("DESK", "KEC"))
    assert decision.why and (decision.external is None or decision.opd == "EXTERNAL")


def plain(row: dict[str, str], code: str = "") -> Decision:
    return decided(row["text"] + code, row["place"], row["kelurahan"] or None)


@settings(max_examples=200)
@given(st.sampled_from(letters()), st.uuids(), st.sampled_from([" ", "-", " -", " _", ", "]), st.integers(8, 32))
def test_an_identifier_after_a_letter_changes_nothing(row: dict[str, str], uuid: UUID, glue: str, length: int) -> None:
    for code in (str(uuid), uuid.hex, uuid.hex.upper(), f"{uuid.hex[:length]}-{uuid}"):
        assert plain(row, f" ya{glue}{code}") == plain(row, " ya")


@pytest.mark.parametrize("row", {row["opd"]: row for row in letters()}.values(), ids=lambda row: row["opd"])
def test_words_inside_identifiers_speak_for_no_department(row: dict[str, str]) -> None:
    for code in (" 207033a8c8be1dbd", " 51-fee5f27f", " dbdbdbdb-0fee-4dbd-8dbd-fee000000dbd"):
        assert plain(row, code) == plain(row)


@settings(max_examples=40)
@given(TEXTS)
def test_a_stored_decision_comes_back_the_same(text: str) -> None:
    decision = decided(text)
    assert Decision.from_document(json.loads(json.dumps(decision.to_document()))) == decision


def test_a_changed_table_has_another_version() -> None:
    files = read_files(FOLDER)
    changed = files | {"slang.csv": files["slang.csv"] + "nyewa,sewa\n"}
    assert build_table(files, TABLE.judge).version == TABLE.version
    assert build_table(changed, TABLE.judge).version != TABLE.version
    assert set(FILES) == set(files)


def test_a_very_long_text_is_decided_within_a_second() -> None:
    begun = time.perf_counter()
    decided("jalan rusak lampu mati rt minta uang " * 2000)
    assert time.perf_counter() - begun < 1
