"""Kelurahan, kecamatan, RT and RW are found where they are meant, and nowhere else."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE
from tests.sentences import sentences
from workflows.routing.places import Areas, Kelurahan, Location, parse_kelurahan

AREAS = TABLE.areas


def kecamatan(text: str, place: str = "") -> str | None:
    return AREAS.find(text, place).kecamatan


@pytest.mark.parametrize(("value", "code"), sentences("places", "a_kelurahan_is_read_from"))
def test_a_kelurahan_is_read_from_its_code_or_name(value: str, code: str | None) -> None:
    assert parse_kelurahan(value, AREAS) == code


def test_every_kelurahan_is_read_from_all_its_spellings() -> None:
    for row in AREAS.rows:
        for value in (row.code, row.code.replace(".", ""), f"{row.name}, {row.kecamatan}", row.name.upper()):
            assert parse_kelurahan(value, AREAS) == row.code


@pytest.mark.parametrize(("text", "place", "name"), sentences("places", "a_place_is_found"))
def test_a_place_is_found(text: str, place: str, name: str) -> None:
    assert kecamatan(text, place) == name


@pytest.mark.parametrize("text", sentences("places", "an_everyday_word_or_a"))
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
        ("rt03rw05", (3, 5)),
        ("RT 005 / RW 010", (5, 10)),
        ("RT/RW 02/05", (2, 5)),
        ("RT 02, RW 05", (2, 5)),
        ("warga RT 01, rumahnya RT 03/RW 05", (3, 5)),
        ("RT 05", (5, None)),
        ("RT 12", (12, None)),
        ("RT05", (5, None)),
        ("di RT 02, 3 hari", (2, None)),
        ("RT 04 no 12", (4, None)),
        ("pak RT diam saja", None),
        ("iuran RT 200.000", None),
        ("untuk RT 50 ribu", None),
        ("untuk RT 50rb", None),
        ("kas RT 2 juta", None),
        ("RT 1234", None),
        ("RW 05", None),
    ],
)
def test_rt_and_rw_are_read(text: str, rt_rw: tuple[int, int | None] | None) -> None:
    assert AREAS.find(text).rt_rw == rt_rw


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("RT 3 Kel. Cikokol", "RT 03, Kelurahan Cikokol, Kecamatan Tangerang"),
        ("RT 3 RW 12 Kel. Cikokol", "RT 03/RW 12, Kelurahan Cikokol, Kecamatan Tangerang"),
        ("RT 3", "RT 03"),
    ],
)
def test_a_place_is_named_with_the_numbers_that_are_known(text: str, label: str) -> None:
    assert AREAS.find(text).label == label


def test_a_name_with_signs_hides_no_other() -> None:
    rows = [Kelurahan("36.71.01.1001", "(Kota) Baru+", "A*B"), Kelurahan("36.71.01.1002", "Kota Lama", "Benda")]
    assert Areas(rows, {}, {}).find("banjir di kel. Kota Lama sejak pagi").kelurahan == rows[1]


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


def test_a_name_with_letters_drawn_out_is_the_name() -> None:
    assert kecamatan("Tolong kelurahaaaan Jatiuwung") == "Cibodas"
    assert kecamatan("di Karawaciiii") == kecamatan("di Karawaci") == "Karawaci"
