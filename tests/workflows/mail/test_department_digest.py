"""The departments' morning letters: one each, only with news, once a day, and never about yesterday's."""

from __future__ import annotations
from datetime import datetime, timedelta

import pytest

from tests.builders import MONDAY, TICKET, complaint, wib
from tests.workflows.world import World
from workflows.clock import deadlines
from workflows.collection_names import NOTICES, SYSTEM
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import NoticeRequest, Role
from workflows.domain.notifications.notice import NoticeState, queued
from workflows.mail.morning import LAST_RUN, queue_morning_digests
from workflows.office.digest import LINES, DepartmentMorning, department_morning

pytestmark = pytest.mark.slow

DLH = "dlh@opd.example"
SEVEN = wib("2026-07-07 07:00")
LATE, TODAY, LATER = wib("2026-07-03 16:00"), wib("2026-07-07 16:00"), wib("2026-07-20 16:00")


def case(number: int, state: str = State.IN_PROGRESS, opd: str = "DLH", **fields: object) -> Complaint:
    return complaint(state, opd, ticket=new_ticket(number.to_bytes(5, "big")), **({"answer_by": LATER} | fields))


def given(world: World, *cases: Complaint) -> None:
    """Cases that come to their departments now, with the letters that tell of it."""
    world.put(*cases)
    for new in cases:
        letter = queued(NoticeRequest("new_case", Role.DEPARTMENT, new.opd or ""), new, world.clock.now())
        world.store.transact(lambda tx, n=letter: tx.create(NOTICES, n.id, n.to_document()))  # type: ignore[misc]


def digests(world: World) -> list[str]:
    return [id for id in queue_morning_digests(world.services) if id.startswith("digest.") and not id.endswith(".desk")]


def seen(world: World, since: datetime = MONDAY, opd: str = "DLH") -> DepartmentMorning:
    return department_morning(world.store, opd, since, world.clock.now())


def sent_to(world: World, address: str) -> list[str]:
    return [mail.message_id.split("@")[0] for mail in world.postman.mails if mail.to == address]


def tickets(cases: tuple[Complaint, ...]) -> list[str]:
    return [case.ticket for case in cases]


def test_each_department_with_news_gets_one_mail_and_the_others_none(world: World) -> None:
    world.put(case(1, answer_by=LATE), case(2, answer_by=LATE), case(3, opd="DISHUB", answer_by=TODAY))
    world.put(case(4, opd="PUPR"))
    world.clock.go_to(SEVEN)
    assert digests(world) == ["digest.2026-07-07.DISHUB", "digest.2026-07-07.DLH"]
    world.work()
    assert sent_to(world, DLH) == ["digest.2026-07-07.DLH"]
    assert sent_to(world, "dishub@opd.example") == ["digest.2026-07-07.DISHUB"]
    assert sent_to(world, "pupr@opd.example") == []


def test_what_the_citizen_adds_is_told_once(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS, answer_by=LATER))
    world.clock.wait(hours=2)
    for words in ("Sekarang juga di gang sebelah.", "Dan baunya makin kuat."):
        world.citizen(CitizenAct("add", words))
    world.clock.go_to(SEVEN)
    told = seen(world)
    assert told.added_total == 1
    assert [entry.text for entry in told.added[0].entries] == [
        "Sekarang juga di gang sebelah.",
        "Dan baunya makin kuat.",
    ]
    assert seen(world, SEVEN).is_empty


def test_of_a_restricted_case_no_word_is_even_read(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS, answer_by=LATER, restricted=True))
    world.clock.wait(hours=2)
    world.citizen(CitizenAct("add", "Saya takut pulang."))
    (added,) = seen(world).added
    assert (added.complaint.ticket, added.entries) == (TICKET, ())


def test_hundreds_of_late_cases_are_counted_and_the_first_of_them_named(world: World) -> None:
    world.put(*(case(n, answer_by=LATE + timedelta(minutes=n)) for n in range(300)))
    world.clock.go_to(SEVEN)
    told = seen(world)
    assert (told.overdue.total, len(told.overdue.cases)) == (300, LINES)
    assert told.overdue.cases[0].ticket == case(0).ticket


def test_yesterdays_digest_is_never_sent_and_todays_has_its_news(world: World) -> None:
    """The mail server, or all of Laksa, was away from yesterday's seven o'clock on."""
    given(world, case(1))
    world.clock.go_to(SEVEN)
    world.bus.losing = True
    queue_morning_digests(world.services)
    world.bus.losing = False
    world.clock.go_to(SEVEN + timedelta(days=1))
    deadlines.sweep(world.services)
    world.work()
    queue_morning_digests(world.services)
    world.work()
    assert sent_to(world, DLH)[-1] == "digest.2026-07-08.DLH"
    assert "digest.2026-07-07.DLH" not in sent_to(world, DLH)
    states = {n.id: n.state for n in world.notices() if n.template == "digest"}
    assert states == {"digest.2026-07-07.DLH": NoticeState.DROPPED, "digest.2026-07-08.DLH": NoticeState.SENT}
    (today,) = [n for n in world.notices() if n.id == "digest.2026-07-08.DLH"]
    assert tickets(seen(world, today.extra["since"]).new.cases) == [case(1).ticket]


def test_a_run_that_broke_off_goes_on_where_it_stopped(world: World) -> None:
    world.put(case(1, answer_by=LATE), case(2, opd="DISHUB", answer_by=LATE))
    world.clock.go_to(SEVEN)
    _, missing = digests(world)
    world.bus.messages.clear()
    for collection, id in ((SYSTEM, LAST_RUN), (NOTICES, missing)):
        world.store.transact(lambda tx, c=collection, i=id: tx.delete(c, i))  # type: ignore[misc]
    assert digests(world) == [missing]
    deadlines.sweep(world.services)
    world.work()
    for address in (DLH, "dishub@opd.example"):
        assert len([id for id in sent_to(world, address) if id.startswith("digest")]) == 1
