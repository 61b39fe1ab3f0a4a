"""Signs of a machine: a form sent too soon after it was opened, and many complaints from one network address."""

from __future__ import annotations
import re
from typing import TYPE_CHECKING

from workflows.errors import FieldError, InvalidInput

if TYPE_CHECKING:
    from workflows.domain.deadlines.policy import Policy


TOO_MANY = "too_many"
_WORDS = r"[^\W\d_]+"


def skeleton(message: str) -> str:
    """The words alone, in lower case: spam repeats them with other numbers and punctuation."""
    from workflows.domain.privacy.redaction import untagged  # slow to load, and the form's page needs the token alone

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


TOKEN = "form_token"
TOO_FAST_SECONDS = 3
_ADDRESS = r"https?://|www\."


def has_run_out(seconds: float, policy: Policy) -> bool:
    """Whether a form of that age can no longer be sent."""
    return seconds > policy.form_max_age_hours * 3600


def odd_age(seconds: float, message: str, policy: Policy) -> str:
    """The suspicion by a form's age. Too old: InvalidInput, the form comes back. Filled in within seconds and full
    of links: a person looks.
    """
    if has_run_out(seconds, policy):
        raise InvalidInput([FieldError(TOKEN, "form_too_old")])
    return "too_fast" if seconds < TOO_FAST_SECONDS and re.search(_ADDRESS, message, re.IGNORECASE) else ""
