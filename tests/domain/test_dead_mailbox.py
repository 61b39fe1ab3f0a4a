"""Which words of a mail server mean that a mailbox takes nothing, and which may pass."""

from __future__ import annotations

import pytest

from workflows.domain.notifications.delivery import is_dead_mailbox


@pytest.mark.parametrize(
    "cause",
    [
        "550 5.1.1 Recipient address rejected: User unknown",
        "5.1.10",
        "550-5.1.1 The email account that you tried to reach does not exist.",
        "#5.1.0",
        "550 5.2.1 The user you are trying to contact is disabled",
        "550 no such user here",
        "553 sorry, invalid mailbox",
    ],
)
def test_an_address_that_is_not_there_takes_nothing(cause: str) -> None:
    assert is_dead_mailbox(cause)


@pytest.mark.parametrize(
    "cause",
    [
        "",
        "552 5.2.2 Mailbox full",
        "550 5.7.1 blocked: no such user in our list of senders",
        "550 5.1.8 Sender address rejected",
        "550 5.1.7 bad sender",
        "4.4.7 delivery time expired",
        "554 rejected by 15.1.1.2",
        "mailbox full",
        "550 relay access denied",
    ],
)
def test_what_may_pass_or_is_ours_leaves_it_alive(cause: str) -> None:
    assert not is_dead_mailbox(cause)
