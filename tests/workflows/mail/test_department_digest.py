"""The departments' morning letters: one each, only with news, once a day, and never about yesterday's."""

from __future__ import annotations

from datetime import datetime, timedelta
from pathlib import Path

import pytest

from tests.builders import DIRECTORY, MONDAY, TICKET, complaint, wib
from tests.workflows.world import INDEXES, World
from workflows.adapters.sqlite import SqliteStore
from workflows.clock import deadlines
from workflows.collection_names import NOTICES, SYSTEM
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import NoticeRequest, Role
from workflows.domain.notifications.notice import NoticeState, queued
from workflows.mail.digests import DepartmentDigest, read_overview
from workflows.mail.morning import LAST_RUN, digest_id, queue_morning_digests
from workflows.office.digest import LINES, DepartmentMorning, department_morning
from workflows.ports import Found, Query

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
    return [
        id for id in queue_morning_digests(world.services) if id.startswith("digest.") and not id.endswith(".desk")
    ]


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


def test_what_is_late_due_today_and_new_is_told_apart(world: World) -> None:
    world.put(case(1, answer_by=LATE), case(2, answer_by=TODAY), case(3))
    world.clock.wait(hours=3)
    given(world, case(4))
    world.clock.go_to(SEVEN)
    told = seen(world)
    assert [(section.total, tickets(section.cases)) for section in (told.overdue, told.today, told.new)] == [
        (1, [case(1).ticket]),
        (1, [case(2).ticket]),
        (1, [case(4).ticket]),
    ]


def test_a_clock_that_stands_is_neither_late_nor_due(world: World) -> None:
    world.put(case(1, State.WAITING, answer_by=LATE), case(2, State.WAITING, answer_by=TODAY))
    world.clock.go_to(SEVEN)
    assert seen(world).is_empty


def test_a_new_case_that_has_left_again_is_no_news(world: World) -> None:
    given(world, case(1), case(2), case(3))
    for number, action in ((1, "not-ours"), (2, "answer")):
        world.office(OfficerAct(action, message="Bukan tugas kami."), case(number).ticket)
    world.clock.go_to(SEVEN)
    assert tickets(seen(world, MONDAY - timedelta(hours=1)).new.cases) == [case(3).ticket]


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


def test_after_a_weekend_the_news_of_all_its_days_come_together(world: World) -> None:
    world.clock.go_to(wib("2026-07-10 07:00"))
    queue_morning_digests(world.services)
    for number, at in enumerate(("2026-07-10 15:00", "2026-07-11 22:00", "2026-07-13 06:00")):
        world.clock.go_to(wib(at))
        given(world, case(number))
    world.clock.go_to(wib("2026-07-13 07:00"))
    assert digests(world) == ["digest.2026-07-13.DLH"]
    (digest,) = [n for n in world.notices() if n.template == "digest"]
    assert seen(world, digest.extra["since"]).new.total == 3


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


def test_a_morning_on_which_nothing_ran_is_made_up_for_by_the_next(world: World) -> None:
    world.clock.go_to(SEVEN)
    queue_morning_digests(world.services)
    world.clock.go_to(wib("2026-07-08 09:00"))  # at seven, Laksa was off
    given(world, case(1))
    world.clock.go_to(wib("2026-07-10 07:00"))
    assert digests(world) == ["digest.2026-07-10.DLH"]
    (notice,) = [n for n in world.notices() if n.template == "digest"]
    assert seen(world, notice.extra["since"]).new.total == 1


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


def test_a_digest_says_how_it_stands_when_it_is_sent(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS, answer_by=LATE), case(1, answer_by=TODAY))
    world.clock.go_to(SEVEN)
    queue_morning_digests(world.services)
    world.office(OfficerAct("answer", message="Sudah diangkut."))
    (notice,) = [n for n in world.notices() if n.template == "digest"]
    overview = read_overview(world.services, notice)
    assert isinstance(overview, DepartmentDigest)
    assert (overview.morning.overdue.total, overview.morning.today.total) == (0, 1)


def test_a_digest_that_emptied_before_it_went_out_is_dropped(world: World) -> None:
    world.put(complaint(State.IN_PROGRESS, answer_by=LATE))
    world.clock.go_to(SEVEN)
    (id,) = digests(world)
    world.office(OfficerAct("answer", message="Sudah diangkut."))
    assert world.send(id) == NoticeState.DROPPED


def test_the_link_of_a_digest_opens_the_departments_list(world: World) -> None:
    world.put(case(1, answer_by=LATE))
    world.clock.go_to(SEVEN)
    queue_morning_digests(world.services)
    (notice,) = [n for n in world.notices() if n.template == "digest"]
    overview = read_overview(world.services, notice)
    assert isinstance(overview, DepartmentDigest)
    right = world.services.links.read_list_token(overview.path.removeprefix("/kasus/"))
    assert (right.opd, right.expires) == ("DLH", overview.until)


def test_every_departments_digest_has_an_id_that_fits_a_mail_address(world: World) -> None:
    for department in DIRECTORY.assignable():
        for id in (digest_id("2026-07-07", department.code), f"list.{department.code}.202607070700"):
            assert world.services.links.read_mail_key("bounce", world.services.links.mail_key("bounce", id)) == id


class Asked(SqliteStore):
    """Remembers what it was asked for."""

    def query(self, query: Query) -> list[Found]:
        self.__dict__.setdefault("queries", []).append(query)
        return super().query(query)


def test_no_complaint_is_read_for_a_department_that_has_none(tmp_path: Path) -> None:
    """One look each finds out who has work; only theirs are read, and never all at once."""
    store = Asked(tmp_path / "asked.db", INDEXES)
    world = World(store)
    world.put(case(1, answer_by=LATE), *(case(n, State.ASSIGNED, "PUPR") for n in range(2, 40)))
    world.clock.go_to(SEVEN)
    queue_morning_digests(world.services)
    asked: list[Query] = [query for query in store.__dict__["queries"] if query.fields != ("ticket",)]
    assert {value for q in asked for field, _, value in q.where if field == "assignment_opd"} <= {"DLH", "PUPR"}
    assert not [q for q in asked if q.limit > 1000 or (q.limit > 1 and not q.where)]
    store.close()
