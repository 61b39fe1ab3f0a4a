"""A sign of life after each sweep, to whoever watches from outside: where it stays away, somebody is called."""

from __future__ import annotations

import logging

PATIENCE = 5.0
log = logging.getLogger("laksa")


def beat(url: str) -> bool:
    """GET the address; whether it answered well. A watcher that is away never stops a sweep.

    The address may hold a key: it is in no log, only what went wrong is.
    """
    if not url:
        return False
    from http.client import HTTPException
    from urllib.request import Request, urlopen

    try:
        plain = url[:]  # a secret hides itself from str()
        with urlopen(Request(plain, headers={"User-Agent": "Laksa"}), timeout=PATIENCE) as answer:
            return bool(answer.status < 300)
    except (OSError, ValueError, HTTPException) as error:
        log.warning("heartbeat was not taken", extra={"error": type(error).__name__})
        return False
