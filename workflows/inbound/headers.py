"""Headers of a mail as text, whatever is wrong with them.

The addresses that replies and bounces come to; the key in each says which letter they are about.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

Headers = Mapping[str, list[str]]
"""By name in small letters; each value unfolded, on one line, encoded words not decoded."""

MAX_BYTES = 256 * 1024
MAX_HEADERS = 1000
"""What stands above a mail's words at most: no mail server adds as much, and all of it is read unasked."""

LONGEST = 1000
"""Characters of one header that are looked into where reading it takes more than a glance."""

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
    """All headers; none is parsed, so none can be too broken."""
    found: dict[str, list[str]] = {}
    for name, value in message.raw_items():
        found.setdefault(name.lower(), []).append(" ".join(str(value).split()))
    return found


def has_too_many(raw: bytes) -> bool:
    """Whether a raw mail's headers are more than anybody needs, told without reading them."""
    end = _BLANK_LINE.search(raw, 0, MAX_BYTES)
    if end is None and len(raw) > MAX_BYTES:
        return True
    lines = raw[: end.start() if end else len(raw)].splitlines()
    return sum(line[:1] not in (b" ", b"\t") for line in lines) > MAX_HEADERS


def first(headers: Headers, name: str) -> str:
    """The first header of that name, else nothing."""
    return headers.get(name, [""])[0]


def recipients(headers: Headers) -> str:
    """Whatever says whom the mail was for, as one text."""
    return " ".join(value for name in _RECIPIENTS for value in headers.get(name, ()))


def message_id(headers: Headers) -> str:
    """The Message-ID without brackets; empty where there is none."""
    return re.sub(r"[<>\s]", "", first(headers, "message-id"))[:500]


def decoded(value: str) -> str:
    """A header's words as people read them; as they stand where they cannot be decoded."""
    short = value[:LONGEST]
    try:
        return " ".join(str(make_header(decode_header(short))).split())
    except (ValueError, LookupError, UnicodeError):
        return short


def sender_name(headers: Headers) -> str:
    """The name that the sender goes by, without the address; may be empty."""
    return decoded(parseaddr(first(headers, "from")[:LONGEST])[0])


def sender_address(headers: Headers) -> str:
    """The address that the mail says it is from, in small letters; may be empty, and anybody can write any."""
    return parseaddr(first(headers, "from")[:LONGEST])[1].casefold()


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
