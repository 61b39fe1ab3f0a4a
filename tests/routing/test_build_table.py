"""A table that cannot be read says which file and why."""

from __future__ import annotations
from pathlib import Path

import pytest

from workflows.routing.build import build_table
from workflows.routing.load import FOLDER, load_judge, load_table, read_files
from workflows.routing.table import TableError

FILES = read_files(FOLDER)
JUDGE = load_judge()


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("slang.csv", "word\nyg\n", "no column means"),
        ("phrases.csv", "category,phrase,weight,kind\npungli,suap,heavy,any\n", "“suap”"),
        ("phrases.csv", "category,phrase,weight,kind\npungli,suap,5,maybe\n", "kind must be"),
        ("phrases.csv", "category,phrase,weight,kind\npungli,suap,-1,any\n", "weight above 0"),
        ("danger.csv", "phrase,label\napi,kebakaran,besar\n", "line 2"),
        ("danger.csv", "phrase,label\napi\n", "line 2"),
        ("danger.csv", "phrase,label\n\n\napi,kebakaran\n\napi\n", "line 6"),
        ("danger.csv", 'phrase,label\napi,"kebakaran\nbesar"\napi\n', "line 4"),
        ("danger.csv", f"phrase,label\napi,kebakaran\n{'x' * 200_000},asap\n", "line 3"),
        ("roads.csv", "", "no column"),
    ],
)
def test_a_broken_file_is_named(name: str, text: str, told: str) -> None:
    with pytest.raises(TableError, match=name) as raised:
        build_table(FILES | {name: text}, JUDGE)
    assert told in str(raised.value)


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(TableError, match="accusations"):
        load_table(tmp_path)
    with pytest.raises(TableError, match="kelurahan"):
        build_table({name: text for name, text in FILES.items() if name != "kelurahan.csv"}, JUDGE)
