"""A photo that proved one case and comes back as the proof of another."""

from __future__ import annotations
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

import pytest

from tests.builders import complaint
from tests.pictures.given import encoded, scene
from tests.workflows.world import INDEXES, World
from workflows.adapters.photo_folder import PhotoFolder
from workflows.adapters.sqlite import SqliteStore
from workflows.collection_names import PROOFS
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.actions.officer import draft_number
from workflows.domain.complaint.model import State
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import UNIT
from workflows.failures import StoreConflict, StoreUnavailable
from workflows.office import casework
from workflows.ports import Document, Transaction

T = TypeVar("T")
MENDED, OTHER = encoded(scene(1)), encoded(scene(2))
FIRST, SECOND = new_ticket(b"first..."), new_ticket(b"second..")


class Forgetful(SqliteStore):
    """Keeps a case and its answer, and knows nothing of proofs."""

    left = 2

    def get(self, collection: str, id: str) -> Document | None:
        if collection == PROOFS:
            raise StoreUnavailable
        return super().get(collection, id)

    def transact(self, work: Callable[[Transaction], T]) -> T:
        if not self.left:
            raise StoreConflict
        self.left -= 1
        return super().transact(work)


@pytest.fixture
def two(world: World) -> World:
    """Two cases of one kecamatan."""
    world.put(*(complaint(State.IN_PROGRESS, "KEC-PINANG", ticket=ticket) for ticket in (FIRST, SECOND)))
    return world


def act(world: World, ticket: str, wanted: OfficerAct, *photos: bytes, role: str = "department") -> None:
    held = world.case(ticket).assignment
    key = held.unit_key if held and role == UNIT else 1
    assert casework.perform_action(world.services, world.token(ticket, role, key), wanted, photos)


def answer(world: World, ticket: str, *photos: bytes) -> list[str]:
    """What the desk is told about an answer with these photos."""
    act(world, ticket, OfficerAct("answer", message="Sudah."), *photos)
    return list(world.timeline(ticket)[-1].facts.get("doubt", []))


def test_a_proof_of_another_case_is_told_to_the_desk(two: World) -> None:
    assert answer(two, FIRST, MENDED) == []
    assert answer(two, SECOND, encoded(scene(1), quality=40)) == ["same_as_earlier_proof"]
    assert [notice.template for notice in two.notices_of(SECOND)].count("proof_doubt") == 1


def test_the_photo_of_a_draft_is_compared_once_it_is_sent(two: World) -> None:
    answer(two, FIRST, MENDED)
    act(two, SECOND, OfficerAct("delegate", to="KEL-CIPETE"))
    act(two, SECOND, OfficerAct("answer", message="Sudah."), MENDED, role=UNIT)
    assert "doubt" not in two.timeline(SECOND)[-1].facts
    seen = draft_number(two.case(SECOND))
    act(two, SECOND, OfficerAct("answer", message="Sudah.", draft=seen, draft_photos=True))
    assert two.timeline(SECOND)[-1].facts["doubt"] == ["same_as_earlier_proof"]


def test_proofs_that_can_neither_be_read_nor_kept_cost_no_answer(tmp_path: Path) -> None:
    store = Forgetful(tmp_path / "laksa.db", INDEXES)
    world = World(store, photos=PhotoFolder(tmp_path / "photos"))
    world.put(complaint(State.IN_PROGRESS, "KEC-PINANG", ticket=FIRST))
    assert answer(world, FIRST, MENDED) == []
    assert world.case(FIRST).state == State.ANSWERED
    store.close()
