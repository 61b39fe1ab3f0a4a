"""The desk's board: what each row says and never says, the alarms, the preview, and what comes back."""

from __future__ import annotations
from dataclasses import replace

import pytest

from functions.views.desk.board_page import board_page, preview_page
from functions.views.desk.board_rows import board_json, gone_words
from tests.builders import DIRECTORY
from tests.views.board_cases import (
    CASES,
    PATH,
    alarmed,
    board,
    data_requests,
    desk_context,
    every_board,
    row_of,
    sent_off,
)
from tests.views.html_checks import Page, check_page
from tests.views.list_cases import MORNING
from tests.views.page_cases import PERSONAL
from workflows.domain.complaint.model import State
from workflows.domain.notifications.mailbox_check import MailboxCheck

NO_PHONE = "(nomor telepon belum ada; isi kolom phone di departments.csv)"


def shown(*names: str) -> Page:
    return check_page(board_page(desk_context(), board(*(CASES[name] for name in names))))


MENDED = ("mistakes", "partly", "too late", "data without words", "data gone")


@pytest.mark.parametrize("name", every_board())
def test_every_board_is_whole_names_nobody_and_escapes_what_was_typed(name: str) -> None:
    source = every_board()[name]
    page = check_page(source)
    assert len(page.all("h1")) == 1
    assert not [secret for secret in PERSONAL if secret in source]
    assert page.title.startswith("Perbaiki: ") == (name in MENDED)


def test_a_restricted_row_is_its_number_and_its_date() -> None:
    page = shown("restricted")
    said = page.text.split("pratinjaunya.")[1].split("Membuka papan")[0]
    assert said.strip() == (
        f"{CASES['restricted'].ticket} Terbatas Menunggu 5 hari kerja Sejak Sen, 9 Nov, 09.43 "
        "Buka laporannya dan baca dulu, lalu pilih OPD di sana."
    )
    assert page.values("href").count(PATH) == 1


def test_alarms_stand_on_top_and_a_restricted_call_tells_no_office() -> None:
    page = check_page(board_page(desk_context(), board(morning=alarmed())))
    assert "9 hal yang perlu segera dilihat" in page.text
    assert "Mendesak, belum diterima: terbatas · " in page.text
    assert f"Belum diterima DLH {NO_PHONE}: 3 laporan sejak 16 Nov 2026." in page.text
    assert "Telepon kantornya, minta alamat yang benar" in page.text
    assert "2 pesan di dalam Laksa gagal diproses sejak 16 Nov 2026. Minta pengelola sistem" in page.text
    assert "Hari libur 2027 belum ditetapkan. Periksa sebelum 1 Jan 2027: sampai saat itu" in page.text
    kinds = [alarm["kind"] for alarm in board_json(desk_context(), board(morning=alarmed()))["alarms"]]
    assert kinds == [
        "call",
        "call",
        "silent",
        "silent",
        "tell",
        "undelivered",
        "undelivered",
        "dead_letters",
        "calendar",
    ]


def test_danger_at_the_desk_is_the_first_alarm_above_what_can_be_undone() -> None:
    hidden = CASES["danger"].evolve(ticket=CASES["restricted"].ticket, restricted=True, desk_by=None)
    waiting = ((CASES["danger"], "/meja/danger"), (hidden, "/meja/hidden"))
    shown = board(morning=alarmed(), danger=waiting, recent=(sent_off(CASES["likely"]),), requests=data_requests())
    first, second, third = board_json(desk_context(), shown)["alarms"][:3]
    assert (first["kind"], first["ticket"], first["url"]) == (
        "at_desk",
        CASES["danger"].ticket,
        "https://laksa.example/meja/danger",
    )
    assert first["text"] == "Mendesak, menunggu Anda: lewat sejak Sen, 16 Nov, 08.00."
    assert second["text"] == "Mendesak, menunggu Anda: terbatas · pilih OPD sampai –."
    assert third["kind"] == "call"
    text = check_page(board_page(desk_context(), shown)).text
    assert "12 hal yang perlu segera dilihat Mendesak, menunggu Anda:" in text
    places = [text.rindex(words) for words in ("segera dilihat", "masih dapat dibatalkan", "atas datanya")]
    assert places == sorted(places)


def test_a_silent_department_of_restricted_cases_is_phoned_without_link() -> None:
    shown = board(morning=alarmed())
    page = check_page(board_page(desk_context(), shown))
    assert f"Inspektorat {NO_PHONE}: 2 laporan sejak 16 Nov 2026. Laporannya terbatas." in page.text
    assert [button["value"] for button in page.all("button", name="opd")] == ["INSPEKTORAT"]
    known, hidden = [alarm for alarm in board_json(desk_context(), shown)["alarms"] if alarm["kind"] == "silent"]
    assert set(known) == {"kind", "text", "do", "ticket", "url"}
    assert set(hidden) == {"kind", "text", "do", "opd"} and hidden["opd"] == "INSPEKTORAT"


@pytest.mark.parametrize(("count", "folds"), [(3, 0), (4, 1), (40, 1)])
def test_mailboxes_of_a_whole_quarter_are_folded_into_one(count: int, folds: int) -> None:
    codes = [department.code for department in DIRECTORY.assignable()][:count]
    checks = tuple(MailboxCheck(code, "2026Q4", "x", MORNING, MORNING) for code in codes)
    shown = board(morning=replace(alarmed(), mailboxes=checks))
    page = check_page(board_page(desk_context(), shown))
    assert f"{9 + (1 if folds else count)} hal yang perlu segera dilihat" in page.text
    assert (f"{count} OPD belum menekan “Masih dibaca”" in page.text) == bool(folds)
    assert [button["value"] for button in page.all("button", name="opd")] == ["INSPEKTORAT", *codes]


def test_what_can_be_undone_says_until_when_and_of_which_assignment() -> None:
    case = sent_off(CASES["likely"])
    page = check_page(board_page(desk_context(), board(recent=(case,))))
    assert f"{case.ticket} ke Dinas Lingkungan Hidup (DLH), sampai pukul 09.09" in page.text
    assert [button["value"] for button in page.all("button", name="case")] == [f"{case.ticket}.{case.assignment_no}"]


def test_a_preview_says_what_waits_and_that_danger_does_not() -> None:
    calm = check_page(preview_page(desk_context(), [row_of(CASES["likely"])])).text
    assert "1 laporan akan dikirim" in calm and "email menunggu 10 menit" in calm
    danger = check_page(preview_page(desk_context(), [row_of(CASES["danger"])])).text
    assert "Langsung dikirim, tidak dapat dibatalkan." in danger and "10 menit" not in danger


def test_a_choice_that_came_too_late_says_where_the_case_is() -> None:
    answered = sent_off(CASES["returned"], "PUPR").evolve(state=State.ANSWERED, updated_at=None)
    words = gone_words(desk_context(), row_of(answered, "DISHUB", open=False))
    assert words == "sekarang dijawab, menunggu konfirmasi pelapor"


def test_very_many_letters_in_line_are_an_alarm_that_says_nothing_is_lost() -> None:
    many = replace(alarmed(), letters_in_line=1200)
    page = check_page(board_page(desk_context(), board(morning=many)))
    assert "1.200 email kepada pelapor menunggu, karena tautannya belum pernah dibuka." in page.text
    assert "tidak ada yang hilang" in page.text
    kinds = [alarm["kind"] for alarm in board_json(desk_context(), board(morning=many))["alarms"]]
    assert "letters_in_line" in kinds
