"""`laksa export`: how the city worked, and nothing by which anybody is known."""

from __future__ import annotations
import csv
import io
import json

import pytest

from cli.main import main
from tests.builders import PARENT, complaint
from tests.workflows.world import World
from workflows.domain.complaint.model import State

WORDS = "Saya Zubaedah, Jalan Delima nomor 7, telepon 0812-3456-7890."
OTHERS = ("LKS-0000-0000-0", "LKS-0000-0001-1", "LKS-0000-0002-2", "LKS-0000-0003-3")


def rows(capsys: pytest.CaptureFixture[str]) -> list[dict[str, str]]:
    assert main(["export"]) == 0
    return list(csv.DictReader(io.StringIO(capsys.readouterr().out)))


def test_a_row_tells_what_happened_by_days(laksa: World, capsys: pytest.CaptureFixture[str]) -> None:
    laksa.put(
        complaint(State.CLOSED, visibility="public", kelurahan="36.71.01.1005", category="sampah_angkut", rating=4)
    )
    (row,) = rows(capsys)
    assert (row["received"], row["answered"], row["deadline"]) == ("2026-07-06", "2026-07-06", "2026-07-20")
    assert (row["stage"], row["status"], row["closed_as"]) == ("selesai", "closed", "confirmed")
    assert (row["kelurahan"], row["kecamatan"], row["department"]) == ("36.71.01.1005", "Tangerang", "DLH")
    assert (row["rating"], row["channel"], row["outcome"]) == ("4", "form", "done")


def test_a_confidential_report_has_no_number_no_kelurahan(laksa: World, capsys: pytest.CaptureFixture[str]) -> None:
    laksa.put(complaint(State.ASSIGNED, kelurahan="36.71.01.1005"))
    (row,) = rows(capsys)
    assert (row["number"], row["kelurahan"], row["kecamatan"]) == ("", "", "Tangerang")


def test_restricted_and_held_back_reports_are_only_counted(laksa: World, capsys: pytest.CaptureFixture[str]) -> None:
    laksa.put(complaint(State.ASSIGNED, "INSPEKTORAT", restricted=True))
    laksa.put(complaint(State.AT_DESK, ticket=OTHERS[0], quarantine="too_many"))
    laksa.put(complaint(State.AT_DESK, ticket=OTHERS[1]))
    assert main(["export"]) == 0
    told = capsys.readouterr()
    assert len(told.out.splitlines()) == 2
    assert told.err == "laksa: 1 reports, 2 restricted or held back left out\n"


def test_what_was_merged_is_where_its_parent_is(laksa: World, capsys: pytest.CaptureFixture[str]) -> None:
    laksa.put(complaint(State.CLOSED, ticket=PARENT))
    laksa.put(complaint(State.MERGED))
    assert {(row["status"], row["stage"], row["department"]) for row in rows(capsys)} == {
        ("merged", "selesai", "DLH"),
        ("closed", "selesai", "DLH"),
    }


def test_json_is_a_line_a_report(laksa: World, capsys: pytest.CaptureFixture[str]) -> None:
    laksa.put(complaint(State.AT_DESK))
    assert main(["export", "--json"]) == 0
    (line,) = capsys.readouterr().out.splitlines()
    assert json.loads(line)["status"] == "at_desk"
