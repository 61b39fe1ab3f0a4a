"""A report's key as a code that can be read aloud: four groups of four out of the alphabet of ticket numbers."""

from __future__ import annotations

import hmac
from collections.abc import Sequence

from workflows.domain.ticket import ALPHABET, parse_ticket, read_characters
from workflows.errors import Forbidden

LENGTH = 16
BITS = 5 * LENGTH
"""80 bits of HMAC-SHA256: as many as the keys in our mail addresses have."""
MOST_VERSIONS = 8
"""Of a key, after which its report has no code; only an erasure makes another version."""


class SpokenCodes:
    """Codes of a ticket and a version of its key. The first signing key makes them, all are tried."""

    def __init__(self, keys: Sequence[str]) -> None:
        self._keys = tuple(keys)

    def spoken_code(self, ticket: str, version: int) -> str:
        """XXXX-XXXX-XXXX-XXXX, of a ticket as it is written."""
        code = _code(self._keys[0], ticket, version)
        return "-".join(code[at : at + 4] for at in range(0, LENGTH, 4))

    def read_spoken_code(self, ticket: str, code: str) -> int:
        """The version of the key, however ticket and code were typed; else Forbidden. Always as much work."""
        known, typed = parse_ticket(ticket), read_characters(code)
        if known is None or typed is None or len(typed) != LENGTH:
            raise Forbidden("no spoken code")
        versions = range(1, MOST_VERSIONS + 1)
        fitting = [n for n in versions for key in self._keys if hmac.compare_digest(_code(key, known, n), typed)]
        if not fitting:
            raise Forbidden("code does not fit")
        return fitting[0]


def _code(key: str, ticket: str, version: int) -> str:
    mac = hmac.digest(key.encode(), f"laksa.spoken\0{ticket}.{version}".encode(), "sha256")
    number = int.from_bytes(mac[: BITS // 8], "big")
    return "".join(ALPHABET[number >> shift & 31] for shift in range(BITS - 5, -1, -5))
