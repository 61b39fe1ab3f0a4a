"""A citizen's mailbox takes nothing and they left a number, too: from then on the desk tells them."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Any

from workflows.domain.change import CITIZEN, Change
from workflows.domain.complaint import Complaint
from workflows.domain.notice import Notice, tried_anew
from workflows.domain.reaching import bounced
from workflows.domain.telling import may_be_told_by_desk

_SENDER_BLOCKED = re.compile(r"\b5\.7\.\d")
"""Said of us, not of the mailbox: it strikes every reader there at once, and passes."""


def desk_shall_phone(complaint: Complaint, notice: Notice, phone: str, cause: str) -> bool:
    """Whether a letter that a citizen's mailbox does not take is the desk's to tell."""
    blocked = _SENDER_BLOCKED.search(cause) is not None
    return notice.role == CITIZEN and bool(phone) and not blocked and may_be_told_by_desk(_by_phone(complaint))


def bounced_to_phone(complaint: Complaint, notice: Notice, cause: str, now: datetime) -> Change:
    """As a bounce; no letter tells the desk of it, for the task does."""
    change = bounced(complaint, notice, cause, now)
    return replace(change, complaint=_by_phone(change.complaint), notices=())


def letter_becomes_task(notice: Notice, cause: str, now: datetime) -> dict[str, Any]:
    """What changes on the letter: due at once, as the first news of a task."""
    return tried_anew(notice, now, by_phone=True) | {"last_error": cause}


def _by_phone(complaint: Complaint) -> Complaint:
    return replace(complaint, reachable=False, by_phone=True)
