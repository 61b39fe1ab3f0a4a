"""Each mail and each page is rendered once, quickly: a fact or a template that is missing fails `make quick`."""

from __future__ import annotations

import pytest

from functions.views.shared.rendering import PAGES as TEMPLATES_OF_PAGES
from functions.views.shared.rendering import environment as pages_in
from tests.views.html_checks import check_page
from tests.views.page_cases import STORIES
from tests.views.world import OTHER_MAILS, PAGES, SETS, views_of

FRAMES = {"moved_on_citizen", "moved_on_office", "restricted_citizen", "restricted_office", "followed"}
"""Templates in the place of others, for readers who may not see all."""


@pytest.mark.parametrize("name", OTHER_MAILS)
def test_each_mail_about_many_complaints_is_rendered_in_both_parts(name: str) -> None:
    mail = OTHER_MAILS[name]()
    assert mail.subject and mail.text.strip() and mail.html.rstrip().endswith("</html>")


def test_each_page_is_rendered_and_no_template_is_left_out() -> None:
    environment = pages_in("id")
    assert environment.cache is not None
    environment.cache.clear()
    made = [page() for page in PAGES.values()]
    made += [page for family in SETS.values() for page in family().values()]
    for name in ("at_desk", "assigned", "answered", "merged", "data_asked"):
        story = STORIES[name]()
        made += views_of(story.case, story)
    for source in made:
        assert source.rstrip().endswith("</html>")
        check_page(source)
    loaded = {key[1] for key in environment.cache.keys()}  # noqa: SIM118 (jinja's LRUCache is no dict)
    assert loaded == {path.name for path in TEMPLATES_OF_PAGES.glob("*.html")}
