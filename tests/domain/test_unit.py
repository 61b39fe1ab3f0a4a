"""Units under a department: read from their table, found by code or department, and written to."""

from __future__ import annotations

import pytest

from tests.builders import DIRECTORY
from workflows.domain.directory import Directory, Unit, read_departments, read_units, unit_of_kelurahan, units_fitting

HEAD = "code,opd,name,short,kind,head,mailbox,phone\n"
CIKOKOL = "KEL-CIKOKOL,KEC-TANGERANG,Kelurahan Cikokol,Kel. Cikokol,kelurahan,Lurah Cikokol,,\n"
TPA = "DLH-TPA,DLH,UPT TPA Rawa Kucing,UPT TPA,upt,Kepala UPT TPA,tpa@kota.example,021-555\n"
TWO = HEAD + CIKOKOL + TPA


def test_a_line_of_the_table_is_a_unit() -> None:
    assert read_units(HEAD + TPA)["DLH-TPA"] == Unit(
        "DLH-TPA", "DLH", "UPT TPA Rawa Kucing", "UPT TPA", "upt", "Kepala UPT TPA", "tpa@kota.example", "021-555"
    )


def test_an_empty_mailbox_is_made_of_the_code_and_a_phone_may_be_missing() -> None:
    unit = read_units(HEAD + CIKOKOL)["KEL-CIKOKOL"]
    assert (unit.mailbox, unit.phone) == ("kel-cikokol@opd.example", "")


def test_a_table_of_departments_alone_has_no_units() -> None:
    directory = read_departments("code,name,short,kind,head,mailbox,head_mailbox,phone\n")
    assert (directory.units, directory.units_of("DLH"), directory.unit("DLH-TPA")) == ({}, (), None)
    assert Directory({}).units == {}


def test_a_department_knows_its_own_units_in_the_table_s_order() -> None:
    lurah = [unit.head for unit in DIRECTORY.units_of("KEC-BENDA")]
    assert lurah == ["Lurah Belendung", "Lurah Jurumudi", "Lurah Benda", "Lurah Pajang", "Lurah Jurumudi Baru"]
    assert DIRECTORY.units_of("EXTERNAL") == DIRECTORY.units_of("no such") == ()


def test_a_unit_is_found_by_its_code_and_is_no_department() -> None:
    unit = DIRECTORY.unit("KEL-CIKOKOL")
    assert unit and (unit.opd, unit.name) == ("KEC-TANGERANG", "Kelurahan Cikokol")
    assert DIRECTORY.unit("DLH") is None
    assert DIRECTORY.get("KEL-CIKOKOL") is None
    assert unit.code not in {department.code for department in DIRECTORY.assignable()}


def test_a_letter_to_a_unit_goes_to_its_mailbox() -> None:
    directory = Directory(DIRECTORY.departments, read_units(TWO))
    assert directory.address("unit", "DLH-TPA") == directory.address("unit", "DLH-TPA", True) == "tpa@kota.example"
    assert directory.address("unit", "KEL-CIKOKOL") == "kel-cikokol@opd.example"


@pytest.mark.parametrize(("role", "code"), [("unit", "DLH"), ("unit", "DLH-XX"), ("department", "DLH-TPA")])
def test_a_letter_to_a_unit_that_is_none_goes_nowhere(role: str, code: str) -> None:
    with pytest.raises(KeyError):
        DIRECTORY.address(role, code)


@pytest.mark.parametrize(
    ("departments", "left"),
    [("DLH\nKEC-TANGERANG\n", CIKOKOL + TPA), ("DLH\n", TPA), ("DLH\nDLH-TPA\nKEC-TANGERANG\n", CIKOKOL), ("", "")],
)
def test_only_units_of_departments_that_are_there_fit(departments: str, left: str) -> None:
    assert units_fitting(TWO, f"code\n{departments}") == HEAD + left


def test_the_unit_of_a_kelurahan_is_named_after_it() -> None:
    assert unit_of_kelurahan("Poris Plawad Utara") == "KEL-PORISPLAWADUTARA"
