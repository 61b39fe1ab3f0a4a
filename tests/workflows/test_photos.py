"""Photos on their way into a case: kept before it names them, once, and never at the price of the case."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import TEXT
from tests.pictures.given import decoded, encoded, phone_photo, png_of, scene
from tests.workflows.unsure_store import UnsureStore
from tests.workflows.world import INDEXES, World
from workflows.adapters.photo_folder import PhotoFolder
from workflows.citizen.intake import Receipt, SubmissionMeta, submit
from workflows.domain.complaint.model import State
from workflows.domain.complaint.records import LeftOut, small
from workflows.domain.intake.submission import Submission
from workflows.errors import FormAlreadySent, PageNotFound
from workflows.photos import MAX_TRIED, forget_photos, read_photo, store_photos

pytestmark = pytest.mark.slow

TICKET = "LKS-7K2M-Q9FD-4"
FORM = "a form's token, 32 characters or so"
PHOTO = phone_photo()


def send(world: World, *photos: bytes, token: str = FORM, text: str = TEXT) -> Receipt:
    return submit(world.services, Submission(text), SubmissionMeta(token=token, photos=photos))


def files(tmp_path: Path) -> list[str]:
    folder = tmp_path / "photos"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


def test_photos_are_kept_with_the_complaint_in_the_order_they_were_sent(world: World, tmp_path: Path) -> None:
    case = world.case(send(world, PHOTO, encoded(scene(2), "WEBP")).ticket)
    assert [(photo.n, photo.by, photo.width, photo.height) for photo in case.photos] == [
        (1, "citizen", 800, 600),
        (2, "citizen", 800, 600),
    ]
    assert files(tmp_path) == sorted(name for p in case.photos for name in (p.name, small(p.name)))
    assert world.timeline(case.ticket)[0].facts == {"photos": [1, 2]}


def test_the_name_of_a_photo_begins_with_its_ticket_and_cannot_be_guessed(world: World) -> None:
    case = world.case(send(world, PHOTO, PHOTO).ticket)
    first, second = (photo.name.removeprefix(f"{case.ticket}-").removesuffix(".jpg") for photo in case.photos)
    assert len(first) == len(second) == 22 and first != second


def test_when_a_citizens_photo_was_taken_is_not_kept_anywhere(world: World) -> None:
    send(world, PHOTO)
    assert "2026-07-05" not in str(world.everything())
    (office,) = store_photos(world.services, TICKET, "department", [PHOTO]).photos
    assert office.taken_at == datetime(2026, 7, 5, 1, 30, tzinfo=UTC)


def test_a_bad_photo_never_costs_the_complaint(world: World, tmp_path: Path) -> None:
    case = world.case(send(world, b"bukan foto", PHOTO, png_of(20_000, 20_000)).ticket)
    assert case.state == State.RECEIVED
    assert [photo.n for photo in case.photos] == [1]
    assert world.timeline(case.ticket)[0].facts == {
        "photos": [1],
        "left_out": [{"n": 1, "why": "not_a_photo"}, {"n": 3, "why": "too_many_pixels"}],
    }
    assert len(files(tmp_path)) == 2


def test_what_is_no_photo_takes_no_photo_s_place(world: World) -> None:
    stored = store_photos(world.services, TICKET, "citizen", [PHOTO, PHOTO, b"x", PHOTO, PHOTO])
    assert len(stored.photos) == 3
    assert stored.left_out == (LeftOut(3, "not_a_photo"), LeftOut(5, "too_many"))


def test_of_many_that_are_no_photos_not_every_one_is_opened(world: World) -> None:
    stored = store_photos(world.services, TICKET, "citizen", [b"x"] * MAX_TRIED + [PHOTO])
    assert (stored.photos, stored.left_out[-1]) == ((), LeftOut(MAX_TRIED + 1, "too_many"))


def test_a_folder_that_takes_nothing_never_costs_the_complaint(world: World, tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("no folder")
    case = world.case(send(world, PHOTO).ticket)
    assert (case.state, case.photos) == (State.RECEIVED, ())
    assert world.timeline(case.ticket)[0].facts == {"left_out": [{"n": 1, "why": "not_stored"}]}


def test_the_same_form_sent_again_keeps_no_photo_twice(world: World, tmp_path: Path) -> None:
    first = send(world, PHOTO)
    before, kept = world.everything(), files(tmp_path)
    assert send(world, PHOTO) == replace(first, created=False)
    assert send(world, encoded(scene(3))) == replace(first, created=False)
    with pytest.raises(FormAlreadySent):
        send(world, PHOTO, text=TEXT + "!")
    assert (world.everything(), files(tmp_path)) == (before, kept)


def test_the_same_form_sent_at_the_same_moment_keeps_no_photo_twice(world: World, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _: send(world, PHOTO), range(4)))
    assert len({receipt.ticket for receipt in receipts}) == 1
    assert len(files(tmp_path)) == 2


def test_a_store_that_writes_a_complaint_and_finds_it_keeps_its_photos(tmp_path: Path) -> None:
    store = UnsureStore(tmp_path / "unsure.db", INDEXES)
    world = World(store, photos=PhotoFolder(tmp_path / "photos"))
    store.twice = True
    case = world.case(send(world, PHOTO).ticket)
    assert (len(case.photos), len(files(tmp_path))) == (1, 2)
    store.close()


def test_a_photo_and_its_thumbnail_are_read_by_number(world: World) -> None:
    case = world.case(send(world, encoded(scene(1, 2000, 1500))).ticket)
    content, kind = read_photo(world.photos, case, "1")
    assert (decoded(content).size, kind) == ((1600, 1200), "image/jpeg")
    assert decoded(read_photo(world.photos, case, "1", little=True)[0]).size == (320, 240)


@pytest.mark.parametrize("number", ["0", "2", "01", "+1", " 1", "-1", "1.0", "x", "..", "１"])
def test_a_number_the_case_does_not_have_is_no_photo(world: World, number: str) -> None:
    case = world.case(send(world, PHOTO).ticket)
    with pytest.raises(PageNotFound):
        read_photo(world.photos, case, number)


def test_a_photo_whose_file_was_taken_away_is_no_photo(world: World) -> None:
    case = world.case(send(world, PHOTO).ticket)
    forget_photos(world.services, case.photos)
    forget_photos(world.services, case.photos)
    with pytest.raises(PageNotFound):
        read_photo(world.photos, case, "1")
