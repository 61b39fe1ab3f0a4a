"""Four real letters, read where they lie beside the project: where they go, and where they must never go."""

from __future__ import annotations
import json
from pathlib import Path

import pytest

from tests.routing.given import decided, named
from workflows.routing.model import Decision

ORIGINALS = Path(__file__).parents[2].parent / "shared" / "routing" / "seed_letters.jsonl"


def original(name: str) -> Decision:
    if not ORIGINALS.exists():
        pytest.skip(f"the four original letters are not on this machine: {ORIGINALS}")
    letters = map(json.loads, ORIGINALS.read_text(encoding="utf-8").splitlines())
    return decided(next(letter["text"] for letter in letters if letter["id"] == name))


def test_a_question_on_building_permits_goes_to_dpmptsp() -> None:
    decision = original("imb")
    assert (decision.opd, decision.confident) == ("DPMPTSP", True)


def test_admission_to_an_smk_names_both_who_may_be_in_charge() -> None:
    decision = original("smk")
    assert decision.opd in ("DISDIK", "EXTERNAL")
    assert {decision.opd, *decision.also} >= {"DISDIK", "EXTERNAL"}
    assert decision.external == "EXT-PROV-DINDIK"


def test_money_asked_for_a_marriage_letter_goes_past_the_kecamatan() -> None:
    decision = original("nikah")
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", "KEC-PINANG", True)
    assert not named(decision) & {"KEC-PINANG", "DISDUKCAPIL", "SETDA"}


def test_officers_taking_money_from_drivers_go_past_dishub() -> None:
    decision = original("kir")
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", "DISHUB", True)
    assert "DISHUB" not in named(decision)
