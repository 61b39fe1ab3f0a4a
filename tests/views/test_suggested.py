"""Who sent a report back is offered last, and with that as the reason."""

from __future__ import annotations

import pytest

from functions.views.desk.page import REFUSED_IT, suggestions
from tests.views.page_cases import STORIES
from workflows.domain.complaint.model import Complaint

STORY = STORIES["at_desk"]()


def returned(by: str, *codes: str) -> Complaint:
    """A report at the desk for which routing found those, with falling scores."""
    top = [{"opd": code, "score": 0.9 - 0.1 * n} for n, code in enumerate(codes)]
    return STORY.complaint.evolve(returned_by=by, decision={"top": top, "why": ["menyebut “lampu”"]})


@pytest.mark.parametrize("by", ["DISHUB", "PUPR", "DLH"])
def test_who_sent_it_back_comes_last_and_says_so(by: str) -> None:
    *others, last = suggestions(STORY.ctx, returned(by, "DISHUB", "PUPR", "DLH"))
    assert (last["code"], last["score"], last["why"]) == (by, 0.0, [REFUSED_IT])
    assert by not in {other["code"] for other in others}


def test_other_matches_come_before_it_even_where_it_has_no_room() -> None:
    codes = [s["code"] for s in suggestions(STORY.ctx, returned("DISHUB", "DISHUB", "PUPR", "DLH", "SATPOLPP"))]
    assert codes == ["PUPR", "DLH", "SATPOLPP"]


def test_what_nobody_sent_back_stays_in_the_order_of_the_decision() -> None:
    codes = [s["code"] for s in suggestions(STORY.ctx, returned("", "DISHUB", "PUPR", "DLH"))]
    assert codes == ["DISHUB", "PUPR", "DLH"]
