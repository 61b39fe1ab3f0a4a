"""Every error has a kind page and a problem document, and neither tells what went wrong inside."""

from datetime import UTC, datetime

import pytest

from functions.views.shared.problem_page import ACTIONS, problem_json, problem_page
from tests.builders import complaint
from tests.views.html_checks import check_page
from tests.views.page_cases import context
from workflows import errors as e
from workflows import failures as f
from workflows.domain.actions.citizen import CITIZEN_ACTIONS
from workflows.domain.actions.desk import DESK_ACTIONS
from workflows.domain.actions.officer import OFFICER_ACTIONS
from workflows.domain.complaint.records import AnswerDraft

SECRET = "password=hunter2 at store.py"
SINCE = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
ERASED = complaint("closed", ticket="LKS-1", erased={"whole": SINCE})
DRAFT = AnswerDraft("Sudah kami ganti.", sequence=7, photos=(2,))
CASES: list[tuple[Exception, int, str]] = [
    (e.InvalidInput([e.FieldError("action", "bad_choice")]), 422, "Ada 1 isian yang perlu diperiksa"),
    (e.Forbidden(SECRET), 403, "Mungkin terpotong saat disalin."),
    (e.LinkExpired("LKS-1", "DISHUB"), 410, "kami mengirimnya ke alamat email Dishub yang terdaftar."),
    (e.LinkSuperseded("LKS-1", "DISHUB", False, SINCE), 410, "Laporan ini tidak lagi di Dishub sejak Selasa,"),
    (e.LinkSuperseded("LKS-1", "DISHUB", True, SINCE), 410, "Tautan ini tidak berlaku lagi"),
    (e.ActionNotPossible("confirm", "closed", ("dispute",)), 409, "Yang bisa: “Belum selesai”."),
    (e.ActionNotPossible("confirm", "withdrawn", ()), 409, "karena laporan sekarang ditarik pelapor."),
    (e.ReportErased(ERASED), 410, "dihapus pada Selasa, 10 November 2026 pukul 09.00 WIB. Yang tersisa di Laksa:"),
    (e.FormAlreadySent(), 409, "laporan pertama tersimpan"),
    (e.NumberTaken(ERASED), 409, "Nomor ini sudah dipakai untuk laporan LKS-1;"),
    (e.DraftChanged(DRAFT), 409, "Ada konsep jawaban yang baru sejak halaman ini dibuka"),
    (e.DraftChanged(None), 409, "Konsep jawaban yang Anda buka sudah tidak ada"),
    (e.PageNotFound(), 404, "Mulai dari formulir, atau cari laporan dengan nomornya."),
    (e.WrongMethod(["GET"]), 405, "Buka dari tautan di email."),
    (e.UnreadableBody(), 400, "Buka formulir sekali lagi dan kirim dari sana."),
    (e.UnreadableBody(415), 415, "Buka formulir sekali lagi dan kirim dari sana."),
    (e.BodyTooLarge(), 413, "Kiriman ini lebih dari 32 MB"),
    (f.StoreUnavailable(SECRET), 503, "Tunggu 1 menit"),
    (f.StoreConflict(SECRET), 503, "Tunggu 1 menit"),
    (f.BusUnavailable(SECRET), 503, "Tunggu 1 menit"),
    (f.MailDeferred(SECRET), 503, "Tunggu 1 menit"),
    (f.BadMessage(SECRET), 400, "tidak terbaca dan tidak tersimpan"),
    (f.UnknownComplaint(SECRET), 403, "Mungkin terpotong saat disalin."),
    (f.MailRefused(SECRET), 500, "Coba sekali lagi."),
    (f.DocumentExists(SECRET), 503, "Tunggu 1 menit"),
    (f.DocumentMissing(SECRET), 500, "Coba sekali lagi."),
    (f.IndexMissing(SECRET), 500, "Coba sekali lagi."),
    (f.ReadAfterWrite(SECRET), 500, "Coba sekali lagi."),
    (ValueError(SECRET), 500, "Coba sekali lagi."),
]


@pytest.mark.parametrize("with_context", [True, False])
@pytest.mark.parametrize(("error", "status", "words"), CASES)
def test_every_error_says_how_to_go_on(error: Exception, status: int, words: str, with_context: bool) -> None:
    if not with_context:
        words = words.replace("Dishub", "OPD Anda")
    page = check_page(problem_page(context() if with_context else None, "id", error, status))
    assert words in page.text
    assert SECRET not in page.source


def test_every_act_has_a_name_for_what_is_possible_instead() -> None:
    acts = {*OFFICER_ACTIONS.names, *DESK_ACTIONS.names, *CITIZEN_ACTIONS.names}
    assert acts == set(ACTIONS)


@pytest.mark.parametrize(("error", "status", "_"), CASES)
def test_every_error_is_a_problem_document(error: Exception, status: int, _: str) -> None:
    problem = problem_json(None, "en", error, status)
    assert problem["type"] == "about:blank"
    assert problem["status"] == status
    assert problem["title"]
    assert problem["detail"]
    assert SECRET not in str(problem)


def test_a_problem_document_names_the_fields_or_what_is_possible() -> None:
    wrong = e.InvalidInput([e.FieldError("message", "empty")])
    assert problem_json(None, "en", wrong, 422)["errors"] == [
        {"field": "message", "code": "empty", "message": "Please write what happened, at least 10 characters."}
    ]
    not_now = e.ActionNotPossible("confirm", "closed", ("dispute",))
    assert problem_json(None, "id", not_now, 409)["possible"] == ["dispute"]


class Logged(Exception):
    """An unforeseen error under the reference it was logged with."""

    reference = "9f2c11aa"


def test_an_unforeseen_error_tells_its_reference_and_nothing_else() -> None:
    assert "9f2c11aa" in check_page(problem_page(context(), "id", Logged(SECRET), 500)).words
    assert problem_json(context(), "id", Logged(SECRET), 500)["reference"] == "9f2c11aa"
