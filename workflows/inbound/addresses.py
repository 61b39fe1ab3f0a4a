"""The addresses that replies and bounces come to; the key in each says which letter they are about."""

from __future__ import annotations

import re

REPLY, BOUNCE, FALLBACK_BOUNCE = "reply", "bounce", "fallback"
"""What a key in an address is for; the mailbox behind a department's own has bounces of its own."""

_ADDRESS = re.compile(r"(?<![\w.+-])(?P<box>balas|pental)\+(?P<key>[\w.-]{10,60})@", re.IGNORECASE | re.ASCII)


def reply_address(key: str, domain: str) -> str:
    """Where a reply to the letter of that key goes."""
    return f"balas+{key}@{domain}"


def bounce_address(key: str, domain: str) -> str:
    """Where the letter of that key goes back to when it cannot be delivered."""
    return f"pental+{key}@{domain}"


def reply_keys(text: str) -> tuple[str, ...]:
    """The keys of the reply addresses in a text, in its order, each once; not checked yet."""
    return _keys(text, "balas")


def bounce_keys(text: str) -> tuple[str, ...]:
    """The same of addresses for bounces."""
    return _keys(text, "pental")


def _keys(text: str, box: str) -> tuple[str, ...]:
    found = (match["key"].lower() for match in _ADDRESS.finditer(text) if match["box"].lower() == box)
    return tuple(dict.fromkeys(found))
