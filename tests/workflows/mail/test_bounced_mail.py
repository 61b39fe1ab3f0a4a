"""A letter that comes back has not arrived: the mailbox behind its own gets it, and the desk hears of it."""

from __future__ import annotations
from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from tests.builders import DIRECTORY, MONDAY, TICKET, complaint
from tests.inbound.samples import raw_bounce
from tests.workflows.world import World
from workflows.clock.stuck import stuck
from workflows.collection_names import INBOUND, NOTICES, REPORTERS
from workflows.desk.phone_tasks import complete_phone_task, reference, tasks
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.complaint.transition import NoticeRequest, Role
from workflows.domain.directory import Directory
from workflows.domain.notifications.notice import NoticeState, queued
from workflows.failures import MailDeferred
from workflows.mail import inbound_mail, send_notice
from workflows.mail.inbound_mail import ARRIVED
from workflows.ports import Mail
from workflows.unit_of_work import Services

pytestmark = pytest.mark.slow

BEHIND = "cadangan@kota.example"
CAUSE = "550 5.1.1 Recipient address rejected: User unknown"


@pytest.fixture
def world(world: World) -> World:
    world.put(complaint(State.ASSIGNED))
    world.put_reporter()
    return world


def sent(world: World, template: str = "new_case", role: str = "department", to: str = "DLH") -> Mail:
    """Send a letter about the case; the letter as it went out."""
    notice = queued(NoticeRequest(template, Role(role), to), world.case(), world.clock.now())
    world.store.transact(lambda tx: tx.create(NOTICES, notice.id, notice.to_document()))
    assert world.send(notice) == NoticeState.SENT
    return world.postman.mails[-1]


def bounce(world: World, letter: Mail, server: str = "postfix.eml", services: Services | None = None) -> str:
    """The server's notice for that letter comes in and is read; what came of it."""
    raw = raw_bounce(server, letter.envelope_from)
    raw = raw.replace(b"Message-I", f"X-Run: {len(world.postman.mails)}\r\nX-Message-I".encode())
    world.bus.losing, losing = True, world.bus.losing
    id = inbound_mail.take_in(world.services, raw)
    world.bus.losing = losing
    return inbound_mail.read_inbound_mail(services or world.services, "laksa.example", id)


def with_fallback(world: World) -> Services:
    dlh = replace(DIRECTORY["DLH"], fallback_mailbox=BEHIND)
    known = {name: value for name, value in vars(DIRECTORY).items() if name != "departments"}
    return replace(world.services, directory=Directory(DIRECTORY.departments | {"DLH": dlh}, **known))


def test_desk_letters_and_restricted_ones_name_no_address_for_replies(world: World) -> None:
    assert not sent(world, "proof_doubt", "desk", "DESK").reply_to
    world.put(world.case().evolve(restricted=True))
    assert not sent(world, "new_case", "department", "DLH").reply_to
    assert sent(world, "receipt", "citizen", "").reply_to


def test_where_nobody_hands_us_incoming_mail_letters_carry_no_such_address(world: World) -> None:
    sending = replace(world.sending, receives=False)
    notice = queued(NoticeRequest("new_case", Role.DEPARTMENT, "DLH"), world.case(), MONDAY)
    world.store.transact(lambda tx: tx.create(NOTICES, notice.id, notice.to_document()))
    send_notice.send_notice(world.services, sending, notice.id)
    assert (world.postman.mails[0].envelope_from, world.postman.mails[0].reply_to) == ("", "")


def test_why_is_kept_without_an_address(world: World) -> None:
    bounce(world, sent(world))
    assert world.notice("new_case").last_error == CAUSE
    assert world.timeline()[0].facts["cause"] == CAUSE


def test_the_same_bounce_again_or_another_of_that_letter_changes_nothing(world: World) -> None:
    letter = sent(world)
    bounce(world, letter)
    before = world.everything()
    assert bounce(world, letter) == "nothing to do"
    assert bounce(world, letter, "qmail.eml") == "old_bounce"
    assert world.everything() == before


@pytest.mark.parametrize(
    "forge",
    [
        lambda letter: replace(letter, envelope_from=letter.reply_to),
        lambda letter: replace(letter, envelope_from="laksa@laksa.example"),
        lambda letter: replace(letter, envelope_from=letter.envelope_from.replace("new_case", "reminder")),
        lambda letter: replace(letter, envelope_from=letter.reply_to.replace("balas+", "pental+")),
    ],
)
def test_a_bounce_counts_only_with_our_signed_address(world: World, forge: Callable[[Mail], Mail]) -> None:
    letter = sent(world)
    before = world.everything()
    assert bounce(world, forge(letter)) in ("unknown", "auto_reply")
    assert world.everything() == before


def test_a_late_bounce_of_the_first_mailbox_says_nothing_of_the_one_behind(world: World) -> None:
    services = with_fallback(world)
    first = sent(world)
    bounce(world, first, services=services)
    send_notice.send_notice(services, world.sending, world.notice("new_case").id)
    second = world.postman.mails[-1]
    assert bounce(world, first, "qmail.eml", services) == "old_bounce"
    assert world.notice("new_case").state == NoticeState.SENT
    assert bounce(world, second, services=services) == "bounce"
    assert world.notice("new_case").state == NoticeState.BOUNCED
    assert [entry.event for entry in world.timeline()] == ["mail_failed", "mail_failed"]


def test_a_bounce_faster_than_the_mark_of_the_sender_waits_for_it(world: World) -> None:
    letter = sent(world)
    id = world.notice("new_case").id
    world.store.transact(lambda tx: tx.update(NOTICES, id, {"state": NoticeState.SENDING}))
    with pytest.raises(MailDeferred):
        bounce(world, letter)
    world.store.transact(lambda tx: tx.update(NOTICES, id, {"state": NoticeState.SENT}))
    world.tick(minutes=1)
    assert world.notice("new_case").state == NoticeState.BOUNCED


def test_a_mail_that_could_not_be_read_is_stuck_too(world: World) -> None:
    world.bus.losing = True
    id = inbound_mail.take_in(world.services, raw_bounce("postfix.eml"))
    assert stuck(world.store, world.services.policy, world.clock.now())["mails"] == []
    world.clock.wait(minutes=16)
    (waiting,) = stuck(world.store, world.services.policy, world.clock.now())["mails"]
    assert (waiting["id"], waiting["state"], waiting["attempts"]) == (id, ARRIVED, 0)
    assert world.store.get(INBOUND, id)


NUMBER = "+6281234567890"


def with_phone(world: World, **fields: Any) -> None:
    world.put(world.case().evolve(has_email=True, **fields))
    world.store.transact(lambda tx: tx.update(REPORTERS, TICKET, {"phone": NUMBER}))


def answered(world: World) -> Mail:
    """The answer's letter to the citizen, out."""
    world.office(OfficerAct("answer", message="Sudah diangkut."))
    world.work()
    return [mail for mail in world.postman.mails if mail.subject == "answer"][-1]


def test_whom_no_mail_reaches_and_who_left_a_number_the_desk_tells(world: World) -> None:
    with_phone(world)
    assert bounce(world, answered(world)) == "bounce"
    world.work()
    case = world.case()
    assert (case.state, case.answer.reached_at, case.reach.has_email, case.reach.phone_only) == (
        State.ANSWERED,
        None,
        False,
        True,
    )
    assert world.notice("answer").state == NoticeState.PHONE_PENDING
    assert not [mail for mail in world.postman.mails if mail.subject == "mail_failed"]
    (task,) = tasks(world.services, "").tasks
    assert (task.phone, task.notice.id) == (NUMBER, world.notice("answer").id)
    complete_phone_task(world.services, reference(task.notice))
    assert world.case().answer.reached_at == world.clock.now()
