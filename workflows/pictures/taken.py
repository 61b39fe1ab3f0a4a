"""When a photo says that it was taken, read before everything it says is thrown away."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from workflows.domain.calendar import WIB

if TYPE_CHECKING:
    from PIL.Image import Exif

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
