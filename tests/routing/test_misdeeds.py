"""What anybody may do accuses the officials who do it: past the till, sold, taken home, a blow, drink on duty."""

from __future__ import annotations

import pytest

from tests.routing.given import decided, named


@pytest.mark.parametrize(
    ("text", "accuses"),
    [
        ("Dokter RSUD minta saya bayar di luar kasir supaya cepat operasi", "RSUD"),
        ("Perawat RSUD menyuruh saya bayar ke dia, tidak lewat kasir", "RSUD"),
        ("Petugas PDAM minta dibayar langsung, jangan lewat loket", "PDAM"),
        ("Pegawai Diskominfo menjual data warga ke perusahaan, dapat bayaran jutaan", "DISKOMINFO"),
        ("Orang dalam dinas kesehatan jual vaksin ke klinik swasta", "DINKES"),
        ("Orang dalam Disnaker menjual lowongan kerja di pabrik, tiap orang 5 juta", "DISNAKER"),
        ("Petugas Dinsos menjual beras bantuan ke warung", "DINSOS"),
        ("Orang dalam Dinas Pendidikan bisa masukkan anak ke SMP negeri asal bayar", "DISDIK"),
        ("Pegawai PUPR memakai aspal proyek kota untuk jalan depan rumahnya", "PUPR"),
        ("Petugas BPBD bawa pulang sembako untuk korban banjir", "BPBD"),
        ("Lurah memakai ambulans kelurahan untuk mudik", "KEC"),
        ("Petugas Dishub mabuk saat bertugas dan memukul sopir angkot", "DISHUB"),
        ("Petugas Dishub memukul saya di terminal", "DISHUB"),
        ("Tadi pagi Satpol PP menendang gerobak saya", "SATPOLPP"),
        ("Satpol PP menampar anak saya saat penertiban", "SATPOLPP"),
        ("Kemarin malam tiga anggota Satpol PP mengeroyok tukang parkir di alun-alun", "SATPOLPP"),
        ("Pegawai DPMPTSP minum miras di kantor", "DPMPTSP"),
    ],
)
def test_what_officials_do_wrong_goes_past_their_office_to_few_eyes(text: str, accuses: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses, decision.restricted) == ("INSPEKTORAT", accuses, True)
    assert accuses not in named(decision)


@pytest.mark.parametrize(
    "text",
    [
        "Petugas Dishub mengatur lalu lintas sambil memukul-mukul kaleng",
        "Petugas kelurahan memukul kentongan untuk ronda",
        "Vaksin dijual di apotek?",
        "Puskesmas mana yang jual vaksin kanker serviks",
        "Dinkes jual vaksin rabies nggak ya?",
        "Apotek dekat puskesmas jual vaksin flu berapa harganya",
        "Warung dekat kantor kelurahan jual beras murah",
        "Pasar menjual obat kadaluarsa, mohon petugas Dinkes cek",
        "Petugas Dinkes menyita obat yang dijual bebas",
        "Petugas pasar membantu pedagang menjual dagangan online",
        "Petugas Satpol PP dipukul pedagang waktu razia",
        "Petugas Dishub diancam preman parkir",
        "Petugas Dishub ditampar sopir angkot",
        "Satpol PP menangkap orang mabuk yang mengancam warga",
        "Mohon petugas Satpol PP patroli, banyak pemuda mabuk",
        "Di depan puskesmas ada orang menampar anaknya",
        "Preman di dekat kelurahan menendang motor saya",
        "Petugas PUPR memakai alat berat di jalan depan rumah",
        "Truk sampah DLH mogok di depan rumah saya",
        "Kalau berobat di RSUD bayarnya di kasir atau loket?",
        "Orang dalam rumah terkunci, mohon bantuan damkar",
    ],
)
def test_what_only_sounds_like_it_accuses_nobody(text: str) -> None:
    decision = decided(text)
    assert (decision.accuses, decision.restricted) == (None, False)
    assert decision.opd != "INSPEKTORAT"
