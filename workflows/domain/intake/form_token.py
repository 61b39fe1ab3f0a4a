"""The age of a form: expired, or filled in too fast."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from workflows.errors import FieldError, InvalidInput

if TYPE_CHECKING:
    from workflows.domain.deadlines.policy import Policy

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
