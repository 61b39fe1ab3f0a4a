"""What does not move by itself is found, and what failed is sent again: once, and as if it were new."""

from __future__ import annotations
from datetime import timedelta

import pytest

from tests.builders import ANSWER_BY, MONDAY, PARENT, POLICY, TICKET, complaint
from tests.workflows.world import World
from workflows.clock.stuck import PATIENCE, replay, stuck
from workflows.collection_names import COMPLAINTS, NOTICES
from workflows.domain.complaint.model import State
from workflows.domain.notifications.notice import Notice, NoticeState
from workflows.failures import MailDeferred, MailRefused
from workflows.ports import DELETE
from workflows.records import queries

REFUSED = MailRefused("550 no such user")
MINUTE = timedelta(minutes=1)
WELL: dict[str, list[object]] = {
    "unreadable": [],
    "overdue": [],
    "alarms": [],
    "unsent": [],
    "failed": [],
    "mails": [],
    "unerased": [],
    "unasked": [],
    "dead_letters": [],
    "calendar": [],
}


def found(world: World) -> dict[str, list[dict[str, object]]]:
    return stuck(world.store, POLICY, world.clock.now())


def put(world: World, id: str = "a.1.new_case.department", **fields: object) -> str:
    """Store a letter to DLH of Monday morning."""
    shape = {"created_at": MONDAY, "next_try_at": MONDAY, **fields}
    notice = Notice(id, TICKET, 1, "new_case", "department", "DLH", assignment_no=1, **shape)  # type: ignore[arg-type]
    world.store.transact(lambda tx: tx.create(NOTICES, id, notice.to_document()))
    return id


@pytest.mark.parametrize("broken", [{"ticket": DELETE}, {"answer_by": "soon"}, {"photos": 3}])
def test_a_document_that_is_no_complaint_is_named_alone(world: World, broken: dict[str, object]) -> None:
    world.put(complaint(State.IN_PROGRESS), complaint(State.IN_PROGRESS, ticket=PARENT))
    world.store.transact(lambda tx: tx.update(COMPLAINTS, PARENT, broken))
    world.clock.go_to(ANSWER_BY)
    told = found(world)
    assert (told["unreadable"], [case["ticket"] for case in told["overdue"]]) == ([{"ticket": PARENT}], [TICKET])


@pytest.mark.parametrize(("late", "expected"), [(PATIENCE, 1), (PATIENCE - MINUTE, 0)])
def test_a_complaint_whose_alarm_rang_long_ago_is_stuck(world: World, late: timedelta, expected: int) -> None:
    world.put(complaint(State.IN_PROGRESS))
    world.store.transact(lambda tx: tx.update(COMPLAINTS, TICKET, {"next_check_at": MONDAY}))
    world.clock.wait(seconds=late.total_seconds())
    alarms = found(world)["alarms"]
    assert alarms == [{"ticket": TICKET, "state": State.IN_PROGRESS, "next_check_at": MONDAY}] * expected


@pytest.mark.parametrize("state", [State.ANSWERED, State.CLOSED])
def test_a_case_that_nobody_owes_an_answer_is_not_overdue(world: World, state: str) -> None:
    world.put(complaint(state))
    world.clock.go_to(ANSWER_BY + 10 * MINUTE)
    assert found(world)["overdue"] == []


@pytest.mark.parametrize(
    ("state", "age", "shown"),
    [
        (NoticeState.QUEUED, PATIENCE, True),
        (NoticeState.SENDING, PATIENCE, True),
        (NoticeState.QUEUED, PATIENCE - MINUTE, False),
        (NoticeState.SENT, PATIENCE, False),
        (NoticeState.DROPPED, PATIENCE, False),
    ],
)
def test_only_old_letters_still_due_are_unsent(world: World, state: str, age: timedelta, shown: bool) -> None:
    put(world, state=state)
    world.clock.wait(seconds=age.total_seconds())
    assert len(found(world)["unsent"]) == shown


def test_unsent_letters_come_oldest_first_whether_waiting_or_in_hand(world: World) -> None:
    for n, state in enumerate([NoticeState.SENDING, NoticeState.QUEUED, NoticeState.SENDING]):
        put(world, str(n), state=state, created_at=MONDAY - n * MINUTE)
    world.clock.wait(hours=1)
    assert [letter["id"] for letter in found(world)["unsent"]] == ["2", "1", "0"]


def refused(world: World) -> str:
    """A letter to DLH that was refused, and of which the desk was told."""
    world.put(complaint(State.ASSIGNED))
    id = put(world)
    world.postman.troubles = [REFUSED]
    assert world.send(id) == NoticeState.FAILED
    return id


def told(world: World) -> int:
    return [notice.template for notice in world.notices()].count("mail_failed")


def letter(world: World, id: str) -> Notice:
    return next(notice for notice in world.notices() if notice.id == id)


def test_a_failed_letter_is_due_again_as_if_it_were_new(world: World) -> None:
    id = refused(world)
    world.clock.wait(days=5)
    assert replay(world.store, found(world), world.clock.now()) == 1
    again = letter(world, id)
    assert (again.state, again.attempts, again.extra) == (NoticeState.QUEUED, 0, {})
    assert again.created_at == again.next_try_at == world.clock.now()
    world.tick()
    assert letter(world, id).state == NoticeState.SENT


def test_of_a_second_refusal_the_desk_hears_too(world: World) -> None:
    id = refused(world)
    assert told(world) == 1
    replay(world.store, found(world), world.clock.now())
    world.postman.troubles = [REFUSED]
    assert world.send(id) == NoticeState.FAILED
    assert told(world) == 2


@pytest.mark.parametrize("state", [NoticeState.SENT, NoticeState.QUEUED, NoticeState.SENDING, NoticeState.DROPPED])
def test_a_letter_that_somebody_else_has_replayed_meanwhile_is_left_alone(world: World, state: str) -> None:
    id = refused(world)
    seen = found(world)
    world.store.transact(lambda tx: tx.update(NOTICES, id, {"state": state, "attempts": 1}))
    before = world.everything()
    assert replay(world.store, seen, world.clock.now()) == 0
    assert world.everything() == before


def deferred(world: World, times: int) -> str:
    """A letter to DLH that the server did not take so often."""
    world.put(complaint(State.ASSIGNED))
    id = put(world)
    world.postman.troubles = [MailDeferred("421 later")] * times
    for _ in range(times):
        world.clock.go_to(letter(world, id).next_try_at or MONDAY)
        assert world.send(id) == NoticeState.QUEUED
    return id


@pytest.mark.parametrize("waits", [{"state": NoticeState.SENDING}, {"line": "held back"}, {"last_error": ""}])
def test_a_letter_that_waits_for_something_else_goes_on_waiting(world: World, waits: dict[str, object]) -> None:
    id = deferred(world, times=4)
    seen = found(world)
    world.store.transact(lambda tx: tx.update(NOTICES, id, waits))
    assert replay(world.store, seen, world.clock.now()) == 0


def test_a_letter_that_is_gone_is_no_trouble(world: World) -> None:
    id = refused(world)
    seen = found(world)
    world.store.transact(lambda tx: tx.delete(NOTICES, id))
    assert replay(world.store, seen, world.clock.now()) == 0


def record(world: World, ticket: str = TICKET, error: str = "answered 500") -> str:
    return queries.record_dead_letter(world.services, "complaint.due", {"ticket": ticket}, error)


def test_a_dead_letter_is_put_on_record_with_topic_data_error_and_moment(world: World) -> None:
    id = record(world)
    assert found(world)["dead_letters"] == [
        {"id": id, "topic": "complaint.due", "data": {"ticket": TICKET}, "error": "answered 500", "at": MONDAY}
    ]


def test_replay_forgets_dead_letters_once(world: World) -> None:
    record(world)
    seen = found(world)
    assert [replay(world.store, seen, MONDAY) for _ in range(2)] == [1, 0]
    assert found(world) == WELL


def test_a_question_that_nobody_put_is_named(world: World) -> None:
    world.put(complaint(State.CLOSED))
    due = world.case().answer.questionnaire_at
    assert due
    world.clock.go_to(due + PATIENCE - MINUTE)
    assert found(world)["unasked"] == []
    world.clock.go_to(due + PATIENCE)
    assert found(world)["unasked"] == [{"ticket": TICKET, "questionnaire_at": due}]
    world.tick()
    assert found(world)["unasked"] == []
