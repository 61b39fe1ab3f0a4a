"""When a photo says it was taken: by the clock of Tangerang, and nonsense is nothing."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from PIL import Image

from tests.pictures.given import OFFSET, ORIGINAL, SUB_IFD
from workflows.pictures.prepare import taken_at

MORNING = datetime(2026, 7, 5, 1, 30, tzinfo=UTC)


def written(original: object, offset: object = None) -> Image.Exif:
    exif = Image.Exif()
    exif.get_ifd(SUB_IFD).update({ORIGINAL: original} | ({OFFSET: offset} if offset is not None else {}))
    return exif


def test_a_time_without_a_zone_is_tangerangs() -> None:
    assert taken_at(written("2026:07:05 08:30:00")) == MORNING


@pytest.mark.parametrize(("local", "offset"), [("09:30", "+08:00"), ("01:30", "+00:00"), ("01:30", "Z")])
def test_a_phone_that_names_its_zone_is_believed(local: str, offset: str) -> None:
    assert taken_at(written(f"2026:07:05 {local}:00", offset)) == MORNING


@pytest.mark.parametrize("offset", ["", "   :  ", "WIB", 7, b"\xff"])
def test_a_zone_that_is_none_is_left_alone(offset: object) -> None:
    assert taken_at(written("2026:07:05 08:30:00", offset)) == MORNING


@pytest.mark.parametrize(
    "original",
    [
        "0000:00:00 00:00:00",
        "    :  :     :  :  ",
        "2026:13:45 08:30:00",
        "2026-07-05T08:30:00",
        "1970:01:01 00:00:00",
        "2004:12:31 23:59:59",
        "kemarin",
        "",
        20260705,
        b"\xff\xfe",
    ],
)
def test_nonsense_is_no_time(original: object) -> None:
    assert taken_at(written(original)) is None


def test_a_photo_that_says_nothing_has_no_time() -> None:
    assert taken_at(Image.Exif()) is None
