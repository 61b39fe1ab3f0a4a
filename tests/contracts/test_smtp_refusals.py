"""A refused RCPT: what mail servers say of one mailbox, and what of us to whoever we write."""

from __future__ import annotations

import pytest

from workflows.adapters.smtp import is_of_the_mailbox

OF_THE_MAILBOX = [
    "550 5.1.1 <siti@contoh.example>: Recipient address rejected: User unknown in virtual mailbox table",
    "550 5.1.1 <client@contoh.example>: Recipient address rejected: User unknown in relay recipient table",
    "550-5.1.1 The email account that you tried to reach does not exist.\n5.1.1 Check it for typos.",
    "550 5.1.10 RESOLVER.ADR.RecipientNotFound",
    "550 5.4.1 Recipient address rejected: Access denied",
    "550 5.5.0 Requested action not taken: mailbox unavailable",
    "550 5.2.1 Mailbox disabled",
    "554 5.1.2 Bad destination host",
    "550 No Such User Here",
    "550 Unrouteable address",
    "551 User not local; please try <lain@contoh.example>",
    "553 mailbox name not allowed",
]
OF_US = [
    "554 5.7.1 <siti@contoh.example>: Relay access denied",
    "550 5.7.1 Unable to relay recipient in non-accepted domain",
    "550 5.4.1 [siti@contoh.example]: Relay Access Denied",
    "550 relay not permitted for this recipient",
    "550 Relaying denied, unknown user",
    "553 sorry, that domain isn't in my list of allowed rcpthosts (#5.7.1)",
    "550 5.1.0 <laksa@kota.example>: Sender address rejected: User unknown in virtual mailbox table",
    "550 5.1.8 <laksa@kota.example>: Domain not found",
    "550 5.1.7 bad address of the sender's",
    "550 5.4.5 Daily user sending limit exceeded",
    "550 user not authenticated",
    "550 Your IP 5.1.1.9 is in a black list, ask the recipient's postmaster",
    "550 5.1.1.9 may not send",
    "550 Administrative prohibition",
    "550",
    "552 5.2.2 mailbox full",
    "554 no SMTP service for unknown users",
    "501 5.5.4 recipient's syntax",
]


@pytest.mark.parametrize(("said", "expected"), [*((s, True) for s in OF_THE_MAILBOX), *((s, False) for s in OF_US)])
def test_only_what_is_said_of_the_mailbox_counts_against_it(said: str, expected: bool) -> None:
    assert is_of_the_mailbox(int(said[:3]), said[4:].encode()) == expected
