"""The parts of a mail: its words as plain text, and everything else as attachments. Plain text whose lines were
broken for transport (format=flowed, RFC 3676) is joined again.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from itertools import chain, islice
from typing import cast

from workflows.inbound.html_text import html_text

_LINE = re.compile(r"(>*) ?(.*)", re.DOTALL)


def unflowed(text: str, delete_space: bool = False) -> str:
    """The lines as they were written; quoted ones keep their marks."""
    lines: list[tuple[int, list[str]]] = []
    broken = False
    for line in re.split(r"\r?\n", text):
        found = _LINE.fullmatch(line)
        depth, words = (len(found[1]), found[2]) if found else (0, line)
        goes_on = broken and lines[-1][0] == depth and words != "-- "
        broken = words.endswith(" ") and words != "-- "
        words = words[:-1] if broken and delete_space else words
        if goes_on:
            lines[-1][1].append(words)
        else:
            lines.append((depth, [words]))
    whole = ((depth, "".join(words)) for depth, words in lines)
    return "\n".join(f"{'>' * depth} {words}" if depth else words for depth, words in whole)


MAX_TEXT = 300_000
MAX_PARTS = 100
"""The most parts of one mail that are read, nested or not."""

DECORATION = 10_000
"""Bytes up to which a picture inside the text counts as the logo of a signature."""

_SEALS = frozenset(("application/pgp-signature", "application/pkcs7-signature", "application/x-pkcs7-signature"))


@dataclass(frozen=True)
class Attachment:
    """A file that came with a mail; `name` may be empty, `content_type` is the sender's claim."""

    name: str
    content_type: str
    data: bytes


def text_of(message: EmailMessage) -> str:
    """All text that a reader sees, in order; of alternatives the plain one, unless it is blank."""
    return "\n".join(filter(None, _shown(message)))[:MAX_TEXT]


def attachments_of(message: EmailMessage) -> tuple[Attachment, ...]:
    """Every file among the first MAX_PARTS parts, without digital signatures and logos in the text."""
    files = [_attachment(part) for part in islice(_leaves(message), MAX_PARTS) if _is_file(part)]
    return tuple(file for file in files if file)


def _leaves(message: Message, left: int = 30) -> Iterator[Message]:
    """The parts with content; a mail inside a mail is one of them. Nesting stops at depth `left`."""
    if not message.is_multipart() or message.get_content_maintype() != "multipart":
        yield message
        return
    for part in _inside(message) if left else ():
        yield from _leaves(part, left - 1)


def _shown(message: Message, left: int = 30) -> list[str]:
    """The texts in their order, each read once at any depth."""
    if not message.is_multipart():
        is_text = message.get_content_maintype() == "text" and not _is_file(message)
        return [_text(message)] if is_text else []
    if message.get_content_maintype() != "multipart" or not left:
        return []
    each = (_shown(part, left - 1) for part in _inside(message))
    if message.get_content_subtype() == "alternative":
        return next((texts for texts in each if any(text.strip() for text in texts)), [])
    return list(islice(chain.from_iterable(each), MAX_PARTS))


def _inside(message: Message) -> list[Message]:
    return cast(list[Message], message.get_payload())[:MAX_PARTS]


def _is_file(part: Message) -> bool:
    if part.get_content_type() in _SEALS:
        return False
    named = part.get_content_disposition() == "attachment" or bool(part.get_filename())
    return named or part.get_content_maintype() != "text"


def _attachment(part: Message) -> Attachment | None:
    name = re.sub(r"[\x00-\x1f\x7f/\\]+", " ", part.get_filename() or "").strip()[:100]
    data = part.get_payload(decode=True)
    if not isinstance(data, bytes):  # a mail inside a mail
        return Attachment(name or "email", part.get_content_type(), b"")
    picture = part.get_content_maintype() == "image"
    in_text = picture and "content-id" in part and part.get_content_disposition() != "attachment"
    if not data or (in_text and len(data) < DECORATION):
        return None
    return Attachment(name, part.get_content_type(), data)


def _text(part: Message) -> str:
    data = part.get_payload(decode=True)
    text = _decoded(data if isinstance(data, bytes) else b"", str(part.get_content_charset() or "utf-8"))
    if part.get_content_subtype() == "html":
        return html_text(text)
    flowed = str(part.get_param("format", "")).lower() == "flowed"
    return unflowed(text, str(part.get_param("delsp", "")).lower() == "yes") if flowed else text


def _decoded(data: bytes, charset: str) -> str:
    try:
        return data[: 2 * MAX_TEXT].decode(charset, "replace")
    except (LookupError, ValueError):
        return data[: 2 * MAX_TEXT].decode("utf-8", "replace")
