"""Headers of a mail as text, however malformed. Also the addresses for replies and bounces, with the key that says
which notice they are about.
"""

from __future__ import annotations
import re
from collections.abc import Mapping
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

Headers = Mapping[str, list[str]]
"""By name in lower case; each value unfolded to one line, encoded words not decoded."""

MAX_BYTES = 256 * 1024
MAX_HEADERS = 1000
"""The most headers that are read: no mail server adds that many."""

LONGEST = 1000
"""Characters of one header that are read where parsing is expensive."""

_BLANK_LINE = re.compile(rb"\n\n|\n\r|\r\r")

_RECIPIENTS = (
    "to",
    "cc",
    "delivered-to",
    "x-original-to",
    "envelope-to",
    "x-envelope-to",
    "x-forwarded-to",
    "resent-to",
    "x-rcpt-to",
)


def headers_of(message: EmailMessage) -> Headers:
    """All headers; none is parsed, so malformed ones are no problem."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(" ".join(str(value).split()))
    return found


def has_too_many(raw: bytes) -> bool:
    """Whether a raw mail has more headers than MAX_HEADERS, without parsing them."""
    end = _BLANK_LINE.search(raw, 0, MAX_BYTES)
    if end is None and len(raw) > MAX_BYTES:
        return True
    lines = raw[: end.start() if end else len(raw)].splitlines()
    return sum(line[:1] not in (b" ", b"\t") for line in lines) > MAX_HEADERS


def first(headers: Headers, name: str) -> str:
    """The first header of that name, else ''."""
    return headers.get(name, [""])[0]


def recipients(headers: Headers) -> str:
    """All headers that name the mail's recipients, as one text."""
    return " ".join(value for name in _RECIPIENTS for value in headers.get(name, ()))


def message_id(headers: Headers) -> str:
    """The Message-ID without brackets; '' without one."""
    return re.sub(r"[<>\s]", "", first(headers, "message-id"))[:500]


def decoded(value: str) -> str:
    """A header's words decoded; unchanged where they cannot be decoded."""
    short = value[:LONGEST]
    try:
        return " ".join(str(make_header(decode_header(short))).split())
    except (ValueError, LookupError, UnicodeError):
        return short


def sender_name(headers: Headers) -> str:
    """The sender's display name; may be empty."""
    return decoded(parseaddr(first(headers, "from")[:LONGEST])[0])


def sender_address(headers: Headers) -> str:
    """The From address in lower case; may be empty, and anybody can forge it."""
    return parseaddr(first(headers, "from")[:LONGEST])[1].casefold()


REPLY, BOUNCE, FALLBACK_BOUNCE = "reply", "bounce", "fallback"
"""Purposes of a key in an address; a department's fallback mailbox has a bounce purpose of its own."""

_ADDRESS = re.compile(r"(?<![\w.+-])(?P<box>balas|pental)\+(?P<key>[\w.-]{10,60})@", re.IGNORECASE | re.ASCII)


def reply_address(key: str, domain: str) -> str:
    """The address for replies to the notice of that key."""
    return f"balas+{key}@{domain}"


def bounce_address(key: str, domain: str) -> str:
    """The address for bounces of the notice of that key."""
    return f"pental+{key}@{domain}"


def reply_keys(text: str) -> tuple[str, ...]:
    """The keys of the reply addresses in a text, in order, each once; unchecked."""
    return _keys(text, "balas")


def bounce_keys(text: str) -> tuple[str, ...]:
    """The keys of the bounce addresses in a text, in order, each once; unchecked."""
    return _keys(text, "pental")


def _keys(text: str, box: str) -> tuple[str, ...]:
    found = (match["key"].lower() for match in _ADDRESS.finditer(text) if match["box"].lower() == box)
    return tuple(dict.fromkeys(found))
