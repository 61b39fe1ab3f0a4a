"""When many reports of one network address are a machine's, and when they are a neighbourhood's."""

from __future__ import annotations

import re

from workflows.domain.deadlines.policy import Policy
from workflows.domain.privacy.redaction import untagged

TOO_MANY = "too_many"
_WORDS = re.compile(r"[^\W\d_]+")


def skeleton(message: str) -> str:
    """The words alone, in small letters: what a machine sends again has only other numbers and marks in it."""
    return " ".join(_WORDS.findall(untagged(message).casefold()))


def flood(before: int, alike: int, filled_in: float | None, policy: Policy) -> str:
    """Why a report is held; empty where it is not.

    before: reports of the last hour from that address; alike: those of them with the same words. filled_in: for
    how many seconds the form was open, None where none of ours was.

    A school, a village office or a phone network is one address, too: up to `senders_most_per_hour` only what no
    person writes is held.
    """
    if before < policy.senders_per_hour:
        return ""
    by_hand = filled_in is not None and filled_in >= policy.typing_seconds
    return "" if by_hand and not alike and before < policy.senders_most_per_hour else TOO_MANY
