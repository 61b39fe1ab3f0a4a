"""Money and abused power: past the accused office to the Inspektorat, and nobody else is accused by mistake."""

from __future__ import annotations

import pytest

from tests.routing.given import decided

ACCUSED = [
    ("Petugas Dishub minta uang 100 ribu waktu uji KIR", "DISHUB"),
    ("oknum dishub malak sopir angkot tiap pagi", "DISHUB"),
    ("Ketua RT minta uang 50 ribu buat surat pengantar", "KEC"),
    ("Staf kelurahan minta uang supaya KTP cepat jadi", "KEC"),
    ("dikenakan biaya 150rb sama rt utk urus surat domisili", "KEC"),
    ("Bansos saya dipotong 100 ribu oleh RT", "KEC"),
    ("Satpol PP minta setoran mingguan ke lapak kami", "SATPOLPP"),
    ("Petugas puskesmas minta uang padahal gratis", "DINKES"),
    ("Pegawai Dukcapil terima suap biar antrean didahulukan", "DISDUKCAPIL"),
    ("Petugas makam memeras keluarga yang berduka", "PERKIM"),
    ("Petugas PDAM minta uang rokok waktu pasang meteran", "PDAM"),
    ("Perawat RSUD minta uang agar dapat kamar", "RSUD"),
    ("Petugas pajak di Bapenda minta amplop", "BAPENDA"),
    ("pegawai ptsp pungli buat nib", "DPMPTSP"),
    ("Kepala sekolah minta uang, masuk kantong pribadi", "DISDIK"),
    ("Jual beli kursi oleh panitia PPDB di SMP", "DISDIK"),
    ("Lurah korupsi dana kegiatan", "KEC"),
]


@pytest.mark.parametrize(("text", "accuses"), ACCUSED)
def test_an_accusation_goes_to_the_inspektorat_and_keeps_the_accused_out(text: str, accuses: str) -> None:
    decision = decided(text)
    named = {decision.opd, *decision.also, *(code for code, _ in decision.top)}
    assert (decision.opd, decision.accuses, decision.restricted) == ("INSPEKTORAT", accuses, True)
    assert decision.category == "pungli"
    assert accuses not in named
    assert not any(code.startswith("KEC") for code in named)


def test_nobody_is_copied_in_and_no_superior_is_suggested() -> None:
    for text, _ in ACCUSED:
        decision = decided(text)
        assert decision.also == ()
        assert "SETDA" not in dict(decision.top)
    assert "DINKES" not in dict(decided("Perawat RSUD minta uang agar dapat kamar").top)


@pytest.mark.parametrize(
    ("place", "kelurahan", "accuses"),
    [
        ("Kelurahan Sudimara Pinang", None, "KEC-PINANG"),
        ("", "36.71.06.1003", "KEC-CILEDUG"),
        ("Kec. Karang Tengah", None, "KEC-KARANGTENGAH"),
    ],
)
def test_the_accused_kecamatan_is_named_where_the_place_is_known(
    place: str, kelurahan: str | None, accuses: str
) -> None:
    decision = decided("RT dan kelurahan minta uang untuk surat nikah", place, kelurahan)
    assert (decision.opd, decision.accuses) == ("INSPEKTORAT", accuses)
    assert accuses not in {decision.opd, *decision.also, *(code for code, _ in decision.top)}


def test_the_inspektorat_itself_is_never_its_own_judge() -> None:
    decision = decided("Auditor Inspektorat terima suap dari kontraktor")
    assert (decision.opd, decision.accuses, decision.confident) == ("EXTERNAL", "INSPEKTORAT", False)
    assert "INSPEKTORAT" not in {*decision.also, *(code for code, _ in decision.top)}


def test_extortion_by_nobody_in_particular_is_restricted_but_read_by_an_operator() -> None:
    decision = decided("Banyak pungli di sini")
    assert (decision.opd, decision.accuses, decision.confident) == ("INSPEKTORAT", None, False)
    assert decision.restricted


@pytest.mark.parametrize(
    ("text", "opd", "also"),
    [
        ("Komite sekolah minta uang wisuda 300 ribu", "DISDIK", "INSPEKTORAT"),
        ("SDN minta sumbangan gedung ke wali murid", "DISDIK", "INSPEKTORAT"),
        ("Ketua RT minta iuran agustusan 100 ribu", "KEC", "INSPEKTORAT"),
        ("Pak RW didenda kalau tidak ikut ronda, iuran naik", "KEC", "INSPEKTORAT"),
        ("Preman minta uang ke pedagang tiap hari", "SATPOLPP", "EXTERNAL"),
        ("anggota ormas malak warung, minta jatah keamanan", "SATPOLPP", "EXTERNAL"),
        ("Tukang parkir liar maksa minta uang 10 ribu", "DISHUB", "SATPOLPP"),
        ("Apakah kalian disuap? Jalan rusak dibiarkan bertahun-tahun", "PUPR", "INSPEKTORAT"),
        ("Jalan rusak tidak diperbaiki. Apakah sudah disuap kontraktornya?", "PUPR", "INSPEKTORAT"),
        ("Bansos pilih kasih, kerabat RT saja yang dapat", "DINSOS", "INSPEKTORAT"),
    ],
)
def test_what_only_sounds_like_it_stays_with_its_own_office(text: str, opd: str, also: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses) == (opd, None)
    assert also in decision.also


@pytest.mark.parametrize(
    ("text", "opd"),
    [
        ("Apakah urus KTP dipungut biaya?", "DISDUKCAPIL"),
        ("Berapa biaya surat keterangan sehat di puskesmas?", "DINKES"),
        ("Pelayanan puskesmas bebas pungli tapi antre lama", "DINKES"),
        ("Tarif parkir di tepi jalan berapa, karcis tidak ada", "DISHUB"),
        ("Gaji karyawan dipotong perusahaan tanpa alasan", "DISNAKER"),
        ("Polisi minta uang tilang di jalan", "EXTERNAL"),
        ("Calo kerja minta uang 5 juta untuk masuk pabrik", "DISNAKER"),
        ("Petugas puskesmas judes dan lambat", "DINKES"),
        ("Pohon dipotong petugas taman tapi rantingnya ditinggal", "DISBUDPAR"),
        ("PJU padam, penggelapan jalan ini bikin takut", "DISHUB"),
    ],
)
def test_fees_questions_and_other_peoples_money_accuse_no_official(text: str, opd: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses) == (opd, None)


def test_words_of_suspicion_without_an_accused_leave_the_matter_to_an_operator() -> None:
    decision = decided("Jalan rusak terus, dananya pasti kongkalikong")
    assert (decision.opd, decision.accuses, decision.confident) == ("PUPR", None, False)


def test_an_accusation_that_is_not_sure_leaves_the_matters_own_office_among_the_choices() -> None:
    decision = decided("Sampah tidak diangkut, ini sudah banyak pungli")
    assert not decision.confident
    assert {"DLH", "INSPEKTORAT"} <= {decision.opd, *decision.also, *dict(decision.top)}


@pytest.mark.parametrize(
    "text",
    [
        "Kepala Dinas Pendidikan jual kursi SPMB SMP negeri",
        "kepala dinas PUPR main proyek dengan kontraktor, jalan jadi cepat rusak",
        "The head of Dinas Perhubungan takes bribes from bus owners at the terminal",
        "Wali Kota menerima suap dari pengembang perumahan di Cipondoh",
        "lurah Cikokol bawa lari dana bantuan warga",
    ],
)
def test_an_accusation_in_other_words_is_restricted_and_reaches_no_office_by_itself(text: str) -> None:
    decision = decided(text)
    assert decision.restricted
    assert not decision.confident or decision.opd in ("INSPEKTORAT", "EXTERNAL")


def test_who_says_that_nobody_asked_for_money_accuses_nobody() -> None:
    assert decided("Jalan berlubang di Cipondoh, tidak ada petugas yang minta uang").opd == "PUPR"
