"""Photos on their way into a case: kept before it names them, once, and never at the price of the case."""

from __future__ import annotations
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tests.builders import TEXT
from tests.pictures.given import phone_photo, png_of
from tests.workflows.world import World
from workflows.citizen.intake import Receipt, SubmissionMeta, submit
from workflows.domain.complaint.model import State
from workflows.domain.intake.submission import Submission
from workflows.photos import store_photos

pytestmark = pytest.mark.slow

TICKET = "LKS-7K2M-Q9FD-4"
FORM = "a form's token, 32 characters or so"
PHOTO = phone_photo()


def send(world: World, *photos: bytes, token: str = FORM, text: str = TEXT) -> Receipt:
    return submit(world.services, Submission(text), SubmissionMeta(token=token, photos=photos))


def files(tmp_path: Path) -> list[str]:
    folder = tmp_path / "photos"
    return sorted(file.name for file in folder.iterdir()) if folder.exists() else []


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


def test_a_folder_that_takes_nothing_never_costs_the_complaint(world: World, tmp_path: Path) -> None:
    (tmp_path / "photos").write_text("no folder")
    case = world.case(send(world, PHOTO).ticket)
    assert (case.state, case.photos) == (State.RECEIVED, ())
    assert world.timeline(case.ticket)[0].facts == {"left_out": [{"n": 1, "why": "not_stored"}]}


def test_the_same_form_sent_at_the_same_moment_keeps_no_photo_twice(world: World, tmp_path: Path) -> None:
    with ThreadPoolExecutor(4) as pool:
        receipts = list(pool.map(lambda _: send(world, PHOTO), range(4)))
    assert len({receipt.ticket for receipt in receipts}) == 1
    assert len(files(tmp_path)) == 2
