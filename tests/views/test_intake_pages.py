"""The form for an operator and the receipt to print: what is asked, what stands on paper, and what never does."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta

import pytest

from functions.views.citizen.page import citizen_page
from functions.views.desk.intake_page import intake_page, receipt_page
from functions.views.officer.page import officer_page
from functions.views.shared.context import CaseView
from tests.views.html_checks import Page, check_page
from tests.views.page_cases import ATTACK, KEY, STORIES, TOKEN, Story, context
from workflows.domain.complaint.records import Arrival
from workflows.domain.intake.manual import FIELDS
from workflows.domain.intake.submission import FIELDS as ASKED
from workflows.errors import FieldError

pytestmark = pytest.mark.slow

BOARD = f"/papan/{TOKEN}"
REF = f"12/RW05 a.n. 0812-3456-7890 {ATTACK}"


def by_letter(case: CaseView, ref: str = REF, days: int = 3) -> CaseView:
    """The same case, had it come by letter some days before it was written down."""
    noted = case.complaint.received_at
    came = Arrival("letter", ref, noted)
    return replace(case, complaint=case.complaint.evolve(arrival=came, received_at=noted - timedelta(days=days)))


def form(**shown: object) -> Page:
    return check_page(intake_page(context(), f"{BOARD}/baru", form_token="token-of-the-form", **shown))


def receipt(story: Story, case: CaseView | None = None, known: bool = False) -> Page:
    return check_page(receipt_page(story.ctx, case or by_letter(story.case), BOARD, known))


def test_every_field_of_a_report_is_asked_and_how_it_came() -> None:
    page = form()
    names = {tag["name"] for kind, tag in page.tags if kind in ("input", "textarea", "select") and "name" in tag}
    assert names == {*ASKED, *FIELDS, "photo", "form_token", "similar"} - {"received_at"}
    assert page.all("form")[0]["action"] == f"{BOARD}/baru"


def test_everything_typed_comes_back_with_what_is_wrong() -> None:
    typed = {"channel": "letter", "received_date": "2026-11-01", "received_at": "kemarin", "external_ref": ATTACK}
    errors = [FieldError("channel", "bad_choice"), FieldError("received_at", "bad_moment"), FieldError("lang", "x")]
    page = form(values=typed | {"lang": "en"}, errors=errors)
    assert page.title.startswith("Perbaiki: Catat laporan warga")
    assert {"2026-11-01", "kemarin", ATTACK} <= set(page.values("value"))
    checked = {tag["name"]: tag["value"] for tag in page.all("input", type="radio") if "checked" in tag}
    assert (checked["channel"], checked["lang"]) == ("letter", "en")
    links = [link for link in page.values("href") if link.startswith("#") and link != "#isi"]
    assert links == ["#channel", "#received_at", "#lang"]
    assert {link.removeprefix("#") for link in links} <= set(page.values("id"))


@pytest.mark.parametrize("lang", ["id", "en"])
@pytest.mark.parametrize("name", STORIES)
def test_a_receipt_stands_in_every_state(name: str, lang: str) -> None:
    story = STORIES[name]()
    case = by_letter(story.case)
    page = receipt(story, replace(case, complaint=case.complaint.evolve(lang=lang)))
    assert len(page.all("h1")) == 1 and story.complaint.ticket in page.text
    assert f"{story.ctx.url}/laporan/{story.complaint.ticket}/{KEY}" in page.text


def test_it_says_what_was_written_where_when_and_by_which_way() -> None:
    story = STORIES["assigned"]()
    page = receipt(story)
    for words in (
        "Jumat, 6 November 2026 pukul 09.41 WIB",
        "Surat",
        "Dinas Perhubungan",
        "Lampu di depan pasar padam sejak Senin",
        "Jl. Rasuna, depan pasar",
        story.ctx.links.spoken_code(story.complaint.ticket, 1),
        "Kami memakai isian ini hanya untuk menangani laporan Anda.",
    ):
        assert words in page.text, words


def test_of_a_restricted_report_the_paper_names_neither_office_nor_date() -> None:
    text = receipt(STORIES["kdrt"]()).text
    assert "DP3AP2KB" not in text and "Ditangani" not in text and "Status" not in text


def test_a_deadline_that_had_passed_before_is_said_to_have() -> None:
    story = STORIES["assigned"]()
    case = by_letter(story.case)
    late = case.complaint.evolve(answer_by=story.now - timedelta(hours=1))
    assert "sudah lewat, dan naik menurut jenjangnya" in receipt(story, replace(case, complaint=late)).text


def test_what_is_for_the_operator_alone_is_not_on_the_paper() -> None:
    source = receipt(STORIES["assigned"]()).source
    paper = source.partition('<article class="paper">')[2].partition("</article>")[0]
    assert TOKEN in source and TOKEN not in paper


def test_an_officer_reads_the_channel_masked_the_citizen_when_recorded() -> None:
    story = STORIES["assigned"]()
    case = by_letter(story.case)
    officer = check_page(officer_page(story.ctx, case, "department")).text
    assert "Lewat: Surat, diterima Jumat, 6 November 2026 pukul 09.41 WIB, dicatat operator Senin" in officer
    assert "Nomor rujukan: 12/RW05" in officer and "0812" not in officer
    citizen = check_page(citizen_page(story.ctx, case, KEY, lang="id"))
    assert "Laporan diterima lewat surat" in citizen.text
    assert "Dicatat operator pada Senin, 9 November 2026 pukul 09.41 WIB" in citizen.text
    assert "12/RW05" not in citizen.source
