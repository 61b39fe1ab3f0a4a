"""Who answers at the desk may ask for nothing; what accuses them is not theirs to read."""

from __future__ import annotations

import pytest

from tests.routing.given import decided, judge_that_says, named, with_rows

AGAINST_THE_DESK = [
    "Kemarin operator Laksa minta saya bayar 150 ribu supaya aduan saya diproses",
    "oprator laksa malak saya lewat telepon, katanya biar cepat ditangani",
    "CS Laksa minta pulsa dulu baru laporan saya diteruskan",
    "Customer service meja pengaduan menyuruh transfer ke rekeningnya",
    "Saya dihubungi orang yang mengaku dari call center pengaduan, lalu disuruh bayar 75rb",
    "Yang WA saya dari Laksa minta uang rokok",
    "Petugas yang kemarin malam menelepon dari Laksa minta imbalan",
    "Admin Laksa menjual data pelapor kepada orang yang saya laporkan",
    "Saya dimintai uang oleh petugas meja aduan waktu menanyakan nomor tiket",
    "Lapor, operator laksa minta amplop",
    "Operator 112 minta uang bensin sebelum ambulans dikirim",
    "Ditelepon operator Laksa semalam. Katanya kalau mau cepat transfer dulu 100 ribu.",
    "Laksa asked me for money, the operator wanted cash before sending my report on",
    "Pegawai call center pengaduan memeras tetangga saya",
    "Ada yang telepon, ngakunya petugas laksa, minta kode otp sama transfer",
    "Operator laksa ngancem saya biar laporan dicabut",
    "Yang ngurus laporan di Laksa minta uang damai",
    "CS Laksa membocorkan nomor hp saya sebagai pelapor",
    "Agen call center pengaduan minta tf 50rb",
    "Hati-hati, ada penipu mengaku petugas Laksa minta transfer ke warga",
]


@pytest.mark.parametrize("text", AGAINST_THE_DESK)
def test_what_accuses_the_desk_is_read_by_the_inspektorat_alone(text: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.accuses, decision.restricted) == ("INSPEKTORAT", "DISKOMINFO", True)
    assert (decision.desk, decision.confident) == (False, True)
    assert "DISKOMINFO" not in named(decision)


@pytest.mark.parametrize("text", AGAINST_THE_DESK[:4])
def test_no_weights_lead_it_back_to_the_desk(text: str) -> None:
    decision = decided(text, table=with_rows(judge_that_says(DISKOMINFO=9.0)))
    assert (decision.opd, decision.desk, decision.accuses) == ("INSPEKTORAT", False, "DISKOMINFO")


ONLY_SOUNDS_SO = [
    "CS Laksa lambat sekali membalas, sudah tiga hari tidak ada kabar",
    "Operator Laksa judes dan langsung menutup telepon",
    "Petugas Laksa mengaku tidak tahu nomor laporan saya",
    "Saya lapor lewat Laksa karena tukang parkir di ruko minta uang 5 ribu tanpa karcis",
    "Halo admin Laksa, lampu jalan di gang kami mati",
    "Call center Laksa sibuk terus, aplikasi Laksa juga error",
    "Pedagang laksa di Pasar Lama menutup trotoar",
    "CS Laksa bilang jangan transfer ke siapa pun, terima kasih infonya",
    "Operator Laksa tidak minta uang, pelayanannya ramah",
    "Operator Laksa bilang akan ditindak, tapi tukang parkir liar masih minta uang",
    "Call center PLN minta uang untuk pasang meteran",
    "Terima kasih, aplikasi Laksa makin bagus",
    "Sebelum laporan ini saya sudah mengadu ke Laksa, sampah tetap tidak diangkut",
]


@pytest.mark.parametrize("text", ONLY_SOUNDS_SO)
def test_what_only_sounds_so_stays_with_the_desk_or_the_matters_office(text: str) -> None:
    decision = decided(text)
    assert (decision.accuses, decision.desk, decision.kept_out) == (None, True, ())


@pytest.mark.parametrize(
    ("text", "accuses"),
    [
        ("Halo admin Laksa, petugas kelurahan minta uang buat surat pindah", "KEC"),
        ("Petugas Satpol PP minta setoran ke penjual laksa di Pasar Lama", "SATPOLPP"),
        ("Saya mengadu lewat Laksa: pegawai dukcapil minta uang 200 ribu", "DISDUKCAPIL"),
        ("Tolong operator Laksa teruskan, petugas dishub minta uang waktu uji KIR", "DISHUB"),
    ],
)
def test_who_is_only_written_to_is_not_accused_beside_another_office(text: str, accuses: str) -> None:
    decision = decided(text)
    assert (decision.accuses, decision.desk) == (accuses, True)
    assert "DISKOMINFO" not in decision.kept_out


def test_who_is_accused_together_with_the_desk_is_kept_out_as_well() -> None:
    decision = decided("Operator Laksa minta uang 200 ribu, petugas dishub juga minta uang")
    assert {"DISKOMINFO", "DISHUB"} <= set(decision.kept_out)
    assert not decision.desk


def test_an_impostor_may_be_an_insider_and_the_reasons_say_so() -> None:
    impostor, plain = decided(AGAINST_THE_DESK[-1]), decided(AGAINST_THE_DESK[0])
    assert any("orang luar" in why for why in impostor.why)
    assert not any("orang luar" in why for why in plain.why)


def test_a_city_names_its_own_desk_and_whose_it_is() -> None:
    table = with_rows(accusations="desk,ruang curhat warga,SETDA")
    assert decided("Petugas ruang curhat warga minta uang rokok", table=table).accuses == "SETDA"
