"""The certificates by which an issuer of tokens signs: fetched when they are stale, never for each message."""

from __future__ import annotations

import json
import logging
import re
import threading
import time
from collections.abc import Callable
from email.message import Message

FETCH_SECONDS = 5.0
PAUSE = 60.0
"""Seconds between two fetches, whatever keys are asked for."""
SHORTEST, LONGEST = PAUSE, 24 * 3600.0
_MAX_AGE = re.compile(r"max-age=(\d{1,9})")
log = logging.getLogger("laksa")
Certs = dict[str, str]


class KeysUnavailable(Exception):
    """The issuer did not answer, so nobody knows whether a key is its own."""


def fetch_certs(url: str) -> tuple[Certs, float]:
    """Certificates (PEM) by key id, and for how many seconds they are good; OSError or ValueError without."""
    from urllib.request import urlopen

    with urlopen(url, timeout=FETCH_SECONDS) as answer:
        certs = json.loads(answer.read(1_000_000))
        seconds = _good_for(answer.headers)
    if not isinstance(certs, dict) or not all(isinstance(pem, str) for pem in certs.values()):
        raise ValueError("no certificates by key id")
    return certs, seconds


class IssuerKeys:
    """One issuer's certificates, for all threads of a process.

    An unknown key may be a new one, so it is asked for, but not more often than once in PAUSE seconds. Where the
    issuer is away, what it said last still counts.
    """

    def __init__(
        self,
        url: str,
        fetch: Callable[[str], tuple[Certs, float]] = fetch_certs,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._url, self._fetch, self._clock = url, fetch, clock
        self._lock = threading.Lock()
        self._certs: Certs = {}
        self._good_until = self._ask_after = 0.0
        self._answered = False

    def certificate(self, key_id: str) -> str | None:
        """The PEM of a key, None where the issuer has none such; KeysUnavailable where it cannot be asked."""
        with self._lock:
            now = self._clock()
            stale = not self._answered or now >= self._good_until or key_id not in self._certs
            if stale and now >= self._ask_after:
                self._refresh(now)
            if key_id not in self._certs and not self._answered:
                raise KeysUnavailable
            return self._certs.get(key_id)

    def _refresh(self, now: float) -> None:
        self._ask_after = now + PAUSE
        try:
            self._certs, seconds = self._fetch(self._url)
        except (OSError, ValueError) as error:
            self._answered = False
            log.warning("keys not fetched", extra={"error": type(error).__name__})
        else:
            self._answered, self._good_until = True, now + seconds


def _good_for(headers: Message) -> float:
    said = _MAX_AGE.search(headers.get("Cache-Control", ""))
    return min(max(float(said[1]) if said else SHORTEST, SHORTEST), LONGEST)
