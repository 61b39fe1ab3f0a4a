"""`laksa route`: one text in words or as JSON, many as JSON lines; every mistake in one line."""

from __future__ import annotations
import argparse
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from cli import route
from functions.app.container import container
from tests.routing.given import TABLE

pytestmark = pytest.mark.slow

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def nowhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A data folder where Laksa has never run."""
    monkeypatch.setenv("LAKSA_DATA", str(tmp_path / "nowhere"))
    container.cache_clear()
    yield tmp_path / "nowhere"
    container.cache_clear()


def laksa(*words: str) -> int:
    parser = argparse.ArgumentParser(prog="laksa")
    route.add_parser(parser.add_subparsers())
    chosen = parser.parse_args(["route", *words])
    return int(chosen.run(chosen))


def test_a_text_is_answered_in_words(capsys: Captured) -> None:
    assert laksa("lampu jalan mati", "--place", "Kelurahan Cikokol") == 0
    said = capsys.readouterr().out
    assert said.startswith("Dinas Perhubungan – Lampu jalan (PJU) mati")
    assert "menyebut “lampu" in said
    assert "Kecamatan Tangerang" in said
    assert re.search(r"“lampu( jalan)?” \+\d,\d → Dishub", said)


def test_asking_makes_no_store_and_names_the_table_that_answered(nowhere: Path, capsys: Captured) -> None:
    assert laksa("lampu jalan mati") == 0
    assert f"Tabel {TABLE.version}" in capsys.readouterr().out
    assert not nowhere.exists()


def test_an_unclear_text_is_answered_with_three_choices(capsys: Captured) -> None:
    assert laksa("mohon dibantu") == 0
    said = capsys.readouterr().out.splitlines()
    choices = said[said.index("Belum yakin: lewat meja operator, dengan pilihan") + 1 :][:3]
    assert all(line.startswith("  ") for line in choices)


def test_an_accusation_says_that_it_is_restricted(capsys: Captured) -> None:
    assert laksa("petugas dishub minta uang") == 0
    said = capsys.readouterr().out
    assert "Terbatas." in said
    assert "Yang dilaporkan: Dinas Perhubungan" in said


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("lampu jalan mati", "aduan"),
        ("apakah KTP bisa diurus hari Sabtu?", "pertanyaan"),
        ("petugas dishub minta uang", "berkadar pengawasan"),
        ("tes", "isi belum jelas"),
    ],
)
def test_the_kind_is_told(text: str, kind: str, capsys: Captured) -> None:
    assert laksa(text) == 0
    assert f"Jenis: {kind}\n" in capsys.readouterr().out


def test_json_carries_the_whole_decision(capsys: Captured) -> None:
    assert laksa("got mampet", "--json") == 0
    decision = json.loads(capsys.readouterr().out)
    assert decision["opd"] == decision["top"][0][0] == "PUPR"
    assert {"also", "confident", "why", "category", "urgent", "restricted", "accuses", "kind", "version"} <= set(
        decision
    )


def test_lines_are_decided_one_by_one(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "letters.jsonl"
    file.write_text('\ufeff{"id": "a", "text": "got mampet"}\n\n{"id": 2, "text": "😀"}\r\n', encoding="utf-8")
    assert laksa("--jsonl", str(file)) == 0
    decisions = [json.loads(line) for line in capsys.readouterr().out.splitlines()]
    assert [(d["id"], d["opd"]) for d in decisions] == [("a", "PUPR"), (2, "DESK")]
    assert all(set(d) == {"id", "opd", "also", "top", "confident", "why"} for d in decisions)


def test_bad_lines_are_named_and_the_good_ones_still_decided(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "letters.jsonl"
    lines = [
        b"{",
        b"[1]",
        b'{"id": 1}',
        b'{"text": "a"}',
        b'{"id": 1, "text": 5}',
        b"\xff",
        b'{"id": 7, "text": "pju"}',
    ]
    file.write_bytes(b"\n".join(lines))
    assert laksa("--jsonl", str(file)) == 1
    said = capsys.readouterr()
    assert [json.loads(line)["id"] for line in said.out.splitlines()] == [7]
    assert [line.split(":")[1].strip() for line in said.err.splitlines()] == [f"baris {n}" for n in range(1, 7)]


def test_half_a_character_in_a_line_does_not_stop_it(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "letters.jsonl"
    file.write_text('{"id": "\\ud800", "text": "\\ud800 pdam mati"}\n', encoding="utf-8")
    assert laksa("--jsonl", str(file)) == 0
    assert json.loads(capsys.readouterr().out)["opd"] == "PDAM"


def test_of_a_text_too_long_the_beginning_is_decided_and_it_says_so(tmp_path: Path, capsys: Captured) -> None:
    long = "lampu jalan mati. " * 300 + "Petugas dishub minta uang." * 20_000
    file = tmp_path / "letters.jsonl"
    file.write_text(json.dumps({"id": 1, "text": "got mampet"}) + "\n" + json.dumps({"id": 2, "text": long}), "utf-8")
    for words in (["--jsonl", str(file)], [long[:100_000], "--json"]):
        assert laksa(*words) == 0
        said = capsys.readouterr()
        assert json.loads(said.out.splitlines()[-1])["opd"] == "DISHUB"
        assert "hanya 5000 dari" in said.err
        assert ("baris 2: " in said.err) == (words[0] == "--jsonl")


@pytest.mark.parametrize("words", [[], ["a", "--jsonl", "b"], ["--jsonl", "b", "--place", "c"]])
def test_wrong_use_is_told_in_one_line(words: list[str], capsys: Captured) -> None:
    assert laksa(*words) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1


@pytest.mark.parametrize("name", ["missing.jsonl", "."])
def test_a_file_that_cannot_be_read_is_wrong_use(name: str, tmp_path: Path, capsys: Captured) -> None:
    assert laksa("--jsonl", str(tmp_path / name)) == 2
    assert len(capsys.readouterr().err.splitlines()) == 1
