"""Every row of conflicts.csv acts: who hears, who is kept out, and whether the desk may read it."""

from __future__ import annotations
import csv
import io

import pytest

from tests.routing.given import FILES, TABLE, decided, judge_that_says, named, with_rows
from tests.sentences import sentences
from workflows.routing.build import build_table
from workflows.routing.columns import EVERYBODY
from workflows.routing.learned.classifier import Classifier

pytestmark = pytest.mark.slow

ACCUSING = {
    EVERYBODY: [
        "Petugas Dishub minta uang 100 ribu waktu uji KIR",
        "Pegawai Dukcapil terima suap biar antrean didahulukan",
    ],
    "KEC": ["Pak lurah minta amplop sebelum tanda tangan surat waris", "RT dan kelurahan minta uang untuk surat nikah"],
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
@pytest.mark.parametrize("judge", [judge_that_says(), judge_that_says(DISKOMINFO=9.0)], ids=["unsure", "against it"])
def test_no_operator_reads_what_accuses_the_desks_own_office(text: str, judge: Classifier) -> None:
    decision = decided(text, table=with_rows(judge))
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", "DISKOMINFO", True)


def test_any_row_may_keep_its_accusations_from_the_desk() -> None:
    closed = FILES["conflicts.csv"].replace(",yes", ",no")
    table = build_table(FILES | {"conflicts.csv": closed}, judge_that_says())
    for text in ("Perawat RSUD minta uang agar dapat kamar", "Petugas Dishub minta uang"):
        assert not decided(text, table=with_rows(judge_that_says())).confident
        assert decided(text, table=table).confident
    assert not decided("Lampu jalan mati", table=table).confident


@pytest.mark.parametrize(("rude", "money", "opd"), sentences("hearings", "rudeness_goes_to_the_office"))
def test_rudeness_goes_to_the_office_itself_and_money_never(rude: str, money: str, opd: str) -> None:
    alone = decided(rude)
    assert (alone.opd, alone.accuses, alone.restricted) == (opd, None, False)
    first, rest = rude.split(" ", 2)[:2], rude.split(" ", 2)[2]
    with_money = decided(f"{' '.join(first)} {money}, {rest}")
    assert (with_money.opd, with_money.accuses) == ("INSPEKTORAT", opd)
    assert opd not in named(with_money)


GREETINGS = ("Selamat siang, ", "Permisi ", "Izin lapor, ", "Yth. ", "Assalamualaikum, selamat pagi min, ")


@pytest.mark.parametrize("greeting", GREETINGS)
@pytest.mark.parametrize(
    "text",
    [
        "Pak RT 05 minta uang 50 ribu buat surat pengantar",
        "bu RT 03 minta amplop sebelum tanda tangan surat domisili",
        "Bpk RT 03 minta uang supaya KTP cepat jadi",
    ],
)
def test_a_greeting_hides_nobody_who_is_accused(greeting: str, text: str) -> None:
    greeted, plain = decided(greeting + text), decided(text)
    assert (plain.opd, plain.accuses) == ("INSPEKTORAT", "KEC")
    assert (greeted.opd, greeted.accuses, greeted.confident) == (plain.opd, plain.accuses, plain.confident)
    assert not any(code.startswith("KEC") for code in named(greeted))


EVERYBODY_OUT = "|".join(d.code for d in TABLE.departments.assignable() if d.code != "INSPEKTORAT")
USUAL_OUT = "BKPSDM|DISKOMINFO|KESBANGPOL|SATPOLPP|PUPR|BPKD|DISHUB|SETDA|DISDUKCAPIL"


@pytest.mark.parametrize(("out", "offered"), [(USUAL_OUT, 3), (EVERYBODY_OUT, 1)], ids=["the usual", "all"])
def test_a_row_may_keep_out_whomever_it_likes(out: str, offered: int) -> None:
    rows = FILES["conflicts.csv"].replace("*,INSPEKTORAT,,SETDA,", f"*,INSPEKTORAT,,{out},")
    assert rows != FILES["conflicts.csv"]
    for judge in (TABLE.judge, judge_that_says(INSPEKTORAT=9.0), judge_that_says(DISHUB=9.0)):
        table = build_table(FILES | {"conflicts.csv": rows}, judge)
        decision = decided("Petugas Dishub minta uang 100 ribu waktu uji KIR", table=table)
        assert (decision.opd, decision.accuses) == ("INSPEKTORAT", "DISHUB")
        assert not named(decision) & set(out.split("|"))
        assert len(decision.top) >= offered


def test_a_department_whose_code_begins_like_the_kecamatan_s_is_none() -> None:
    table = with_rows(
        TABLE.judge,
        departments="KECIL,Badan Usaha Kecil,Bakecil,badan,Kepala Bakecil,,,,,",
        accusations="office,badan usaha kecil,KECIL",
        conflicts="KECIL,EXTERNAL,EXT-OMBUDSMAN,,yes",
    )
    decision = decided("Pegawai Badan Usaha Kecil minta uang 100 ribu", table=table)
    assert (decision.opd, decision.external, decision.accuses) == ("EXTERNAL", "EXT-OMBUDSMAN", "KECIL")


SEEN = judge_that_says(INSPEKTORAT=5.0, DISHUB=3.0, SATPOLPP=3.0)


@pytest.mark.parametrize(
    ("text", "accuses"),
    [
        ("Di dishub semua lancar asal tahu caranya, yang jujur dipersulit terus", "DISHUB"),
        ("Di dishub dan satpol pp semua lancar asal tahu caranya", None),
        ("Semua lancar asal tahu caranya, yang jujur dipersulit terus", None),
    ],
)
def test_an_accusation_of_the_weights_keeps_out_the_one_office_named(text: str, accuses: str | None) -> None:
    decision = decided(text, table=with_rows(SEEN))
    assert (decision.opd, decision.accuses, decision.kind) == ("INSPEKTORAT", accuses, "pengawasan")
    assert accuses not in named(decision)


def test_what_the_weights_see_unsurely_leaves_the_matters_office_a_choice() -> None:
    faint = with_rows(judge_that_says(INSPEKTORAT=3.0, DISHUB=2.8))
    decision = decided("Truk tanah lewat siang hari padahal ada jamnya", table=faint)
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", None, False)
    assert "DISHUB" in named(decision)


def test_an_accusation_of_an_office_stands_though_the_weights_see_none() -> None:
    decision = decided("Petugas Dishub minta uang", table=with_rows(judge_that_says(DISHUB=9.0)))
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", "DISHUB", False)


def test_extortion_by_nobody_in_a_clear_matter_is_read_by_an_operator() -> None:
    decision = decided("Sampah tidak diangkut, banyak pungli", table=with_rows(judge_that_says(DLH=9.0)))
    assert (decision.opd, decision.accuses, decision.confident) == ("DLH", None, False)
    assert any("pungli" in why for why in decision.why)


@pytest.mark.parametrize(("accusing", "goes"), [(-4.0, True), (-2.0, False)])
def test_a_faint_accusation_is_read_by_an_operator_first(accusing: float, goes: bool) -> None:
    judge = judge_that_says(DLH=9.0, accusing=accusing)
    decision = decided("Sampah di depan rumah tidak diangkut", table=with_rows(judge))
    assert (decision.opd, decision.accuses, decision.confident) == ("DLH", None, goes)


def test_a_likely_accusation_in_unforeseen_words_goes_to_no_office() -> None:
    judge = judge_that_says(DLH=9.0, accusing=1.0)
    decision = decided("Sampah di depan rumah tidak diangkut", table=with_rows(judge))
    assert (decision.opd, decision.confident) == ("INSPEKTORAT", False)
    assert "DLH" in named(decision)


TOGETHER = [
    ("Inspektorat dan Dishub bersekongkol menerima suap", "INSPEKTORAT", {"INSPEKTORAT", "DISHUB"}),
    ("Dishub dan Inspektorat menerima suap dari bus", "INSPEKTORAT", {"INSPEKTORAT", "DISHUB"}),
    ("Kasus pungli di Dishub ditutup-tutupi Inspektorat", "INSPEKTORAT", {"INSPEKTORAT", "DISHUB"}),
    ("Suap di RSUD dilindungi Inspektorat", "INSPEKTORAT", {"INSPEKTORAT", "RSUD", "DINKES"}),
    ("Auditor Inspektorat dan pegawai Bapenda terima suap", "INSPEKTORAT", {"INSPEKTORAT", "BAPENDA"}),
    ("Inspektorat minta uang supaya temuan dihapus", "INSPEKTORAT", {"INSPEKTORAT"}),
    ("Wali kota menerima setoran dari kepala dinas", "WALIKOTA", {"WALIKOTA", "INSPEKTORAT"}),
    ("Wali Kota terima upeti dari pengembang", "WALIKOTA", {"WALIKOTA", "INSPEKTORAT"}),
    ("Walikota dan Sekda main proyek", "WALIKOTA", {"WALIKOTA", "SEKDA", "INSPEKTORAT"}),
    ("Sekda menerima setoran dari camat", "SEKDA", {"SEKDA", "INSPEKTORAT"}),
    ("Sekda dan kepala Dinas PUPR bersekongkol atur tender, minta fee proyek", "SEKDA", {"SEKDA", "PUPR"}),
    ("Diskominfo dan Dishub bersekongkol, minta fee proyek CCTV", "DISKOMINFO", {"DISKOMINFO", "DISHUB"}),
    ("Petugas Dishub dan Satpol PP minta setoran", "SATPOLPP", {"DISHUB", "SATPOLPP"}),
]


@pytest.mark.parametrize(("text", "highest", "out"), TOGETHER, ids=[text for text, _, _ in TOGETHER])
def test_of_several_accused_the_highest_decides_and_all_are_kept_out(text: str, highest: str, out: set[str]) -> None:
    for judge in (TABLE.judge, judge_that_says(), judge_that_says(INSPEKTORAT=9.0), judge_that_says(DISHUB=9.0)):
        decision = decided(text, table=with_rows(judge))
        row = next((row for row in ROWS if row["accused"] == highest), ROWS[0])
        assert (decision.accuses, decision.opd, decision.external) == (highest, row["to"], row["external"] or None)
        assert out | {"SETDA"} <= set(decision.kept_out)
        assert not named(decision) & set(decision.kept_out)


@pytest.mark.parametrize(("text", "accuses"), sentences("hearings", "whom_a_letter_only_turns"))
def test_whom_a_letter_only_turns_to_is_not_accused(text: str, accuses: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses) == ("INSPEKTORAT", accuses)
    assert not {"INSPEKTORAT", "WALIKOTA", "SEKDA"} & set(decision.kept_out)


@pytest.mark.parametrize(
    "text", ["Kasus pungli di Dishub, Inspektorat diam saja", "Petugas Dishub minta uang, wali kota tahu itu"]
)
def test_where_it_is_unclear_whether_a_superior_takes_part_it_is_read(text: str) -> None:
    decision = decided(text, table=with_rows(judge_that_says(INSPEKTORAT=9.0)))
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", "DISHUB", False)


def test_what_only_the_weights_see_against_inspektorat_does_not_go_there() -> None:
    text = "Di meja auditor inspektorat semua lancar asal tahu caranya"
    decision = decided(text, table=with_rows(judge_that_says(INSPEKTORAT=9.0)))
    assert (decision.opd, decision.accuses, decision.confident) == ("EXTERNAL", "INSPEKTORAT", False)


@pytest.mark.parametrize("text", ["Pegawai Diskominfo minta parsel", "Diskominfo kasih tip ke petugas Diskominfo"])
def test_not_even_a_doubt_about_the_desk_s_own_office_is_read_at_the_desk(text: str) -> None:
    decision = decided(text, table=with_rows(judge_that_says(DISKOMINFO=9.0)))
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", "DISKOMINFO", True)


@pytest.mark.parametrize(
    ("text", "out"),
    [
        ("Pak Sekda titip keponakannya jadi honorer lewat uang pelicin 30 juta", {"SEKDA", "SETDA"}),
        ("Wali kota Tangerang minta fee 10 persen dari proyek taman", {"WALIKOTA", "SETDA"}),
        ("Petugas Dishub minta uang, wali kota tahu itu", {"DISHUB", "WALIKOTA", "SETDA"}),
        ("Kasus pungli di Dishub, Sekda diam saja", {"DISHUB", "SEKDA", "SETDA"}),
    ],
)
def test_where_one_above_may_be_meant_their_office_cannot_get_the_case(text: str, out: set[str]) -> None:
    for judge in (TABLE.judge, judge_that_says(SETDA=9.0, accusing=1.0)):
        decision = decided(text, table=with_rows(judge))
        assert set(decision.kept_out) == out
        assert not named(decision) & out


def test_the_sekda_s_office_gets_what_names_him_in_peace() -> None:
    decision = decided("Pak Sekda hadir di acara kami", table=with_rows(judge_that_says(SETDA=9.0)))
    assert (decision.opd, decision.kept_out) == ("SETDA", ())
