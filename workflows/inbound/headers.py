"""Headers of a mail as text, whatever is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from email.header import decode_header, make_header
from email.message import EmailMessage
from email.utils import parseaddr

Headers = Mapping[str, tuple[str, ...]]
"""By name in small letters; each value unfolded, on one line, encoded words not decoded."""

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
    found: dict[str, tuple[str, ...]] = {}
    for name, value in message.raw_items():
        known = name.lower()
        found[known] = (*found.get(known, ()), " ".join(str(value).split()))
    return found


def first(headers: Headers, name: str) -> str:
    """The first header of that name, else nothing."""
    return headers.get(name, ("",))[0]


def recipients(headers: Headers) -> str:
    """Whatever says whom the mail was for, as one text."""
    return " ".join(value for name in _RECIPIENTS for value in headers.get(name, ()))


def message_id(headers: Headers) -> str:
    """The Message-ID without brackets; empty where there is none."""
    return re.sub(r"[<>\s]", "", first(headers, "message-id"))[:500]


def decoded(value: str) -> str:
    """A header's words as people read them; as they stand where they cannot be decoded."""
    try:
        return " ".join(str(make_header(decode_header(value))).split())
    except (ValueError, LookupError, UnicodeError):
        return value


def sender_name(headers: Headers) -> str:
    """The name that the sender goes by, without the address; may be empty."""
    return decoded(parseaddr(first(headers, "from"))[0])
