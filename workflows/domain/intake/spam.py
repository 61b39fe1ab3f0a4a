"""Tells a machine's many complaints from one network address from a neighbourhood's."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from workflows.domain.deadlines.policy import Policy

TOO_MANY = "too_many"
_WORDS = r"[^\W\d_]+"


def skeleton(message: str) -> str:
    """The words alone, in lower case: spam repeats them with other numbers and punctuation."""
    from workflows.domain.privacy.redaction import (
        untagged,  # slow to load, and the form's page needs the token alone
    )

    return " ".join(re.findall(_WORDS, untagged(message).casefold()))


def flood(before: int, alike: int, filled_in: float | None, policy: Policy) -> str:
    """Why a complaint is held; '' if it is not. `before`: complaints of the last hour from that address; `alike`:
    those with the same words. `filled_in`: seconds for which the form was open, None without a form of ours. A
    school or phone network is one address, too: up to `senders_most_per_hour` only what no person writes is held.
    """
    if before < policy.senders_per_hour:
        return ""
    by_hand = filled_in is not None and filled_in >= policy.typing_seconds
    return "" if by_hand and not alike and before < policy.senders_most_per_hour else TOO_MANY
