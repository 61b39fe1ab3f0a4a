"""A picture's fingerprint, by which a copy is known again however it was compressed, resized or brightened.

When a photo says that it was taken, read before everything it says is thrown away.
"""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workflows.domain.deadlines.calendar import WIB

if TYPE_CHECKING:
    from PIL.Image import Exif, Image


SIDE = 9
PLAIN_BELOW = 9.0
"""Mean unevenness (0 to 510) under which a picture is a wall, asphalt or darkness: all of those are alike."""


def fingerprint(picture: Image) -> str:
    """32 hex characters: in a grid of 8 × 8, is each cell darker than the next one right, and the next below?

    Empty for a picture without shapes, light falling off to its edges included.
    """
    from PIL.Image import Resampling

    cells = picture.convert("L").resize((SIDE, SIDE), Resampling.LANCZOS).tobytes()
    rows = [cells[at : at + SIDE] for at in range(0, SIDE * SIDE, SIDE)]
    if _unevenness(rows) < PLAIN_BELOW:
        return ""
    bits = [rows[y][x] < after for y in range(8) for x in range(8) for after in (rows[y][x + 1], rows[y + 1][x])]
    return f"{sum(bit << at for at, bit in enumerate(bits)):032x}"


def _unevenness(rows: list[bytes]) -> float:
    """How much the steps of light change, on average: an even fall of light counts for nothing."""
    lines = [*rows, *(bytes(column) for column in zip(*rows, strict=True))]
    bends = [abs(a - 2 * b + c) for line in lines for a, b, c in zip(line, line[1:], line[2:], strict=False)]
    return sum(bends) / len(bends)


SUB_IFD, ORIGINAL, OFFSET = 0x8769, 0x9003, 0x9011
FIRST_YEAR = 2005
"""A camera whose clock was never set counts from years before this one."""


def taken_at(exif: Exif) -> datetime | None:
    """DateTimeOriginal in UTC, by Tangerang's clock unless the photo names its own; None for none, or nonsense."""
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
