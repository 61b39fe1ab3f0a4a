"""Reads a mail server's report that a mail was not delivered: RFC 3464, and the older forms."""

from __future__ import annotations

import re
from dataclasses import dataclass
from email.message import EmailMessage, Message

MAX_CAUSE = 200
_REFUSAL = re.compile(
    r"(?<![\d.])(?:5\d\d[ -]#?5\.\d{1,3}\.\d{1,3}\b|#5\.\d\.\d\b|55\d[ -](?=[^\n]{0,120}\b"
    r"(?:user|mailbox|recipient|address|account|unknown|relay\w*|blocked|rejected|refused|unrouteable)\b))[^\n]{0,200}",
    re.IGNORECASE,
)


@dataclass(frozen=True)
class Bounce:
    """The server's report, without any address. `permanent`: the server does not try again."""

    permanent: bool
    cause: str


def read_bounce(message: EmailMessage, text: str) -> Bounce | None:
    """The bounce that a mail reports, or None. `text`: the mail's words."""
    blocks = [block for part in message.walk() for block in _recipients(part)]
    if blocks:
        # a final failure is permanent, with 5.1.1 (no such mailbox) as with 4.4.7 (tried for days)
        failed = [block for block in blocks if _says(block, "action").lower().startswith(("fail", "error"))]
        return Bounce(bool(failed), _cause((failed or blocks)[0]))
    refused = _REFUSAL.search(text)
    if refused or _known_server_says_so(message):
        return Bounce(True, _without_address(refused[0]) if refused else "")
    return None


def _recipients(part: Message) -> list[Message]:
    """The blocks of a delivery status about a recipient; the first block is about the whole mail."""
    if part.get_content_type() != "message/delivery-status" or not part.is_multipart():
        return []
    return [block for block in part.get_payload() if isinstance(block, Message) and "action" in block]


def _known_server_says_so(message: EmailMessage) -> bool:
    from flufl.bounce import all_failures

    try:
        _, permanent = all_failures(message)
    except Exception:  # the library was written for what servers send, not for what an attacker may send
        return False
    return bool(permanent)


def _cause(block: Message) -> str:
    _, _, said = _says(block, "diagnostic-code").partition(";")
    return _without_address(said or _says(block, "status"))


def _without_address(said: str) -> str:
    return " ".join(word for word in said.split() if "@" not in word)[:MAX_CAUSE]


def _says(block: Message, name: str) -> str:
    return str(block.get(name, "")).strip()
