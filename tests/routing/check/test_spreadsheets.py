"""What spreadsheets make of a file: read silently where nothing is lost, told where something is."""

from __future__ import annotations
from collections.abc import Callable

import pytest

from tests.routing.check.small import SMALL, check_small, told

pytestmark = pytest.mark.slow

NAME = "exceptions.csv"
TEXT = SMALL[NAME]
LEFT_OUT = "".join(line.rstrip(",") + "\n" for line in TEXT.splitlines())

SAVED: dict[str, Callable[[], bytes]] = {
    "with a BOM": lambda: TEXT.encode("utf-8-sig"),
    "with semicolons": lambda: TEXT.replace(",", ";").encode(),
    "with tabs": lambda: TEXT.replace(",", "\t").encode(),
    "as Excel in Indonesian does": lambda: TEXT.replace(",", ";").replace("\n", "\r\n").encode("utf-8-sig"),
    "with quotes everywhere": lambda: TEXT.replace("\n", '"\n"').replace(",", '","').join('""').encode()[:-2],
    "without empty cells at the end of a line": LEFT_OUT.encode,
    "with empty lines below": lambda: (TEXT + ",,,,\n\n,,,,\n").encode(),
    "with empty columns at the side": lambda: TEXT.replace("\n", ",,\n").encode(),
    "with another order of columns": lambda: _turned().encode(),
    "without an optional column": lambda: TEXT.replace(",kecamatan", "").replace(",\n", "\n").encode(),
}


def _turned() -> str:
    return "".join(",".join(reversed(line.split(","))) + "\n" for line in TEXT.splitlines())


@pytest.mark.parametrize("saved", SAVED.values(), ids=SAVED.keys())
def test_a_file_however_saved_is_the_same_table(saved: Callable[[], bytes]) -> None:
    checked = check_small({NAME: saved()})
    assert told(checked) == []
    assert checked.files == SMALL


WAY_OUT = "simpan lagi dari lembar kerja sebagai “CSV UTF-8”"
LOST = {
    "empty": (b"", "1:1: berkas ini kosong – baris pertamanya category,phrase,opd,external,kecamatan"),
    "UTF-16": (TEXT.encode("utf-16"), f"1:1: berkas ini tersimpan sebagai UTF-16 – {WAY_OUT}"),
    "UTF-16 without its mark": (TEXT.encode("utf-16-le"), f"1:1: berkas ini tersimpan sebagai UTF-16 – {WAY_OUT}"),
    "a workbook": (b"PK\x03\x04" + TEXT.encode(), f"1:1: berkas ini buku kerja Excel, bukan CSV – {WAY_OUT}"),
    "an old workbook": (b"\xd0\xcf\x11\xe0\xa1\xb1", f"1:1: berkas ini buku kerja Excel, bukan CSV – {WAY_OUT}"),
    "Latin-1": (
        TEXT.replace("perahu", "pérahu").encode("latin-1"),
        f"7:9: huruf di sini (bita 0xE9) bukan UTF-8 – {WAY_OUT}",
    ),
    "an unknown column": (
        TEXT.replace("external", "extern", 1).encode(),
        "1:4 (kolom extern): kolom “extern” tidak dikenal – maksudnya external?",
    ),
    "a column twice": (
        TEXT.replace("opd,external", "opd,opd", 1).encode(),
        "1:4 (kolom opd): kolom ini ada dua kali – hapus salah satunya",
    ),
    "an open quote": (
        TEXT.encode() + b'banjir,"tidak ditutup,BPBD\n',
        f"{TEXT.count(chr(10)) + 1}:1: tanda kutip di baris ini tidak ditutup – tutup, atau hapus tanda itu",
    ),
    "an open quote in the middle": (
        TEXT.replace("banjir,perahu", 'banjir,"perahu', 1).encode(),
        "7:1: tanda kutip di baris ini tidak ditutup – tutup, atau hapus tanda itu",
    ),
    "a quote that another line closes": (
        TEXT.replace("banjir,perahu", 'banjir,"perahu', 1).encode() + b'banjir,"a,b",BPBD,,\n',
        "7:1: tanda kutip di baris ini tidak ditutup – tutup, atau hapus tanda itu",
    ),
    "a cell of two lines": (
        TEXT.replace("banjir,perahu", 'banjir,"perahu\nkaret"', 1).encode(),
        "7:2 (kolom phrase): isi sel ini lebih dari satu baris – apakah tanda kutipnya belum ditutup?",
    ),
}


@pytest.mark.parametrize(("raw", "expected"), LOST.values(), ids=LOST.keys())
def test_a_file_that_lost_something_is_told(raw: bytes, expected: str) -> None:
    assert f"{NAME}:{expected}" in told(check_small({NAME: raw}))


def test_a_cell_longer_than_any_reader_takes_is_told() -> None:
    raw = TEXT.encode() + b"banjir," + b"x" * 200_000 + b",BPBD,,\n"
    assert any("baris ini tidak terbaca" in line for line in told(check_small({NAME: raw})))


def test_an_unknown_file_is_told_with_the_name_that_was_meant() -> None:
    checked = check_small({"phrase.csv": b"", "catatan.csv": b""})
    assert told(checked)[1] == "phrase.csv:1:1: nama berkas ini tidak dikenal – maksudnya phrases.csv?"
    assert "yang dikenal: accusations.csv" in told(checked)[0]


def test_blanks_around_cells_are_told_and_not_kept() -> None:
    checked = check_small({NAME: TEXT.replace("perahu", " perahu\xa0").encode()})
    assert [finding.warning for finding in checked.findings] == [True]
    assert checked.files == SMALL


@pytest.mark.parametrize("name", ["phrases.xlsx", "phrases.xls", "TABEL.XLSX", "phrases.ods"])
def test_a_workbook_is_told_by_its_name_with_the_way_out(name: str) -> None:
    assert told(check_small({name: b"PK"})) == [f"{name}:1:1: berkas ini buku kerja, bukan CSV – {WAY_OUT}"]


def test_a_mark_of_inches_is_no_open_quote() -> None:
    raw = TEXT.encode() + b'banjir,pompa 5" macet,PUPR,,\n'
    checked = check_small({NAME: raw})
    assert told(checked) == []
    assert '5"' in checked.files[NAME].replace('""', '"')


@pytest.mark.parametrize(
    "raw",
    [b"", b"\n\n", b"PK\x03\x04\x00\xff", b"a,b\n1,2\n", SMALL["slang.csv"].splitlines()[0].encode() + b"\n"],
    ids=["empty", "blank", "a workbook", "other columns", "its head alone"],
)
@pytest.mark.parametrize("name", ["slang.csv", "departments.csv", "phrases.csv", "units.csv"])
def test_a_file_that_cannot_be_read_is_told_itself_and_no_other_for_it(name: str, raw: bytes) -> None:
    checked = check_small({name: raw})
    assert {finding.file for finding in checked.findings} == {name}
    assert checked.errors


def test_a_file_that_lost_all_its_rows_is_a_mistake() -> None:
    head = SMALL["phrases.csv"].splitlines()[0] + "\n"
    found = check_small({"phrases.csv": head.encode()})
    assert [f.file for f in found.errors if "tidak punya satu baris pun" in f.message] == ["phrases.csv"]
