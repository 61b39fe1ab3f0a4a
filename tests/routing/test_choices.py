"""What an operator may choose from: every office once, with all that speaks for it."""

from __future__ import annotations

import pytest

from tests.routing.given import decided

LAMP = "Lampu jalan di gang kami mati sudah tiga malam, gelap sekali."


def test_what_is_not_clear_says_for_each_choice_what_speaks_for_it() -> None:
    decision = decided("Got mampet dan lampu mati di depan pasar, banyak pedagang di trotoar", "")
    assert not decision.confident
    because = dict(decision.because)
    assert any("got mampet" in why for why in because["PUPR"])
    assert any("lampu" in why for why in because["DISHUB"])
    assert list(because) == [code for code, _ in decision.top if code in because]


@pytest.mark.parametrize("text", ["Overflowing trash bin at our street corner", "lampu", "mohon dibantu ya"])
def test_nobody_is_pointed_to_the_inspektorat_where_nobody_is_suspected(text: str) -> None:
    assert "INSPEKTORAT" not in dict(decided(text).top)
