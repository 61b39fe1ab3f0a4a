"""The link that was lost: sent to the contact on the report alone, and nobody is told whether there is one."""

import pytest

from tests.builders import complaint
from tests.workflows.world import World
from workflows.citizen import lost_link
from workflows.desk.phone_tasks import tasks
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.intake.submission import Submission
from workflows.domain.notifications.phone_tasks import pending_news

ADDRESS = "siti@contoh.example"
NUMBER = "+6281234567890"


@pytest.fixture
def known(world: World) -> tuple[World, str]:
    """A world with a complaint whose citizen left an address and a number."""
    ticket = world.submit(Submission(complaint().text, email=ADDRESS, phone=NUMBER)).ticket
    world.bus.messages.clear()
    return world, ticket


@pytest.mark.parametrize(
    ("typed", "email", "phone"),
    [
        (None, "lain@contoh.example", ""),
        (None, "", "+628999999999"),
        (None, "", ""),
        (new_ticket(b"other"), ADDRESS, ""),
        ("LKS-0000-0000-1", ADDRESS, ""),
        ("", ADDRESS, NUMBER),
        ("\ud800", "\ud800", ""),
    ],
)
def test_a_contact_that_does_not_fit_gets_nothing(
    known: tuple[World, str], typed: str | None, email: str, phone: str
) -> None:
    world, ticket = known
    before = world.everything()
    lost_link.ask(world.services, ticket if typed is None else typed, email, phone)
    world.work()
    assert world.everything() == before


@pytest.mark.parametrize(("minutes", "mails"), [(0, 1), (14, 1), (15, 2)])
def test_a_lost_link_is_mailed_once_a_quarter_of_an_hour(known: tuple[World, str], minutes: int, mails: int) -> None:
    world, ticket = known
    for _ in range(3):
        lost_link.ask(world.services, ticket, ADDRESS, "")
    world.work()
    world.clock.wait(minutes=minutes)
    lost_link.ask(world.services, ticket, ADDRESS, "")
    world.work()
    assert len(world.postman.mails) == mails


def test_asking_for_the_link_is_noted_out_of_the_citizen_s_sight(known: tuple[World, str]) -> None:
    world, ticket = known
    lost_link.ask(world.services, ticket, ADDRESS, "")
    world.work()
    assert [(line.event, line.hidden) for line in world.timeline(ticket)] == [("received", False), ("link_sent", True)]


def test_who_left_a_number_only_becomes_a_task_of_the_desk_and_never_two(world: World) -> None:
    ticket = world.submit(Submission(complaint().text, phone=NUMBER)).ticket
    world.bus.messages.clear()
    for _ in range(2):
        lost_link.ask(world.services, ticket, "", NUMBER)
        world.work()
        world.clock.wait(minutes=20)
    (task,) = tasks(world.services).tasks
    assert [news.template for news in pending_news(task.notice)] == ["lost_link"]
    assert (task.phone, world.postman.mails) == (NUMBER, [])
