"""A letter that a department's mailbox never takes goes to the one behind it, and the desk hears of it."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from tests.builders import DIRECTORY, MONDAY, TICKET, complaint
from tests.workflows.world import World
from workflows.clock.stuck import replay, stuck
from workflows.domain.complaint.model import State
from workflows.domain.directory import Directory, read_departments
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
    notice = Notice(id, TICKET, 1, "new_case", role, "DLH", generation=1, created_at=MONDAY, next_try_at=MONDAY)
    world.store.transact(lambda tx: tx.create("notices", id, notice.to_document()))
    return id


def send(world: World, id: str) -> str:
    return send_notice.send_notice(replace(world.services, directory=WITH_FALLBACK), world.sending, id)


def due(world: World, id: str) -> datetime | None:
    return next(notice.next_try_at for notice in world.notices() if notice.id == id)


def test_a_refused_letter_goes_to_the_fallback_and_the_desk_hears_once(world: World) -> None:
    id = put(world)
    world.postman.troubles = [REFUSED]
    assert [send(world, id), send(world, id)] == [NoticeState.QUEUED, NoticeState.SENT]
    assert [mail.to for mail in world.postman.mails] == [BEHIND]
    assert [notice.template for notice in world.notices()].count("mail_failed") == 1


def test_refused_there_too_it_has_failed_and_the_desk_hears_of_both(world: World) -> None:
    id = put(world)
    world.postman.troubles = [REFUSED, REFUSED]
    assert [send(world, id), send(world, id), send(world, id)] == [
        NoticeState.QUEUED,
        NoticeState.FAILED,
        "nothing to do",
    ]
    assert [notice.template for notice in world.notices()].count("mail_failed") == 2


def test_the_mailbox_behind_is_tried_as_long_as_the_first(world: World) -> None:
    id = put(world)
    world.clock.wait(days=4)
    world.postman.troubles = [REFUSED, LATER]
    assert [send(world, id), send(world, id)] == [NoticeState.QUEUED, NoticeState.QUEUED]
    assert due(world, id) == world.clock.now() + timedelta(minutes=1)
    world.clock.wait(minutes=1)
    assert send(world, id) == NoticeState.SENT


def test_there_too_it_fails_after_three_days_and_not_before(world: World) -> None:
    id = put(world)
    world.postman.troubles = [REFUSED, *[LATER] * 100]
    send(world, id)
    while due(world, id):
        world.clock.go_to(max(world.clock.now(), due(world, id) or MONDAY))
        send(world, id)
    assert world.clock.now() == MONDAY + timedelta(hours=72, minutes=21)


def test_once_the_desk_has_heard_of_the_first_mailbox_the_second_is_news(world: World) -> None:
    id = put(world)
    world.postman.troubles = [LATER] * 4 + [REFUSED] * 2
    for _ in range(6):
        world.clock.go_to(due(world, id) or MONDAY)
        send(world, id)
    assert [notice.template for notice in world.notices()].count("mail_failed") == 2


def test_sent_again_by_hand_it_goes_to_the_department_s_own_mailbox_first(world: World) -> None:
    id = put(world)
    world.postman.troubles = [REFUSED, REFUSED]
    send(world, id), send(world, id)
    replay(world.store, stuck(world.store, world.services.policy, world.clock.now()), world.clock.now())
    assert send(world, id) == NoticeState.SENT
    assert [mail.to for mail in world.postman.mails] == [DIRECTORY["DLH"].mailbox]


def test_a_head_s_letter_has_no_mailbox_behind_it(world: World) -> None:
    id = put(world, "head")
    world.postman.troubles = [REFUSED]
    assert send(world, id) == NoticeState.FAILED


def test_the_table_names_the_mailbox_and_may_leave_the_column_out() -> None:
    head = "code,name,short,kind,head,mailbox,head_mailbox,phone"
    row = "DLH,Dinas Lingkungan Hidup,DLH,dinas,Kepala DLH,,,"
    assert read_departments(f"{head},fallback_mailbox\n{row},{BEHIND}\n")["DLH"].fallback_mailbox == BEHIND
    assert read_departments(f"{head}\n{row}\n")["DLH"].fallback_mailbox == ""
