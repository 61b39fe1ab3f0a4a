"""Who sent a report back is offered last, and with that as the reason."""

from __future__ import annotations

from functions.views.desk.page import suggestions
from tests.views.page_cases import STORIES
from workflows.domain.complaint.model import Complaint

STORY = STORIES["at_desk"]()


def returned(by: str, *codes: str) -> Complaint:
    """A report at the desk for which routing found those, with falling scores."""
    top = [{"opd": code, "score": 0.9 - 0.1 * n} for n, code in enumerate(codes)]
    return STORY.complaint.evolve(returned_by=by, decision={"top": top, "why": ["menyebut “lampu”"]})


def test_what_nobody_sent_back_stays_in_the_order_of_the_decision() -> None:
    codes = [s["code"] for s in suggestions(STORY.ctx, returned("", "DISHUB", "PUPR", "DLH"))]
    assert codes == ["DISHUB", "PUPR", "DLH"]
