"""What sort of letter it is: and what is no report goes to an operator, marked."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE, decided, judge_that_says, with_rows
from tests.sentences import sentences
from workflows.routing.decide import decide
from workflows.routing.model import Letter


@pytest.mark.parametrize(("text", "kind"), sentences("kinds", "a_report_s_kind"))
def test_a_report_s_kind(text: str, kind: str) -> None:
    assert decided(text).kind == kind


@pytest.mark.parametrize(("text", "kind"), sentences("kinds", "what_is_no_report_goes"))
def test_what_is_no_report_goes_to_an_operator_marked(text: str, kind: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.kind, decision.confident) == ("DESK", kind, False)


@pytest.mark.parametrize("ticked", ["aduan", "pertanyaan", "saran", "pengawasan"])
def test_what_the_citizen_ticked_is_the_kind_of_a_report(ticked: str) -> None:
    assert decide(Letter("Lampu jalan mati sudah tiga malam", kind=ticked), TABLE).kind == ticked


@pytest.mark.parametrize(
    "text",
    [
        "Terima kasih DLH, sampah di taman sudah diangkut, mantap",
        "Makasih dinas kebersihan, taman udah bersih dan rapi",
        "Thank you DLH, the park is clean now",
    ],
)
def test_thanks_for_a_matter_are_no_case_of_its_office(text: str) -> None:
    decision = decided(text)
    assert (decision.kind, decision.confident) == ("terima_kasih", False)


@pytest.mark.parametrize(
    "text",
    [
        "Terima kasih DLH, tapi sampah di depan pasar belum diangkut",
        "Makasih sudah dibaca, tolong lampu jalan di gang kami mati",
    ],
)
def test_thanks_that_want_something_are_a_report(text: str) -> None:
    assert decided(text).kind == "aduan"


def test_a_ticked_box_hides_neither_an_accusation_nor_that_it_is_no_report() -> None:
    assert decide(Letter("Petugas Dishub minta uang", kind="pertanyaan"), TABLE).kind == "pengawasan"
    spam = with_rows(judge_that_says(kind="not_for_government"))
    assert decide(Letter("apa saja", kind="aduan"), spam).kind == "bukan_laporan"


@pytest.mark.parametrize("ticked", [None, "aduan", "pertanyaan", "saran", "pengawasan"])
@pytest.mark.parametrize("kind", ["praise", "not_for_government", "unclear"])
def test_no_department_gets_it_without_an_operator_however_clear(kind: str, ticked: str | None) -> None:
    sure = with_rows(judge_that_says(kind=kind, DISHUB=9.0))
    decision = decide(Letter("Lampu jalan mati", kind=ticked), sure)
    assert (decision.opd, decision.confident) == ("DISHUB", False)
    assert decision.kind == ticked or ticked is None
    assert decided("Lampu jalan mati", table=with_rows(judge_that_says(DISHUB=9.0))).confident
