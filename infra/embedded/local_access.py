"""Who may see the local pages: a browser on this very machine, not through a proxy or by another site's form."""

from __future__ import annotations

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Any
from urllib.parse import urlsplit

LOCAL_HOSTS = ("localhost", "127.0.0.1", "::1")
FORWARDING = (
    "HTTP_X_FORWARDED_FOR",
    "HTTP_X_FORWARDED_HOST",
    "HTTP_X_FORWARDED_PROTO",
    "HTTP_X_REAL_IP",
    "HTTP_FORWARDED",
    "HTTP_VIA",
)


def is_direct_and_local(environ: Mapping[str, Any]) -> bool:
    """Loopback address, no trace of a proxy, a local Host, and no other site behind the request."""
    return (
        _is_loopback(environ.get("REMOTE_ADDR", ""))
        and not any(name in environ for name in FORWARDING)
        and _host(environ.get("HTTP_HOST", "")) in LOCAL_HOSTS
        and not _is_another_sites_form(environ)
    )


def _is_another_sites_form(environ: Mapping[str, Any]) -> bool:
    own = environ.get("HTTP_SEC_FETCH_SITE", "none") in ("none", "same-origin")
    return environ["REQUEST_METHOD"] == "POST" and not own


def _is_loopback(address: str) -> bool:
    try:
        return ip_address(address).is_loopback
    except ValueError:
        return False


def _host(header: str) -> str | None:
    try:
        return urlsplit(f"//{header}").hostname
    except ValueError:
        return None
