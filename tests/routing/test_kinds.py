"""What sort of letter it is: and what is no report goes to an operator, marked."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE, decided, judge_that_says, with_rows
from tests.sentences import sentences
from workflows.routing.decide import decide
from workflows.routing.model import Letter


@pytest.mark.parametrize(("text", "kind"), sentences("kinds", "what_is_no_report_goes"))
def test_what_is_no_report_goes_to_an_operator_marked(text: str, kind: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.kind, decision.confident) == ("DESK", kind, False)


def test_a_ticked_box_hides_neither_an_accusation_nor_that_it_is_no_report() -> None:
    assert decide(Letter("Petugas Dishub minta uang", kind="pertanyaan"), TABLE).kind == "pengawasan"
    spam = with_rows(judge_that_says(kind="not_for_government"))
    assert decide(Letter("apa saja", kind="aduan"), spam).kind == "bukan_laporan"
