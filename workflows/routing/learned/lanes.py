"""Many sums at once in plain Python: a row of small numbers is one integer, adding rows one addition."""

from __future__ import annotations

import struct

_WIDTH = 4  # bytes of a lane: sums of 16 million bytes fit


def widened(row: bytes) -> int:
    """A row of bytes as one integer with a wide lane a byte."""
    wide = bytearray(len(row) * _WIDTH)
    wide[::_WIDTH] = row
    return int.from_bytes(wide, "little")


def split(total: int, lanes: int) -> tuple[int, ...]:
    """The sums of the lanes."""
    return struct.unpack(f"<{lanes}I", total.to_bytes(lanes * _WIDTH, "little"))
