"""The board's part for citizens without e-mail: words to send and to say, and what a restricted report keeps."""

from __future__ import annotations
from dataclasses import replace
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest

from functions.views.desk.board_page import board_page
from functions.views.desk.board_rows import board_json
from functions.views.desk.phone_tasks import TellRow, tell_rows
from functions.views.mail.digests import render_overview
from tests.views.board_cases import board, desk_context
from tests.views.html_checks import check_page
from tests.views.list_cases import MORNING
from tests.views.phone_task_cases import NUMBER, case, page_of_tasks, task
from workflows.desk.morning import DeskMorning
from workflows.desk.phone_tasks import Backlog, Tasks
from workflows.domain.complaint.model import Complaint, State
from workflows.mail.digests import DeskDigest

CTX = desk_context()


LANDLINE = "+62215551234"


def row(complaint: Complaint, *templates: str, hour: int = 0) -> TellRow:
    ctx = replace(CTX, now=CTX.now + timedelta(hours=hour))
    (made,) = tell_rows(ctx, Tasks((task(complaint, *templates),), True, ""))
    return made


def message(made: TellRow) -> str:
    return parse_qs(urlsplit(made.whatsapp).query)["text"][0]


def link(complaint: Complaint) -> str:
    return f"{CTX.url}/laporan/{complaint.ticket}/{CTX.links.citizen_key(complaint.ticket, 1)}"


def test_whoever_wrote_in_english_is_told_in_english() -> None:
    told = case(lang="en").evolve(state=State.IN_PROGRESS)
    assert message(row(told)).startswith(f"Laksa Kota Tangerang: news on report {told.ticket}. ")
    assert message(row(told.evolve(restricted=True))) == f"There is news on {told.ticket}: {link(told)}"


def test_of_a_restricted_report_there_is_news_alone_and_nobody_phones() -> None:
    told = case(restricted=True, category="pungli").evolve(state=State.IN_PROGRESS)
    made = row(told, "answer", "late")
    assert message(made) == f"Ada kabar untuk {told.ticket}: {link(told)}"
    assert (made.news, made.status, made.phone) == ("ada kabar", "", "")
    assert row(told.evolve(consent=True)).phone == "+62 812-9876-5432"
    shape = board_json(CTX, board(tell=Tasks((task(told),), True, "")))["tell"][0]
    assert (shape["phone"], shape["news"]) == (None, "ada kabar")


def on_landline(complaint: Complaint) -> Tasks:
    return Tasks((replace(task(complaint), phone=LANDLINE),), True, "")


def test_a_landline_can_only_be_called() -> None:
    tasks = on_landline(case())
    (made,) = tell_rows(CTX, tasks)
    assert (made.whatsapp, made.phone) == ("", "+62 21 5551234")
    assert board_json(CTX, board(tell=tasks))["tell"][0]["whatsapp"] is None
    page = check_page(board_page(CTX, board(tell=tasks)))
    assert "Buka WhatsApp" not in page.text
    assert "Ini bukan nomor HP: tidak ada WhatsApp." in page.text
    assert "Tekan “Tidak tersambung”" not in page.text


def test_a_landline_that_nobody_may_call_says_what_is_left() -> None:
    page = check_page(board_page(CTX, board(tell=on_landline(case(restricted=True, category="pungli")))))
    assert "Cukup lewat WhatsApp" not in page.text
    assert "tidak ada WhatsApp. Tekan “Tidak tersambung”." in page.text


@pytest.mark.parametrize(("hour", "part"), [(0, "pagi"), (4, "siang"), (7, "sore"), (12, "malam")])
def test_the_words_to_say_ask_first_whether_it_is_the_right_person(hour: int, part: str) -> None:
    told = case()
    said = row(told, hour=hour).spoken
    assert said.startswith(f"Selamat {part}, saya (nama Anda) dari Laksa Kota Tangerang.")
    assert said.endswith(f"orang yang punya nomor laporan {told.ticket}?")


def test_several_news_are_named_once_each_in_their_order() -> None:
    assert row(case(), "progress", "late", "progress").news == "kabar dari OPD; lewat batas waktu"


def test_where_nobody_waits_the_board_says_nothing_of_it() -> None:
    for tell in (None, Tasks((), True, "")):
        assert "Kabari pelapor" not in board_page(CTX, board(tell=tell))


def test_machines_read_the_same() -> None:
    shape = board_json(CTX, board(tell=page_of_tasks()))
    first = shape["tell"][0]
    assert {"ticket", "news", "since", "whatsapp", "phone", "url", "tries", "task"} == set(first)
    assert first["task"].endswith(".1")
    assert shape["tell_next"].startswith("?kabar=")


def test_the_morning_letter_counts_them_and_holds_nobodys_number() -> None:
    morning = DeskMorning((), (), (), (), tell=Backlog(3, MORNING))
    made = render_overview(CTX, DeskDigest(morning, (), silent={}, board=("/papan/x", MORNING)))
    assert "3 pelapor yang tidak terjangkau email menunggu dikabari sejak" in made.text
    assert NUMBER[3:] not in made.text + made.html + made.subject
    (alarm,) = board_json(CTX, board(morning=morning))["alarms"]
    assert (alarm["kind"], alarm["text"].startswith("3 pelapor")) == ("tell", True)
