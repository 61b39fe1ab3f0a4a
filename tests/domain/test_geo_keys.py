"""Which reports share a key: streets however they are written, and every point within reach."""

from __future__ import annotations
from dataclasses import dataclass
from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sentences import sentences
from workflows.domain.complaint.geo_keys import WITHIN, cells_around, keys_of, metres, streets

CIKOKOL = "36.71.01.1005"
LATITUDES, LONGITUDES = st.floats(-6.3, -6.0), st.floats(106.5, 106.8)


@dataclass(frozen=True)
class Spot:
    latitude: float | None = None
    longitude: float | None = None
    kelurahan: str | None = None
    place: str = ""


@pytest.mark.parametrize(("written", "street"), sentences("near", "a_street_is_the_same_however"))
def test_a_street_is_the_same_however_it_is_written(written: str, street: str) -> None:
    assert streets(written) == (street,)


@pytest.mark.parametrize(("one", "other"), [("Jl. Mawar", "Gg. Mawar"), ("Gang Mawar 2", "Gang Mawar 3")])
def test_streets_with_nearly_the_same_name_are_not_one(one: str, other: str) -> None:
    assert streets(one) != streets(other)


@pytest.mark.parametrize("written", ["", "Pasar Anyar", "di depan rumah", "jl", "Jl. 45", "Jl. Raya", "💡", "jl " * 99])
def test_what_names_no_street_is_none(written: str) -> None:
    assert streets(written) == ()


def test_a_crossing_has_both_of_its_streets() -> None:
    assert streets("Perempatan Jl. Daan Mogot dan Gang Buntu") == ("jalan daan mogot", "gang buntu")


@given(st.text(max_size=300))
def test_no_text_is_too_odd_and_every_street_is_its_own(written: str) -> None:
    for street in streets(written):
        assert streets(street) == (street,)


def test_a_report_is_found_by_its_cell_and_by_its_street_where_known() -> None:
    assert keys_of(Spot(place="Jl. Merdeka")) == {}
    assert keys_of(Spot(-6.2, None, CIKOKOL, "depan pasar")) == {}
    keys = keys_of(Spot(-6.1783, 106.6319, CIKOKOL, "Jl. Merdeka"))
    assert keys == {"near_cell": "-1236:21326", "near_street": f"{CIKOKOL} jalan merdeka"}


@given(LATITUDES, LONGITUDES, st.floats(-WITHIN, WITHIN), st.floats(-WITHIN, WITHIN))
def test_whatever_is_within_reach_lies_in_a_cell_that_is_looked_into(
    latitude: float, longitude: float, north: float, east: float
) -> None:
    here = Spot(latitude, longitude)
    there = Spot(latitude + north / 111_195, longitude + east / 111_195 / cos(radians(latitude)))
    apart = metres(here, there)
    assert apart is not None
    if apart <= WITHIN:
        assert keys_of(there)["near_cell"] in cells_around(here)
    assert 1 <= len(cells_around(here)) <= 4


@pytest.mark.parametrize("latitude", [-90.0, 0.0, 89.99999, 90.0])
@pytest.mark.parametrize("longitude", [-180.0, 0.0, 180.0])
def test_nowhere_on_earth_are_there_more_cells(latitude: float, longitude: float) -> None:
    assert len(cells_around(Spot(latitude, longitude))) <= 4


def test_metres_are_metres() -> None:
    monument, station = Spot(-6.1754, 106.8272), Spot(-6.1767, 106.8306)
    assert metres(monument, station) == pytest.approx(402, abs=5)
    assert metres(monument, monument) == 0
    assert metres(monument, Spot(place="Jl. Merdeka")) is None
