"""Reads a raw mail: its kind, the notice it is about, the sender's words, the attachments."""

from __future__ import annotations

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.parser import BytesHeaderParser
from typing import Any, cast

from workflows.inbound.auto_replies import is_loop, why_automatic
from workflows.inbound.bounces import read_bounce
from workflows.inbound.headers import (
    LONGEST,
    Headers,
    bounce_keys,
    has_too_many,
    headers_of,
    message_id,
    recipients,
    reply_keys,
    sender_address,
    sender_name,
)
from workflows.inbound.parts import Attachment, attachments_of, text_of
from workflows.inbound.quote_stripping import own_words

REPLY, BOUNCE, AUTO_REPLY, LOOP, UNKNOWN = "reply", "bounce", "auto_reply", "loop", "unknown"


class _Short(policy.EmailPolicy):
    """A policy that parses only the beginning of a header: the library takes seconds for one of some thousand
    characters.
    """

    # limits how much is parsed, not what the mail contains
    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[:LONGEST])


@dataclass(frozen=True)
class Head:
    """What identifies a mail: its Message-ID, and the notices it may be about as keys of our
    addresses, unchecked.
    """

    message_id: str = ""
    reply_keys: tuple[str, ...] = ()
    bounce_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inbound:
    """A mail as far as Laksa needs it. `kind`: one of the five above. `keys`: from the addresses it came to,
    unchecked. `why`: the sign of a machine, or the reason of a bounce. `sender`, `address` (as claimed), `words`
    and `attachments` only when a person wrote it.
    """

    kind: str
    keys: tuple[str, ...] = ()
    message_id: str = ""
    sender: str = ""
    address: str = ""
    words: str = ""
    attachments: tuple[Attachment, ...] = ()
    why: str = ""


def read_inbound(raw: bytes, domain: str) -> Inbound:
    """The mail in these bytes; `domain` is that of our own mails. Never raises: at worst the kind is unknown."""
    if has_too_many(raw):
        return Inbound(UNKNOWN, why="headers")
    try:
        message = cast(EmailMessage, message_from_bytes(raw, EmailMessage, policy=_Short()))
        return _read(message, headers_of(message), domain)
    except Exception as error:  # the library has another exception for each way to be malformed
        return Inbound(UNKNOWN, why=type(error).__name__)


def read_head(raw: bytes) -> Head:
    """Message-ID and addressed keys of a raw mail, without parsing the rest. Never raises; empty when there are
    too many headers.
    """
    if has_too_many(raw):
        return Head()
    try:
        headers = headers_of(BytesHeaderParser(EmailMessage, policy=policy.default).parsebytes(raw))
    except Exception:
        return Head()
    to = recipients(headers)
    return Head(message_id(headers), reply_keys(to), bounce_keys(to))


def _read(message: EmailMessage, headers: Headers, domain: str) -> Inbound:
    to, id = recipients(headers), message_id(headers)
    if is_loop(headers, domain):
        return Inbound(LOOP, message_id=id)
    if keys := bounce_keys(to):
        bounce = read_bounce(message, text_of(message))
        failed = bounce is not None and bounce.permanent
        return Inbound(BOUNCE if failed else AUTO_REPLY, keys, id, why=bounce.cause if bounce else "")
    keys = reply_keys(to)
    if why := why_automatic(headers):
        return Inbound(AUTO_REPLY, keys, id, why=why)
    if not keys:
        return Inbound(UNKNOWN, message_id=id)
    words, files = own_words(text_of(message)), attachments_of(message)
    return Inbound(REPLY, keys, id, sender_name(headers)[:100], sender_address(headers), words, files)
