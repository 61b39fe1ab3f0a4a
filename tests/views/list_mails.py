"""The mails in the place of many letters, with one case of every kind on each."""

from __future__ import annotations
from collections.abc import Callable
from datetime import timedelta
from functools import partial

from functions.views.mail.digests import render_overview
from tests.views.list_cases import MORNING, PATH, cases, morning
from workflows.adapters.mime import build_message
from workflows.domain.complaint.model import Complaint
from workflows.domain.notifications.kinds import BUNDLES
from workflows.mail.digests import ListMail
from workflows.mail.send_notice import MailText
from workflows.ports import Mail

CASES = cases()
LIST_PATH = "/kasus/aB3dE5fG7hJ9kL1mN2pQ4rS6tU8.DISHUB.amhh"
UNTIL = MORNING + timedelta(days=1, hours=3)
CLIMBED = {"overdues": ("reminder", "overdue")} | dict.fromkeys(
    ("also_heads", "head_cases"), ("reminder", "overdue", "head")
)
"""The list → the rungs that its cases have climbed."""


def list_mail(template: str, *shown: Complaint, total: int = 0) -> MailText:
    """A list of Dishub, or of its head, with those cases of `total`."""
    total, paths = total or len(shown), (PATH,) * len(shown)
    whole = ("", None) if template == "head_cases" else (LIST_PATH, UNTIL)
    made = ListMail(template, "DISHUB", MORNING - timedelta(minutes=10), total, shown, paths, *whole)
    return render_overview(morning(), made)


def late(name: str, *rungs: str) -> Complaint:
    """The case an hour after its deadline, with what it has climbed by then."""
    return CASES[name].evolve(answer_by=MORNING - timedelta(hours=1), escalated=rungs)


def cases_of(template: str) -> list[Complaint]:
    """One of every kind that can stand on such a list."""
    if template == "new_cases":
        return list(CASES.values())
    names = [name for name in CASES if name != "waiting"]
    return [late(name, *CLIMBED[template]) if template in CLIMBED else CASES[name] for name in names]


LIST_MAILS: dict[str, Callable[[], MailText]] = {
    bundle.template: partial(list_mail, bundle.template, *cases_of(bundle.template)) for bundle in BUNDLES.values()
}


def flat(mail: MailText) -> str:
    """The text part on one line."""
    return " ".join(mail.text.split())


def weight(mail: MailText) -> int:
    """The letter as it travels."""
    letter = Mail("a@b.example", mail.subject, mail.text, mail.html, "id@b.example")
    return len(build_message(letter, "laksa@b.example", MORNING).as_bytes())
