"""How it is known that Pub/Sub or the scheduler calls a private function: its settings, read and checked."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

PUSH, TICK = "push", "tick"
IAM, TOKEN, NONE = "iam", "token", "none"
"""iam: Cloud Run has asked already. token: we check the caller's ourselves. none: nobody from outside can call."""
GOOGLE_CERTS = "https://www.googleapis.com/oauth2/v1/certs"


class Caller(NamedTuple):
    """Whose token wakes a function: the service account's e-mail, and for whom the token must be."""

    account: str
    audience: str


class Callers(NamedTuple):
    """Who asks the callers, and where we do, the one caller of pushes and the one of ticks."""

    check: str = NONE
    push: Caller = Caller("", "")
    tick: Caller = Caller("", "")
    certs: str = GOOGLE_CERTS

    def of(self, kind: str) -> Caller:
        """The caller of pushes or of ticks."""
        return {PUSH: self.push, TICK: self.tick}[kind]


UNASKED = Callers()


def read_callers(env: Mapping[str, str], url: str, emulated: bool) -> Callers:
    """The callers as the environment names them; ValueError says which setting is wrong and what to do."""
    check = env.get("LAKSA_CALLERS") or (NONE if emulated else "")
    if check not in (IAM, TOKEN, NONE) or (check == NONE and not emulated):
        raise ValueError(
            "LAKSA_CALLERS is needed on Google Cloud: iam where each function is a service and Cloud Run asks who "
            "calls, token where one public service has them all"
        )
    certs = env.get("LAKSA_CALLER_CERTS") or GOOGLE_CERTS
    if certs != GOOGLE_CERTS and not emulated:
        raise ValueError("LAKSA_CALLER_CERTS is for tests on one machine: on Google Cloud only Google signs")
    if check != TOKEN:
        return Callers(check)
    push = Caller(_account(env, "LAKSA_PUSH_ACCOUNT"), env.get("LAKSA_PUSH_AUDIENCE") or url)
    tick = Caller(_account(env, "LAKSA_TICK_ACCOUNT"), env.get("LAKSA_TICK_AUDIENCE") or url)
    return Callers(check, push, tick, certs)


def _account(env: Mapping[str, str], name: str) -> str:
    account = env.get(name, "").strip()
    if "@" not in account or any(c.isspace() for c in account):
        raise ValueError(f"{name} is needed with LAKSA_CALLERS=token: the e-mail of the service account")
    return account
