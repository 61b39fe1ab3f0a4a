"""The units that come with Laksa: every kelurahan under its kecamatan, and no department without any."""

from __future__ import annotations
import csv
import io
from collections import Counter

from tests.routing.given import FILES, TABLE
from workflows.domain.directory import unit_of_kelurahan
from workflows.routing.build import build_table
from workflows.routing.columns import UNIT_KINDS
from workflows.routing.places import department_of

DIRECTORY = TABLE.departments
UNITS = tuple(DIRECTORY.units.values())


def test_every_kelurahan_is_a_unit_of_its_kecamatan_with_a_lurah() -> None:
    lurah = {unit.code: (unit.opd, unit.head) for unit in UNITS if unit.kind == "kelurahan"}
    assert lurah == {
        unit_of_kelurahan(row.name): (department_of(row.kecamatan), f"Lurah {row.name}") for row in TABLE.areas.rows
    }


def test_no_code_stands_twice_or_belongs_to_a_department() -> None:
    rows = list(csv.DictReader(io.StringIO(FILES["units.csv"])))
    assert len({row["code"].casefold() for row in rows}) == len(rows) == len(UNITS)
    assert DIRECTORY.units.keys().isdisjoint(DIRECTORY.departments)


def test_every_department_can_hand_a_case_on_to_at_least_three_units() -> None:
    counted = Counter(unit.opd for unit in UNITS)
    few = [department.code for department in DIRECTORY.assignable() if counted[department.code] < 3]
    assert set(counted) <= {department.code for department in DIRECTORY.assignable()}
    assert not few, f"{few}: give each at least 3 units in units.csv"


def test_every_unit_has_names_of_its_own_and_a_mailbox_of_its_own() -> None:
    assert {unit.kind for unit in UNITS} == set(UNIT_KINDS)
    assert all(unit.name and unit.head and 0 < len(unit.short) <= 24 for unit in UNITS)
    assert max(Counter((unit.opd, unit.short) for unit in UNITS).values()) == 1
    boxes = {d.mailbox for d in DIRECTORY.departments.values()} | {d.head_mailbox for d in DIRECTORY.assignable()}
    assert len({unit.mailbox for unit in UNITS} - boxes) == len(UNITS)


def test_another_unit_is_another_version_of_the_table() -> None:
    row = "DLH-LAB,DLH,UPT Laboratorium,UPT Laboratorium,upt,Kepala UPT Laboratorium,lab@kota.example,\n"
    table = build_table(FILES | {"units.csv": FILES["units.csv"] + row}, TABLE.judge)
    assert table.version != TABLE.version
    assert table.departments.address("unit", "DLH-LAB") == "lab@kota.example"
