"""Each kind of department climbs its own ladder; a case that changes hands keeps what it has climbed."""

from __future__ import annotations
from datetime import timedelta

import pytest

from tests.builders import TICKET, complaint, wib
from tests.workflows.world import World
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.complaint.model import State
from workflows.domain.deadlines.calendar import WIB
from workflows.mail.digests import daily_tables

pytestmark = pytest.mark.slow

UNIT = "kel-cipete@opd.example"


def live(world: World, until: str) -> None:
    """Time goes by, with a sweep every four hours."""
    while world.clock.now() < wib(until):
        world.clock.go_to(min(world.clock.now() + timedelta(hours=4), wib(until)))
        world.tick()


def begin(world: World, opd: str) -> None:
    world.put(complaint(State.IN_PROGRESS, opd))


def act(world: World, action: str, to: str = "", role: str = "department") -> None:
    held = world.case().assignment
    assignment_no = held.unit_key if held and role == "unit" else world.case().assignment_no
    wanted = OfficerAct(action, role, to=to, message="Mohon dilanjutkan.")
    assert world.office(wanted, role=role, assignment_no=assignment_no)


def climbs(world: World) -> list[tuple[str, str]]:
    """Rung and day, in the order in which they were climbed."""
    entries = [entry for entry in world.timeline() if entry.event == "rung"]
    return [(e.facts["rung"], e.at.astimezone(WIB).strftime("%d.%m")) for e in entries if e.at]


def tables(world: World) -> dict[str, list[str]]:
    found = daily_tables(world.services).items()
    return {office: [case.ticket for case in cases] for office, cases in found if office in ("SEKDA", "WALIKOTA")}


def mails(world: World, to: str) -> list[str]:
    return [mail.subject for mail in world.postman.mails if mail.to == to]


def test_a_ladder_without_the_sekda_leaves_his_table_and_skips_nobody(world: World) -> None:
    begin(world, "DLH")
    live(world, "2026-07-28 09:00")
    assert tables(world) == {"SEKDA": [TICKET]}
    act(world, "forward", to="INSPEKTORAT")
    assert tables(world) == {}
    live(world, "2026-08-20 09:00")
    assert climbs(world)[2:] == [("head", "21.07"), ("sekda", "27.07"), ("mayor", "03.08")]
    assert tables(world) == {"WALIKOTA": [TICKET]}


@pytest.fixture
def handed(world: World) -> World:
    """A case of Kecamatan Pinang that Kelurahan Cipete works on."""
    world.put(complaint(State.ASSIGNED, "KEC-PINANG"))
    act(world, "delegate", to="KEL-CIPETE")
    return world
