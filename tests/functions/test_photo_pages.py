"""Photos through the functions: sent with the form, looked at behind the same link as the page."""

from __future__ import annotations

import pytest
from flask import Flask, Request, Response
from werkzeug.test import EnvironBuilder

from functions.case_page import case_page
from functions.complaint_form import complaint_form
from functions.complaint_page import complaint_page
from functions.desk_page import desk_page
from tests.builders import complaint
from tests.functions.requests import ask, form, get, token
from tests.pictures.given import SECRET, decoded, encoded, phone_photo, scene
from tests.workflows.world import World
from workflows.domain.complaint.model import State
from workflows.domain.complaint.records import numbered
from workflows.photos import store_photos

pytestmark = pytest.mark.slow

PHOTO = phone_photo()
UNDER_HEADERS = {
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    "Referrer-Policy": "no-referrer",
    "X-Robots-Tag": "noindex",
}


def page_behind(answer: Response) -> str:
    assert answer.status_code == 303, answer.get_data(as_text=True)[:300]
    return str(answer.headers["Location"])


@pytest.fixture
def case(laksa: World) -> str:
    """A case at DLH with one photo; its ticket."""
    given = complaint(State.ASSIGNED)
    kept = store_photos(laksa.services, given.ticket, "citizen", [PHOTO])
    laksa.put(complaint(State.ASSIGNED, photos=numbered((), kept.photos)))
    return given.ticket


def test_a_photo_sent_with_the_form_is_on_the_citizens_page(laksa: World) -> None:
    path = page_behind(ask(complaint_form, form(("IMG_1.JPG", PHOTO), ("foto.png", encoded(scene(2), "PNG")))))
    page = ask(complaint_page, get(path)).get_data(as_text=True)
    assert f'<img src="{path}/foto/1?kecil=1"' in page and f'<a href="{path}/foto/2">' in page
    for address, size in ((f"{path}/foto/1", (800, 600)), (f"{path}/foto/2?kecil=1", (320, 240))):
        answer = ask(complaint_page, get(address))
        assert (answer.status_code, answer.content_type) == (200, "image/jpeg")
        assert decoded(answer.get_data()).size == size
        assert SECRET.encode() not in answer.get_data()


def test_a_photo_is_never_kept_in_between_and_never_anything_but_a_photo(laksa: World) -> None:
    path = page_behind(ask(complaint_form, form(('a"; x=\r\n.svg', PHOTO))))
    answer = ask(complaint_page, get(f"{path}/foto/1"))
    assert UNDER_HEADERS.items() <= dict(answer.headers).items()
    ticket = path.split("/")[2]
    assert answer.headers["Content-Disposition"] == f'inline; filename="{ticket}-foto-1.jpg"'
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert "default-src 'none'" in answer.headers["Content-Security-Policy"]


def test_a_file_that_is_no_photo_is_left_out_with_a_word_about_it(laksa: World) -> None:
    path = page_behind(ask(complaint_form, form(("surat.pdf", b"%PDF-1.7"), ("a.jpg", PHOTO))))
    page = ask(complaint_page, get(path)).get_data(as_text=True)
    assert "Laporan Anda terkirim tanpa foto ke-1: bukan JPEG, PNG atau WebP." in page
    assert f'<img src="{path}/foto/1?kecil=1"' in page
    english = ask(complaint_page, get(f"{path}?lang=en")).get_data(as_text=True)
    assert "Your report was sent without photo 1: not JPEG, PNG or WebP." in english


def test_an_officer_s_form_that_comes_back_asks_for_the_photos_again(laksa: World, case: str) -> None:
    path = f"/opd/{token()}"
    for action, fields in (("answer", {"outcome": "not_done"}), ("progress", {"officer": "x" * 101})):
        refused = form(("a.jpg", PHOTO), path=path, action=action, message="", **fields)
        answer = ask(case_page, refused)
        assert answer.status_code == 422
        assert answer.get_data(as_text=True).count("Pilih lagi.") == 1
        bare = ask(case_page, form(path=path, action=action, message="", **fields))
        assert (bare.status_code, "Pilih lagi." in bare.get_data(as_text=True)) == (422, False)


def test_a_citizen_s_addition_that_comes_back_asks_for_the_photos_again(laksa: World) -> None:
    path = page_behind(ask(complaint_form, form()))
    answer = ask(complaint_page, form(("a.jpg", PHOTO), path=path, action="add", message="x" * 5001))
    assert (answer.status_code, answer.get_data(as_text=True).count("Pilih lagi.")) == (422, 1)


def test_the_desk_sees_the_photo_behind_its_link(laksa: World) -> None:
    kept = store_photos(laksa.services, complaint().ticket, "citizen", [PHOTO])
    laksa.put(complaint(State.AT_DESK, photos=numbered((), kept.photos)))
    path = f"/meja/{token('desk', assignment_no=0)}"
    assert f'<img src="{path}/foto/1?kecil=1"' in ask(desk_page, get(path)).get_data(as_text=True)
    assert ask(desk_page, get(f"{path}/foto/1")).status_code == 200


@pytest.mark.parametrize(("given", "status"), [("gone", 410), ("expired", 410), ("desk", 403), ("forged", 403)])
def test_a_link_that_opens_no_page_opens_no_photo(laksa: World, case: str, given: str, status: int) -> None:
    links = {"gone": lambda: token(assignment_no=7), "expired": lambda: token(days=1), "desk": lambda: token("desk")}
    link = links[given]() if given in links else "x" * 27 + ".0000000000d11"
    if given == "expired":
        laksa.clock.wait(days=3)
    assert ask(case_page, get(f"/opd/{link}")).status_code == status
    answer = ask(case_page, get(f"/opd/{link}/foto/1"))
    assert (answer.status_code, answer.mimetype) == (status, "text/html")
    assert ask(case_page, get(f"/opd/{link}/foto/9")).status_code == status


def test_an_expired_links_photo_leads_to_a_new_link_for_the_page(laksa: World, case: str) -> None:
    link = token(days=1)
    laksa.clock.wait(days=3)
    page, photo = (ask(case_page, get(f"/opd/{link}{rest}")).get_data(as_text=True) for rest in ("", "/foto/1"))
    assert "Kirim tautan baru" in page and "Kirim tautan baru" in photo
    assert f'action="/opd/{link}"' in photo


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_a_photo_can_only_be_looked_at(laksa: World, case: str, method: str) -> None:
    path = f"/opd/{token()}/foto/1"
    builder = EnvironBuilder(path=path, method=method, data={"action": "acknowledge"})
    answer = ask(case_page, Request(builder.get_environ()))
    assert answer.status_code == 405
    assert "GET, HEAD" in answer.headers["Allow"]
    assert laksa.case(case).state == State.ASSIGNED


def test_head_asks_for_a_photo_without_its_bytes(laksa: World, case: str) -> None:
    app = Flask("photos")
    app.add_url_rule("/<path:path>", view_func=lambda path: ask(case_page, _request()), methods=["GET"])
    answer = app.test_client().head(f"/opd/{token()}/foto/1")
    assert (answer.status_code, answer.get_data()) == (200, b"")


def _request() -> Request:
    from flask import request

    return request._get_current_object()  # type: ignore[attr-defined,no-any-return]
