"""A number of another system that is another report's: which, how it stands where all may know, no link."""

from __future__ import annotations
from typing import Any

import pytest

from functions.views.desk.intake_page import intake_page
from functions.views.shared.forms import error_sentence
from functions.views.shared.problem_page import number_taken, problem_json
from tests.builders import MONDAY, TICKET, complaint
from tests.views.html_checks import check_page
from tests.views.page_cases import context
from workflows.domain.complaint.records import Arrival
from workflows.errors import NumberTaken


def taken(channel: str, **fields: Any) -> NumberTaken:
    return NumberTaken(complaint("assigned", arrival=Arrival(channel, "001/2026", MONDAY), **fields))


@pytest.mark.parametrize(
    ("error", "says", "stands"),
    [
        (taken("letter"), "bila ini laporan lain, tambahkan", False),
        (taken("sp4n"), "sudah tercatat", True),
        (taken("sp4n", restricted=True), "sudah tercatat", False),
        (taken("sp4n", decision={"desk": False}), "sudah tercatat", False),
    ],
)
def test_it_names_the_report_and_its_state_only_where_all_may_know(error: NumberTaken, says: str, stands: bool) -> None:
    sentence = error_sentence(number_taken(context(), error), "id", office=True)
    assert TICKET in sentence and says in sentence and "/laporan/" not in sentence
    assert ("sekarang didisposisikan ke DLH" in sentence) == stands


def test_it_stands_at_its_field_on_the_form_and_for_machines() -> None:
    error = number_taken(context(), taken("letter"))
    typed = {"external_ref": "001/2026", "message": "Lampu jalan padam."}
    page = check_page(intake_page(context(), "/papan/x/baru", form_token="t", values=typed, errors=[error]))
    assert "#external_ref" in page.values("href") and TICKET in page.text and "Lampu jalan padam." in page.text
    told = problem_json(context(), "id", taken("sp4n"), 409, office=True)
    assert [(each["field"], each["code"]) for each in told["errors"]] == [("external_ref", "sp4n_taken_stands")]
