"""Three letters a day to an address that nobody is known to read; the others wait in order, and none is lost."""

from __future__ import annotations
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from pathlib import Path

import pytest

from tests.builders import POLICY, complaint
from tests.workflows.world import INDEXES, World
from workflows.adapters.sqlite import SqliteStore
from workflows.clock.deadlines import sweep
from workflows.clock.stuck import stuck
from workflows.collection_names import MAIL_LIMITS, NOTICES, REPORTERS
from workflows.desk.morning import desk_morning
from workflows.domain.complaint.model import State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import NoticeRequest, Role
from workflows.domain.notifications.notice import Notice, NoticeState, NotSent, queued
from workflows.mail.rate_limit import LENGTH, Admission, address_key, admit, letter_answered, link_opened, open_tag
from workflows.mail.send_notice import MailText, Sending, claim_notice, send_notice
from workflows.records.queries import count_notices_in_line

VICTIM = "korban@contoh.example"


class Live(World):
    """A world whose letters are really sent."""

    @property
    def sending(self) -> Sending:
        return replace(super().sending, limited=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[Live]:
    store = SqliteStore(tmp_path / "laksa.db", INDEXES)
    yield Live(store)
    store.close()


def letter(world: World, n: int, email: str = VICTIM, role: str = "citizen") -> Notice:
    """A letter about a report of its own, written a second after the one before."""
    ticket = new_ticket(((n + 1) << 32).to_bytes(8))
    case = complaint(State.CLOSED, ticket=ticket, has_email=True, sequence=1)
    world.put(case)
    person = {"name": "", "email": email, "email_key": email.casefold(), "phone": "", "lang": "id"}
    world.store.transact(lambda tx: tx.set(REPORTERS, ticket, person | {"contact": False}))
    world.clock.wait(seconds=1)
    notice = queued(NoticeRequest("closed", Role(role), "DLH" if role != "citizen" else ""), case, world.clock.now())
    world.store.transact(lambda tx: tx.create(NOTICES, notice.id, notice.to_document()))
    return notice


def bombed(world: World, count: int) -> list[Notice]:
    notices = [letter(world, n) for n in range(count)]
    for notice in notices:
        world.send(notice)
    return notices


def read(world: World, notice: Notice, email: str = VICTIM) -> None:
    """Somebody opens the link of a letter."""
    mark = open_tag(world.services.links, notice.ticket, email)
    link_opened(world.services, world.case(notice.ticket), mark)


def tick(world: World) -> None:
    sweep(world.services)
    world.work()


def arrived(world: World) -> list[str]:
    """The tickets of the letters that went out, in order."""
    return [mail.references.split("@")[0] for mail in world.postman.mails]


def test_the_fourth_letter_of_a_day_waits_and_is_neither_stuck_nor_lost(world: Live) -> None:
    notices = bombed(world, 5)
    assert arrived(world) == [notice.ticket for notice in notices[:3]]
    assert count_notices_in_line(world.store) == 2
    world.clock.wait(hours=1)
    tick(world)
    assert len(arrived(world)) == 3
    assert stuck(world.store, POLICY, world.clock.now())["unsent"] == []
    world.clock.wait(days=1)
    for _ in range(3):
        tick(world)
        world.clock.wait(minutes=5)
    assert arrived(world) == [notice.ticket for notice in notices]
    assert count_notices_in_line(world.store) == 0


def test_none_overtakes_an_older_one_and_in_the_end_all_are_out(world: Live) -> None:
    notices = bombed(world, 12)
    new = letter(world, 99)
    world.clock.wait(days=1)
    assert world.send(new) == NoticeState.QUEUED  # a place is free, but others were before it
    for _ in range(700):
        tick(world)
        world.clock.wait(minutes=10)
    assert arrived(world) == [notice.ticket for notice in [*notices, new]]


def test_when_the_link_of_a_letter_is_opened_all_that_waits_goes_out(world: Live) -> None:
    notices = bombed(world, 6)
    read(world, notices[0])
    world.work()
    assert arrived(world) == [notice.ticket for notice in notices]
    assert world.send(letter(world, 7)) == NoticeState.SENT
    assert count_notices_in_line(world.store) == 0


def test_a_reply_to_a_letter_counts_as_much(world: Live) -> None:
    notices = bombed(world, 4)
    letter_answered(world.services, notices[1].ticket)
    world.work()
    assert len(arrived(world)) == 4


def test_a_page_that_no_letter_has_led_to_tells_nothing(world: Live) -> None:
    notices = bombed(world, 5)
    read(world, notices[4])  # its letter waits: nobody can have its mark
    world.store.transact(lambda tx: tx.update(NOTICES, notices[0].id, {"state": NoticeState.BOUNCED}))
    read(world, notices[0])  # nobody has read that one
    world.work()
    assert len(arrived(world)) == 3


@pytest.mark.parametrize("mark", ["", "x", "0" * LENGTH, "é", "\ud800"])
def test_whoever_filled_in_the_forms_may_open_their_pages_all_day(world: Live, mark: str) -> None:
    notices = bombed(world, 5)
    for notice in notices:
        link_opened(world.services, world.case(notice.ticket), mark)
    world.work()
    assert len(arrived(world)) == 3


def test_a_mark_is_one_report_s_and_one_address_s_and_names_neither(world: Live) -> None:
    notices = bombed(world, 5)
    own = letter(world, 50, "pengebom@contoh.example")
    assert world.send(own) == NoticeState.SENT
    stolen = open_tag(world.services.links, own.ticket, "pengebom@contoh.example")
    for mark in (stolen, open_tag(world.services.links, notices[1].ticket, VICTIM)):
        link_opened(world.services, world.case(notices[0].ticket), mark)
    read(world, notices[0], "pengebom@contoh.example")
    world.work()
    assert len(arrived(world)) == 4
    assert len({open_tag(world.services.links, notice.ticket, VICTIM) for notice in notices}) == 5


def test_a_sender_whose_letter_was_taken_over_meanwhile_sends_nothing(world: Live) -> None:
    notices = [letter(world, n) for n in range(2)]
    slow = claim_notice(world.services, notices[0].id)
    assert slow is not None
    assert admit(world.services, slow, VICTIM) is Admission.GO
    world.clock.wait(hours=1)
    assert world.send(notices[0]) == NoticeState.SENT
    assert admit(world.services, slow, VICTIM) is Admission.NOT_OURS
    assert admit(world.services, replace(slow, id="gone"), VICTIM) is Admission.NOT_OURS
    before = world.everything()
    assert world.send(notices[0]) == NotSent.NOTHING_TO_DO
    assert world.everything() == before
    read(world, notices[0])
    assert admit(world.services, slow, VICTIM) is Admission.NOT_OURS  # read or not, it is another's
    assert len(arrived(world)) == 1


def test_taken_over_while_being_written_it_goes_out_and_counts_once(world: Live) -> None:
    notice = letter(world, 0)

    def overtaken(*_: object) -> MailText:
        world.clock.wait(hours=1)
        assert world.send(notice) == NoticeState.SENT
        return MailText("closed", "", "")

    assert send_notice(world.services, replace(world.sending, render=overtaken), notice.id) == NotSent.NOTHING_TO_DO
    assert len(arrived(world)) == 1
    document = world.store.get(MAIL_LIMITS, address_key(world.services.links, VICTIM))
    assert document is not None and [sent["id"] for sent in document["letters"]] == [notice.id]


def test_many_senders_at_once_let_no_fourth_letter_out(world: Live) -> None:
    notices = [letter(world, n) for n in range(12)]
    with ThreadPoolExecutor(6) as pool:
        states = list(pool.map(world.send, notices))
    assert sorted(states) == [NoticeState.QUEUED] * 9 + [NoticeState.SENT] * 3
    assert count_notices_in_line(world.store) == 9


def test_opened_by_many_at_once_while_they_are_sent_each_letter_goes_once(world: Live) -> None:
    notices = bombed(world, 8)
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda _: read(world, notices[0]), range(6)))
        list(pool.map(world.send, notices * 2))
    assert sorted(arrived(world)) == sorted(notice.ticket for notice in notices)


def test_the_desk_hears_of_very_many_only(world: Live) -> None:
    bombed(world, 4)
    assert desk_morning(world.services, world.clock.now()).letters_in_line == 0
    few = replace(POLICY, mail=replace(POLICY.mail, many_waiting=1))
    assert desk_morning(replace(world.services, policy=few), world.clock.now()).letters_in_line == 1
