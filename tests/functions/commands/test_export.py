"""`laksa export --training`: the file, who may read it, and what is said beside it."""

from __future__ import annotations
from pathlib import Path

import pytest

from cli.main import main
from tests.builders import complaint
from tests.workflows.world import World
from workflows.domain.actions.desk import DeskAct
from workflows.domain.complaint.model import State
from workflows.training.labelled import EXAMPLES, read_examples

TEXT = "Sudah dua kali saya lapor, “mohon dibantu”, katanya;\nbaris kedua."


@pytest.fixture
def settled(laksa: World) -> World:
    """One case that an operator found to be another institution's."""
    laksa.put(complaint(State.AT_DESK, text=TEXT, assignment_no=1))
    laksa.desk(DeskAct("external", "PLN"))
    return laksa


def exported(file: Path, *more: str) -> int:
    return main(["export", "--training", str(file), *more])


def header(file: Path) -> str:
    return file.read_text("utf-8").splitlines()[0]


def test_the_file_has_the_columns_of_the_examples_and_is_read_as_they_are(settled: World, tmp_path: Path) -> None:
    file = tmp_path / "corrections.csv"
    assert exported(file) == 0
    (letter,) = read_examples(file)
    assert (letter.text, letter.opd, letter.urgent, letter.kind) == (TEXT, "EXTERNAL", False, "complaint")
    assert header(file) == header(EXAMPLES)


@pytest.mark.parametrize("before", [False, True], ids=["new", "there already"])
def test_only_its_owner_can_read_the_file(settled: World, tmp_path: Path, before: bool) -> None:
    file = tmp_path / "corrections.csv"
    if before:
        file.write_text("an older and longer file\n" * 100)
        file.chmod(0o644)
    exported(file)
    assert file.stat().st_mode & 0o777 == 0o600
    assert "older" not in file.read_text("utf-8")


def test_it_says_how_many_letters_there_are_and_that_they_may_name_people(
    settled: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    other = complaint(State.AT_DESK, ticket="LKS-0000-0000-0", assignment_no=1, restricted=True)
    settled.put(other)
    settled.desk(DeskAct("external", "POLRI"), other.ticket, assignment_no=1)
    exported(tmp_path / "corrections.csv")
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("laksa: 1 letters, 1 restricted left out, in ")
    assert "may name people" in err


def test_restricted_letters_come_when_they_are_asked_for(laksa: World, tmp_path: Path) -> None:
    laksa.put(complaint(State.AT_DESK, restricted=True, assignment_no=1))
    laksa.desk(DeskAct("external", "POLRI"))
    file = tmp_path / "corrections.csv"
    assert [exported(file), len(read_examples(file))] == [0, 0]
    assert [exported(file, "--restricted"), len(read_examples(file))] == [0, 1]
