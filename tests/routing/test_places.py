"""Kelurahan, kecamatan, RT and RW are found where they are meant, and nowhere else."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE
from workflows.routing.places import Location, parse_kelurahan

AREAS = TABLE.areas


def kecamatan(text: str, place: str = "") -> str | None:
    return AREAS.find(text, place).kecamatan


@pytest.mark.parametrize(
    ("value", "code"),
    [
        ("36.71.01.1005", "36.71.01.1005"),
        ("3671011005", "36.71.01.1005"),
        (" 36.71.01.1005 ", "36.71.01.1005"),
        ("Cikokol, Tangerang", "36.71.01.1005"),
        ("cikokol,TANGERANG", "36.71.01.1005"),
        ("Kelurahan Cikokol, Kecamatan Tangerang", "36.71.01.1005"),
        ("Kel. Cikokol, Kec. Tangerang", "36.71.01.1005"),
        ("Cikokol", "36.71.01.1005"),
        ("Jatiuwung", "36.71.09.1006"),
        ("karang tengah, karang tengah", "36.71.12.1001"),
        ("Poris Plawad Utara", "36.71.05.1009"),
        ("Jatiuwung, Jatiuwung", None),
        ("Cikokol, Pinang", None),
        ("36.71.01.1099", None),
        ("367101100", None),
        ("Atlantis", None),
        ("", None),
        (",", None),
    ],
)
def test_a_kelurahan_is_read_from_its_code_or_name(value: str, code: str | None) -> None:
    assert parse_kelurahan(value, AREAS) == code


def test_every_kelurahan_is_read_from_all_its_spellings() -> None:
    for row in AREAS.rows:
        for value in (row.code, row.code.replace(".", ""), f"{row.name}, {row.kecamatan}", row.name.upper()):
            assert parse_kelurahan(value, AREAS) == row.code


@pytest.mark.parametrize(
    ("text", "place", "name"),
    [
        ("surat di kelurahan Jatiuwung", "", "Cibodas"),
        ("kecamatan Jatiuwung lama", "", "Jatiuwung"),
        ("kampung Jatiuwung kec. Cibodas", "", "Cibodas"),
        ("kelurahan Panunggangan Barat", "", "Cibodas"),
        ("kelurahan Panunggangan Timur", "", "Pinang"),
        ("kel.Panunggangan", "", "Pinang"),
        ("di Cipondoh banjir", "", "Cipondoh"),
        ("di Karawaci macet", "", "Karawaci"),
        ("kel. Benda", "", "Benda"),
        ("", "Pinang", "Pinang"),
        ("", "Gaga, Larangan", "Larangan"),
        ("kecamatan tangerang", "", "Tangerang"),
        ("kel karangtengah", "", "Karang Tengah"),
        ("kelurahan Sudimara Pinang", "", "Pinang"),
        ("Sudimara Barat", "", "Ciledug"),
        ("Poris Gaga Baru", "", "Batuceper"),
    ],
)
def test_a_place_is_found(text: str, place: str, name: str) -> None:
    assert kecamatan(text, place) == name


@pytest.mark.parametrize(
    "text",
    [
        "ada benda tajam di taman",
        "pohon pinang depan rumah",
        "petir menyambar tiang",
        "rambutnya gondrong",
        "larangan parkir tidak digubris",
        "periuk pecah",
        "warga kota Tangerang",
        "saya tinggal di Tangerang",
        "truk arah Cipondoh",
        "macet di jalan Ciledug Raya",
        "pasar Babakan becek",
        "mall Lippo Karawaci",
        "bunga kenanga layu",
    ],
)
def test_an_everyday_word_or_a_street_is_no_place(text: str) -> None:
    assert kecamatan(text) is None


def test_two_kecamatan_in_one_text_are_no_answer() -> None:
    assert kecamatan("dari Cibodas sampai Neglasari jalannya gelap") is None


def test_the_field_for_the_kelurahan_wins_over_the_words() -> None:
    location = AREAS.find("di Cipondoh", "Kec. Benda", "36.71.13.1004")
    assert (location.department, location.kelurahan and location.kelurahan.name) == ("KEC-LARANGAN", "Kreo")


@pytest.mark.parametrize(
    ("text", "rt_rw"),
    [
        ("RT 03/RW 05", (3, 5)),
        ("rt.3 rw.12", (3, 12)),
        ("RT 003/012", (3, 12)),
        ("rt2/rw3", (2, 3)),
        ("pak RT diam saja", None),
    ],
)
def test_rt_and_rw_are_read(text: str, rt_rw: tuple[int, int] | None) -> None:
    assert AREAS.find(text).rt_rw == rt_rw


@pytest.mark.parametrize(
    ("text", "place", "outside"),
    [
        ("jalan rusak di Serpong", "", "EXT-TANGSEL"),
        ("jalan rusak", "Cikupa", "EXT-PEMKAB"),
        ("jalan rusak arah Serpong", "", None),
        ("jalan rusak di Cibodas arah Serpong", "", None),
    ],
)
def test_a_place_beyond_the_city_names_its_government(text: str, place: str, outside: str | None) -> None:
    assert AREAS.find(text, place).outside == outside


def test_an_unknown_place_has_no_label_and_no_department() -> None:
    assert (Location().label, Location().department) == ("", None)
