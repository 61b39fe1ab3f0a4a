"""Every page in every state: whole, safe from what people type, lean, and in one language."""

import re
from collections.abc import Iterator
from html import escape

import pytest

from functions.views.citizen.form_page import city_of, form_page
from functions.views.citizen.page import citizen_page, lost_page
from functions.views.desk.page import desk_page
from functions.views.officer.page import officer_page
from functions.views.shared.rendering import page_file
from tests.builders import DIRECTORY
from tests.views.html_checks import check_page
from tests.views.page_cases import ATTACK, KEY, PERSONAL, STORIES, Story, context
from workflows.domain.privacy.redaction import mask_identifiers
from workflows.errors import FieldError

pytestmark = pytest.mark.slow

NAMES = list(STORIES)
INDONESIAN = re.compile(r"\b(laporan|anda|paling lambat|sekarang|berikutnya|oleh|kirim|nomor)\b", re.IGNORECASE)


def _without_what_people_typed(page: str, story: Story) -> str:
    of_parent = [mask_identifiers(entry.text) for entry in story.parent.timeline] if story.parent else []
    for text in (story.complaint.text, story.complaint.place, *(e.text for e in story.timeline), *of_parent):
        page = page.replace(str(escape(text)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"), "")
    return page.replace(str(escape(ATTACK)).replace("&#x27;", "&#39;").replace("&quot;", "&#34;"), "")


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", NAMES)
def test_the_citizens_page_stands_in_every_state(name: str, lang: str) -> None:
    story = STORIES[name]()
    source = citizen_page(story.ctx, story.case, KEY, lang=lang)
    page = check_page(source)
    assert page.values("aria-current") == ["step"]
    assert len(page.all("h1")) == 1
    assert "{" not in _without_what_people_typed(source, story)


@pytest.mark.parametrize("name", NAMES)
def test_the_english_page_says_nothing_of_ours_in_indonesian(name: str) -> None:
    story = STORIES[name]()
    source = citizen_page(story.ctx, story.case, KEY, lang="en")
    own = _without_what_people_typed(source, story)
    words = re.sub(r"<[^>]*>", " ", own).replace(story.ctx.url + "/laporan", "")
    assert not INDONESIAN.findall(words)


@pytest.mark.parametrize("role", ["department", "head"])
@pytest.mark.parametrize("name", NAMES)
def test_the_officers_page_stands_in_every_state_and_names_nobody(name: str, role: str) -> None:
    story = STORIES[name]()
    source = officer_page(story.ctx, story.case, role)
    check_page(source)
    assert not [secret for secret in PERSONAL if secret in source]


@pytest.mark.parametrize("name", NAMES)
def test_the_desks_page_stands_in_every_state_and_names_nobody(name: str) -> None:
    story = STORIES[name]()
    source = desk_page(story.ctx, story.case)
    check_page(source, *(department.phone for department in DIRECTORY.assignable() if department.phone))
    assert not [secret for secret in PERSONAL if secret in source]


def _forms() -> Iterator[str]:
    typed = dict.fromkeys(("message", "place", "kelurahan", "name", "email", "phone", "latitude", "kind"), ATTACK)
    errors = [FieldError(name, "unknown_kelurahan", {"x": ATTACK}) for name in (*typed, "visibility", "contact")]
    yield form_page(city_of(context()), "id", form_token=ATTACK, values=typed, errors=errors)
    yield lost_page(context(), "en", values={"ticket": ATTACK, "email": ATTACK}, errors=errors)
    story, sent = STORIES["assigned"](), {"message": ATTACK, "officer": ATTACK, "date": ATTACK, "to": ATTACK}
    for action in ("answer", "schedule", "forward", "not-ours", "acknowledge", "renew", ATTACK):
        yield officer_page(story.ctx, story.case, "department", typed={"action": action, **sent})
    story = STORIES["at_desk"]()
    for action in ("assign", "external", "reject", ATTACK):
        yield desk_page(story.ctx, story.case, typed={"action": action, **sent})
    story = STORIES["answered"]()
    yield citizen_page(story.ctx, story.case, KEY, lang="id", typed={"action": "dispute", "message": ATTACK})


def test_what_is_typed_into_any_field_comes_back_as_text() -> None:
    for source in _forms():
        check_page(source)


def test_the_form_and_its_sheet_are_light_enough_for_a_bad_line() -> None:
    form = form_page(city_of(context()), "id", form_token="t" * 60).encode()
    sheet, _ = page_file()
    assert len(sheet) <= 8 * 1024
    assert len(form) + len(sheet) <= 30 * 1024
