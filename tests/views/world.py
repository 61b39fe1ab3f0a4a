"""The one world of the views: each mail and each page with something of every kind on it, by name."""

from __future__ import annotations
from collections.abc import Callable, Iterator
from functools import partial

from functions.views.citizen.form_page import city_of, form_page
from functions.views.citizen.page import citizen_page, lost_page
from functions.views.citizen.similar_page import similar_page
from functions.views.desk.intake_page import intake_page, receipt_page
from functions.views.desk.page import desk_page
from functions.views.mail.render import render_table
from functions.views.officer.list_page import list_page
from functions.views.officer.page import officer_page
from functions.views.shared.context import CaseView
from functions.views.shared.forms import RedisplayedForm
from functions.views.shared.problem_page import problem_page
from tests.views.board_cases import every_board
from tests.views.list_cases import cases, listed, morning
from tests.views.mailbox_cases import address_letter, mailbox_pages
from tests.views.overview_mails import ALL as OVERVIEWS
from tests.views.page_cases import KEY, STORIES, TOKEN, Story, context
from tests.views.table_cases import every_table
from workflows.citizen.staged_photos import Kept
from workflows.errors import Forbidden
from workflows.mail.send_notice import MailText

BOARD = f"/papan/{TOKEN}"
BACK = RedisplayedForm(values={"message": "Lampu mati."}, token="t", kept=Kept(), leaves_photos=False)
"""A form that comes back with one thing typed into it."""


def _daily_table() -> MailText:
    return render_table(morning(), "SEKDA", list(cases().values()))


OTHER_MAILS: dict[str, Callable[[], MailText]] = {
    **OVERVIEWS,
    "address_changed": address_letter,
    "address_changed, to the head": partial(address_letter, head=True),
    "daily_table": _daily_table,
}
"""The mails that are about no complaint, or many."""


def of_story(name: str, view: Callable[[Story], str]) -> Callable[[], str]:
    """That view of a story of page_cases."""
    return lambda: view(STORIES[name]())


def _similar(story: Story) -> str:
    return similar_page(story.ctx, "id", [story.complaint], BACK)


PAGES: dict[str, Callable[[], str]] = {
    "form": lambda: form_page(city_of(context()), "id", form_token="t"),
    "lost": lambda: lost_page(context(), "id", values={}, errors=[]),
    "problem": lambda: problem_page(context(), "id", Forbidden("no"), 403),
    "list": lambda: list_page(morning(), listed(*cases().values())),
    "intake": lambda: intake_page(context(), f"{BOARD}/baru", form_token="t"),
    "receipt": of_story("assigned", lambda story: receipt_page(story.ctx, story.case, BOARD, False)),
    "similar": of_story("assigned", _similar),
}
"""The pages that are no complaint's own."""
SETS: dict[str, Callable[[], dict[str, str]]] = {"board": every_board, "table": every_table, "mailbox": mailbox_pages}
"""Families of pages in each state that they have."""


def views_of(case: CaseView, story: Story) -> Iterator[str]:
    """A complaint as the citizen, the department, its head and the desk see it."""
    yield citizen_page(story.ctx, case, KEY, lang="id")
    yield officer_page(story.ctx, case, "department")
    yield officer_page(story.ctx, case, "head")
    yield desk_page(story.ctx, case)
