"""Photos sent along with an act: kept where it is carried out, gone where not, and looked at where they prove."""

from __future__ import annotations
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.builders import TICKET, complaint
from tests.pictures.given import encoded, scene
from tests.workflows.unsure_store import UnsureStore
from tests.workflows.world import INDEXES, TellingBus, World
from workflows.adapters.photo_folder import PhotoFolder
from workflows.citizen import tracking
from workflows.domain.actions.citizen import CitizenAct
from workflows.domain.actions.engine import OfficerAct
from workflows.domain.actions.officer import draft_number
from workflows.domain.complaint.model import State
from workflows.domain.complaint.transition import CITIZEN, UNIT
from workflows.errors import ActionNotPossible, DraftChanged, InvalidInput
from workflows.failures import StoreUnavailable
from workflows.office import casework

pytestmark = pytest.mark.slow

MENDED, HOLE = encoded(scene(1)), encoded(scene(2))
NONE = b"not a photo at all"


@pytest.fixture
def held(world: World) -> World:
    world.put(complaint(State.IN_PROGRESS, "KEC-PINANG"))
    return world


@pytest.fixture
def unsure(tmp_path: Path) -> Iterator[UnsureStore]:
    """A store that does not always say what it has done, with the case in it."""
    store = UnsureStore(tmp_path / "unsure.db", INDEXES)
    World(store).put(complaint(State.IN_PROGRESS, "KEC-PINANG"))
    yield store
    store.close()


class BrokenBus(TellingBus):
    """Fails in a way that nobody foresaw."""

    def publish(self, topic: str, data: dict[str, str]) -> None:
        raise RuntimeError


def office(world: World, act: OfficerAct, *photos: bytes, role: str = "department") -> bool:
    held = world.case().assignment
    assignment_no = held.unit_key if held and role == UNIT else 1
    return (
        casework.perform_action(world.services, world.token(role=role, assignment_no=assignment_no), act, photos)
        is not None
    )


def citizen(world: World, message: str, *photos: bytes) -> bool:
    act = CitizenAct("add", message)
    return tracking.perform_action(world.services, TICKET, world.key(), act, photos) is not None


def files(folder: Path) -> int:
    """Photos and thumbnails that lie in the world's folder."""
    return len([file for file in (folder / "photos").rglob("*") if file.is_file()])


def letters(world: World) -> list[str]:
    return [notice.template for notice in world.notices()]


def test_an_act_that_is_refused_leaves_no_photo_behind(held: World, tmp_path: Path) -> None:
    office(held, OfficerAct("answer", message="Sudah."))
    before = files(tmp_path)
    with pytest.raises(ActionNotPossible):
        office(held, OfficerAct("answer"), HOLE)
    assert files(tmp_path) == before


def drafted(world: World, *photos: bytes) -> str:
    """A unit has written a draft with these photos; the number that the department's form carries."""
    office(world, OfficerAct("delegate", to="KEL-CIPETE"))
    assert office(world, OfficerAct("answer", message="Sudah ditambal."), *photos, role=UNIT)
    return draft_number(world.case())


def test_an_answer_to_a_draft_that_was_replaced_leaves_nothing_behind(held: World, tmp_path: Path) -> None:
    seen = drafted(held, MENDED)
    office(held, OfficerAct("answer", message="Sudah, ini fotonya."), HOLE, role=UNIT)
    before = files(tmp_path)
    with pytest.raises(DraftChanged):
        office(held, OfficerAct("answer", message="Sudah.", draft=seen, draft_photos=True), encoded(scene(4)))
    assert (held.case().state, files(tmp_path)) == (State.IN_PROGRESS, before)


@pytest.mark.parametrize("away", [False, True])
def test_photos_stay_when_the_answer_to_the_act_was_lost(unsure: UnsureStore, tmp_path: Path, away: bool) -> None:
    world = World(unsure, photos=PhotoFolder(tmp_path / "photos"))
    unsure.lost, unsure.away = True, away
    with pytest.raises(StoreUnavailable):
        office(world, OfficerAct("answer"), MENDED)
    unsure.answer_again()
    assert len(world.case().photos) == 1
    assert files(tmp_path) == 2


def test_photos_stay_when_nobody_could_be_told_of_the_act(held: World, tmp_path: Path) -> None:
    held.bus = BrokenBus()
    with pytest.raises(RuntimeError):
        office(held, OfficerAct("answer"), MENDED)
    assert (len(held.case().photos), files(tmp_path)) == (1, 2)


def test_a_citizen_may_answer_a_question_with_a_photo_alone(held: World) -> None:
    office(held, OfficerAct("ask", message="Di sebelah mana?"))
    assert held.case().state == State.WAITING
    assert citizen(held, "", HOLE)
    assert (held.case().state, held.case().photos[0].by) == (State.IN_PROGRESS, CITIZEN)
    with pytest.raises(InvalidInput):
        citizen(held, "", NONE)
