"""The files of the routing table in force, as a spreadsheet opens them, and the way back."""

from __future__ import annotations

import io
import zipfile

import pytest

from functions.app.container import container
from functions.app.spreadsheets import for_excel
from tests.functions.tables_sent import FILES, applied, ask, check, text
from tests.workflows.world import World
from workflows.routing.stored import current_version, version_of

pytestmark = pytest.mark.slow


@pytest.mark.parametrize("name", FILES)
def test_each_file_comes_as_a_spreadsheet_opens_it_and_goes_back_the_same(laksa: World, name: str) -> None:
    answer = ask(laksa, f"?berkas={name}")
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'
    assert answer.get_data().decode() == for_excel(FILES[name])
    assert "Tidak ada yang berubah" in text(check(laksa, (name, answer.get_data())))


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


def test_what_a_spreadsheet_would_calculate_is_text_and_comes_back(laksa: World) -> None:
    numbers = ("+62 21 5582144", "-55 82144")
    row = "BARU{n},Dinas Baru {n},Baru {n},dinas,Kepala,,,{phone},,\n"
    rows = "".join(row.format(n=n, phone=phone) for n, phone in enumerate(numbers))
    version = applied(laksa, ("departments.csv", FILES["departments.csv"] + rows))
    with zipfile.ZipFile(io.BytesIO(ask(laksa, "?berkas=semua").get_data())) as zipped:
        files = [(name, zipped.read(name)) for name in zipped.namelist()]
    one = ask(laksa, "?berkas=departments.csv").get_data()
    assert dict(files)["departments.csv"] == one
    assert [f";'{phone};" in one.decode() for phone in numbers] == [True, True]
    assert "Tidak ada yang berubah" in text(check(laksa, *files))
    assert version_of(container().in_force.texts) == version == current_version(laksa.store).version
