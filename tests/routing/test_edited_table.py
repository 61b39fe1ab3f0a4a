"""What a city edits acts at once, with the same learned weights."""

from __future__ import annotations
import csv
import io

import pytest

from tests.routing.given import FILES, TABLE, decided, decided_row, examples, named, with_rows
from workflows.routing.build import build_table
from workflows.routing.decide import decide
from workflows.routing.load import load_judge
from workflows.routing.model import Letter

pytestmark = pytest.mark.slow

STRANGE = "Balong kuwung di kampung kami retak dan airnya habis."


@pytest.mark.parametrize(
    ("category", "opd"), [("pemakaman", "PERKIM"), ("pasar", "PDPASAR"), ("dbd_fogging", "DINKES")]
)
def test_a_new_phrase_moves_a_letter_to_its_category_s_department(category: str, opd: str) -> None:
    assert decided(STRANGE).opd != opd
    decision = decided(STRANGE, table=with_rows(phrases=f"{category},balong kuwung,12,any"))
    assert (decision.opd, decision.category) == (opd, category)
    assert "menyebut “balong kuwung”" in decision.why


NEW = {
    "departments": "DISTRANS,Dinas Transmigrasi,Distrans,dinas,Kepala Distrans,,,,,",
    "categories": "transmigrasi,Program transmigrasi,Resettlement,DISTRANS,,no",
    "phrases": "transmigrasi,transmigrasi|transmigran,6,any\ntransmigrasi,lahan usaha dua,4,any",
}


@pytest.mark.parametrize(
    "text",
    [
        "Saya daftar transmigrasi sejak Januari, belum ada kabar keberangkatan.",
        "Apakah program transmigrasi ke Kalimantan masih dibuka untuk keluarga dengan tiga anak?",
        "Calon transmigran dijanjikan uang saku, sampai sekarang belum cair.",
        "Bapak saya transmigran lama, lahan usaha dua belum pernah dibagikan.",
    ],
)
def test_a_department_the_weights_never_saw_receives_its_letters(text: str) -> None:
    decision = decided(text, table=with_rows(TABLE.judge, **NEW))
    assert (decision.opd, decision.category, decision.confident) == ("DISTRANS", "transmigrasi", True)


def test_a_new_department_takes_nothing_but_its_own() -> None:
    table = with_rows(TABLE.judge, **NEW)
    for row in examples()[::9]:
        assert decide(Letter(row["text"]), table).opd == decided_row(row).opd


def test_a_category_new_to_the_weights_acts_for_a_department_they_know() -> None:
    rows = {
        "categories": "perahu_wisata,Perahu wisata Cisadane,River boats,DISHUB,,no",
        "phrases": "perahu_wisata,perahu wisata,6,any",
    }
    decision = decided("Perahu wisata tidak jalan hari Minggu", table=with_rows(TABLE.judge, **rows))
    assert (decision.opd, decision.category) == ("DISHUB", "perahu_wisata")


@pytest.mark.parametrize(
    ("category", "old", "new", "text"),
    [
        ("pju_mati", "DISHUB", "PERKIM", "Lampu jalan di gang kami mati sudah tiga malam, gelap sekali."),
        ("sampah_angkut", "DLH", "PUPR", "Sampah di depan rumah tidak diangkut sudah seminggu."),
        ("pangkas_pohon", "DISBUDPAR", "DLH", "Mohon pangkas pohon yang rimbun di depan sekolah."),
    ],
)
def test_a_category_given_to_another_department_goes_there(category: str, old: str, new: str, text: str) -> None:
    assert decided(text).opd == old
    table = build_table(FILES | {"categories.csv": given_to(category, new)}, load_judge())
    decision = decided(text, table=table)
    assert (decision.opd, decision.category, decision.confident) == (new, category, True)


def given_to(category: str, opd: str) -> str:
    rows = list(csv.DictReader(io.StringIO(FILES["categories.csv"])))
    out = io.StringIO()
    writer = csv.DictWriter(out, rows[0], lineterminator="\n")
    writer.writeheader()
    writer.writerows(row | ({"opd": opd, "also": ""} if row["code"] == category else {}) for row in rows)
    return out.getvalue()


def test_a_department_that_was_dropped_is_chosen_and_offered_no_more() -> None:
    def kept(name: str) -> str:
        return "".join(line for line in FILES[name].splitlines(keepends=True) if "DISPORA" not in line)

    files = FILES | {name: kept(name) for name in ("departments.csv", "exceptions.csv", "accusations.csv")}
    files |= {"categories.csv": FILES["categories.csv"].replace("DISPORA", "DISDIK")}
    table = build_table(files, load_judge())
    assert any(decided_row(row).opd == "DISPORA" for row in examples())
    for row in examples():
        if row["opd"] == "DISPORA" or "olahraga" in row["text"]:
            assert "DISPORA" not in named(decide(Letter(row["text"]), table))


def test_a_changed_table_has_another_version_and_the_weights_are_named_too() -> None:
    table = with_rows(slang="nyewa,sewa")
    version, weights = decided("lampu mati", table=table).version.split("+")
    assert version == table.version != TABLE.version
    assert weights == load_judge().weights.version
