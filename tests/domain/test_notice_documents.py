"""A notice keeps what another release stored in it, at the top level, in `extra`, and in a phone task's news."""

from __future__ import annotations
from dataclasses import replace
from typing import Any

from tests.builders import MONDAY
from workflows.domain.notifications.notice import (
    DeliveryState,
    FollowerProgress,
    Notice,
    PhoneNews,
    PhoneTask,
    follower_progress_from,
    notice_from,
    phone_task_from,
    reset_retries,
)
from workflows.domain.notifications.phone_tasks import join_task

NEWS = {"template": "answer", "sequence": 4, "about": "", "at": MONDAY, "tone": "calm"}
STORED: dict[str, Any] = {
    **Notice("", "LKS-1", 4, "answer", "citizen", created_at=MONDAY, state="to_tell").to_document(),
    "extra": {"by_phone": True, "colour": "red", "news": [NEWS], "told": 0, "missed": 0, "tried_at": None},
    "shard": 7,
}


def test_fields_of_a_newer_release_are_written_back() -> None:
    assert notice_from("n", STORED).to_document() == STORED
    assert replace(notice_from("n", STORED), attempts=3).to_document() == STORED | {"attempts": 3}


def test_what_joins_a_task_leaves_the_rest_as_it_was() -> None:
    task = notice_from("n", STORED)
    more = Notice("m", "LKS-1", 5, "late", "citizen", created_at=MONDAY)
    extra = join_task(task, more)["extra"]
    late = {"template": "late", "sequence": 5, "about": "", "at": MONDAY}
    assert extra == STORED["extra"] | {"news": [NEWS, late]}


def test_tries_that_begin_again_forget_only_how_the_sending_went() -> None:
    tried = replace(notice_from("n", STORED), attempts=2, extra={"desk_told": True, "fallback": True, "colour": "red"})
    assert reset_retries(tried, MONDAY, single=True)["extra"] == {
        **{"colour": "red", "single": True},
        **{"tries_from": MONDAY, "tries_before": 2},
    }


def test_each_record_is_stored_as_it_always_was() -> None:
    assert DeliveryState().to_document() == {}
    told = DeliveryState(desk_told=True, fallback=True, tries_from=MONDAY, tries_before=1).to_document()
    assert told == {"desk_told": True, "fallback": True, "tries_from": MONDAY, "tries_before": 1}
    task = PhoneTask((PhoneNews("answer", 4, "", MONDAY),), missed=1)
    assert phone_task_from(task.to_document()) == task
    progress = FollowerProgress((MONDAY, "LKS-2"), "LKS-3")
    assert progress.to_document() == {"place": {"received_at": MONDAY, "ticket": "LKS-2"}, "heir": "LKS-3"}
    assert follower_progress_from(progress.to_document()) == progress
