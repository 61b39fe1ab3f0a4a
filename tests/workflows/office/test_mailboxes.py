"""Each quarter every department is asked once whether it reads its mailbox; the desk phones who is silent."""

from __future__ import annotations
from dataclasses import replace

import pytest

from tests.builders import DIRECTORY, wib
from tests.workflows.world import World
from workflows.desk.morning import desk_morning
from workflows.domain.directory import Directory
from workflows.domain.notifications.kinds import NoticeName
from workflows.errors import InvalidInput
from workflows.failures import MailRefused
from workflows.mail.morning import queue_morning_digests
from workflows.office.mailbox_check import confirm, open_check, unconfirmed, write_down_call
from workflows.unit_of_work import Services

FIRST, NEXT, LATER = wib("2026-10-01 07:00"), wib("2026-10-02 07:00"), wib("2026-10-09 07:00")
OFFICES = len(DIRECTORY.assignable())


def asked(world: World, services: Services | None = None) -> dict[str, str]:
    """Department → the token of the letter that was sent to it this morning."""
    queue_morning_digests(services or world.services)
    world.postman.mails.clear()
    world.work()
    return {mail.subject: mail.text.removeprefix("/alamat/") for mail in world.postman.mails if "/alamat/" in mail.text}


def test_everybody_is_asked_on_the_first_working_morning_and_nobody_twice(world: World) -> None:
    world.clock.go_to(FIRST)
    assert len(asked(world)) == OFFICES
    assert asked(world) == {}
    world.clock.go_to(NEXT)
    assert asked(world) == {}
    world.clock.go_to(wib("2027-01-04 07:00"))
    assert len(asked(world)) == OFFICES


def test_opening_changes_nothing_one_press_confirms_and_a_repeat_stays(world: World) -> None:
    world.clock.go_to(FIRST)
    token = asked(world)["DLH"]
    for _ in range(3):
        _, check = open_check(world.services, token)
        assert check and check.confirmed_at is None
    confirm(world.services, token)
    world.clock.go_to(NEXT)
    confirm(world.services, token)
    _, check = open_check(world.services, token)
    assert check and (check.confirmed_at, check.until) == (FIRST, None)
    world.clock.go_to(LATER)
    assert "DLH" not in {late.opd for late in unconfirmed(world.services, LATER)}


def test_who_has_not_pressed_in_time_is_phoned_once(world: World) -> None:
    world.clock.go_to(FIRST)
    asked(world)
    assert unconfirmed(world.services, NEXT) == ()
    world.clock.go_to(LATER)
    assert len(desk_morning(world.services, LATER).mailboxes) == OFFICES
    for _ in range(2):
        write_down_call(world.services, "DLH")
    assert len(unconfirmed(world.services, LATER)) == OFFICES - 1
    with pytest.raises(InvalidInput):
        write_down_call(world.services, "NASA")


def moved(world: World) -> Services:
    """The city has corrected one department's mailbox."""
    offices = DIRECTORY.departments | {"DLH": replace(DIRECTORY["DLH"], mailbox="baru@opd.example")}
    return replace(world.services, directory=Directory(offices, DIRECTORY.units))


def test_a_corrected_address_is_asked_about_and_the_old_link_is_over(world: World) -> None:
    world.clock.go_to(FIRST)
    old = asked(world)["DLH"]
    confirm(world.services, old)
    world.clock.go_to(NEXT)
    services = moved(world)
    queue_morning_digests(services)
    (letter,) = [
        notice
        for notice in world.notices()
        if notice.template == NoticeName.MAILBOX_CHECK and notice.created_at == NEXT
    ]
    assert letter.to == "DLH"
    assert open_check(services, old)[1] is None
    confirm(services, old)
    world.clock.go_to(LATER)
    assert "DLH" in {late.opd for late in unconfirmed(services, wib("2026-10-12 07:00"))}
    assert "DLH" not in {late.opd for late in unconfirmed(world.services, LATER)}  # of an address that is not its own


def test_an_old_link_neither_asks_nor_confirms_after_a_new_address(world: World) -> None:
    world.clock.go_to(FIRST)
    old = asked(world)["DLH"]
    services = moved(world)
    confirm(services, old)
    assert open_check(services, old)[1] is None
    _, check = open_check(world.services, old)  # the address is put back
    assert check and check.confirmed_at is None


def test_a_check_goes_to_no_mailbox_behind_the_one_it_asks_about(world: World) -> None:
    world.clock.go_to(FIRST)
    queue_morning_digests(world.services)
    (letter,) = [notice for notice in world.notices() if notice.id.startswith("mailbox.2026-Q4.DLH.")]
    world.postman.troubles = [MailRefused("550 no such user")]
    assert world.send(letter) == "failed"
