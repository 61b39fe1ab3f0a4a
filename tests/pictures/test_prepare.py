"""What comes in as a photo: known by its content, made small, upright and empty of all but the picture."""

from __future__ import annotations
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from functions.views.shared.forms import WHY
from tests.pictures.given import chunk, decoded, encoded, phone_photo, png_of, scene
from workflows.pictures import prepare
from workflows.pictures.prepare import Picture, Refusal, prepared

pytestmark = pytest.mark.slow


def taken_in(data: bytes) -> Picture:
    picture = prepared(data)
    assert isinstance(picture, Picture), picture
    return picture


def test_when_it_was_taken_is_read_before_it_is_thrown_away() -> None:
    assert taken_in(phone_photo()).taken_at == datetime(2026, 7, 5, 1, 30, tzinfo=UTC)
    assert taken_in(encoded(scene(1))).taken_at is None


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "RGBA"])
def test_every_way_of_writing_colours_is_read(mode: str) -> None:
    grey = Image.new("L", (60, 60), 200)
    sent = grey.convert("I").point(lambda value: value * 256) if mode == "I;16" else grey.convert("RGB")
    picture = taken_in(encoded(sent.convert(mode), "JPEG" if mode == "CMYK" else "PNG"))
    assert decoded(picture.full).size == (60, 60)
    mean = decoded(picture.full).convert("L").resize((1, 1)).getpixel((0, 0))
    assert mean == pytest.approx(200, abs=12)


@pytest.mark.parametrize("size", [(8_000, 5_001), (9_500, 9_500), (20_000, 20_000), (65_000, 65_000)])
def test_a_picture_that_unpacks_to_gigabytes_is_refused_unread(size: tuple[int, int]) -> None:
    assert prepared(png_of(*size)) == Refusal("too_many_pixels")


def test_a_note_that_unpacks_to_gigabytes_costs_no_memory_either() -> None:
    bomb = chunk(b"zTXt", b"x\0\0" + zlib.compress(b"A" * 50_000_000, 9))
    photo = encoded(scene(1, 80, 60), "PNG")
    assert isinstance(prepared(photo[:33] + bomb + photo[33:]), Refusal)


@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_broken_bytes_are_a_photo_or_a_refusal_and_never_an_error(kind: str, where: int, dirt: bytes) -> None:
    photo = encoded(scene(1, 160, 120), kind)
    at = where % len(photo)
    assert isinstance(prepared(photo[:at] + dirt + photo[at + len(dirt) :]), Picture | Refusal)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_refusal(data: bytes) -> None:
    assert isinstance(prepared(data), Refusal)


def test_every_reason_of_a_refusal_has_words() -> None:
    assert {prepare.NOT_A_PHOTO, prepare.TOO_LARGE, prepare.TOO_MANY_PIXELS, prepare.DAMAGED} < set(WHY)
