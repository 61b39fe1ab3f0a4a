"""Showing an office how to reach a citizen who allowed it: with a reason, and never behind their back."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from workflows.domain.change import CITIZEN, Change, NoticeRequest, changed
from workflows.domain.complaint import Complaint
from workflows.domain.notifications.kinds import NoticeName
from workflows.domain.office_act import OfficerAct, Rules, entry_of


def show_contact(complaint: Complaint, act: OfficerAct, rules: Rules, now: datetime) -> Change:
    """From now on this office's links show it; the reason is the citizen's to read."""
    entry = entry_of("contact_shown", complaint, replace(act, message=act.reason))
    letter = NoticeRequest(NoticeName.CONTACT_SHOWN, CITIZEN)
    return changed(complaint, now, entry, letter, contact_shown=complaint.generation)
