"""The canned answers reach the functions, read once; a broken file costs the list, never the page."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from functions.app.container import container
from functions.app.data_files import read_answers
from functions.views.officer.page import for_category
from tests.workflows.world import World

HEAD = "category,outcome,title,text\n"


def test_every_function_finds_the_answers_and_reads_them_once(laksa: World) -> None:
    assert {a.outcome for a in for_category(container().canned, "ktp_kk")} == {"done", "not_done"}
    assert container().canned is container().canned


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (f"{HEAD}*,sudah,Umum,Beres.\n".encode(), "answers.csv: baris 2, kolom outcome"),
        (b"\xff\xfe" + HEAD.encode("utf-16-le"), "answers.csv: 'utf-8'"),
        (None, "No such file"),
    ],
    ids=["a wrong outcome", "not UTF-8", "no file"],
)
def test_a_file_that_cannot_be_used_is_logged_and_gives_no_answers(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, content: bytes | None, named: str
) -> None:
    path = tmp_path / "answers.csv"
    if content is not None:
        path.write_bytes(content)
    with caplog.at_level(logging.ERROR, logger="laksa"):
        assert read_answers(path) == ()
    assert [named in record.__dict__["error"] for record in caplog.records] == [True]


def test_a_good_file_is_read_as_it_stands(tmp_path: Path) -> None:
    path = tmp_path / "answers.csv"
    path.write_text(f"{HEAD}*,done,Umum,Beres.\n", "utf-8")
    assert [answer.title for answer in read_answers(path)] == ["Umum"]
