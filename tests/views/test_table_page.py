"""The page of the routing table: whole in every state, safe from what files hold, and it names every file."""

from __future__ import annotations

from functions.views.desk.table_pages import PURPOSES
from tests.views.page_cases import TICKET
from tests.views.table_cases import every_table
from workflows.routing.columns import FILES

PAGES = every_table()


def test_a_restricted_report_is_not_named_and_the_days_are_written_out() -> None:
    page = PAGES["sound"]
    assert page.count(TICKET) == 1 and "1 di antaranya laporan terbatas" in page
    assert "Baru: Selasa, 26 Desember 2028: cuti bersama, Natal" in page


def test_every_file_of_the_table_has_its_line() -> None:
    assert set(PURPOSES) == set(FILES)
