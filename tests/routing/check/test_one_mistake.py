"""Each kind of mistake, alone in a sound table: found once, at its place, with the way out."""

from __future__ import annotations
import json
from pathlib import Path

import pytest

from tests.routing.check.small import SMALL, WHOLE, check_small, lines, told, with_line, with_words

pytestmark = pytest.mark.slow

MISTAKES = [
    json.loads(line) for line in (Path(__file__).parent / "mistakes.jsonl").read_text(encoding="utf-8").splitlines()
]
"""A line added to a file, or words of it changed, and what is told; of an added line without its number."""

ADDED = [mistake for mistake in MISTAKES if "add" in mistake]
CHANGED = [mistake for mistake in MISTAKES if "old" in mistake]


def test_the_table_that_comes_with_laksa_has_no_mistake_and_is_stored_so() -> None:
    checked = check_small({}, WHOLE)
    assert not checked.errors, [f"workflows/data/routing: correct {error}" for error in checked.errors]
    assert told(checked) == []
    assert checked.files == WHOLE


@pytest.mark.parametrize("mistake", ADDED, ids=lambda m: f"{m['file']}: {m['add']}")
def test_a_line_with_one_mistake(mistake: dict[str, str]) -> None:
    name = mistake["file"]
    assert told(with_line(name, mistake["add"])) == [f"{name}:{lines(name) + 1}:{mistake['told']}"]


@pytest.mark.parametrize("code", ["DESK", "SEKDA", "WALIKOTA", "ASISTEN-4"])
def test_an_office_with_letters_and_no_report_is_a_line_like_any_other(code: str) -> None:
    assert told(with_line("departments.csv", f"{code},Nama,Nama,office,,kotak@kota.example,,,,")) == []


@pytest.mark.parametrize("mistake", CHANGED, ids=lambda m: f"{m['file']}: {m['new']}")
def test_a_change_with_one_mistake(mistake: dict[str, str]) -> None:
    checked = with_words(mistake["file"], mistake["old"], mistake["new"])
    assert f"{mistake['file']}:{mistake['told']}" in told(checked)


@pytest.mark.parametrize(
    ("name", "code", "what"),
    [
        ("categories.csv", "lainnya", "kategori"),
        ("departments.csv", "DISKOMINFO", "OPD"),
        ("external.csv", "EXT-OMBUDSMAN", "instansi"),
    ],
)
def test_what_the_program_counts_on_must_be_there(name: str, code: str, what: str) -> None:
    row = next(line for line in SMALL[name].splitlines(keepends=True) if line.startswith(code))
    expected = f"{name}:1:1: {what} {code} tidak ada, padahal Laksa memakainya – kembalikan barisnya"
    assert expected in told(with_words(name, row, ""))


def without(name: str, word: str) -> bytes:
    """A file of the small table without the lines that have this word."""
    return "".join(line for line in SMALL[name].splitlines(keepends=True) if word not in line).encode()


def test_a_kecamatan_without_its_office() -> None:
    given = {name: without(name, "KEC-BENDA") for name in ("departments.csv", "units.csv")}
    expected = "departments.csv:1:1: Kecamatan Benda belum punya kantor – tambahkan baris dengan kode KEC-BENDA"
    assert told(check_small(given)) == [expected]


def test_a_department_that_is_gone_is_told_at_each_of_its_units() -> None:
    errors = check_small({"departments.csv": without("departments.csv", "KEC-BENDA")}).errors
    told_units = [(f.field, f.message) for f in errors if f.file == "units.csv"]
    assert told_units == [("opd", 'kode "KEC-BENDA" tidak dikenal')] * 5


def test_slang_that_goes_round_in_a_circle_is_told_at_each_word() -> None:
    checked = with_line("slang.csv", "cepetan,buruan\nburuan,cepetan")
    assert [finding.message for finding in checked.findings] == [
        "kata ini berputar: cepetan → buruan → cepetan",
        "kata ini berputar: buruan → cepetan → buruan",
    ]


def test_a_category_with_phrases_against_it_only_is_never_chosen() -> None:
    turned = [
        line.replace(",any", ",not") if line.startswith("pkl,") else line for line in SMALL["phrases.csv"].splitlines()
    ]
    (finding,) = check_small({"phrases.csv": "\n".join(turned).encode()}).errors
    assert "kategori pkl hanya punya frasa “not”" in finding.message


def test_a_category_without_any_phrase_is_a_warning() -> None:
    (finding,) = with_line("categories.csv", "becak,Becak,Pedicabs,DISHUB,,no").findings
    assert (finding.warning, "becak tidak punya frasa" in finding.message) == (True, True)


@pytest.mark.parametrize("code", ["INSPEKTORAT", "SEKDA", "SETDA", "WALIKOTA"])
def test_who_hears_of_those_above_the_offices_must_be_said(code: str) -> None:
    row = next(line for line in SMALL["conflicts.csv"].splitlines(keepends=True) if line.startswith(f"{code},"))
    errors = with_words("conflicts.csv", row, "").errors
    assert f"tidak ada baris untuk {code}: tuduhan terhadapnya bisa sampai ke kantornya sendiri" in {
        finding.message for finding in errors
    }


@pytest.mark.parametrize("name", ["accusations.csv", "danger.csv", "phrases.csv"])
def test_a_file_that_lost_most_phrases_is_told_not_one_that_lost_few(name: str) -> None:
    kept = SMALL[name].splitlines(keepends=True)
    phrases = len(kept) - 1
    gone = f"{phrases - 1} dari {phrases} frasa yang berlaku tidak ada lagi"
    assert gone in {finding.message for finding in check_small({name: "".join(kept[:2]).encode()}).warnings}
    most = "".join(kept[: phrases // 2 + 2]).encode()
    assert not [f for f in check_small({name: most}).warnings if "tidak ada lagi" in f.message]
