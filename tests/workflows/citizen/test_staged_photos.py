"""Photos of a form that came back: kept once, sent on once, shown to nobody, and never left for ever."""

from __future__ import annotations
from datetime import timedelta
from pathlib import Path

import pytest

from tests.builders import MONDAY, POLICY, TEXT
from tests.pictures.given import encoded, phone_photo, scene
from tests.workflows.unsure_store import UnsureStore
from tests.workflows.world import INDEXES, World
from workflows.adapters.photo_folder import PhotoFolder
from workflows.citizen.intake import SubmissionMeta, submit
from workflows.citizen.staged_photos import PAGE, Kept, forget, forget_due, keep
from workflows.collection_names import KEPT_PHOTOS
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.records import LeftOut
from workflows.domain.intake.submission import Submission
from workflows.ports import Query

pytestmark = pytest.mark.slow

PHOTO, OTHER = phone_photo(), encoded(scene(2), "PNG")
FORM, NEXT = "a form's token, 32 characters or so", "another form's token, as long as that"
ITS_AGE = timedelta(hours=POLICY.form_max_age_hours + 1)


def files(world: World) -> list[str]:
    return world.photos.names("")


def forms(world: World) -> int:
    return world.store.count(Query(KEPT_PHOTOS))


def send(world: World, *photos: bytes, token: str = FORM, kept: bool = True, text: str = TEXT) -> Complaint:
    envelope = SubmissionMeta(token=token, photos=photos, kept=kept)
    return world.case(submit(world.services, Submission(text), envelope).ticket)


def test_a_form_that_comes_back_again_keeps_old_and_new_photos(world: World) -> None:
    keep(world.services, FORM, [PHOTO])
    assert keep(world.services, FORM, [OTHER], before=FORM) == Kept(2)
    assert keep(world.services, FORM, (), before=FORM) == Kept(2)
    assert keep(world.services, FORM, [PHOTO, PHOTO], before=FORM) == Kept(3, (LeftOut(4, "too_many"),))
    assert (len(files(world)), forms(world), len(send(world).photos)) == (6, 1, 3)


def test_a_form_that_does_not_name_what_is_kept_has_new_ones_in_its_place(world: World) -> None:
    keep(world.services, FORM, [PHOTO, OTHER])
    assert keep(world.services, FORM, [OTHER]) == Kept(1)
    assert len(files(world)) == 2
    assert len(send(world, kept=False).photos) == 0


def test_a_form_with_a_new_token_takes_them_along(world: World) -> None:
    keep(world.services, FORM, [PHOTO])
    assert keep(world.services, NEXT, [OTHER], before=FORM) == Kept(2)
    assert (len(files(world)), forms(world)) == (4, 1)
    assert len(send(world, token=FORM).photos) == 0
    assert len(send(world, token=NEXT, text=TEXT + "!").photos) == 2


def test_another_token_has_none_of_them(world: World) -> None:
    keep(world.services, FORM, [PHOTO])
    assert send(world, token=NEXT).photos == ()
    assert keep(world.services, NEXT, (), before="x" * 40) == Kept(0)
    assert len(send(world).photos) == 1


def test_a_kept_photo_whose_file_is_gone_never_costs_the_complaint(world: World) -> None:
    keep(world.services, FORM, [PHOTO, OTHER])
    world.photos.delete(next(name for name in files(world) if ".k." in name))
    case = send(world)
    assert len(case.photos) == 1
    assert [photo["why"] for photo in world.timeline(case.ticket)[0].facts["left_out"]] == ["not_stored"]


def test_a_folder_that_takes_nothing_is_said_and_costs_nothing(world: World, tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("no folder")
    assert keep(world.services, FORM, [PHOTO]) == Kept(0, (LeftOut(1, "not_stored"),))
    assert send(world).photos == ()


def test_a_store_that_is_away_is_said_and_costs_nothing(tmp_path: Path) -> None:
    store = UnsureStore(tmp_path / "unsure.db", INDEXES)
    world = World(store, photos=PhotoFolder(tmp_path / "photos"))
    store.lost = True
    assert keep(world.services, FORM, [PHOTO, OTHER]) == Kept(0, (LeftOut(1, "not_stored"), LeftOut(2, "not_stored")))
    assert keep(world.services, FORM, (), before=NEXT).count == 0
    store.close()


def test_what_a_crash_left_goes_with_its_form_and_nothing_else(world: World) -> None:
    keep(world.services, FORM, [PHOTO])
    case = send(world)
    (found,) = world.store.query(Query(KEPT_PHOTOS))
    world.photos.put(f"form-{found.id}-leftover.jpg", PHOTO, "image/jpeg")
    world.clock.wait(hours=1)
    keep(world.services, NEXT, [OTHER])
    world.clock.go_to(MONDAY + ITS_AGE)
    assert forget_due(world.services) == 1
    left = files(world)
    assert [one for one in left if found.id in one] == []
    assert len([one for one in left if one.startswith("form-")]) == 2
    assert len([one for one in left if one.startswith(case.ticket)]) == 2


def test_a_folder_that_is_away_leaves_the_forgetting_to_a_later_sweep(world: World, tmp_path: Path) -> None:
    keep(world.services, FORM, [PHOTO])
    world.clock.go_to(MONDAY + ITS_AGE)
    folder = tmp_path / "photos"
    folder.rename(tmp_path / "elsewhere")
    folder.write_text("no folder")
    assert forget_due(world.services) == 0
    forget(world.services, FORM)
    assert forms(world) == 1
    folder.unlink()
    (tmp_path / "elsewhere").rename(folder)
    assert forget_due(world.services) == 1
    assert files(world) == []


def test_of_very_many_a_page_goes_at_a_time(world: World) -> None:
    for n in range(PAGE + 1):
        keep(world.services, f"{FORM} {n}", [b"bukan foto"])
    world.clock.go_to(MONDAY + ITS_AGE)
    assert [forget_due(world.services) for _ in range(3)] == [PAGE, 1, 0]
