"""The few facts a mail about a restricted report may hold: number, link, and the date for whoever must act."""

from __future__ import annotations

from functions.views.mail_facts import Facts, Matter, is_still_true, owed_until
from workflows.domain.change import DESK
from workflows.domain.notifications.kinds import RestrictedDetail, restricted_detail

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
    news = restricted_detail(m.notice.template)
    return {
        "t": m.complaint.ticket,
        "link": m.notice.link,
        "news": news if is_still_true(m) else RestrictedDetail.OTHER,
        "task": "Pilih OPD" if to_desk else "Jawab",
        "until": m.moment(m.entry.facts["deadline"] if news == RestrictedDetail.DATA else until),
        "asks_for": ASKS_FOR.get(str(m.entry.facts.get("data", "")), "datanya"),
    }
