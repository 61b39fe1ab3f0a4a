"""What another table would do with the last complaints, and which departments it must not drop."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.builders import MONDAY, complaint, held
from tests.workflows.world import World, table
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.ticket import new_ticket
from workflows.records.queries import PAGE, every_complaint
from workflows.routing.build import build_table
from workflows.routing.load import FOLDER, load_judge, read_files
from workflows.routing.route_complaint import route
from workflows.tables.change import dropped_codes, still_named
from workflows.tables.trial import replay_table

pytestmark = pytest.mark.slow

FILES = read_files(FOLDER)
LAMPS = FILES["categories.csv"].replace("new light request,DISHUB", "new light request,PERKIM")
MOVED = build_table(FILES | {"categories.csv": LAMPS}, load_judge())


def numbered(
    n: int, text: str = "Lampu jalan mati sudah tiga malam, gelap sekali.", **fields: object
) -> Complaint:
    """The n-th complaint of Monday."""
    made = complaint().evolve(ticket=new_ticket(n.to_bytes(5, "big")), text=text)
    return made.evolve(received_at=MONDAY + timedelta(minutes=n), **fields)


def routed(world: World, *complaints: Complaint) -> None:
    world.put(*complaints)
    for one in complaints:
        route(world.services, one.ticket, table())


def test_complaints_that_would_go_elsewhere_are_named_nothing_is_written(world: World) -> None:
    routed(world, numbered(1), numbered(2, "Sampah di depan rumah tidak diangkut sudah seminggu."))
    before = world.everything()
    compared = replay_table(world.store, table(), MOVED, 200)
    assert [(c.old.opd, c.new.opd, c.moves) for c in compared] == [
        ("DLH", "DLH", False),
        ("DISHUB", "PERKIM", True),
    ]
    assert world.everything() == before


def test_only_the_last_ones_that_were_decided_are_tried(world: World) -> None:
    routed(world, *(numbered(n) for n in range(3)))
    world.put(numbered(9))
    tried = [c.ticket for c in replay_table(world.store, table(), MOVED, 2)]
    assert tried == [numbered(2).ticket, numbered(1).ticket]


def test_every_complaint_is_met_once_over_many_pages(world: World) -> None:
    world.put(*(numbered(n % 7 * 100 + n) for n in range(PAGE + 20)))
    met = [one.received_at for one in every_complaint(world.store)]
    assert len(met) == PAGE + 20
    assert met == sorted(met, reverse=True)


def test_a_dropped_department_with_complaints_is_named_with_their_number(world: World) -> None:
    for n, (state, opd) in enumerate([(State.ASSIGNED, "DLH"), (State.CLOSED, "DLH"), (State.ASSIGNED, "PUPR")]):
        world.put(complaint(state, opd).evolve(ticket=numbered(n).ticket))
    assert still_named(world.store, {"DLH", "DISHUB"}) == {"DLH": 2}
    assert still_named(world.store, ()) == {}


def test_a_department_is_dropped_when_its_row_is_gone() -> None:
    without = "".join(line for line in FILES["departments.csv"].splitlines(keepends=True) if "DLH," not in line)
    assert dropped_codes(FILES, FILES | {"departments.csv": without}) == {"DLH"}
    assert dropped_codes(FILES, FILES) == set()


def test_a_unit_is_dropped_with_its_row_and_named_while_it_has_complaints(world: World) -> None:
    rows = FILES["units.csv"].splitlines(keepends=True)
    without = "".join(line for line in rows if not line.startswith("DLH-TPA,"))
    assert dropped_codes(FILES, FILES | {"units.csv": without}) == {"DLH-TPA"}
    world.put(complaint(State.ASSIGNED, assignment=held("DLH", unit="DLH-TPA")))
    assert still_named(world.store, {"DLH-TPA", "DLH-BARAT"}) == {"DLH-TPA": 1}
