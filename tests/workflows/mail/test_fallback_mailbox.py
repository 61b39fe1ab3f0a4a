"""A letter that a department's mailbox never takes goes to the one behind it, and the desk hears of it."""

from __future__ import annotations
from dataclasses import replace
from datetime import datetime

from tests.builders import DIRECTORY, MONDAY, TICKET, complaint
from tests.workflows.world import World
from workflows.domain.complaint.model import State
from workflows.domain.directory import Directory
from workflows.domain.notifications.notice import Notice, NoticeState
from workflows.failures import MailDeferred, MailRefused
from workflows.mail import send_notice

REFUSED = MailRefused("550 no such user")
LATER = MailDeferred("451 later")
BEHIND = "cadangan@kota.example"
WITH_FALLBACK = Directory(DIRECTORY.departments | {"DLH": replace(DIRECTORY["DLH"], fallback_mailbox=BEHIND)})


def put(world: World, role: str = "department") -> str:
    """A letter about a case of DLH that is due."""
    world.put(complaint(State.ASSIGNED))
    id = f"{TICKET}.1.new_case.{role}"
    notice = Notice(id, TICKET, 1, "new_case", role, "DLH", assignment_no=1, created_at=MONDAY, next_try_at=MONDAY)
    world.store.transact(lambda tx: tx.create("notices", id, notice.to_document()))
    return id


def send(world: World, id: str) -> str:
    return send_notice.send_notice(replace(world.services, directory=WITH_FALLBACK), world.sending, id)


def due(world: World, id: str) -> datetime | None:
    return next(notice.next_try_at for notice in world.notices() if notice.id == id)


def test_refused_there_too_it_has_failed_and_the_desk_hears_of_both(world: World) -> None:
    id = put(world)
    world.postman.troubles = [REFUSED, REFUSED]
    assert [send(world, id), send(world, id), send(world, id)] == [
        NoticeState.QUEUED,
        NoticeState.FAILED,
        "nothing to do",
    ]
    assert [notice.template for notice in world.notices()].count("mail_failed") == 2


def test_once_the_desk_has_heard_of_the_first_mailbox_the_second_is_news(world: World) -> None:
    id = put(world)
    world.postman.troubles = [LATER] * 4 + [REFUSED] * 2
    for _ in range(6):
        world.clock.go_to(due(world, id) or MONDAY)
        send(world, id)
    assert [notice.template for notice in world.notices()].count("mail_failed") == 2
