"""Every row of conflicts.csv acts: who hears, who is kept out, and whether the desk may read it."""

from __future__ import annotations

import csv
import io

import pytest

from tests.routing.given import FILES, TABLE, decided, judge_that_says, named, with_rows
from workflows.routing.build import build_table
from workflows.routing.columns import EVERYBODY
from workflows.routing.learned.judge import Judge

ACCUSING = {
    EVERYBODY: [
        "Petugas Dishub minta uang 100 ribu waktu uji KIR",
        "Pegawai Dukcapil terima suap biar antrean didahulukan",
    ],
    "KEC": [
        "Pak lurah minta amplop sebelum tanda tangan surat waris",
        "RT dan kelurahan minta uang untuk surat nikah",
    ],
    "RSUD": ["Perawat RSUD minta uang agar dapat kamar", "Dokter rsud terima suap supaya operasi didahulukan"],
    "INSPEKTORAT": [
        "Auditor Inspektorat terima suap dari kontraktor",
        "pegawai inspektorat minta setoran ke kepala sekolah",
    ],
    "SETDA": [
        "Pegawai Setda minta amplop untuk hibah masjid",
        "bagian kesra minta uang pelicin supaya hibah mushola cair",
    ],
    "SEKDA": ["Sekda menyalahgunakan jabatan dan minta setoran", "sekretaris daerah terima suap proyek"],
    "WALIKOTA": ["Walikota korupsi dana proyek taman", "katanya walikota terima suap dari pengembang perumahan"],
    "DISKOMINFO": [
        "Pegawai Diskominfo minta uang untuk pasang wifi gratis",
        "oknum kominfo terima suap dari vendor cctv",
        "Di kantor Diskominfo kami menunggu dua jam bersama tamu lain, lalu ada yang minta amplop",
    ],
}
ROWS = list(csv.DictReader(io.StringIO(FILES["conflicts.csv"])))
CASES = [(row, text) for row in ROWS for text in ACCUSING[row["accused"]]]
BY_EVERYBODY = {"Petugas Dishub": "DISHUB", "Pegawai Dukcapil": "DISDUKCAPIL"}


def accused_in(row: dict[str, str], text: str) -> str:
    return next((c for said, c in BY_EVERYBODY.items() if said in text), row["accused"])


@pytest.mark.parametrize(("row", "text"), CASES, ids=[text for _, text in CASES])
def test_the_one_in_the_row_hears_and_nobody_else_is_copied_in(row: dict[str, str], text: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.external) == (row["to"], row["external"] or None)
    assert (decision.accuses, decision.also, decision.restricted) == (accused_in(row, text), (), True)


@pytest.mark.parametrize(("row", "text"), CASES, ids=[text for _, text in CASES])
def test_the_accused_and_who_is_kept_out_are_not_even_offered(row: dict[str, str], text: str) -> None:
    for judge in (TABLE.judge, judge_that_says(), judge_that_says(DISHUB=9.0), judge_that_says(SETDA=9.0)):
        decision = decided(text, table=with_rows(judge))
        assert not named(decision) & {accused_in(row, text), *row["keep_out"].split("|")}


@pytest.mark.parametrize("text", ACCUSING["DISKOMINFO"])
@pytest.mark.parametrize(
    "judge", [judge_that_says(), judge_that_says(DISKOMINFO=9.0)], ids=["unsure", "against it"]
)
def test_no_operator_reads_what_accuses_the_desk_s_own_office_however_unsure(text: str, judge: Judge) -> None:
    decision = decided(text, table=with_rows(judge))
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", "DISKOMINFO", True)


def test_any_row_may_keep_its_accusations_from_the_desk() -> None:
    closed = FILES["conflicts.csv"].replace(",yes", ",no")
    table = build_table(FILES | {"conflicts.csv": closed}, judge_that_says())
    for text in ("Perawat RSUD minta uang agar dapat kamar", "Petugas Dishub minta uang"):
        assert not decided(text, table=with_rows(judge_that_says())).confident
        assert decided(text, table=table).confident
    assert not decided("Lampu jalan mati", table=table).confident


@pytest.mark.parametrize(
    ("rude", "money", "opd"),
    [
        ("Petugas Dishub galak dan membentak sopir angkot", "minta uang 50 ribu", "DISHUB"),
        ("Perawat puskesmas jutek dan kasar waktu melayani ibu saya", "minta uang", "DINKES"),
        ("Satpol PP bicara kasar kepada pedagang", "minta setoran", "SATPOLPP"),
        ("Pegawai Dukcapil judes saat saya urus KTP", "minta amplop", "DISDUKCAPIL"),
        ("Petugas makam kasar kepada keluarga kami", "memeras", "PERKIM"),
    ],
)
def test_rudeness_goes_to_the_office_itself_and_money_never(rude: str, money: str, opd: str) -> None:
    alone = decided(rude)
    assert (alone.opd, alone.accuses, alone.restricted) == (opd, None, False)
    first, rest = rude.split(" ", 2)[:2], rude.split(" ", 2)[2]
    with_money = decided(f"{' '.join(first)} {money}, {rest}")
    assert (with_money.opd, with_money.accuses) == ("INSPEKTORAT", opd)
    assert opd not in named(with_money)


SEEN = judge_that_says(INSPEKTORAT=5.0, DISHUB=3.0, SATPOLPP=3.0)


@pytest.mark.parametrize(
    ("text", "accuses"),
    [
        ("Di dishub semua lancar asal tahu caranya, yang jujur dipersulit terus", "DISHUB"),
        ("Di dishub dan satpol pp semua lancar asal tahu caranya", None),
        ("Semua lancar asal tahu caranya, yang jujur dipersulit terus", None),
    ],
)
def test_an_accusation_that_only_the_weights_see_keeps_out_the_one_office_that_is_named(
    text: str, accuses: str | None
) -> None:
    decision = decided(text, table=with_rows(SEEN))
    assert (decision.opd, decision.accuses, decision.kind) == ("INSPEKTORAT", accuses, "pengawasan")
    assert accuses not in named(decision)


def test_what_only_the_weights_see_without_being_sure_leaves_the_matter_s_office_as_a_choice() -> None:
    faint = with_rows(judge_that_says(INSPEKTORAT=3.0, DISHUB=2.8))
    decision = decided("Truk tanah lewat siang hari padahal ada jamnya", table=faint)
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", None, False)
    assert "DISHUB" in named(decision)


def test_an_accusation_of_an_office_stands_though_the_weights_see_none() -> None:
    decision = decided("Petugas Dishub minta uang", table=with_rows(judge_that_says(DISHUB=9.0)))
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", "DISHUB", False)


def test_extortion_by_nobody_in_a_clear_matter_is_a_doubt_that_an_operator_reads() -> None:
    decision = decided("Sampah tidak diangkut, banyak pungli", table=with_rows(judge_that_says(DLH=9.0)))
    assert (decision.opd, decision.accuses, decision.confident) == ("DLH", None, False)
    assert any("pungli" in why for why in decision.why)


@pytest.mark.parametrize(("accusing", "goes"), [(-4.0, True), (-2.0, False)])
def test_a_faint_accusation_is_read_by_an_operator_before_the_office_that_it_may_mean(
    accusing: float, goes: bool
) -> None:
    judge = judge_that_says(DLH=9.0, accusing=accusing)
    decision = decided("Sampah di depan rumah tidak diangkut", table=with_rows(judge))
    assert (decision.opd, decision.accuses, decision.confident) == ("DLH", None, goes)


def test_a_likely_accusation_in_words_nobody_foresaw_goes_to_no_office_by_itself() -> None:
    judge = judge_that_says(DLH=9.0, accusing=1.0)
    decision = decided("Sampah di depan rumah tidak diangkut", table=with_rows(judge))
    assert (decision.opd, decision.confident) == ("INSPEKTORAT", False)
    assert "DLH" in named(decision)
