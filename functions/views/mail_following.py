"""News of a case to those whose reports were merged into it: its state, and what an office said to everybody."""

from __future__ import annotations

from functions.views.followed import THEIRS, follower_label
from functions.views.mail_facts import OPERATOR, Facts, Matter, citizen_facts, is_still_true
from functions.views.mail_text import one_line, typed
from functions.views.sentences import REASON_WORDS
from functions.views.standing import reason_words
from functions.views.words import say
from workflows.domain.change import DESK
from workflows.domain.merging import is_public
from workflows.domain.notifications.follower_notices import speaks_apart, words_to_followers
from workflows.domain.notifications.kinds import NoticeName


def follower_facts(m: Matter) -> Facts:
    """The citizen's facts, spoken to a follower; of a case that is not public only how it stands."""
    facts = citizen_facts(m)
    named = m.notice.template == NoticeName.ANSWER  # in full, in the sentence before
    facts |= {
        "t": m.notice.follower,
        "parent": m.complaint.ticket,
        "label": one_line(follower_label(m.ctx, m.complaint, m.lang)),
        "next": "" if m.complaint.state in THEIRS else facts["next"],
        "message": typed(words_to_followers(m.entry, m.case.timeline)),
        "reason": _reason(m),
        "news": m.notice.template if is_still_true(m) else "",
        "writer": m.say(OPERATOR) if m.entry.by == DESK else facts["teller_short" if named else "teller"],
    }
    return facts if is_public(m.complaint) else facts | {"message": "", "reason": "", "news": ""}


def _reason(m: Matter) -> str:
    """Why it was archived: one of the list, or an operator's own words, which go the way of all words."""
    reason = m.complaint.reason
    if reason not in REASON_WORDS and speaks_apart(m.case.timeline):
        return ""
    return typed(reason_words(reason, say(m.lang)))
