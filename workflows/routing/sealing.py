"""Codes of letters and digits (“8c8be1dbd”): sealed, so that no word stands in them.

The digits of a code become letters of no word; “lubang2” and “rt03rw05” are words that people write with digits.
"""

from __future__ import annotations

import re

SEALED_DIGITS = "㐀㐁㐂㐃㐄㐅㐆㐇㐈㐉"
"""What stands for the digits of a code: letters, but of no word."""
_SEAL = str.maketrans("0123456789", SEALED_DIGITS)
_SEALED = re.compile(f"[{SEALED_DIGITS}]")
_CHAIN = re.compile(r"(?<![a-z0-9])(?=[a-z_-]{0,60}+[0-9])[a-z0-9]++(?:[-_]++[a-z0-9]++)*+")  # with a digit
_PART = re.compile(r"[a-z0-9]+")
_UUID = re.compile(r"[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12}")
_TWO_CHANGES = re.compile(r"[a-z]++\d++[a-z]|\d++[a-z]++\d")
_HEX = re.compile(r"[0-9a-f]+")
_SHORTEST = 3  # characters of a code
_LONG_HEX = re.compile(r"(?=\d*+[a-f])(?=[a-f]*+\d)[0-9a-f]{8,}")
_USUAL = re.compile(
    r"(?=[a-f]*+[g-z])[a-z]{4,}2x?[a-z]*"  # anak2nya
    r"|[a-z]{2,3}2x?(?:nya?|k?an|ku|mu|in?|n)"  # kos2an
    r"|\d{0,3}(?:(?:rt|rw|no|gg|gang|blok)\d{1,3})+[a-z]?"  # rt03rw05
)


def sealed(text: str) -> str:
    """The text, already in lower case, with the digits of its codes sealed."""
    return _CHAIN.sub(_without_codes, text)


def is_code(word: str) -> bool:
    """A word with sealed digits."""
    return _SEALED.search(word) is not None


def _without_codes(chain: re.Match[str]) -> str:
    """The chain with its codes sealed, and what is joined to them unless it is a word of more than hex letters."""
    text = chain.group()
    if len(text) < _SHORTEST or not (_UUID.search(text) or any(map(_looks_like_a_code, _PART.findall(text)))):
        return text
    return _PART.sub(lambda part: _seal(part.group()), text)


def _looks_like_a_code(part: str) -> bool:
    if _LONG_HEX.fullmatch(part):
        return True
    return _TWO_CHANGES.match(part) is not None and not _USUAL.fullmatch(part)


def _seal(part: str) -> str:
    if part.isalpha():
        return SEALED_DIGITS[0] + part if _HEX.fullmatch(part) else part
    return part.translate(_SEAL)
