"""The form and the page for a lost link: what is asked, what comes back, in both languages."""

import pytest

from functions.views.citizen.form_page import city_of, form_page
from functions.views.citizen.page import lost_page
from functions.views.shared.forms import error_sentence
from tests.views.html_checks import Page, check_page
from tests.views.page_cases import context
from workflows.citizen.staged_photos import Kept
from workflows.domain.complaint.records import LeftOut
from workflows.errors import FieldError

ERRORS = (
    FieldError("message", "too_short", {"n": 6}),
    FieldError("kelurahan", "unknown_kelurahan", {"x": "Sukamaju"}),
    FieldError("email", "bad_email"),
    FieldError("visibility", "bad_choice"),
)
TYPED = {
    "message": "lubang",
    "place": "Jalan Rasuna",
    "kelurahan": "Sukamaju",
    "latitude": "-6.2",
    "kind": "saran",
    "name": "Sari",
    "email": "sari@surel",
    "phone": "0812 345",
    "contact": "yes",
    "visibility": "secret",
}


def form(lang: str = "id", **shown: object) -> Page:
    return check_page(form_page(city_of(context()), lang, form_token="token-of-the-form", **shown))


def test_all_104_kelurahan_stand_under_their_kecamatan() -> None:
    page = form()
    assert len(page.all("option")) == 1 + 104
    assert len(page.all("optgroup")) == 13
    assert page.all("option", value="3671011007") != []


@pytest.mark.parametrize("code", ["36.71.01.1007", "3671011007"])
def test_a_kelurahan_stays_chosen_however_its_code_was_written(code: str) -> None:
    chosen = [tag for tag in form(values={"kelurahan": code}).all("option") if "selected" in tag]
    assert [tag["value"] for tag in chosen] == ["3671011007"]


def test_everything_that_was_typed_comes_back_with_what_is_wrong() -> None:
    page = form(values=TYPED, errors=ERRORS)
    assert page.title == "Perbaiki: Laksa – laporan warga Kota Tangerang"
    assert "Laporan belum terkirim. Ada 4 isian yang perlu diperiksa" in page.text
    assert {"lubang", "Jalan Rasuna", "Sari", "sari@surel", "0812 345", "-6.2"} <= {
        *page.values("value"),
        *(word.strip() for word in page.words),
    }
    checked = {tag["name"]: tag["value"] for tag in page.all("input", type="radio") if "checked" in tag}
    assert checked == {"kind": "saran", "contact": "yes"}


def test_an_error_that_belongs_to_no_field_is_said_without_a_link() -> None:
    page = form(values=TYPED, errors=[FieldError("form_token", "form_too_old")])
    assert "Laporan belum terkirim. Formulir ini terlalu lama terbuka." in page.text


def test_photos_are_asked_for_by_their_kind_and_nobody_has_to_send_one() -> None:
    (field,) = form().all("input", type="file")
    assert field["accept"] == "image/jpeg,image/png,image/webp"
    assert "multiple" in field and "required" not in field
    assert "Data tempat dan waktu di dalam foto kami hapus." in form().text


def test_a_form_that_comes_back_names_its_photos_and_the_unusable_ones() -> None:
    assert not form(values=TYPED, errors=ERRORS).all("input", type="checkbox")
    kept = Kept(2, (LeftOut(2, "damaged"), LeftOut(4, "too_many")))
    page = form(values=TYPED, errors=ERRORS, kept=kept)
    assert "2 foto tersimpan, dan ikut terkirim bersama laporan Anda." in page.text
    assert "Foto ke-2 tidak dapat dipakai: berkasnya rusak." in page.text
    assert page.all("input", id="photo")[0]["aria-describedby"] == "photo-hint photo-err"
    assert page.all("input", name="kept_photos", type="hidden", value="yes")
    assert "checked" not in page.all("input", name="leave_photos")[0]
    assert "checked" in form(values=TYPED, kept=kept, leaves_photos=True).all("input", name="leave_photos")[0]
    assert "Photos kept: 2." in form("en", values=TYPED, kept=kept).text


def test_the_english_form_stays_english() -> None:
    page = form("en", values=TYPED, errors=ERRORS)
    assert page.all("html", lang="en")
    assert page.all("input", name="lang", value="en")
    assert page.title.startswith("Please correct: ")
    assert "Only 6 characters so far." in page.text
    assert "/laporan?lang=en" in page.values("href")


def test_numbers_in_errors_are_written_as_the_language_does() -> None:
    error = FieldError("message", "too_long", {"n": 12080, "max": 5000, "over": 7080})
    assert error_sentence(error, "id") == "Tulisan ini 12.080 huruf, batasnya 5.000. Pendekkan 7.080 huruf."
    assert error_sentence(error, "en") == "12,080 characters, the limit is 5,000. Shorten by 7,080."


def test_an_unknown_code_still_says_that_something_needs_a_look() -> None:
    assert error_sentence(FieldError("x", "never heard of"), "id") == "Isian ini perlu diperiksa."


def test_the_lost_link_page_answers_the_same_whoever_asks() -> None:
    page = check_page(lost_page(context(), "id", sent=True))
    assert "Bila nomor dan kontaknya cocok, tautan kami kirim" in page.text
    assert page.all("form") == []
