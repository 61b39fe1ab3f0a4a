"""Reports nearby, and photos whose form has run out: found alike on every store."""

from __future__ import annotations
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.builders import DIRECTORY, MONDAY, POLICY, complaint
from tests.workflows.world import KEYS, HandClock, TellingBus, table
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.signed_links import SignedLinks
from workflows.citizen.following import similar_to
from workflows.citizen.staged_photos import forget_due, keep
from workflows.clock.deadlines import next_alarm
from workflows.domain.complaint.model import Complaint, State
from workflows.domain.complaint.transition import Transition
from workflows.domain.intake.submission import Submission
from workflows.ports import Store
from workflows.unit_of_work import Services, save

LAMP = "Lampu jalan di depan gang kami mati sejak hari Minggu, kalau malam gelap sekali dan anak-anak takut lewat."
CIKOKOL, NORTH_100 = "36.71.01.1005", 100 / 111_195


@pytest.fixture
def services(store: Store, tmp_path: Path) -> Services:
    photos = PhotoFolder(tmp_path / "photos")
    return Services(store, TellingBus(), HandClock(), SignedLinks(KEYS), POLICY, DIRECTORY, photos)


def lamp(n: int, state: str = State.ASSIGNED, **fields: Any) -> Complaint:
    known: dict[str, Any] = {"category": "pju_mati", "visibility": "public", "received_at": MONDAY + timedelta(hours=n)}
    return complaint(state, ticket=f"LKS-0000-{n:04}-0", **{**known, **fields})


def put(services: Services, *cases: Complaint) -> None:
    services.store.transact(lambda tx: [save(tx, Transition(case), POLICY, MONDAY) for case in cases])


def offered(services: Services, **where: Any) -> list[int]:
    return [int(case.ticket[9:13]) for case in similar_to(services, Submission(LAMP, **where), table)]


def test_of_a_street_the_newest_five(services: Services) -> None:
    street: dict[str, Any] = {"place": "Jl. Merdeka no. 1", "kelurahan": CIKOKOL}
    put(services, *(lamp(n, **street) for n in (3, 1, 9, 2, 8, 5)))
    put(services, lamp(10, State.CLOSED, **street), lamp(11, visibility="confidential", **street))
    assert offered(services, place="jalan merdeka", kelurahan=CIKOKOL) == [9, 8, 5, 3, 2]


def test_of_points_the_nearest_come_first_whatever_cell_they_lie_in(services: Services) -> None:
    spot: dict[str, Any] = {"latitude": -6.1751, "longitude": 106.63}
    put(services, *(lamp(n, **spot | {"latitude": spot["latitude"] + n * NORTH_100}) for n in (2, 0, 1, 3)))
    assert offered(services, **spot) == [0, 1, 2]
    put(services, lamp(1, State.CLOSED, **spot))
    assert offered(services, **spot) == [0, 2]


def test_photos_of_a_form_that_has_run_out_are_found_by_their_alarm(services: Services) -> None:
    keep(services, "a form", [b"no photo"])
    alarm = next_alarm(services.store)
    assert alarm is not None
    assert forget_due(services) == 0
    services.clock.go_to(alarm)  # type: ignore[attr-defined]
    assert (forget_due(services), forget_due(services), next_alarm(services.store)) == (1, 0, None)
