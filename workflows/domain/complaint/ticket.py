"""Ticket numbers: random, short enough for the phone, with a check character against typing mistakes."""

from __future__ import annotations
import re

ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
RANDOM_BYTES = 5

# odd weights detect any single wrong character; neighbours 2 apart detect every swap except x and x + 16
_WEIGHTS = (17, 15, 13, 11, 9, 7, 5, 3)
_VALUES = {char: value for value, char in enumerate(ALPHABET)} | {"O": 0, "I": 1, "L": 1}
_FILLERS = r"[\s\-‐‑‒–—―−._/]+"


def new_ticket(random_bytes: bytes) -> str:
    """`LKS-XXXX-XXXX-C` from the first 5 bytes; ValueError for fewer."""
    if len(random_bytes) < RANDOM_BYTES:
        raise ValueError(f"a ticket needs {RANDOM_BYTES} random bytes, not {len(random_bytes)}")
    number = int.from_bytes(random_bytes[:RANDOM_BYTES], "big")
    values = [number >> shift & 31 for shift in range(35, -1, -5)]
    return _written([*values, _check(values)])


def parse_ticket(typed: str) -> str | None:
    """The ticket in its normal spelling; None when it is invalid. Accepts lower case, O for 0, I and L for 1, a
    missing prefix, and missing or other dashes and blanks.
    """
    chars = re.sub(_FILLERS, "", typed).upper()
    if len(chars) == 12 and chars[0] in "L1I" and chars[1:3] == "KS":
        chars = chars[3:]
    values = [_VALUES.get(char, -1) for char in chars]
    if len(values) != 9 or -1 in values or _check(values[:8]) != values[8]:
        return None
    return _written(values)


def read_characters(typed: str) -> str | None:
    """The characters normalised to the alphabet; None if another one is among them."""
    values = [_VALUES.get(char, -1) for char in re.sub(_FILLERS, "", typed).upper()]
    return None if -1 in values else "".join(ALPHABET[value] for value in values)


def _check(values: list[int]) -> int:
    return -sum(weight * value for weight, value in zip(_WEIGHTS, values, strict=True)) % 32


def _written(values: list[int]) -> str:
    chars = "".join(ALPHABET[value] for value in values)
    return f"LKS-{chars[:4]}-{chars[4:8]}-{chars[8]}"
