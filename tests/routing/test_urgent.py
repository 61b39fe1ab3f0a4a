"""Danger to life or limb marks a letter urgent; the same words in peace do not."""

from __future__ import annotations

import pytest

from tests.routing.given import decided


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("Ada kebakaran rumah di belakang pasar", "kebakaran"),
        ("Kabel listrik putus menjuntai di gang", "kabel bertegangan"),
        ("tiang listrik mau roboh kena truk", "tiang roboh"),
        ("Pohon tumbang menutup jalan", "pohon tumbang di jalan"),
        ("Tutup got di jalan hilang, lubang menganga", "lubang terbuka di jalan"),
        ("Istri dipukul suami sampai berdarah", "kekerasan"),
        ("Lansia terjebak banjir di lantai dua", "warga terjebak banjir"),
        ("Tanggul jebol, air masuk kampung", "tanggul jebol"),
        ("Ular masuk kamar anak saya", "hewan berbahaya di rumah"),
        ("tawuran bawa celurit di depan gang", "kekerasan"),
        ("Butuh ambulans, bapak saya tidak sadarkan diri", "butuh ambulans"),
        ("Bau tabung gas bocor dari warung", "gas bocor"),
    ],
)
def test_danger_is_urgent_and_says_which(text: str, danger: str) -> None:
    decision = decided(text)
    assert decision.urgent
    assert f"mendesak: {danger}" in decision.why


@pytest.mark.parametrize(
    "text",
    [
        "Jalan berlubang di depan sekolah",
        "Lampu jalan mati sejak pukul 6 sore",
        "Mohon pangkas pohon yang rimbun",
        "Got mampet dan bau",
        "KTP saya belum jadi",
        "Tetangga bakar sampah tiap sore",
        "Syarat izin pemasangan tabung gas?",
    ],
)
def test_an_ordinary_matter_is_not_urgent(text: str) -> None:
    assert not decided(text).urgent


def test_urgency_does_not_depend_on_knowing_the_department() -> None:
    decision = decided("tolong dia tidak sadarkan diri")
    assert (decision.opd, decision.urgent) == ("DESK", True)
