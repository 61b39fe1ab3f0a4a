"""From uploaded bytes to two small JPEGs that contain the picture and nothing else."""

from __future__ import annotations

import io
import threading
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from workflows.pictures.photo_facts import fingerprint, taken_at

if TYPE_CHECKING:
    from PIL.Image import Image as Pixels

LARGEST = 8 * 1024 * 1024
MAX_PIXELS = 40_000_000
LONGEST, MAX_SMALL = 1600, 320
JPEG = "image/jpeg"
FORMATS = ("JPEG", "PNG", "WEBP")

NOT_A_PHOTO = "not_a_photo"
TOO_LARGE = "too_large"
TOO_MANY_PIXELS = "too_many_pixels"
DAMAGED = "damaged"

_ONE_AT_A_TIME = threading.Lock()  # an unpacked picture takes some hundred MB


@dataclass(frozen=True)
class Picture:
    """A photo as stored: JPEG of at most 1600 and 320 pixels, upright, without metadata."""

    full: bytes
    small: bytes
    width: int
    height: int
    phash: str
    taken_at: datetime | None


@dataclass(frozen=True)
class Refusal:
    """Why bytes are not taken as a photo: not_a_photo, too_large, too_many_pixels or damaged."""

    why: str


def prepared(data: bytes) -> Picture | Refusal:
    """The photo in these bytes, whatever their name or type; never raises for their content."""
    from PIL import Image

    if len(data) > LARGEST:
        return Refusal(TOO_LARGE)
    Image.MAX_IMAGE_PIXELS = None  # our own limit below is checked before unpacking; the library would only warn
    try:
        image = Image.open(io.BytesIO(data), formats=FORMATS)
    except Exception:
        return Refusal(NOT_A_PHOTO)
    if image.width * image.height > MAX_PIXELS:
        return Refusal(TOO_MANY_PIXELS)
    with image:
        return _unpacked(image)


def _unpacked(image: Pixels) -> Picture | Refusal:
    try:
        with _ONE_AT_A_TIME:
            taken = _when(image)
            picture = _upright(image)
        return _made(picture, taken)
    except Exception:  # a decoder may fail on broken bytes with any exception
        return Refusal(DAMAGED)


def _when(image: Pixels) -> datetime | None:
    """The time it was taken; broken metadata is ignored."""
    with suppress(Exception):
        return taken_at(image.getexif())
    return None


def _upright(image: Pixels) -> Pixels:
    """The picture scaled down and rotated upright."""
    from PIL import ImageOps

    if image.mode in ("1", "P"):
        image = image.convert("RGBA" if image.has_transparency_data else "RGB")
    if image.mode.startswith("I;16"):
        image = image.convert("I").point(lambda value: value * (1 / 256)).convert("L")
    image.thumbnail((LONGEST, LONGEST))
    with suppress(Exception):
        ImageOps.exif_transpose(image, in_place=True)
    return _on_white(image)


def _on_white(image: Pixels) -> Pixels:
    """A new picture with the colours only; transparent parts become white."""
    from PIL import Image

    fresh = Image.new("RGB", image.size, "white")
    layer = image.convert("RGBA") if image.has_transparency_data else None
    fresh.paste(layer or image.convert("RGB"), mask=layer)
    return fresh


def _made(picture: Pixels, taken: datetime | None) -> Picture:
    thumbnail = picture.copy()
    thumbnail.thumbnail((MAX_SMALL, MAX_SMALL))
    full, little = _jpeg(picture, quality=82), _jpeg(thumbnail, quality=75)
    return Picture(full, little, picture.width, picture.height, fingerprint(picture), taken)


def _jpeg(picture: Pixels, quality: int) -> bytes:
    out = io.BytesIO()
    picture.save(out, "JPEG", quality=quality, optimize=True, progressive=True)
    return out.getvalue()
