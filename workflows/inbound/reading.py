"""A raw mail, read: what it is, which letter it is about, what its sender wrote, what came with it."""

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
    """Reads the beginning of a header: the library's grammar takes seconds over one of some thousand letters."""

    # Not what is in the mail, only how much of it is interpreted.
    def header_fetch_parse(self, name: str, value: str) -> Any:
        return super().header_fetch_parse(name, value[:LONGEST])


@dataclass(frozen=True)
class Head:
    """What tells one mail from another, and which letters it may be about: keys of our addresses, unchecked."""

    message_id: str = ""
    reply_keys: tuple[str, ...] = ()
    bounce_keys: tuple[str, ...] = ()


@dataclass(frozen=True)
class Inbound:
    """A mail as far as Laksa cares. kind: one of the five above; keys: of the addresses it came to, unchecked.

    why: what told that a machine wrote it, or why a letter bounced; sender and address (who it says it is from),
    words and attachments only where a person did.
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
    """The mail that these bytes are; `domain` is that of our own letters. Never raises: at worst it is unknown."""
    if has_too_many(raw):
        return Inbound(UNKNOWN, why="headers")
    try:
        message = cast(EmailMessage, message_from_bytes(raw, EmailMessage, policy=_Short()))
        return _read(message, headers_of(message), domain)
    except Exception as error:  # the library has one more exception for each new way to be malformed
        return Inbound(UNKNOWN, why=type(error).__name__)


def read_head(raw: bytes) -> Head:
    """Message-ID and addressed keys of a raw mail, without reading what may be long. Never raises.

    Empty where there are more headers than any mail has.
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
