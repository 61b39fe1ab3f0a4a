"""`python -m workflows.training`: from a folder of letters to weights, and to a report."""

from __future__ import annotations
import json
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.training.given import LETTERS
from workflows.routing.load import load_judge
from workflows.training.__main__ import main

pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(find_spec("sklearn") is None, reason="the training libraries are not installed: make train"),
]
Captured = pytest.CaptureFixture[str]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """Forty letters as they lie in a folder of a city's own."""
    lines = [
        {"id": x.id, "text": x.text, "opd": x.opd, "also_ok": x.also, "urgent": x.urgent, "kind": x.kind}
        for x in LETTERS[:40]
    ]
    (tmp_path / "dev.jsonl").write_text("\n".join(map(json.dumps, lines)), "utf-8")
    return tmp_path


def test_weights_are_written_where_asked_and_it_says_from_how_many(folder: Path, capsys: Captured) -> None:
    out = folder / "new" / "routing.weights"
    assert main(["train", "--letters", str(folder), "--out", str(out)]) == 0
    said = capsys.readouterr().out
    assert said.startswith("40 measured letters, ")
    assert f"weights {load_judge.__wrapped__(out).weights.version} from " in said


@pytest.mark.whole
def test_without_real_letters_the_shipped_weights_stay_and_it_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["train"]) == 0
    assert (tmp_path / "build" / "train" / "routing.weights").is_file()
    said = capsys.readouterr().out
    assert said.startswith("No dev.jsonl in ../shared/routing")
    assert "The shipped weights stay" in said


@pytest.mark.whole
def test_a_measurement_is_written_and_only_the_terminal_has_words(folder: Path, capsys: Captured) -> None:
    out = folder / "report"
    assert main(["eval", "--letters", str(folder), "--folds", "2", "--out", str(out)]) == 0
    said, report = capsys.readouterr().out, (out / "report.md").read_text("utf-8")
    assert "held half" in said
    assert "held half" in report
    begins = [x.text[:30] for x in LETTERS[:40]]
    assert any(words in said for words in begins)
    assert not any(words in report for words in begins)


def test_a_folder_without_letters_is_one_line_and_ends_with_2(tmp_path: Path, capsys: Captured) -> None:
    assert main(["train", "--letters", str(tmp_path)]) == 2
    assert capsys.readouterr().err == f"training: no dev.jsonl in {tmp_path}\n"
