"""What an operator may choose from: every office once, with all that speaks for it."""

from __future__ import annotations

import pytest

from tests.routing.given import decided, judge_that_says, with_rows
from workflows.routing.learned.judge import Judge

LAMP = "Lampu jalan di gang kami mati sudah tiga malam, gelap sekali."


@pytest.mark.parametrize("judge", [judge_that_says(KEC=3.0, DISHUB=2.0), judge_that_says(KEC=2.0, DISHUB=3.0)])
def test_a_kecamatan_that_two_things_speak_for_keeps_the_probability_of_both(judge: Judge) -> None:
    usual = dict(decided(LAMP, "Kec. Pinang", table=with_rows(judge)).top)
    moved = with_rows(judge, exceptions="pju_mati,,KEC-PINANG,,Pinang")
    decision = decided(LAMP, "Kec. Pinang", table=moved)
    (first, score), *others = decision.top
    assert first == decision.opd == "KEC-PINANG"
    assert score >= usual["KEC-PINANG"] + usual["DISHUB"] - 0.002
    assert "KEC-PINANG" not in dict(others)
