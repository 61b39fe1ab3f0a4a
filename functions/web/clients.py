"""Who is calling, as far as limits need to know: a keyed hash, never the address itself.

The desk's pages open only from the networks that the city names, where it names any.

What one sender tries, counted in this process: nobody guesses 80 bits, but nobody needs to try all day.
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
    """A keyed hash of the caller's address; empty for somebody at this very machine."""
    address = client_address(request, settings.proxies)
    return links.digest("sender", address) if address else ""


def client_address(request: Request, proxies: int) -> str:
    """The household behind our own proxies; empty when the caller is this machine itself."""
    if _is_loopback(request.remote_addr or "") and not _hops(request):
        return ""
    return _household(client_key(request, proxies))


def client_key(request: Request, proxies: int) -> str:
    """The very address of the caller.

    A forwarding header is believed only as far as proxies of ours stand in front: those that were set, or one on
    the same machine.
    """
    peer, hops = request.remote_addr or "", _hops(request)
    trusted = proxies or (1 if _is_loopback(peer) else 0)
    return hops[-min(trusted, len(hops))] if hops and trusted else peer


def _hops(request: Request) -> list[str]:
    return [hop.strip() for hop in request.headers.get("X-Forwarded-For", "").split(",") if hop.strip()]


def _household(address: str) -> str:
    """An IPv6 customer owns a whole /64; counting single addresses would be no limit at all."""
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
    """OutsideDeskNetworks for a desk link that is opened elsewhere, whatever its token is worth.

    A caller at this very machine, and a proxy here that names nobody, is let in where 127.0.0.1 or ::1 is named.
    """
    if not request.path.startswith(DESK_PAGES):
        return
    settings = container().settings
    if settings.desk_allow and not lies_in(client_key(request, settings.proxies), settings.desk_allow):
        raise OutsideDeskNetworks


MAX_SENDERS = 10_000


class AttemptLimit:
    """So many within a span of time; senders by their keyed hash, "" for somebody at this very machine."""

    def __init__(self, most: int, within: timedelta) -> None:
        self._most, self._within = most, within
        self._tries: dict[str, list[datetime]] = {}
        self._lock = Lock()

    def refuse_more(self, sender: str, now: datetime) -> None:
        """TooManyTries once the sender has used them up."""
        with self._lock:
            lately = [at for at in self._tries.get(sender, []) if at > now - self._within]
        if sender and len(lately) >= self._most:
            raise TooManyTries(lately[-self._most] + self._within - now)

    def note(self, sender: str, now: datetime) -> None:
        """One more try; of very many senders the first is forgotten."""
        with self._lock:
            lately = self._tries.pop(sender, [])
            self._tries[sender] = [*lately, now][-self._most :]
            if len(self._tries) > MAX_SENDERS:
                del self._tries[next(iter(self._tries))]
