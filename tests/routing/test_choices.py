"""What an operator may choose from: every office once, with all that speaks for it."""

from __future__ import annotations

import pytest

from tests.routing.given import decided, judge_that_says, with_rows
from workflows.routing.learned.classifier import Classifier

LAMP = "Lampu jalan di gang kami mati sudah tiga malam, gelap sekali."


@pytest.mark.parametrize("judge", [judge_that_says(KEC=3.0, DISHUB=2.0), judge_that_says(KEC=2.0, DISHUB=3.0)])
def test_a_kecamatan_with_two_hints_keeps_the_probability_of_both(judge: Classifier) -> None:
    usual = dict(decided(LAMP, "Kec. Pinang", table=with_rows(judge)).top)
    moved = with_rows(judge, exceptions="pju_mati,,KEC-PINANG,,Pinang")
    decision = decided(LAMP, "Kec. Pinang", table=moved)
    (first, score), *others = decision.top
    assert first == decision.opd == "KEC-PINANG"
    assert score >= usual["KEC-PINANG"] + usual["DISHUB"] - 0.002
    assert "KEC-PINANG" not in dict(others)


def test_what_is_not_clear_says_for_each_choice_what_speaks_for_it() -> None:
    decision = decided("Got mampet dan lampu mati di depan pasar, banyak pedagang di trotoar", "")
    assert not decision.confident
    because = dict(decision.because)
    assert any("got mampet" in why for why in because["PUPR"])
    assert any("lampu" in why for why in because["DISHUB"])
    assert list(because) == [code for code, _ in decision.top if code in because]


def test_what_is_clear_says_why_once() -> None:
    decision = decided(LAMP, "")
    assert decision.confident
    assert decision.because == ((decision.opd, decision.why),)


@pytest.mark.parametrize("text", ["Overflowing trash bin at our street corner", "lampu", "mohon dibantu ya"])
def test_nobody_is_pointed_to_the_inspektorat_where_nobody_is_suspected(text: str) -> None:
    assert "INSPEKTORAT" not in dict(decided(text).top)


def test_an_english_letter_about_a_bin_is_a_matter_of_waste() -> None:
    assert decided("There is an overflowing trash bin at our street corner").opd == "DLH"
