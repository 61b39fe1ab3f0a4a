"""Exceptions of a city: in one kecamatan, or with certain words, a category is another department's."""

from __future__ import annotations

import pytest

from tests.routing.given import decided, with_rows

LAMP = "Lampu jalan di gang kami mati sudah tiga malam, gelap sekali."
IN_CILEDUG = with_rows(exceptions="pju_mati,,PERKIM,,Ciledug")
ON_A_FIELD = with_rows(exceptions="pju_mati,lampu lapangan,DISPORA,,")
BOTH = with_rows(exceptions="pju_mati,lampu lapangan,DISPORA,,Ciledug")


@pytest.mark.parametrize(
    ("text", "place", "kelurahan"),
    [
        (LAMP, "", "36.71.06.1003"),
        (LAMP, "Kec. Ciledug", None),
        (LAMP, "Kelurahan Sudimara Timur", None),
        (f"{LAMP} Kami di Kecamatan Ciledug.", "", None),
        (f"{LAMP} Kel. Sudimara Jaya RT 02 RW 05", "", None),
    ],
)
def test_in_its_kecamatan_the_exception_s_department_has_it(text: str, place: str, kelurahan: str | None) -> None:
    decision = decided(text, place, kelurahan, IN_CILEDUG)
    assert (decision.opd, decision.category, decision.confident) == ("PERKIM", "pju_mati", True)
    assert "Kec. Ciledug menjadi urusan Disperkimtan" in decision.why


@pytest.mark.parametrize(
    ("text", "place", "kelurahan"),
    [
        (LAMP, "", None),
        (LAMP, "Kec. Pinang", None),
        (LAMP, "", "36.71.11.1002"),
        (f"{LAMP} Di Jalan Raya arah Ciledug.", "", None),
    ],
)
def test_elsewhere_and_at_unknown_places_it_does_not_hold(text: str, place: str, kelurahan: str | None) -> None:
    assert decided(text, place, kelurahan, IN_CILEDUG).opd == "DISHUB"


def test_another_category_in_that_kecamatan_stays_where_it_was() -> None:
    assert decided("Sampah menumpuk tidak diangkut", "Kec. Ciledug", table=IN_CILEDUG).opd == "DLH"


@pytest.mark.parametrize(
    ("text", "opd"),
    [
        ("Lampu lapangan mati sudah seminggu, tidak bisa main bola malam hari, lampu jalannya juga mati", "DISPORA"),
        (LAMP, "DISHUB"),
    ],
)
def test_certain_words_mean_another_department_and_only_they(text: str, opd: str) -> None:
    assert decided(text, table=ON_A_FIELD).opd == opd


@pytest.mark.parametrize(
    ("text", "place", "opd"),
    [
        ("Lampu jalan dekat lampu lapangan mati", "Kec. Ciledug", "DISPORA"),
        ("Lampu jalan dekat lampu lapangan mati", "Kec. Pinang", "DISHUB"),
        (LAMP, "Kec. Ciledug", "DISHUB"),
    ],
)
def test_words_and_kecamatan_of_one_exception_must_both_be_there(text: str, place: str, opd: str) -> None:
    assert decided(text, place, table=BOTH).opd == opd
