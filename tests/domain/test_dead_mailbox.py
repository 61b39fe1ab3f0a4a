"""Which words of a mail server mean that a mailbox takes nothing, and which may pass."""

from __future__ import annotations

import pytest

from tests.sentences import sentences
from workflows.domain.notifications.delivery import is_dead_mailbox


@pytest.mark.parametrize("cause", sentences("dead_mailbox", "an_address_that_is_not_there"))
def test_an_address_that_is_not_there_takes_nothing(cause: str) -> None:
    assert is_dead_mailbox(cause)


@pytest.mark.parametrize("cause", sentences("dead_mailbox", "what_may_pass_or_is_ours"))
def test_what_may_pass_or_is_ours_leaves_it_alive(cause: str) -> None:
    assert not is_dead_mailbox(cause)
