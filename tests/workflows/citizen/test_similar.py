"""Reports like one that is about to be sent: found by place, then by category, and at a price that stays small."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest

from tests.workflows.counting import CountingStore
from tests.workflows.world import World, table
from workflows.citizen.following import MAX_STREETS, PER_KEY, similar_to
from workflows.domain.complaint.model import Complaint
from workflows.domain.intake.submission import Submission
from workflows.routing.table import RoutingTable

LAMP = "Lampu jalan di depan gang kami mati sejak hari Minggu, kalau malam gelap sekali dan anak-anak takut lewat."
TRASH = "Sampah di TPS dekat rumah kami sudah seminggu tidak diangkut, baunya sampai ke dalam rumah."
FIRE = "Ada kebakaran di belakang Pasar Malabar, api sudah besar dan merambat ke rumah warga. Tolong segera!"
EXTORTION = "Petugas kelurahan Sudimara Pinang minta uang 50 ribu untuk surat pengantar, tidak bayar tidak dibuat."
CIKOKOL = "36.71.01.1005"
STREET: dict[str, Any] = {"place": "Jl. Rasuna Said no. 5", "kelurahan": CIKOKOL}
POINT: dict[str, Any] = {"latitude": -6.1783, "longitude": 106.6319}


def given(world: World, text: str = LAMP, visibility: str = "public", **fields: Any) -> str:
    """A report that has been routed; its ticket."""
    ticket = world.submit(Submission(text, visibility=visibility, **fields)).ticket
    world.work()
    return ticket


def offered(world: World, text: str = LAMP, **fields: Any) -> list[str]:
    return [case.ticket for case in similar_to(world.services, Submission(text, **fields), table)]


def no_table() -> RoutingTable:
    raise AssertionError("nothing is near: the router is not needed")


def test_a_report_in_the_same_street_is_found_however_it_is_written(world: World) -> None:
    ticket = given(world, **STREET)
    assert offered(world, place="depan pasar, jalan RASUNA SAID", kelurahan=CIKOKOL) == [ticket]
    assert offered(world, place="Jl. Rasuna Said", kelurahan="36.71.01.1006") == []
    assert offered(world, place="Jl. Rasuna Said") == []


def test_a_report_within_250_metres_is_found_across_the_borders_of_cells(world: World) -> None:
    ticket = given(world, **POINT)
    for north, east in ((0.002, 0), (-0.002, 0), (0, 0.002), (0, -0.002), (0.0015, -0.0015)):
        point = {"latitude": POINT["latitude"] + north, "longitude": POINT["longitude"] + east}
        assert offered(world, **point) == [ticket]
    assert offered(world, latitude=POINT["latitude"] + 0.0024, longitude=POINT["longitude"]) == []


def test_a_report_of_another_matter_in_the_same_place_is_not_offered(world: World) -> None:
    given(world, **STREET, **POINT)
    assert offered(world, TRASH, **STREET, **POINT) == []


def test_a_report_that_nobody_has_read_yet_is_not_offered(world: World) -> None:
    sent = Submission(LAMP, visibility="public", **STREET)
    world.submit(sent)
    assert offered(world, **STREET) == []
    world.work()
    suspect = world.submit(sent, spam_reason="honeypot").ticket
    world.work()
    assert suspect not in offered(world, **STREET)
    assert len(offered(world, **STREET)) == 1


def test_what_is_urgent_or_may_accuse_somebody_is_never_held_up(world: World) -> None:
    given(world, **STREET)
    for text in (FIRE, EXTORTION):
        given(world, text, **STREET)
        assert offered(world, text, **STREET) == []


def test_what_says_nothing_clear_is_like_nothing(world: World) -> None:
    given(world, "Tolong ya pak, terima kasih banyak sebelumnya.", **STREET)
    assert offered(world, "Mohon bantuannya, terima kasih banyak pak.", **STREET) == []


def test_where_nothing_is_near_the_router_is_not_even_loaded(world: World) -> None:
    given(world, **STREET, **POINT)
    given(world, visibility="confidential", place="Jl. Merdeka", kelurahan=CIKOKOL)
    for sent in (Submission(LAMP), Submission(LAMP, place="Jl. Merdeka", kelurahan=CIKOKOL)):
        assert similar_to(world.services, sent, no_table) == ()


@pytest.mark.parametrize(
    ("fields", "reads"), [({}, 0), ({"place": "Jl. Rasuna Said"}, 0), (STREET, 1), (POINT, 4), (STREET | POINT, 5)]
)
def test_looking_for_nothing_costs_next_to_nothing(world: World, fields: dict[str, Any], reads: int) -> None:
    store = CountingStore(world.store)
    similar_to(replace(world.services, store=store), Submission(LAMP, **fields), no_table)
    assert store.counted == ({"reads": reads} if reads else {})


def test_no_street_is_so_full_that_it_costs_more(world: World) -> None:
    one = world.case(given(world, **STREET, **POINT))
    world.put(*_crowd(one, PER_KEY + 10))
    store = CountingStore(world.store)
    found = similar_to(replace(world.services, store=store), Submission(LAMP, **STREET, **POINT), table)
    assert len(found) == 5
    assert store.counted == {"reads": 2 * PER_KEY + 3}
    many = " dan ".join(f"Jl. Rasuna{letter}" for letter in "abcdefgh")
    similar_to(replace(world.services, store=store), Submission(LAMP, place=many, kelurahan=CIKOKOL), table)
    assert store.counted == {"reads": 2 * PER_KEY + 3 + MAX_STREETS}


def _crowd(one: Complaint, count: int) -> list[Complaint]:
    return [one.evolve(ticket=f"LKS-0000-{n:04}-0") for n in range(count)]
