"""The few facts a mail about a restricted report may hold: number, link, and the date for whoever must act."""

from __future__ import annotations

from functions.views.mail_facts import Facts, Matter, owed_until
from functions.views.mail_overtaken import still_true
from workflows.domain.change import DESK

NEWS = {
    "new_case": "new",
    "triage": "new",
    "delegated": "new",
    "call_now": "call",
    "call_late": "call",
    "overdue": "overdue",
    "also_head": "overdue",
    "head_case": "overdue",
    "head_desk": "overdue",
    "triage_late": "overdue",
    "reply_late": "reply",
    "data_request": "data",
}
ASKS_FOR = {
    "copy": "salinan datanya",
    "correction": "perbaikan datanya",
    "erasure": "penghapusan datanya",
}
"""What the citizen wants of their own data, by kind."""


def restricted_facts(m: Matter) -> Facts:
    """Neither department nor matter, category, text or place: there is nothing to leak from."""
    to_desk = m.notice.role == DESK
    until = m.complaint.desk_by if to_desk else owed_until(m.complaint)
    news = NEWS.get(m.notice.template, "other")
    return {
        "t": m.complaint.ticket,
        "link": m.notice.link,
        "news": news if still_true(m.notice.template, m.case, m.notice.sequence) else "other",
        "task": "Pilih OPD" if to_desk else "Jawab",
        "until": m.moment(m.entry.facts["deadline"] if news == "data" else until),
        "asks_for": ASKS_FOR.get(str(m.entry.facts.get("data", "")), "datanya"),
    }
