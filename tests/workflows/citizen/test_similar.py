"""Reports like one that is about to be sent: found by place, then by category, and at a price that stays small."""

from __future__ import annotations
from typing import Any

from tests.workflows.world import World, table
from workflows.citizen.following import similar_to
from workflows.domain.intake.submission import Submission

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
