"""Facts about a photo: a perceptual fingerprint by which a copy is recognised after compression, scaling or
brightening, and the time it was taken, read before the metadata is dropped.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workflows.domain.deadlines.calendar import WIB

if TYPE_CHECKING:
    from PIL.Image import Exif, Image


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
