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
CAMAT = "kepala.kec-pinang@opd.example"


def live(world: World, until: str) -> None:
    """Time goes by, with a sweep every four hours."""
    while world.clock.now() < wib(until):
        world.clock.go_to(min(world.clock.now() + timedelta(hours=4), wib(until)))
        world.tick()


def begin(world: World, opd: str) -> None:
    world.put(complaint(State.IN_PROGRESS, opd))


def act(world: World, action: str, to: str = "", role: str = "department") -> None:
    held = world.case().assignment
    generation = held.unit_key if held and role == "unit" else world.case().assignment_no
    wanted = OfficerAct(action, role, to=to, message="Mohon dilanjutkan.")
    assert world.office(wanted, role=role, generation=generation)


def climbs(world: World) -> list[tuple[str, str]]:
    """Rung and day, in the order in which they were climbed."""
    entries = [entry for entry in world.timeline() if entry.event == "rung"]
    return [(e.facts["rung"], e.at.astimezone(WIB).strftime("%d.%m")) for e in entries if e.at]


def tables(world: World) -> dict[str, list[str]]:
    found = daily_tables(world.services).items()
    return {office: [case.ticket for case in cases] for office, cases in found if office in ("SEKDA", "WALIKOTA")}


def mails(world: World, to: str) -> list[str]:
    return [mail.subject for mail in world.postman.mails if mail.to == to]


@pytest.mark.parametrize(
    ("opd", "above"),
    [
        ("DISHUB", [("head", "21.07"), ("sekda", "27.07"), ("mayor", "03.08")]),
        ("KEC-PINANG", [("head", "21.07"), ("sekda", "27.07"), ("mayor", "03.08")]),
        ("PDAM", [("head", "21.07"), ("sekda", "23.07"), ("mayor", "29.07")]),
        ("RSUD", [("head", "21.07"), ("sekda", "23.07"), ("mayor", "29.07")]),
        ("INSPEKTORAT", [("head", "21.07"), ("mayor", "03.08")]),
        ("SETDA", [("head", "21.07"), ("mayor", "27.07")]),
    ],
)
def test_an_unanswered_case_climbs_its_holder_s_ladder(
    world: World, opd: str, above: list[tuple[str, str]]
) -> None:
    begin(world, opd)
    live(world, "2026-08-20 09:00")
    assert climbs(world)[2:] == above
    assert mails(world, f"kepala.{opd.lower()}@opd.example") == ["head_case"]
    told = {"WALIKOTA": [TICKET]} | ({"SEKDA": [TICKET]} if "sekda" in dict(above) else {})
    assert tables(world) == told


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


def test_a_kelurahan_hears_its_kecamatans_reminders_and_its_camat_is_head(handed: World) -> None:
    live(handed, "2026-08-20 09:00")
    assert mails(handed, UNIT) == ["delegated", "reminder", "overdue"]
    assert mails(handed, "kec-pinang@opd.example") == ["reminder", "overdue", "also_head"]
    assert mails(handed, CAMAT) == ["head_case"]


def test_the_link_of_a_unit_s_reminder_is_the_unit_s_own(handed: World) -> None:
    live(handed, "2026-07-17 09:00")
    (link,) = [
        mail.text.splitlines()[1] for mail in handed.postman.mails if (mail.to, mail.subject) == (UNIT, "reminder")
    ]
    right = handed.services.links.read_case_token(link.rpartition("/")[2])
    held = handed.case().assignment
    assert held and (right.role, right.generation) == ("unit", held.unit_key)


def test_a_unit_whose_draft_lies_there_has_done_its_part(handed: World) -> None:
    act(handed, "answer", role="unit")
    live(handed, "2026-08-20 09:00")
    assert mails(handed, UNIT) == ["delegated"]
    assert "overdue" in mails(handed, "kec-pinang@opd.example")


def test_a_unit_that_the_case_was_taken_from_is_reminded_of_nothing(handed: World) -> None:
    handed.work()
    act(handed, "forward", to="DLH")
    live(handed, "2026-08-20 09:00")
    assert mails(handed, UNIT) == ["delegated"]


def test_a_case_says_since_when_it_stands_on_each_table_until_answered(world: World) -> None:
    begin(world, "DLH")
    live(world, "2026-07-28 09:00")
    sekda = world.case().escalation.reported_since
    live(world, "2026-08-04 09:00")
    both = world.case().escalation.reported_since
    assert {person: at.astimezone(WIB).strftime("%d.%m") for person, at in both.items()} == {
        "sekda": "27.07",
        "mayor": "03.08",
    }
    assert both | sekda == both
    act(world, "answer")
    assert world.case().escalation.reported_since == {}
