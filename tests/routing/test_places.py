"""Kelurahan, kecamatan, RT and RW are found where they are meant, and nowhere else."""

from __future__ import annotations

import pytest

from tests.routing.given import TABLE
from tests.sentences import sentences
from workflows.routing.places import Areas, Kelurahan, Location

AREAS = TABLE.areas


def kecamatan(text: str, place: str = "") -> str | None:
    return AREAS.find(text, place).kecamatan


@pytest.mark.parametrize(("text", "place", "name"), sentences("places", "a_place_is_found"))
def test_a_place_is_found(text: str, place: str, name: str) -> None:
    assert kecamatan(text, place) == name


def test_a_name_with_signs_hides_no_other() -> None:
    rows = [Kelurahan("36.71.01.1001", "(Kota) Baru+", "A*B"), Kelurahan("36.71.01.1002", "Kota Lama", "Benda")]
    assert Areas(rows, {}, {}).find("banjir di kel. Kota Lama sejak pagi").kelurahan == rows[1]


def test_an_unknown_place_has_no_label_and_no_department() -> None:
    assert (Location().label, Location().department) == ("", None)


def test_a_name_with_letters_drawn_out_is_the_name() -> None:
    assert kecamatan("Tolong kelurahaaaan Jatiuwung") == "Cibodas"
    assert kecamatan("di Karawaciiii") == kecamatan("di Karawaci") == "Karawaci"
