"""A form that comes back through the function: the same form, with its photos, and nothing to choose again."""

from __future__ import annotations
from typing import Any

import pytest
from flask import Response

from functions.app.container import container
from functions.complaint_form import complaint_form
from functions.complaint_page import complaint_page
from tests.builders import TEXT
from tests.functions.requests import ask, form, get
from tests.pictures.given import encoded, phone_photo, scene
from tests.views.html_checks import Page, check_page
from tests.workflows.world import World
from workflows.collection_names import KEPT_PHOTOS
from workflows.ports import Query

pytestmark = pytest.mark.slow

PHOTO, OTHER = ("a.jpg", phone_photo()), ("b.png", encoded(scene(2), "PNG"))
SHORT = {"message": "pendek"}


def opened(laksa: World) -> str:
    """The token of a form that somebody opened half a minute ago."""
    token = container().links.form_token(laksa.clock.now())
    laksa.clock.wait(seconds=30)
    return token


def sent(*photos: tuple[str, bytes], **fields: str) -> Response:
    return ask(complaint_form, form(*photos, **fields))


def came_back(answer: Response, status: int = 422) -> Page:
    assert answer.status_code == status
    return check_page(answer.get_data(as_text=True))


def fields_of(page: Page, **changed: str) -> dict[str, str]:
    """What a browser would send of that form: hidden fields, and boxes that are ticked."""
    tags = [tag for tag in page.all("input") if tag.get("type") == "hidden" or "checked" in tag]
    return {str(tag["name"]): str(tag["value"]) for tag in tags} | changed


def photos_of(laksa: World, answer: Response) -> int:
    assert answer.status_code == 303, answer.get_data(as_text=True)[:300]
    return len(laksa.case(answer.headers["Location"].split("/")[2]).photos)


def kept(laksa: World) -> tuple[int, int]:
    """Forms with photos, and files of forms."""
    return laksa.store.count(Query(KEPT_PHOTOS)), len(laksa.photos.names("form-"))


def test_they_can_be_left_out(laksa: World) -> None:
    page = came_back(sent(PHOTO, OTHER, **SHORT, form_token=opened(laksa)))
    page = came_back(sent(**fields_of(page, **SHORT, leave_photos="yes")))
    assert "checked" in page.all("input", name="leave_photos")[0]
    answer = sent(**fields_of(page, message=TEXT))
    assert (photos_of(laksa, answer), kept(laksa)) == (0, (0, 0))


def test_a_form_sent_with_other_words_becomes_a_new_one_with_its_photos(laksa: World) -> None:
    token = opened(laksa)
    first = sent(PHOTO, form_token=token)
    page = came_back(sent(OTHER, form_token=token, message=TEXT + " Lagi."), 409)
    assert "1 foto tersimpan" in page.text
    assert page.all("input", name="form_token")[0]["value"] != token
    second = sent(**fields_of(page, message=TEXT + " Lagi."))
    assert (photos_of(laksa, first), photos_of(laksa, second), kept(laksa)) == (1, 1, (0, 0))
    assert first.headers["Location"] != second.headers["Location"]


def test_a_form_that_was_open_too_long_takes_its_photos_into_a_new_one(laksa: World) -> None:
    page = came_back(sent(PHOTO, **SHORT, form_token=opened(laksa)))
    laksa.clock.wait(hours=24, seconds=30)
    page = came_back(sent(OTHER, **fields_of(page, message=TEXT)))
    assert "pilih ulang foto bila tidak tercantum" in page.text
    assert "2 foto tersimpan" in page.text
    assert (photos_of(laksa, sent(**fields_of(page, message=TEXT))), kept(laksa)) == (2, (0, 0))


def test_what_was_forgotten_meanwhile_is_not_listed(laksa: World) -> None:
    from functions.schedule import sweep

    page = came_back(sent(PHOTO, **SHORT, form_token=opened(laksa)))
    laksa.clock.wait(hours=25, seconds=31)
    ask(sweep, get("/"))
    assert kept(laksa) == (0, 0)
    page = came_back(sent(**fields_of(page, message=TEXT)))
    assert "foto tersimpan" not in page.text
    assert photos_of(laksa, sent(**fields_of(page, message=TEXT))) == 0


@pytest.mark.parametrize("token", ["", "palsu", "x" * 40])
def test_a_token_that_is_not_ours_leads_to_nothing(laksa: World, token: str) -> None:
    page = came_back(sent(PHOTO, **SHORT, form_token=token))
    given = page.all("input", name="form_token")[0]["value"]
    assert given and given != token
    stranger = sent(form_token=token or "y" * 40, kept_photos="yes")
    assert (stranger.status_code == 422) or photos_of(laksa, stranger) == 0
    assert photos_of(laksa, sent(**fields_of(page, message=TEXT))) == 1


def test_they_lie_behind_no_address(laksa: World) -> None:
    came_back(sent(PHOTO, **SHORT, form_token=opened(laksa)))
    (name, _) = laksa.photos.names("form-")
    other = photos_of(laksa, sent(form_token=opened(laksa), kept_photos="yes"))
    assert other == 0
    path = sent().headers["Location"]
    for address in (f"{path}/foto/{name}", f"{path}/foto/1", f"/laporan/{name}"):
        assert ask(complaint_page, get(address)).status_code in (403, 404)


@pytest.mark.parametrize("fields", [SHORT, {"message": TEXT + "!"}])
def test_a_machine_is_told_as_before_and_nothing_is_kept(laksa: World, fields: dict[str, Any]) -> None:
    token = opened(laksa)
    assert sent(form_token=token).status_code == 303
    answer = sent(PHOTO, accept="application/json", form_token=token, **fields)
    assert answer.status_code in (409, 422)
    assert answer.content_type == "application/problem+json"
    assert kept(laksa) == (0, 0)
