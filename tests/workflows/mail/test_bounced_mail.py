"""A letter that comes back has not arrived: the mailbox behind its own gets it, and the desk hears of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from tests.builders import CONFIRM_BY, DIRECTORY, MONDAY, TICKET, complaint
from tests.inbound.samples import raw_bounce
from tests.workflows.world import World
from workflows.clock.stuck import replay, stuck
from workflows.collection_names import INBOUND, NOTICES, REPORTERS
from workflows.desk.phone_tasks import reference, tasks, write_down_told
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import NOT_REACHED, State
from workflows.domain.complaint.transition import NoticeRequest, Role
from workflows.domain.directory import Directory
from workflows.domain.notifications.notice import Notice, NoticeState, queued
from workflows.failures import MailDeferred, MailRefused
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


def test_each_letter_goes_out_with_an_address_for_its_own_bounce_and_reply(world: World) -> None:
    letters = [sent(world), sent(world, "head_case", "head"), sent(world, "receipt", "citizen", "")]
    assert len({letter.envelope_from for letter in letters} | {letter.reply_to for letter in letters}) == 6
    for letter in letters:
        assert letter.envelope_from.startswith("pental+") and letter.reply_to.startswith("balas+")


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


@pytest.mark.parametrize("server", ["postfix.eml", "exchange.eml", "qmail.eml", "exim.eml", "zimbra.eml"])
def test_a_bounce_takes_back_the_departments_receipt_and_tells_the_desk(world: World, server: str) -> None:
    assert bounce(world, sent(world), server) == "bounce"
    world.work()
    assert world.notice("new_case").state == NoticeState.BOUNCED
    assert world.notice("new_case").next_try_at is None
    assert [entry.event for entry in world.timeline()] == ["mail_failed"]
    assert [mail.to for mail in world.postman.mails] == ["dlh@opd.example", "meja@laksa.example"]


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


def test_a_delay_is_no_bounce(world: World) -> None:
    letter = sent(world)
    before = world.everything()
    assert bounce(world, letter, "postfix-delayed.eml") == "auto_reply"
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


def test_the_fallback_gets_the_letter_at_once_and_the_desk_hears(world: World) -> None:
    services = with_fallback(world)
    first = sent(world)
    assert bounce(world, first, services=services) == "bounce"
    assert world.notice("new_case").state == NoticeState.QUEUED
    assert send_notice.send_notice(services, world.sending, world.notice("new_case").id) == NoticeState.SENT
    second = world.postman.mails[-1]
    assert (second.to, second.subject) == (BEHIND, first.subject)
    assert first.message_id != second.message_id and first.envelope_from != second.envelope_from
    assert [entry.event for entry in world.timeline()] == ["mail_failed"]


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


def test_a_bounce_days_late_tries_the_fallback_again_and_tells_its_failure(world: World) -> None:
    services = with_fallback(world)
    first = sent(world)
    world.clock.wait(days=5)
    bounce(world, first, services=services)
    id = world.notice("new_case").id
    world.postman.troubles = [MailDeferred("451 later"), MailRefused("550 gone")]
    assert send_notice.send_notice(services, world.sending, id) == NoticeState.QUEUED
    world.clock.wait(minutes=1)
    assert send_notice.send_notice(services, world.sending, id) == NoticeState.FAILED
    assert [entry.event for entry in world.timeline()] == ["mail_failed", "mail_failed"]


def test_an_answer_that_came_back_has_not_reached_the_citizen(world: World) -> None:
    world.office(OfficerAct("answer", message="Sudah diangkut."))
    world.work()
    (answer,) = [mail for mail in world.postman.mails if mail.subject == "answer"]
    assert world.case().answer.reached_at == MONDAY
    assert bounce(world, answer) == "bounce"
    assert (world.case().state, world.case().answer.reached_at) == (State.ANSWERED, None)
    world.clock.go_to(CONFIRM_BY + timedelta(days=1))
    world.tick()
    assert (world.case().state, world.case().answer.closed_as) == (State.CLOSED, NOT_REACHED)


def test_a_desk_s_letter_that_bounces_writes_no_further_letter(world: World) -> None:
    bounce(world, sent(world, "triage", "desk", "DESK"))
    assert [notice.template for notice in world.notices()] == ["triage"]


def test_a_daily_table_that_bounces_is_found_by_its_address_too(world: World) -> None:
    id = "table.2026-07-06.sekda"
    table = Notice(id, "", 0, "daily_table", "sekda", "SEKDA", state=NoticeState.SENT, created_at=MONDAY)
    world.store.transact(lambda tx: tx.create(NOTICES, id, table.to_document()))
    key = world.services.links.mail_key("bounce", id)
    letter = Mail("", "", "", "", "", envelope_from=f"pental+{key}@laksa.example")
    assert bounce(world, letter) == "bounce"
    assert world.notice("daily_table").state == NoticeState.BOUNCED


@pytest.mark.parametrize(
    "state", [NoticeState.QUEUED, NoticeState.FAILED, NoticeState.DROPPED, NoticeState.BOUNCED]
)
def test_a_letter_that_is_not_out_cannot_come_back(world: World, state: str) -> None:
    letter = sent(world)
    id = world.notice("new_case").id
    world.store.transact(lambda tx: tx.update(NOTICES, id, {"state": state}))
    assert bounce(world, letter) == "old_bounce"
    assert world.notice("new_case").state == state


def test_a_bounce_faster_than_the_mark_of_the_sender_waits_for_it(world: World) -> None:
    letter = sent(world)
    id = world.notice("new_case").id
    world.store.transact(lambda tx: tx.update(NOTICES, id, {"state": NoticeState.SENDING}))
    with pytest.raises(MailDeferred):
        bounce(world, letter)
    world.store.transact(lambda tx: tx.update(NOTICES, id, {"state": NoticeState.SENT}))
    world.tick(minutes=1)
    assert world.notice("new_case").state == NoticeState.BOUNCED


def test_what_bounced_is_stuck_until_it_is_replayed(world: World) -> None:
    bounce(world, sent(world))
    world.work()
    found = stuck(world.store, world.services.policy, world.clock.now())
    assert [letter["id"] for letter in found["failed"]] == [f"{TICKET}.1.new_case.department"]
    assert replay(world.store, found, world.clock.now()) == 1
    assert world.notice("new_case").state == NoticeState.QUEUED


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
    write_down_told(world.services, reference(task.notice))
    assert world.case().answer.reached_at == world.clock.now()


def test_what_a_server_says_of_the_sender_is_no_reason_to_phone(world: World) -> None:
    with_phone(world)
    assert bounce(world, answered(world), "zimbra.eml") == "bounce"
    world.work()
    assert world.notice("answer").state == NoticeState.BOUNCED
    assert world.case().reach.has_email and not world.case().reach.phone_only
    assert [mail.to for mail in world.postman.mails if mail.subject == "mail_failed"] == ["meja@laksa.example"]
