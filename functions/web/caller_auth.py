"""Authenticates the callers of private functions by their tokens, where no platform does. The issuer's
certificates are fetched when they are stale, not for each message.
"""

from __future__ import annotations
import json
import logging
import re
import threading
import time
from collections.abc import Callable, Mapping
from email.message import Message
from functools import cache
from typing import Any

from flask import Request

from functions.app.container import container
from functions.app.settings import TOKEN, Caller

FETCH_SECONDS = 5.0
PAUSE = 60.0
"""Seconds between two fetches, whatever keys are requested."""
SHORTEST, LONGEST = PAUSE, 24 * 3600.0
_MAX_AGE = re.compile(r"max-age=(\d{1,9})")
log = logging.getLogger("laksa")
Certs = dict[str, str]


class KeysUnavailable(Exception):
    """The issuer did not answer, so it is unknown whether a key is its own."""


def fetch_certs(url: str) -> tuple[Certs, float]:
    """(certificates (PEM) by key id, seconds for which they are valid); OSError or ValueError on failure."""
    from urllib.request import urlopen

    with urlopen(url, timeout=FETCH_SECONDS) as answer:
        certs = json.loads(answer.read(1_000_000))
        seconds = _good_for(answer.headers)
    if not isinstance(certs, dict) or not all(isinstance(pem, str) for pem in certs.values()):
        raise ValueError("no certificates by key id")
    return certs, seconds


class IssuerKeys:
    """One issuer's certificates, shared by all threads of a process. An unknown key may be new, so it is fetched,
    but at most once in PAUSE seconds. While the issuer is away, its last answer stays valid.
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
        """The PEM of a key, None for an unknown one; KeysUnavailable when the issuer cannot be asked."""
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


ISSUER = "https://accounts.google.com"
MAX_TOKEN_LENGTH = 4096
CLOCK_SKEW = 30
"""Seconds by which two clocks may differ."""


class CallerRefused(Exception):
    """The caller is refused: 401 without a token, 403 with an invalid one, 503 while that is unknown. `reason`
    contains nothing of the token and may be logged.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def admit_caller(request: Request, kind: str) -> None:
    """Return if a platform authenticates callers; else CallerRefused without a valid token of that
    kind of caller.
    """
    callers = container().settings.callers
    if callers.check == TOKEN:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise CallerRefused(401, "no token")
        check_token(token.strip(), callers.of(kind), keys_of(callers.certs))


def check_token(token: str, caller: Caller, keys: IssuerKeys) -> None:
    """CallerRefused unless the issuer signed this token for that account, audience and time."""
    if len(token) > MAX_TOKEN_LENGTH:
        raise CallerRefused(403, "too long")
    claims = _claims(token, keys)
    wrong = next((reason for reason, holds in _what_must_hold(claims, caller) if not holds), "")
    if wrong:
        raise CallerRefused(403, wrong)


@cache
def keys_of(url: str) -> IssuerKeys:
    """The certificates at an address, shared by all functions of this process."""
    return IssuerKeys(url)


def _what_must_hold(claims: Mapping[str, Any], caller: Caller) -> tuple[tuple[str, bool], ...]:
    return (
        ("other issuer", claims.get("iss") == ISSUER),
        ("other audience", claims.get("aud") == caller.audience),
        ("other account", claims.get("email") == caller.account),
        ("account not verified", claims.get("email_verified") is True),
    )


def _claims(token: str, keys: IssuerKeys) -> Mapping[str, Any]:
    """The token's claims, after its signature and dates were verified."""
    from google.auth import jwt as untyped

    jwt: Any = untyped
    try:
        key_id = jwt.decode_header(token).get("kid")
        certificate = keys.certificate(key_id) if isinstance(key_id, str) else None
        if certificate is None:
            raise CallerRefused(403, "other key")
        claims = jwt.decode(token, {key_id: certificate}, clock_skew_in_seconds=CLOCK_SKEW)
    except KeysUnavailable as error:
        raise CallerRefused(503, "keys not fetched") from error
    except (ValueError, TypeError, AttributeError, RecursionError) as error:
        raise CallerRefused(403, "not valid") from error
    return claims if isinstance(claims, Mapping) else {}
