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
    assert (decision.urgent, decision.confident) == (True, False)


@pytest.mark.parametrize(
    ("text", "danger"),
    [
        ("House on fire in Cibodas, people trapped inside", "kebakaran"),
        ("A shop is burning, the house behind it caught fire", "kebakaran"),
        ("Rumah tetangga terbakar, apinya besar", "kebakaran"),
        ("Fallen tree blocking the road, a man is trapped", "pohon tumbang"),
        ("A big tree fell on a car", "pohon tumbang"),
        ("Live wire hanging on the street, sparks", "kabel bertegangan"),
        ("ada loncatan listrik dari kabel di depan warung", "kabel bertegangan"),
        ("Gas leak in Karawaci", "gas bocor"),
        ("pipa gas di jalan kami bocor kena galian", "gas bocor"),
        ("A man collapsed, he is not breathing", "nyawa terancam"),
        ("My father is unconscious, please hurry", "nyawa terancam"),
        ("tetangga saya tidak bernapas lagi", "nyawa terancam"),
        ("saya ingin bunuh diri", "nyawa terancam"),
        ("I want to kill myself", "nyawa terancam"),
        ("ada orang mau lompat dari jembatan Cisadane", "nyawa terancam"),
        ("My neighbour is beating his wife right now", "kekerasan"),
        ("istri dihajar suaminya, dia teriak minta tolong", "kekerasan"),
        ("anak saya diculik di depan sekolah", "kekerasan"),
        ("A man with a machete is outside the school", "ancaman kekerasan"),
        ("orang bawa parang ngamuk di gang", "ancaman kekerasan"),
        ("Lubang galian terbuka di tengah jalan tanpa lampu, kemarin anak kecil jatuh", "lubang terbuka di jalan"),
        ("Open manhole in front of the market", "lubang terbuka di jalan"),
        ("anak jatuh ke dalam sumur", "orang terperosok"),
        ("a child was swept away by the river", "orang hanyut"),
        ("anak tetangga hanyut di kali", "orang hanyut"),
        ("Old people stranded by the flood", "warga terjebak banjir"),
        ("gapura mau roboh, miring sekali", "bangunan mau roboh"),
        ("There is a snake in my kitchen", "hewan berbahaya di rumah"),
        ("bapak saya digigit ular", "hewan berbahaya di rumah"),
    ],
)
def test_danger_is_heard_in_two_languages(text: str, danger: str) -> None:
    decision = decided(text)
    assert decision.urgent
    assert f"mendesak: {danger}" in decision.why


@pytest.mark.parametrize(
    "text",
    [
        "The street light has been out for three days",
        "Tree branches touch my roof, please trim them",
        "We were stuck in a traffic jam for two hours",
        "Gas for cooking is scarce and expensive",
        "The manhole cover makes noise when cars pass",
        "A stray dog barks all night",
        "My neighbour burns his trash every evening",
        "saya diperiksa dokter puskesmas dan disuruh kembali besok",
        "sampah hanyut dan menyumbat gorong-gorong",
        "bakar sampah di dekat rumah tiap sore",
        "anak saya minta sepatu, kapan bantuan cair",
        "tergantung cuaca, jalan jadi becek",
    ],
)
def test_words_of_danger_in_peace_are_not_urgent(text: str) -> None:
    assert not decided(text).urgent


@pytest.mark.parametrize(
    "text", ["saya ingin bunuh diri", "anak saya bilang mau mengakhiri hidup", "I will kill myself"]
)
def test_who_wants_to_die_is_not_sent_to_the_police(text: str) -> None:
    decision = decided(text)
    assert decision.urgent
    assert decision.opd in ("DINKES", "DESK")
    assert decision.external is None


@pytest.mark.parametrize(
    "text",
    [
        "Pohon besar mau roboh ke jalan, sudah miring",
        "dahan pohon patah menimpa orang, ada korban luka",
        "Pohon di depan SD mau tumbang menimpa anak, tolong cepat",
        "Pohon sudah miring banget takut roboh",
        "Ranting besar jatuh menimpa pengendara motor",
        "tukang ojek ketimpa dahan, kepalanya berdarah",
        "anak saya tertimpa plafon sekolah",
        "Papan reklame mau jatuh ke jalan",
        "jembatan bambu mau putus, banyak anak lewat",
        "dua orang luka parah ketabrak truk",
    ],
)
def test_what_is_about_to_fall_or_fell_on_somebody_is_urgent(text: str) -> None:
    assert decided(text).urgent


@pytest.mark.parametrize(
    "text",
    [
        "Kursi taman roboh sejak lama",
        "Masalah yang menimpa pedagang pasar mohon dibantu",
        "Musibah menimpa keluarga kami, apakah ada santunan dinas sosial?",
        "Kapan bantuan untuk korban luka bencana tahun lalu cair",
        "pohon rindang saya takut tumbang, minta bantuan perapian",
        "Pohon miring sedikit minta dipangkas",
        "Kapan pohon di taman bisa ditebang, daunnya jatuh ke genteng",
    ],
)
def test_what_lies_or_leans_in_peace_is_not(text: str) -> None:
    assert not decided(text).urgent
