"""The page of the routing table: whole in every state, safe from what files hold, and it names every file."""

from __future__ import annotations

import pytest

from functions.views.desk.table_pages import PURPOSES
from tests.views.html_checks import check_page
from tests.views.page_cases import ATTACK, TICKET
from tests.views.table_cases import FIRST, SECOND, every_table
from workflows.routing.columns import FILES

PAGES = every_table()


@pytest.mark.parametrize("name", PAGES)
def test_it_stands_in_every_state(name: str) -> None:
    page = check_page(PAGES[name])
    assert len(page.all("h1")) == 1
    assert ATTACK not in PAGES[name] and "<script" not in PAGES[name]


def test_every_file_has_its_line_and_no_other() -> None:
    assert set(PURPOSES) == set(FILES)


def test_a_version_says_since_when_and_by_which_upload() -> None:
    page = PAGES["changed"]
    assert f"Tabel {SECOND}" in page
    assert "lewat papan kerja: categories.csv, departments.csv, holidays.csv" in page
    assert f"Kembalikan tabel {FIRST}" in page


def test_what_was_refused_says_why_and_names_the_offices() -> None:
    assert "periksa lagi" in PAGES["overtaken"]
    assert "BARU (3), DLH-TPA (1)" in PAGES["orphans"]


def test_only_a_sound_table_that_changes_something_has_the_button() -> None:
    with_button = {name for name, page in PAGES.items() if "Berlakukan" in page}
    assert with_button == {"sound", "sound, no report yet"}


def test_a_restricted_report_is_not_named_and_the_days_are_written_out() -> None:
    page = PAGES["sound"]
    assert page.count(TICKET) == 1 and "1 di antaranya laporan terbatas" in page
    assert "Baru: Selasa, 26 Desember 2028: cuti bersama, Natal" in page


def test_three_hundred_mistakes_are_counted_and_two_hundred_told() -> None:
    page = PAGES["many mistakes"]
    assert "299 kesalahan" in page and "Dan 99 lagi" in page
    assert page.count("maksudnya BPBD?") == 200
