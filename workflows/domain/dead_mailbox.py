"""Whether a mail server's word says that a reader's mailbox takes nothing and never will. Codes as in RFC 3463."""

from __future__ import annotations

import re

_CODE = re.compile(r"(?<![\d.])[45]\.\d{1,3}\.\d{1,3}(?![\d.])")
_OF_THE_MAILBOX = re.compile(r"5\.(?:1\.(?!7$|8$)\d{1,2}|2\.1)")
"""No such address, or closed; 5.1.7 and 5.1.8 speak of the sender, 5.2.2 of a full mailbox, 5.7 of a block."""
_NO_READER = re.compile(
    r"user unknown|unknown user|no such (?:user|recipient|mailbox|address)|invalid (?:recipient|mailbox)"
    r"|(?:user|mailbox|address) (?:does not exist|doesn't exist|not found)|mailbox (?:disabled|inactive)",
    re.IGNORECASE,
)
"""What servers write that give no such code."""


def is_dead_mailbox(cause: str) -> bool:
    """cause: what the server said of a letter that came back, without addresses; in doubt the mailbox lives."""
    codes = _CODE.findall(cause)
    if codes:
        return any(_OF_THE_MAILBOX.fullmatch(code) for code in codes)
    return _NO_READER.search(cause) is not None
