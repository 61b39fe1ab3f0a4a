"""The sweep finds all that is unfinished, however much was lost on the way, and time climbs the ladder."""

from __future__ import annotations

from datetime import timedelta
from functools import partial

import pytest

from tests.builders import MONDAY, PARENT, TICKET, complaint, wib
from tests.workflows.world import World
from workflows.clock import deadlines
from workflows.collection_names import COMPLAINTS
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import ENDED, NO_RESPONSE, STATES, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.intake.submission import Submission
from workflows.domain.notifications.notice import PENDING, NoticeState
from workflows.failures import MailDeferred, UnknownComplaint
from workflows.ports import DELETE, Transaction
from workflows.topics import COMPLAINT_DUE, COMPLAINT_RECEIVED, NOTICE_DUE

CITIZEN = "warga@contoh.example"
TRASH = Submission("Sampah di TPS dekat pasar tidak diangkut sudah seminggu.", email=CITIZEN)
AUTUMN = wib("2026-10-01 09:00")


def live(world: World, until: str, minutes: int = 240) -> None:
    """Let time pass with a sweep now and then."""
    while world.clock.now() < wib(until):
        world.clock.go_to(min(world.clock.now() + timedelta(minutes=minutes), wib(until)))
        world.tick()


def mails(world: World, to: str) -> list[str]:
    return [mail.subject for mail in world.postman.mails if mail.to == to]


def require_settled(world: World, ticket: str) -> None:
    assert (world.case(ticket).deadlines.next_check_at is None) == (world.case(ticket).state in ENDED)
    assert not [notice for notice in world.notices() if notice.state in PENDING]


def test_a_complaint_nobody_answers_goes_all_the_way_up_heard_once(world: World) -> None:
    ticket = world.submit(TRASH).ticket
    world.work()
    live(world, "2026-08-20 09:00")
    assert world.case(ticket).escalation.escalated == ("reminder", "overdue", "head", "sekda", "mayor")
    assert mails(world, "dlh@opd.example") == ["new_case", "reminder", "overdue", "also_head"]
    assert mails(world, "kepala.dlh@opd.example") == ["head_case"]
    assert mails(world, CITIZEN) == ["receipt", "late", "went_up", "went_up", "went_up"]
    require_settled(world, ticket)


def test_an_unreadable_complaint_is_logged_others_are_woken(
    world: World, caplog: pytest.LogCaptureFixture
) -> None:
    world.put(complaint(State.IN_PROGRESS), complaint(State.IN_PROGRESS, ticket=PARENT))
    for ticket, lost in ((TICKET, {"ticket": DELETE}), (PARENT, {})):
        world.store.transact(partial(_ring, ticket=ticket, fields=lost))
    assert deadlines.sweep(world.services) == 1
    assert world.bus.messages == [(COMPLAINT_DUE, {"ticket": PARENT})]
    (line,) = [record.__dict__ for record in caplog.records if record.levelname == "ERROR"]
    assert (line["message"], line["ticket"]) == ("complaint cannot be read", TICKET)


def _ring(transaction: Transaction, ticket: str, fields: dict[str, object]) -> None:
    transaction.update(COMPLAINTS, ticket, {"next_check_at": MONDAY, **fields})


@pytest.mark.parametrize("minutes", [5, 240, 60 * 24 * 3, 60 * 24 * 20])
def test_a_sweep_missed_for_long_climbs_the_same_rungs(world: World, minutes: int) -> None:
    world.put(complaint(State.IN_PROGRESS, escalated=("reminder",)))
    world.clock.go_to(wib("2026-07-20 15:00"))
    live(world, "2026-07-22 15:00" if minutes == 5 else "2026-08-20 09:00", minutes)
    rungs = ("reminder", "overdue", "head", "sekda", "mayor")
    assert world.case().escalation.escalated == (rungs[:3] if minutes == 5 else rungs)
    assert len(mails(world, "kepala.dlh@opd.example")) == 1


def test_every_wake_up_lost_the_case_goes_its_way_all_the_same(world: World) -> None:
    world.bus.losing = True
    ticket = world.submit(TRASH).ticket
    assert world.work() == 0
    world.bus.losing = False
    world.tick(minutes=5)
    assert (world.case(ticket).state, world.case(ticket).opd) == (State.ASSIGNED, "DLH")
    assert mails(world, "dlh@opd.example") == ["new_case"]
    assert mails(world, CITIZEN) == ["receipt"]


@pytest.mark.parametrize("away", [False, True])
def test_a_bus_that_loses_or_refuses_everything_stops_no_act(world: World, away: bool) -> None:
    world.bus.away, world.bus.losing = away, True
    world.put(complaint(State.ASSIGNED))
    assert world.office(OfficerAct("answer", message="Sudah."))
    assert world.citizen(CitizenAct("dispute", "Belum."))
    world.clock.go_to(AUTUMN)
    assert deadlines.sweep(world.services) > 0
    assert world.case().state == State.IN_PROGRESS


def test_a_second_sweep_finds_nothing_and_changes_nothing(world: World) -> None:
    world.submit(TRASH)
    world.put(
        complaint(State.IN_PROGRESS),
        *(complaint(s, ticket=new_ticket(s.encode())) for s in STATES if s != State.RECEIVED),
    )
    world.clock.go_to(AUTUMN)
    assert world.tick() > 0
    world.tick()
    before = world.everything()
    assert world.tick() == 0
    assert world.everything() == before


def test_two_sweeps_at_once_do_the_work_once(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS))
    world.clock.go_to(AUTUMN)
    deadlines.sweep(world.services)
    deadlines.sweep(world.services)
    world.work()
    assert mails(world, "kepala.dlh@opd.example") == ["head_case"]


def test_late_and_repeated_messages_out_of_order_change_nothing_more(world: World) -> None:
    ticket = world.submit(TRASH).ticket
    world.clock.go_to(AUTUMN)
    deadlines.sweep(world.services)
    messages = list(world.bus.messages)
    world.work()
    world.tick()
    before = world.everything()
    world.bus.messages = list(reversed(messages)) * 2
    world.work()
    assert world.everything() == before
    assert world.case(ticket).state != State.RECEIVED


def test_the_sweep_goes_through_more_than_one_page(world: World) -> None:
    cases = [complaint(State.IN_PROGRESS, ticket=new_ticket(n.to_bytes(5, "big"))) for n in range(450)]
    world.put(*cases)
    world.clock.go_to(AUTUMN)
    assert deadlines.sweep(world.services) == 450
    assert len({data["ticket"] for _, data in world.bus.messages}) == 450


@pytest.mark.parametrize(("minutes", "topics"), [(1, [COMPLAINT_RECEIVED]), (29, [COMPLAINT_RECEIVED])])
def test_an_unrouted_complaint_is_sent_to_the_router_again(world: World, minutes: int, topics: list[str]) -> None:
    world.bus.losing = True
    world.submit(TRASH)
    world.bus.losing = False
    world.clock.wait(minutes=minutes)
    deadlines.sweep(world.services)
    assert [topic for topic, _ in world.bus.messages] == topics


def test_a_complaint_that_nobody_routed_for_half_an_hour_goes_to_the_desk(world: World) -> None:
    ticket = world.submit(TRASH).ticket
    world.bus.messages.clear()
    world.clock.wait(minutes=29)
    assert deadlines.check(world.services, ticket) == []
    world.clock.wait(minutes=1)
    deadlines.sweep(world.services)
    assert [topic for topic, _ in world.bus.messages] == [COMPLAINT_RECEIVED, COMPLAINT_DUE]
    world.bus.messages.pop(0)  # the router is the one that does not answer
    world.work()
    assert world.case(ticket).state == State.AT_DESK
    assert mails(world, "meja@laksa.example") == ["triage"]
    assert mails(world, CITIZEN) == ["receipt"]


def test_a_check_that_comes_too_early_puts_nothing_off(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS))
    before = world.everything()
    assert deadlines.check(world.services, TICKET) == []
    assert world.everything() == before


def test_an_open_case_at_the_top_of_the_ladder_is_looked_at_once_a_day(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS, escalated=("reminder", "overdue", "head", "sekda", "mayor")))
    world.clock.go_to(AUTUMN)
    assert world.tick() == 1
    assert world.case().deadlines.next_check_at == AUTUMN + timedelta(days=1)
    assert world.tick() == 0


def test_a_check_of_a_case_that_is_gone_says_so(world: World) -> None:
    with pytest.raises(UnknownComplaint):
        deadlines.check(world.services, TICKET)


def test_when_the_sweep_last_ran_is_known(world: World) -> None:
    assert deadlines.last_sweep(world.store) is None
    world.tick(hours=1)
    assert deadlines.last_sweep(world.store) == MONDAY + timedelta(hours=1)


def test_an_answer_without_reaction_is_reminded_once_and_closed_as_silence(world: World) -> None:
    ticket = world.submit(TRASH).ticket
    world.work()
    world.office(OfficerAct("answer", message="Sudah diangkut."), ticket)
    world.work()
    live(world, "2026-08-20 09:00")
    assert (world.case(ticket).state, world.case(ticket).answer.closed_as) == (State.CLOSED, NO_RESPONSE)
    assert mails(world, CITIZEN) == ["receipt", "answer", "confirm_reminder", "closed", "questionnaire"]
    require_settled(world, ticket)


def test_a_mail_server_away_for_a_day_loses_no_letter_and_repeats_none(world: World) -> None:
    world.postman.troubles = [MailDeferred("421 away")] * 12
    world.submit(TRASH)
    world.work()
    live(world, "2026-07-07 09:00", 5)
    letters = [mail.message_id for mail in world.postman.mails]
    assert len(set(letters)) == len(letters) == len(world.notices())
    assert (mails(world, "dlh@opd.example"), mails(world, CITIZEN)) == (["new_case"], ["receipt"])
    assert {notice.state for notice in world.notices()} == {NoticeState.SENT}


def test_a_letter_that_waits_is_woken_by_its_own_alarm(world: World) -> None:
    world.postman.troubles = [MailDeferred("421 away")] * 2
    world.submit(TRASH)
    world.work()
    assert deadlines.sweep(world.services) == 0
    world.clock.wait(minutes=1)
    assert deadlines.sweep(world.services) == 2
    assert {topic for topic, _ in world.bus.messages} == {NOTICE_DUE}
