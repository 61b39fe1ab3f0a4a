"""Where letters to learn from come from, and which of them are nearly the same."""

from __future__ import annotations
import json
from pathlib import Path

import pytest

from tests.training.given import label
from workflows.training.corpus import Corpus, NoLetters, given, without_twins
from workflows.training.labelled import Labelled, read_categories, read_examples, read_labelled, read_texts

HEAD = "text,opd,also,urgent,accuses,kind\n"
LONG = "Lampu jalan di depan gang kami mati sudah tiga malam dan belum ada petugas yang datang"


def dev(folder: Path, text: str = LONG) -> Path:
    line = {"id": "a", "text": text, "opd": "DISHUB", "also_ok": ["PERKIM"], "urgent": True, "kind": "complaint"}
    (folder / "dev.jsonl").write_text(json.dumps(line) + "\n\n", "utf-8")
    return folder


def corrections(folder: Path, *rows: str) -> Path:
    path = folder / "corrections.csv"
    path.write_text(HEAD + "".join(f"{row}\n" for row in rows), "utf-8")
    return path


def test_a_line_and_a_row_are_read_as_the_same_letter(tmp_path: Path) -> None:
    (line,) = read_labelled(dev(tmp_path) / "dev.jsonl")
    (row,) = read_examples(corrections(tmp_path, f"{LONG},DISHUB,PERKIM,yes,,complaint"))
    assert line == Labelled("a", LONG, "DISHUB", ("PERKIM",), True, None, "complaint")
    assert (line.text, line.right, line.urgent) == (row.text, row.right, row.urgent)


def test_texts_count_only_where_somebody_labelled_them(tmp_path: Path) -> None:
    texts = tmp_path / "weak.jsonl"
    texts.write_text('{"id": "x", "text": "satu"}\n{"id": "y", "text": "dua"}\n', "utf-8")
    labels = tmp_path / "labels.csv"
    labels.write_text("id,opd,also,urgent,accuses,kind\ny,DLH,,no,,complaint\n", "utf-8")
    assert [(x.id, x.text, x.opd) for x in read_texts(texts, labels)] == [("y", "dua", "DLH")]


def test_the_same_words_have_the_same_name_in_any_order_of_the_file(tmp_path: Path) -> None:
    first = read_examples(corrections(tmp_path, "satu,DLH,,no,,complaint", "dua,PUPR,,no,,complaint"))
    second = read_examples(corrections(tmp_path, "dua,PUPR,,no,,complaint", "satu,DLH,,no,,complaint"))
    assert [letter.id for letter in first] == [letter.id for letter in reversed(second)]


def test_examples_and_the_desk_s_corrections_are_learnt_from_too(tmp_path: Path) -> None:
    added = corrections(tmp_path, "Pohon miring,DISBUDPAR,,no,,complaint")
    found = given(dev(tmp_path), [added])
    assert ([x.id for x in found.corpus.measured], found.own) == (["a"], False)
    assert len(found.corpus.others) == len(read_examples()) + 1
    assert found.said == f"1 measured letters, {len(read_examples()) + 1} more to learn from."


def test_without_the_folder_the_project_s_letters_are_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    found = given(None, [])
    assert found.own
    assert found.corpus == Corpus(read_examples(), [])
    assert found.said.startswith("No dev.jsonl in ../shared/routing: only the project's own ")


def test_the_examples_of_a_category_are_letters_to_its_owner(tmp_path: Path) -> None:
    file = tmp_path / "categories.csv"
    file.write_text("code,opd,examples\npju_mati,DISHUB,lampu mati|pju padam\nwarga,KEC-*,surat RT\nlainnya,-,halo\n")
    found = [(x.text, x.opd, x.kind) for x in read_categories(file)]
    assert found == [
        ("lampu mati", "DISHUB", "complaint"),
        ("pju padam", "DISHUB", "complaint"),
        ("surat RT", "KEC", "complaint"),
        ("halo", "DESK", "unclear"),
    ]


@pytest.mark.parametrize(("folder", "files"), [("nowhere", []), (None, ["nowhere.csv"])])
def test_what_was_asked_for_and_is_not_there_is_named(tmp_path: Path, folder: str | None, files: list[str]) -> None:
    with pytest.raises(NoLetters, match="nowhere"):
        given(tmp_path / folder if folder else None, [tmp_path / file for file in files])


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        (LONG, False),
        (f"Selamat pagi. {LONG.upper()}!", False),
        ("Lampu jalan di depan gang kami mati, tolong diganti, terima kasih banyak pak wali", True),
        ("lampu mati", True),
    ],
)
def test_a_letter_that_says_the_same_in_the_same_words_teaches_nothing(text: str, kept: bool) -> None:
    corpus = Corpus([label(id="a", text=LONG), label(id="b", text="lampu mati")], [label(id="c", text=text)])
    assert bool(without_twins(corpus).others) is kept
