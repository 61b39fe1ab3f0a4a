"""Who may wake a private function: where no platform asks the callers, the token of each is checked here."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from flask import Request

from functions.edge.issuer_keys import IssuerKeys, KeysUnavailable
from functions.who_calls import TOKEN, Caller
from functions.wiring import runtime

ISSUER = "https://accounts.google.com"
LONGEST_TOKEN = 4096
CLOCK_SKEW = 30
"""Seconds by which two clocks may differ."""


class CallerRefused(Exception):
    """Not woken: 401 without a token, 403 with one that opens nothing, 503 while that cannot be known.

    `reason` is of our own words and may be logged; nothing of the token is in it.
    """

    def __init__(self, status: int, reason: str) -> None:
        super().__init__(reason)
        self.status, self.reason = status, reason


def admit_caller(request: Request, kind: str) -> None:
    """Nothing where a platform asks the callers; else CallerRefused without the token of that kind's caller."""
    callers = runtime().settings.callers
    if callers.check == TOKEN:
        scheme, _, token = request.headers.get("Authorization", "").partition(" ")
        if scheme.lower() != "bearer" or not token.strip():
            raise CallerRefused(401, "no token")
        check_token(token.strip(), callers.of(kind), keys_of(callers.certs))


def check_token(token: str, caller: Caller, keys: IssuerKeys) -> None:
    """CallerRefused unless the issuer signed this token for that account and audience, and for now."""
    if len(token) > LONGEST_TOKEN:
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
    """What the token says, once its signature and its dates are found to be good."""
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
