"""What a refused RCPT speaks of: the reader's mailbox, or us who send. Codes as in RFC 5321 and RFC 3463."""

from __future__ import annotations

import re

_REFUSED_MAILBOX = (550, 551, 553)
_ADDRESS_STATUS = re.compile(r"^5\.1\.(?!7\b|8\b)\d{1,2}(?![.\d])")
"""A bad address of the reader's; 5.1.7 and 5.1.8 are the sender's."""
_OF_A_READER = re.compile(r"\b(?:user|mailbox|recipient|no such|unknown|unrouteable)", re.IGNORECASE)
_OF_US = re.compile(
    r"\b5\.7\.\d|\brelay(?!\s+recipient)|sender|sending|\bclient|\bhelo\b|spam|block|black|policy"
    r"|auth|credential|limit|\bip\b",
    re.IGNORECASE,
)
"""Such a word comes back from every reader alike. Postfix's “relay recipient table” is a list of readers."""


def is_of_the_mailbox(code: int, words: bytes) -> bool:
    """Whether a server's answer to RCPT says that this one mailbox takes nothing; in doubt it does not."""
    text = " ".join(word for word in words.decode("utf-8", "replace").split() if "@" not in word)
    if _OF_US.search(text):
        return False
    names_reader = code in _REFUSED_MAILBOX and _OF_A_READER.search(text) is not None
    return names_reader or _ADDRESS_STATUS.search(text) is not None
