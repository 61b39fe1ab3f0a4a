"""From uploaded bytes to two small JPEGs that contain the picture and nothing else, and two facts about it: a
perceptual fingerprint by which an edited copy is recognised, and the time it was taken, read before the metadata
is dropped.
"""

from __future__ import annotations
import io
import threading
from contextlib import suppress
from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workflows.domain.deadlines.calendar import WIB
from workflows.frozen import frozen

if TYPE_CHECKING:
    from PIL.Image import Exif, Image
    from PIL.Image import Image as Pixels


SIDE = 9
PLAIN_BELOW = 9.0
"""Mean unevenness (0 to 510) below which a picture is a wall, asphalt or darkness: all of those look alike."""


def fingerprint(picture: Image) -> str:
    """32 hex characters: for each cell of an 8 × 8 grid, is it darker than its right neighbour, and than the one
    below? '' for a picture without shapes, also if only the light falls off towards the edges.
    """
    from PIL.Image import Resampling

    cells = picture.convert("L").resize((SIDE, SIDE), Resampling.LANCZOS).tobytes()
    rows = [cells[at : at + SIDE] for at in range(0, SIDE * SIDE, SIDE)]
    if _unevenness(rows) < PLAIN_BELOW:
        return ""
    bits = [rows[y][x] < after for y in range(8) for x in range(8) for after in (rows[y][x + 1], rows[y + 1][x])]
    return f"{sum(bit << at for at, bit in enumerate(bits)):032x}"


def _unevenness(rows: list[bytes]) -> float:
    """The mean change of brightness steps: an even gradient counts as 0."""
    lines = [*rows, *(bytes(column) for column in zip(*rows, strict=True))]
    bends = [abs(a - 2 * b + c) for line in lines for a, b, c in zip(line, line[1:], line[2:], strict=False)]
    return sum(bends) / len(bends)


SUB_IFD, ORIGINAL, OFFSET = 0x8769, 0x9003, 0x9011
FIRST_YEAR = 2005
"""An earlier year means that the camera's clock was never set."""


def taken_at(exif: Exif) -> datetime | None:
    """DateTimeOriginal in UTC, in Tangerang's time unless the photo has a time zone; None when missing or
    implausible.
    """
    fields = exif.get_ifd(SUB_IFD)
    local = _local(fields.get(ORIGINAL))
    if local is None or local.year < FIRST_YEAR:
        return None
    return _aware(local, fields.get(OFFSET)).astimezone(UTC)


def _local(written: object) -> datetime | None:
    try:
        return datetime.strptime(_text(written), "%Y:%m:%d %H:%M:%S")
    except ValueError:
        return None


def _aware(local: datetime, offset: object) -> datetime:
    try:
        zone = datetime.strptime(_text(offset), "%z").tzinfo
    except ValueError:
        zone = None
    return local.replace(tzinfo=zone or WIB)


def _text(written: object) -> str:
    text = written.decode("ascii", "replace") if isinstance(written, bytes) else str(written)
    return text.strip(" \0")


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


@frozen
class Picture:
    """A photo as stored: JPEG of at most 1600 and 320 pixels, upright, without metadata."""

    full: bytes
    small: bytes
    width: int
    height: int
    phash: str
    taken_at: datetime | None


@frozen
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
