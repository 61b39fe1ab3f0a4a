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


@pytest.mark.parametrize(("local", "offset"), [("09:30", "+08:00"), ("01:30", "+00:00"), ("01:30", "Z")])
def test_a_phone_that_names_its_zone_is_believed(local: str, offset: str) -> None:
    assert taken_at(written(f"2026:07:05 {local}:00", offset)) == MORNING
