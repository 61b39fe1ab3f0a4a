"""The files of the routing table in force, as a spreadsheet opens them, and the way back."""

from __future__ import annotations
import io
import zipfile

import pytest

from functions.app.spreadsheets import for_excel
from tests.functions.tables_sent import FILES, ask, check, text
from tests.workflows.world import World

pytestmark = pytest.mark.slow


def test_each_file_comes_as_a_spreadsheet_opens_it_and_goes_back_the_same(laksa: World) -> None:
    downloads = {name: ask(laksa, f"?berkas={name}") for name in FILES}
    for name, answer in downloads.items():
        assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
        assert answer.get_data().decode() == for_excel(FILES[name])
    sent_back = [(name, answer.get_data()) for name, answer in downloads.items()]
    assert "Tidak ada yang berubah" in text(check(laksa, *sent_back))


def test_all_files_come_in_one_archive_that_is_the_same_again(laksa: World) -> None:
    first, second = (ask(laksa, "?berkas=semua").get_data() for _ in range(2))
    with zipfile.ZipFile(io.BytesIO(first)) as zipped:
        assert {name: zipped.read(name).decode() for name in zipped.namelist()} == {
            name: for_excel(content) for name, content in FILES.items()
        }
    assert first == second


def test_a_file_that_is_none_of_ours_is_not_found_and_nothing_else_is_read(laksa: World) -> None:
    for name in ("laksa.db", "../secrets.json", "categories.csv/"):
        assert ask(laksa, f"?berkas={name}").status_code == 404
