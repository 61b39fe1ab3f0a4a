"""What comes in as a photo: known by its content, made small, upright and empty of all but the picture."""

from __future__ import annotations

import io
import warnings
import zlib
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from tests.pictures.given import SECRET, chunk, decoded, encoded, phone_photo, png_of, scene
from workflows.pictures import prepare
from workflows.pictures.prepare import LARGEST, Picture, Refusal, prepared

pytestmark = pytest.mark.slow


def taken_in(data: bytes) -> Picture:
    picture = prepared(data)
    assert isinstance(picture, Picture), picture
    return picture


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_the_three_kinds_come_out_as_two_small_jpegs(kind: str) -> None:
    picture = taken_in(encoded(scene(1, 2400, 1800), kind))
    full, small = decoded(picture.full), decoded(picture.small)
    assert (full.format, full.size, full.mode) == ("JPEG", (1600, 1200), "RGB")
    assert (small.format, small.size, small.mode) == ("JPEG", (320, 240), "RGB")
    assert (picture.width, picture.height) == (1600, 1200)


def test_a_small_picture_is_not_blown_up() -> None:
    picture = taken_in(encoded(scene(1, 200, 150)))
    assert decoded(picture.full).size == decoded(picture.small).size == (200, 150)


def test_nothing_of_what_a_phone_writes_beside_the_picture_is_left() -> None:
    sent = phone_photo()
    assert SECRET.encode() in sent and len(Image.open(io.BytesIO(sent)).getexif()) > 0
    picture = taken_in(sent)
    for kept in (picture.full, picture.small):
        image = decoded(kept)
        assert SECRET.encode() not in kept
        assert dict(image.getexif()) == {}
        assert set(image.info) <= {
            "jfif",
            "jfif_version",
            "jfif_unit",
            "jfif_density",
            "progressive",
            "progression",
        }
        assert {marker for marker, _ in image.applist} == {"APP0"}  # type: ignore[attr-defined]


@pytest.mark.parametrize("kind", ["PNG", "WEBP"])
def test_the_other_kinds_lose_their_notes_too(kind: str) -> None:
    exif = Image.Exif()
    exif[0x010F] = SECRET
    sent = encoded(scene(1), kind, exif=exif, icc_profile=SECRET.encode(), xmp=SECRET.encode())
    assert SECRET.encode() in sent
    picture = taken_in(sent)
    assert SECRET.encode() not in picture.full + picture.small


@pytest.mark.parametrize(
    ("orientation", "size"), [(1, (800, 600)), (3, (800, 600)), (6, (600, 800)), (8, (600, 800))]
)
def test_a_photo_stands_as_it_was_held(orientation: int, size: tuple[int, int]) -> None:
    turned = {1: 0, 3: 180, 6: 90, 8: 270}[orientation]
    exif = Image.Exif()
    exif[0x0112] = orientation
    picture = Image.new("RGB", (800, 600), "white")
    ImageDraw.Draw(picture).rectangle((0, 0, 400, 300), fill="black")
    upright = decoded(taken_in(encoded(picture, exif=exif)).full)
    expected = picture.rotate(-turned, expand=True)
    assert upright.size == expected.size == size
    for corner in ((50, 50), (550, 50), (50, 550)):
        assert upright.convert("L").getpixel(corner) == pytest.approx(
            expected.convert("L").getpixel(corner), abs=8
        )


def test_when_it_was_taken_is_read_before_it_is_thrown_away() -> None:
    assert taken_in(phone_photo()).taken_at == datetime(2026, 7, 5, 1, 30, tzinfo=UTC)
    assert taken_in(encoded(scene(1))).taken_at is None


def test_one_can_not_see_through_a_photo() -> None:
    glass = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    assert decoded(taken_in(encoded(glass, "PNG")).full).getpixel((20, 20)) == (255, 255, 255)


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "I;16", "CMYK", "RGBA"])
def test_every_way_of_writing_colours_is_read(mode: str) -> None:
    grey = Image.new("L", (60, 60), 200)
    sent = grey.convert("I").point(lambda value: value * 256) if mode == "I;16" else grey.convert("RGB")
    picture = taken_in(encoded(sent.convert(mode), "JPEG" if mode == "CMYK" else "PNG"))
    assert decoded(picture.full).size == (60, 60)
    mean = decoded(picture.full).convert("L").resize((1, 1)).getpixel((0, 0))
    assert mean == pytest.approx(200, abs=12)


def test_a_phone_that_hides_a_second_picture_in_its_jpeg_is_read_too() -> None:
    double = encoded(scene(1), "MPO", save_all=True, append_images=[scene(2, 200, 150)])
    assert decoded(double).format == "MPO"
    assert taken_in(double).phash == taken_in(encoded(scene(1))).phash


NOT_PHOTOS = {
    "nothing": b"",
    "text": b"bukan foto",
    "a page": b"<!doctype html><script>alert(1)</script>",
    "SVG": b'<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
    "PDF": b"%PDF-1.7\n1 0 obj<<>>endobj",
    "GIF": encoded(scene(1, 80, 60).convert("P"), "GIF"),
    "BMP": encoded(scene(1, 80, 60), "BMP"),
    "TIFF": encoded(scene(1, 80, 60), "TIFF"),
    "HEIC": b"\0\0\0\x18ftypheic\0\0\0\0mif1heic" + b"\0" * 200,
    "half a header": b"\xff\xd8\xff\xe0\0",
}


@pytest.mark.parametrize("name", NOT_PHOTOS)
def test_what_is_no_photo_is_refused_whatever_it_is_called(name: str) -> None:
    assert prepared(NOT_PHOTOS[name]) == Refusal("not_a_photo")


def test_more_than_8_mib_is_refused_unread() -> None:
    photo = encoded(scene(1))
    assert isinstance(prepared(photo + b"\0" * (LARGEST - len(photo))), Picture)
    assert prepared(photo + b"\0" * (LARGEST - len(photo) + 1)) == Refusal("too_large")


@pytest.mark.parametrize("size", [(8_000, 5_001), (9_500, 9_500), (20_000, 20_000), (65_000, 65_000)])
def test_a_picture_that_unpacks_to_gigabytes_is_refused_unread(size: tuple[int, int]) -> None:
    assert prepared(png_of(*size)) == Refusal("too_many_pixels")


def test_a_refused_picture_says_nothing_beside_its_refusal() -> None:
    with warnings.catch_warnings(record=True) as said:
        warnings.simplefilter("always")
        assert prepared(png_of(12_000, 12_000)) == Refusal("too_many_pixels")
    assert not said


def test_a_note_that_unpacks_to_gigabytes_costs_no_memory_either() -> None:
    bomb = chunk(b"zTXt", b"x\0\0" + zlib.compress(b"A" * 50_000_000, 9))
    photo = encoded(scene(1, 80, 60), "PNG")
    assert isinstance(prepared(photo[:33] + bomb + photo[33:]), Refusal)


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_half_a_photo_is_refused(kind: str) -> None:
    photo = encoded(scene(1), kind)
    assert prepared(photo[: len(photo) // 2]) in (Refusal("damaged"), Refusal("not_a_photo"))


@given(st.sampled_from(["JPEG", "PNG", "WEBP"]), st.integers(0, 10**6), st.binary(min_size=1, max_size=40))
def test_broken_bytes_are_a_photo_or_a_refusal_and_never_an_error(kind: str, where: int, dirt: bytes) -> None:
    photo = encoded(scene(1, 160, 120), kind)
    at = where % len(photo)
    assert isinstance(prepared(photo[:at] + dirt + photo[at + len(dirt) :]), Picture | Refusal)


@given(st.binary(max_size=300))
def test_any_bytes_are_a_refusal(data: bytes) -> None:
    assert isinstance(prepared(data), Refusal)


def test_every_reason_of_a_refusal_has_words() -> None:
    from functions.views.shared.forms import WHY

    reasons = {prepare.NOT_A_PHOTO, prepare.TOO_LARGE, prepare.TOO_MANY_PIXELS, prepare.DAMAGED}
    assert reasons < set(WHY)
