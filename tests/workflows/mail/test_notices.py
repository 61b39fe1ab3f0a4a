"""One letter, from queued to sent: once, through servers that are away, and never after the case has moved on."""

from __future__ import annotations
import logging
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import replace
from datetime import timedelta

import pytest

from tests.builders import MONDAY, TICKET, complaint
from tests.workflows.world import World
from workflows.collection_names import COMPLAINTS, NOTICES, REPORTERS
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import NoticeRequest, Role, TimelineEvent
from workflows.domain.intake.submission import Submission
from workflows.domain.notifications.notice import PENDING, Notice, NoticeState, queued
from workflows.failures import MailDeferred, MailRefused, StoreUnavailable, UnknownComplaint
from workflows.mail import morning
from workflows.mail.send_notice import PAGE, MailText, claim_notice, release_leases, send_notice

CITIZEN = "warga@contoh.example"
LEASE = timedelta(seconds=120)
AWAY = MailDeferred("451 try later")
REFUSED = MailRefused("550 <dlh@opd.example> no such user")


@pytest.fixture
def world(world: World) -> World:
    """A world with one case at DLH and its letter waiting."""
    world.put(complaint(State.ASSIGNED))
    queue(world, NoticeRequest("new_case", Role.DEPARTMENT, "DLH"))
    world.put_reporter(email=CITIZEN, lang="en")
    return world


def queue(world: World, request: NoticeRequest) -> Notice:
    notice = queued(request, world.case(), world.clock.now())
    world.store.transact(lambda tx: tx.create(NOTICES, notice.id, notice.to_document()))
    return notice


class PowerCut(BaseException):
    """The process is gone: no `except Exception` sees it."""


def power_cut() -> None:
    raise PowerCut


def letter(world: World) -> Notice:
    return world.notice("new_case")


def require_alarms(world: World) -> None:
    for notice in world.notices():
        assert (notice.next_try_at is not None) == (notice.state in PENDING)


def answer(world: World) -> Notice:
    world.office(OfficerAct("answer", message="Sudah diangkut."))
    return world.notice("answer")


def test_a_letter_woken_twice_is_sent_once(world: World) -> None:
    assert [world.send(letter(world)) for _ in range(3)] == [NoticeState.SENT, "nothing to do", "nothing to do"]
    assert len(world.postman.mails) == 1


def test_of_two_senders_at_once_one_has_it(world: World) -> None:
    id = letter(world).id
    with ThreadPoolExecutor(8) as pool:
        states = list(pool.map(lambda _: world.send(id), range(8)))
    assert sorted(states) == ["nothing to do"] * 7 + [NoticeState.SENT]
    assert len(world.postman.mails) == 1


def test_a_claimed_letter_is_nobody_else_s_until_the_lease_runs_out(world: World) -> None:
    first = claim_notice(world.services, letter(world).id)
    assert first and (first.state, first.attempts, first.next_try_at) == (NoticeState.SENDING, 1, MONDAY + LEASE)
    world.clock.go_to(MONDAY + LEASE - timedelta(seconds=1))
    assert claim_notice(world.services, first.id) is None
    world.clock.go_to(MONDAY + LEASE)
    second = claim_notice(world.services, first.id)
    assert second and second.attempts == 2


def test_a_sender_that_dies_leaves_the_letter_to_the_sweep(world: World) -> None:
    world.postman.first = [power_cut]
    with pytest.raises(PowerCut):
        world.send(letter(world))
    assert letter(world).state == NoticeState.SENDING
    world.tick(minutes=3)
    assert letter(world).state == NoticeState.SENT
    assert len(set(world.postman.tried)) == 1


def failing(world: World) -> list[float]:
    """Let the server be away for good; the minutes after the first at which it was tried."""
    world.postman.troubles = [AWAY] * 200
    tries = []
    while (notice := letter(world)).next_try_at:
        world.clock.go_to(notice.next_try_at)
        tries.append((world.clock.now() - MONDAY).total_seconds() / 60)
        world.send(notice)
        require_alarms(world)
    return tries


def test_a_try_lost_to_a_crash_counts_and_the_desk_still_hears_of_it(world: World) -> None:
    world.postman.troubles = [AWAY] * 4
    for attempt in range(1, 6):
        world.clock.go_to(letter(world).next_try_at or MONDAY)
        world.postman.first = [power_cut] if attempt == 4 else []
        with suppress(PowerCut):
            world.send(letter(world))
        assert letter(world).state == (NoticeState.SENDING if attempt == 4 else NoticeState.QUEUED)
    assert world.notice("mail_failed").state == NoticeState.QUEUED


def test_a_refused_letter_has_failed_at_once_and_the_desk_is_told(world: World) -> None:
    world.postman.troubles = [REFUSED]
    assert world.send(letter(world)) == NoticeState.FAILED
    world.work()
    assert [mail.to for mail in world.postman.mails] == ["meja@laksa.example"]
    require_alarms(world)


@pytest.mark.parametrize("late", [AWAY, REFUSED])
def test_a_sender_whose_lease_ran_out_undoes_nothing_that_another_has_done(world: World, late: Exception) -> None:
    def another_sends() -> None:
        world.clock.wait(seconds=121)
        world.send(letter(world))

    world.postman.first = [another_sends]
    world.postman.troubles = [None, late]
    world.send(letter(world))
    assert letter(world).state == NoticeState.SENT
    assert not world.timeline()
    require_alarms(world)


@pytest.mark.parametrize("late", [AWAY, REFUSED])
def test_a_sender_whose_lease_ran_out_leaves_the_letter_to_its_owner(world: World, late: Exception) -> None:
    def another_claims() -> None:
        world.clock.wait(seconds=121)
        assert claim_notice(world.services, letter(world).id)

    world.postman.first = [another_claims]
    world.postman.troubles = [late]
    world.send(letter(world))
    assert (letter(world).state, letter(world).attempts) == (NoticeState.SENDING, 2)
    assert not world.timeline()


def test_a_letter_out_after_its_lease_is_sent_whatever_the_other_met(world: World) -> None:
    def another_is_deferred() -> None:
        world.clock.wait(seconds=121)
        world.send(letter(world))

    world.postman.first = [another_is_deferred]
    world.postman.troubles = [AWAY]
    assert world.send(letter(world)) == NoticeState.SENT
    assert letter(world).state == NoticeState.SENT
    require_alarms(world)


def test_a_citizen_who_was_erased_gets_nothing_more(world: World) -> None:
    waiting = queue(world, NoticeRequest("assigned", Role.CITIZEN))
    world.store.transact(lambda tx: tx.delete(REPORTERS, TICKET))
    assert world.send(waiting) == NoticeState.DROPPED


def objection(world: World) -> None:
    world.citizen(CitizenAct("dispute", "Masih penuh, hanya separuh diambil."))


def test_an_answer_that_would_arrive_after_the_objection_is_dropped(world: World) -> None:
    notice = answer(world)
    objection(world)
    assert world.send(notice) == NoticeState.DROPPED
    assert world.case().answer.reached_at is None


def test_an_answer_on_its_way_while_a_newer_one_is_given_starts_no_time(world: World) -> None:
    def another_answer() -> None:
        objection(world)
        world.office(OfficerAct("answer", message="Kini sudah semuanya."))

    first = answer(world)
    world.postman.first = [another_answer]
    assert world.send(first) == NoticeState.SENT
    assert (world.case().state, world.case().answer.reached_at) == (State.ANSWERED, None)


def test_a_wake_up_for_no_notice_says_so(world: World) -> None:
    with pytest.raises(UnknownComplaint):
        world.send("LKS-0000-0000-0.1.receipt.citizen")


def test_no_address_stands_in_a_notice(world: World) -> None:
    world.submit(Submission("Selokan mampet di depan rumah.", email="siti@contoh.example"))
    world.work()
    assert "siti@contoh.example" in [mail.to for mail in world.postman.mails]
    assert "@" not in str(world.notices())


def broken_words(complaint: Complaint, timeline: tuple[TimelineEvent, ...], notice: Notice, link: str) -> MailText:
    raise LookupError(f"no word for {complaint.text}")


def send_broken(world: World) -> str:
    """Try the letter with a template that cannot be filled."""
    world.clock.go_to(letter(world).next_try_at or MONDAY)
    return send_notice(world.services, replace(world.sending, render=broken_words), letter(world).id)


def test_a_letter_that_cannot_be_written_raises_and_waits_for_its_next_try(world: World) -> None:
    with pytest.raises(LookupError):
        send_broken(world)
    waiting = letter(world)
    assert (waiting.state, waiting.attempts, waiting.last_error) == (NoticeState.QUEUED, 1, "LookupError")
    assert waiting.next_try_at == MONDAY + timedelta(minutes=1)
    assert not world.postman.tried


def test_an_unwritable_letter_fails_after_3_days_and_the_desk_hears_once(world: World) -> None:
    states = []
    while letter(world).next_try_at:
        with suppress(LookupError):
            states.append(send_broken(world))
    assert states == [NoticeState.FAILED]
    assert timedelta(hours=72) <= world.clock.now() - MONDAY < timedelta(hours=73)
    assert [notice.template for notice in world.notices()].count("mail_failed") == 1
    require_alarms(world)


def test_a_store_that_is_away_while_writing_leaves_a_letter_to_its_lease(world: World) -> None:
    def away(*_: object) -> MailText:
        raise StoreUnavailable

    with pytest.raises(StoreUnavailable):
        send_notice(world.services, replace(world.sending, render=away), letter(world).id)
    assert (letter(world).state, letter(world).last_error) == (NoticeState.SENDING, "")


def daily_table(world: World) -> Notice:
    """The Sekda's alone: no assistant of his reads of a restricted case."""
    world.put(world.case().evolve(reported_to="sekda", restricted=True))
    (id,) = [id for id in morning.queue_morning_digests(world.services) if id.startswith("table.")]
    return next(notice for notice in world.notices() if notice.id == id)


def errors(caplog: pytest.LogCaptureFixture) -> list[object]:
    return [getattr(record, "notice", "") for record in caplog.records if record.levelno >= logging.ERROR]


def test_a_table_deferred_often_becomes_an_error_in_the_log(world: World, caplog: pytest.LogCaptureFixture) -> None:
    table = daily_table(world)
    world.postman.troubles = [AWAY] * 4
    for failures in range(1, 5):
        world.clock.go_to(world.notice("daily_table").next_try_at or MONDAY)
        world.send(table)
        assert errors(caplog) == [table.id] * (failures >= 4)


@pytest.mark.parametrize("error", [AWAY, REFUSED])
def test_the_log_has_the_server_s_words_only(world: World, caplog: pytest.LogCaptureFixture, error: Exception) -> None:
    world.postman.troubles = [type(error)(f"the mail server said 4 or 5 of {CITIZEN}")]
    world.send(letter(world))
    (record,) = [record for record in caplog.records if record.message in ("mail deferred", "mail failed")]
    assert record.__dict__["cause"] == "the mail server said 4 or 5 of"


def test_a_letter_whose_case_is_gone_claims_to_have_told_nobody(world: World) -> None:
    def case_vanishes() -> None:
        world.store.transact(lambda tx: tx.delete(COMPLAINTS, TICKET))

    world.postman.first, world.postman.troubles = [case_vanishes], [REFUSED]
    assert world.send(letter(world)) == NoticeState.FAILED
    assert letter(world).extra == {}


def change(world: World, notice: Notice, **fields: object) -> None:
    world.store.transact(lambda tx: tx.update(NOTICES, notice.id, fields))


def test_leases_of_a_sender_that_died_are_due_at_once_however_many(world: World) -> None:
    held = Notice("", TICKET, 1, "x", "desk", "DESK", state=NoticeState.SENDING, attempts=1, created_at=MONDAY)
    until, many = MONDAY + LEASE, PAGE + 5
    for n in range(many):
        notice = replace(held, id=f"held.{n:04d}", next_try_at=until)
        world.store.transact(lambda tx, notice=notice: tx.create(NOTICES, notice.id, notice.to_document()))  # type: ignore[misc]
    assert release_leases(world.services) == many
    assert {notice.next_try_at for notice in world.notices() if notice.state == NoticeState.SENDING} == {MONDAY}


def test_releasing_leases_leaves_letters_that_wait_or_are_done_alone(world: World) -> None:
    queue(world, NoticeRequest("mail_failed", Role.DESK, "DESK"))
    world.send(letter(world))
    before = world.everything()
    assert release_leases(world.services) == 0
    assert world.everything() == before


@pytest.mark.parametrize("state", [NoticeState.SENT, NoticeState.FAILED, NoticeState.DROPPED])
def test_an_alarm_left_over_on_a_finished_letter_is_taken_away(world: World, state: str) -> None:
    change(world, letter(world), state=state, next_try_at=MONDAY)
    assert world.send(letter(world)) == "nothing to do"
    assert (letter(world).state, letter(world).next_try_at) == (state, None)
    assert world.tick() == 0
