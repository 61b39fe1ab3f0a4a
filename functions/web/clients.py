"""Identifies callers for rate limits by a keyed hash, never by the address itself. Restricts the desk's pages to
the city's networks, if it names any. Counts each sender's attempts in this process: nobody guesses 80 bits, but
nobody needs to try all day.
"""

from __future__ import annotations

import ipaddress
from datetime import datetime, timedelta
from threading import Lock
from typing import TYPE_CHECKING

from flask import Request

from functions.app.container import container
from functions.app.settings import lies_in
from workflows.errors import OutsideDeskNetworks, TooManyTries

if TYPE_CHECKING:
    from functions.app.settings import Settings
    from workflows.ports import Links


def sender_key(request: Request, settings: Settings, links: Links) -> str:
    """A keyed hash of the caller's address; '' for this machine."""
    address = client_address(request, settings.proxies)
    return links.digest("sender", address) if address else ""


def client_address(request: Request, proxies: int) -> str:
    """The caller's household behind our own proxies; '' for this machine."""
    if _is_loopback(request.remote_addr or "") and not _hops(request):
        return ""
    return _household(client_key(request, proxies))


def client_key(request: Request, proxies: int) -> str:
    """The exact address of the caller. Forwarding headers are trusted only for our own proxies: the configured
    ones, or one on the same machine.
    """
    peer, hops = request.remote_addr or "", _hops(request)
    trusted = proxies or (1 if _is_loopback(peer) else 0)
    return hops[-min(trusted, len(hops))] if hops and trusted else peer


def _hops(request: Request) -> list[str]:
    return [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]


def _household(address: str) -> str:
    """The address to count: for IPv6 the /64, since a customer owns all of it."""
    try:
        parsed = ipaddress.ip_address(address)
    except ValueError:
        return address
    return str(ipaddress.ip_network(f"{parsed}/64", strict=False)) if parsed.version == 6 else str(parsed)


def _is_loopback(address: str) -> bool:
    try:
        return ipaddress.ip_address(address).is_loopback
    except ValueError:
        return False


DESK_PAGES = ("/meja/", "/papan/")


def require_desk_network(request: Request) -> None:
    """OutsideDeskNetworks for a desk link opened elsewhere, even with a valid token. A caller on this machine, or
    behind a proxy here that names nobody, is allowed if 127.0.0.1 or ::1 is listed.
    """
    if not request.path.startswith(DESK_PAGES):
        return
    settings = container().settings
    if settings.desk_allow and not lies_in(client_key(request, settings.proxies), settings.desk_allow):
        raise OutsideDeskNetworks


MAX_SENDERS = 10_000


class AttemptLimit:
    """A number of attempts within a time span; senders by their keyed hash, '' for this machine."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._tries: dict[str, list[datetime]] = {}
        self._lock = Lock()

    def refuse_more(self, sender: str, now: datetime) -> None:
        """TooManyTries once the sender has used up its attempts."""
        with self._lock:
            lately = [at for at in self._tries.get(sender, []) if at > now - self._within]
        if sender and len(lately) >= self._most:
            raise TooManyTries(lately[-self._most] + self._within - now)

    def note(self, sender: str, now: datetime) -> None:
        """Count an attempt; with very many senders the oldest one is dropped."""
        with self._lock:
            lately = self._tries.pop(sender, [])
            self._tries[sender] = [*lately, now][-self._most :]
            if len(self._tries) > MAX_SENDERS:
                del self._tries[next(iter(self._tries))]
