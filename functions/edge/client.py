"""Who is calling, as far as limits need to know: a keyed hash, never the address itself."""

from __future__ import annotations

import ipaddress
from typing import TYPE_CHECKING

from flask import Request

if TYPE_CHECKING:
    from functions.settings import Settings
    from workflows.ports import Links


def sender(request: Request, settings: Settings, links: Links) -> str:
    """A keyed hash of the caller's address; empty for somebody at this very machine."""
    address = client_address(request, settings.proxies)
    return links.digest("sender", address) if address else ""


def client_address(request: Request, proxies: int) -> str:
    """The household behind our own proxies; empty when the caller is this machine itself."""
    if _is_loopback(request.remote_addr or "") and not _hops(request):
        return ""
    return _household(caller(request, proxies))


def caller(request: Request, proxies: int) -> str:
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
