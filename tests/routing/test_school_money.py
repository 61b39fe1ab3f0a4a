"""Money that a school takes under a threat is read by few; what parents agreed to is no secret."""

from __future__ import annotations

import pytest

from tests.routing.given import decided


@pytest.mark.parametrize(
    "text",
    [
        "Guru SMP negeri minta uang perpisahan 400 ribu, wajib, kalau tidak bayar rapor ditahan",
        "Sekolah menarik iuran 250rb tiap anak. Yang belum bayar tidak boleh ikut ujian",
        "Wali kelas di SD minta uang buku dan anak kami diancam tidak naik kelas",
        "Komite SMP mewajibkan uang gedung, ijazah anak saya tidak diberikan sebelum harus bayar lunas",
        "Pungli di SD negeri, semua murid diminta bayar seragam",
        "Kepala SMA minta uang wajib 1 juta, ijazah ditahan",
    ],
)
def test_a_school_s_money_under_a_threat_is_read_by_few(text: str) -> None:
    decision = decided(text)
    assert decision.restricted
    assert decision.desk


@pytest.mark.parametrize(
    "text",
    [
        "Komite sekolah minta sumbangan wisuda 300 ribu, mohon dijelaskan",
        "Iuran kelas di SD naik, apa memang sekolah menarik uang kas tiap bulan",
    ],
)
def test_a_school_s_fee_without_any_is_an_ordinary_report(text: str) -> None:
    decision = decided(text)
    assert (decision.opd, decision.restricted) == ("DISDIK", False)


def test_who_decides_about_schools_stays_the_same() -> None:
    forced = decided("Guru SMP negeri minta uang perpisahan 400 ribu, wajib, kalau tidak bayar rapor ditahan")
    free = decided("Guru SMP negeri minta uang perpisahan 400 ribu")
    assert (forced.opd, forced.confident, forced.accuses) == (free.opd, free.confident, free.accuses)
