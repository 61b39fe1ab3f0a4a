"""What another table would do with the last complaints, and which departments it must not drop."""

from __future__ import annotations
from datetime import timedelta

import pytest

from tests.builders import MONDAY, complaint
from tests.workflows.world import World, table
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import new_ticket
from workflows.records.queries import PAGE, every_complaint
from workflows.routing.build import build_table
from workflows.routing.load import FOLDER, load_judge, read_files
from workflows.routing.route_complaint import route
from workflows.tables.trial import replay_table

pytestmark = pytest.mark.slow

FILES = read_files(FOLDER)
LAMPS = FILES["categories.csv"].replace("new light request,DISHUB", "new light request,PERKIM")


def numbered(n: int, text: str = "Lampu jalan mati sudah tiga malam, gelap sekali.", **fields: object) -> Complaint:
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
    compared = replay_table(world.store, table(), build_table(FILES | {"categories.csv": LAMPS}, load_judge()), 200)
    assert [(c.old.opd, c.new.opd, c.moves) for c in compared] == [("DLH", "DLH", False), ("DISHUB", "PERKIM", True)]
    assert world.everything() == before


def test_every_complaint_is_met_once_over_many_pages(world: World) -> None:
    world.put(*(numbered(n % 7 * 100 + n) for n in range(PAGE + 20)))
    met = [one.received_at for one in every_complaint(world.store)]
    assert len(met) == PAGE + 20
    assert met == sorted(met, reverse=True)
