"""What followers hear of a case: its news once, as letters of their own, and no word that is not theirs."""

from __future__ import annotations
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import MONDAY, PARENT, RULES, TICKET, complaint, live
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.desk import DeskAct, to_department
from workflows.domain.actions.undo_window import UNDO_WINDOW, with_undo_window
from workflows.domain.complaint.model import State
from workflows.domain.complaint.transition import CITIZEN, FOLLOWERS, NoticeRequest, Transition
from workflows.domain.notifications.notice import Notice, add_follower_notices, as_seen_by, follower_notice, notice_id

CITIZENS = CitizenAct("", "Masih gelap.")


def news(change: Transition | None) -> list[str]:
    """What a change tells the followers."""
    assert change
    return [letter.template for letter in add_follower_notices(change) if letter.role == FOLLOWERS]


def test_time_makes_news_too() -> None:
    told = [
        news(change) for change in live(complaint(State.ASSIGNED, followed=True), MONDAY, MONDAY + timedelta(days=60))
    ]
    assert [name for names in told for name in names] == ["late", "went_up", "went_up", "went_up"]


def test_an_assignment_that_can_be_taken_back_takes_its_news_back_too() -> None:
    before = complaint(State.AT_DESK, followed=True)
    change = with_undo_window(before, to_department(before, DeskAct("assign", "DLH"), RULES, MONDAY), MONDAY)
    (told,) = [letter for letter in add_follower_notices(change) if letter.role == FOLLOWERS]
    assert told == NoticeRequest("assigned", FOLLOWERS, not_before=MONDAY + UNDO_WINDOW)
    assert (
        change.complaint.pending_assignment
        and f"{TICKET}.2.assigned.followers" in change.complaint.pending_assignment.letters
    )


# A follower's own letter

TOLD = Notice(notice_id(PARENT, 7, "answer", FOLLOWERS), PARENT, 7, "answer", FOLLOWERS, created_at=MONDAY)


def follower(**fields: Any) -> Any:
    return complaint(State.MERGED, **{"ended_at": MONDAY - timedelta(days=1), **fields})


def test_it_is_addressed_to_the_follower_and_tells_of_the_other_case() -> None:
    letter = follower_notice(follower(), TOLD, MONDAY)
    assert letter is not None
    assert (letter.ticket, letter.about, letter.sequence, letter.role) == (TICKET, PARENT, 7, CITIZEN)
    assert (letter.template, letter.next_try_at) == ("answer", MONDAY)


@pytest.mark.parametrize(
    "fields", [{"has_email": False}, {"quarantine": "too_many"}, {"ended_at": MONDAY + timedelta(seconds=1)}]
)
def test_nobody_is_written_to_who_left_no_address_or_has_joined_since(fields: dict[str, Any]) -> None:
    assert follower_notice(follower(**fields), TOLD, MONDAY) is None


SPOKEN = complaint(State.ASSIGNED, ticket=PARENT, place="Jl. Rasuna 3", reason="Kata operator", visibility="public")


def test_of_a_public_case_a_follower_reads_what_anybody_may() -> None:
    seen = as_seen_by(follower(lang="en"), SPOKEN)
    assert (seen.ticket, seen.place, seen.lang, seen.restricted) == (PARENT, "Jl. Rasuna 3", "en", False)


@pytest.mark.parametrize(
    ("parent", "own"), [({"visibility": "confidential"}, {}), ({"restricted": True}, {}), ({}, {"restricted": True})]
)
def test_of_any_other_only_how_it_stands(parent: dict[str, Any], own: dict[str, Any]) -> None:
    seen = as_seen_by(follower(**own), SPOKEN.evolve(**parent))
    assert (seen.text, seen.place, seen.reason, seen.kelurahan) == ("", "", "", None)
    assert (seen.state, seen.opd, seen.deadlines.answer_by) == (SPOKEN.state, SPOKEN.opd, SPOKEN.deadlines.answer_by)
