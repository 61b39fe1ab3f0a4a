"""Citizens who left only a number, as the board shows them: much or little news, restricted, in English."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta
from typing import Any

from tests.views.list_cases import MORNING
from tests.views.page_cases import with_department
from workflows.desk.phone_tasks import Task, Tasks
from workflows.domain.complaint.model import Complaint
from workflows.domain.complaint.ticket import new_ticket
from workflows.domain.complaint.transition import CITIZEN
from workflows.domain.notifications.notice import Notice
from workflows.domain.notifications.phone_tasks import join_task, new_task

NUMBER = "+6281298765432"
PATH = "/meja/aB3dE5fG7hJ9kL1mN2pQ4rS6tU8.7K3M9QXT4m1-abc"


def case(number: int = 90, **fields: Any) -> Complaint:
    """A report of somebody without e-mail."""
    made = with_department(has_email=False, phone_only=True, **fields).complaint
    return made.evolve(ticket=new_ticket(number.to_bytes(5, "big")))


def task(complaint: Complaint, *templates: str, **extra: Any) -> Task:
    """What waits to be told of it, the first since three hours."""
    letters = [_letter(complaint, n, template) for n, template in enumerate(templates or ("progress",))]
    made = new_task(letters[0])
    for letter in letters[1:]:
        made = replace(made, **join_task(made, letter))
    return Task(replace(made, extra={**made.extra, **extra}), complaint, NUMBER, PATH)


def _letter(complaint: Complaint, number: int, template: str) -> Notice:
    at = MORNING - timedelta(hours=3 - number)
    id = f"{complaint.ticket}.{number}.{template}.citizen"
    return Notice(id, complaint.ticket, number, template, CITIZEN, created_at=at)


def page_of_tasks() -> Tasks:
    """One of each kind, with another page behind it."""
    tried = {"missed": 2, "tried_at": MORNING}
    shown = (
        task(case(91), "receipt"),
        task(case(92), "progress", "late", "went_up", **tried),
        task(case(93, restricted=True, category="pungli"), "answer"),
        task(case(94, restricted=True, category="pungli", consent=True), "lost_link"),
        task(case(95, lang="en"), "question"),
    )
    return Tasks(shown, first=False, next=shown[-1].notice.id)
