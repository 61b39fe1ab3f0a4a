"""The canned answers reach the functions, read once; a broken file costs the list, never the page."""

from __future__ import annotations
import logging
from pathlib import Path

import pytest

from functions.app.data_files import read_answers

HEAD = "category,outcome,title,text\n"


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
